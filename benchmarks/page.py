"""From the slider let go to the last picture changed, in a real browser.

    python -m benchmarks.page [--rows 1000000] [--moves 25]

Three pages are open at the same time and move in turn, so that a slow minute of the machine hits each alike: the
Segments page with so many customers, the same with 10,000, and an empty Streamlit page with one slider and two
charts. An arrow key on the slider is a release. The clock runs in the browser, from the key until the frame after
the last stroke on a canvas or the last change in a drawing (charts, Pareto curve, tables; whichever comes last).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.server import APP, running, write_customers
from tests.browser.install import FLAGS as BROWSER
from tests.browser.install import chromium

EMPTY, SMALL = Path(__file__).with_name("empty_page.py"), 10_000
FLAGS = [
    *BROWSER,
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
]
LIMIT = 1.3
WARM_UP = 3  # moves that are not counted
STILL = 500  # ms without a change after which a page stands still
PATIENCE = 60_000  # ms a page may take
WATCH = """
() => {
  const seen = (window.seen = { key: 0, first: 0, changed: 0 })
  const change = () => requestAnimationFrame(() => {
    seen.changed = performance.now()
    seen.first ||= seen.changed
  })
  const pen = CanvasRenderingContext2D.prototype
  for (const stroke of ["clearRect", "fillRect", "fill", "stroke", "fillText", "drawImage"]) {
    const draw = pen[stroke]
    pen[stroke] = function (...args) { if (this.canvas.isConnected) change(); return draw.apply(this, args) }
  }
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (...args) {
    const root = attach.apply(this, args)
    new MutationObserver(change).observe(root, { childList: true, subtree: true })
    return root
  }
  const drawn = (records) => {
    if (records.some(({ target }) => (target.closest ? target : target.parentElement)?.closest("svg.marks, .vega-embed"))) change()
  }
  new MutationObserver(drawn).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
  addEventListener("keydown", () => Object.assign(seen, { key: performance.now(), first: 0, changed: 0 }), true)
}
"""
STANDS = f"seen.changed > 0 && performance.now() - seen.changed > {STILL}"


def open_page(browser: Any, url: str) -> tuple[Any, float]:
    """A page that stands still with its slider in hand, and the seconds until then."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(url)
    thumb = page.get_by_test_id("stSlider").filter(has_text="share").get_by_role("slider").first
    thumb.wait_for()
    page.wait_for_function(STANDS)
    thumb.focus()
    return page, page.evaluate("seen.changed / 1000")


def move(page: Any, key: str) -> tuple[float, float]:
    """One key on the slider; milliseconds until the first and until the last picture has changed."""
    page.bring_to_front()
    page.keyboard.press(key)
    page.wait_for_function(STANDS)
    return tuple(page.evaluate("[seen.first - seen.key, seen.changed - seen.key]"))


def measure(rows: int, moves: int) -> tuple[dict[str, list[tuple[float, float]]], dict[str, float]]:
    """Milliseconds of each move, and seconds until the page stood still at first, per page."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {}
        for size in (rows, SMALL):
            file = folder / f"customers_{size}.parquet"
            write_customers(file, size)
            urls[f"{size:,} customers"] = f"{stack.enter_context(running(APP, file)).url}/segments"
        urls["empty page"] = stack.enter_context(running(EMPTY)).url
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        pages = {name: open_page(browser, url) for name, url in urls.items()}
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
        for turn in range(moves + WARM_UP):
            for name, (page, _) in pages.items():
                took[name].append(move(page, "ArrowLeft" if turn % 20 < 10 else "ArrowRight"))
    return {name: each[WARM_UP:] for name, each in took.items()}, {name: first for name, (_, first) in pages.items()}


def table(rows: int, moves: int) -> str:
    """Medians per page, and the large page as a share of the two others."""
    took, opened = measure(rows, moves)
    first, last = (
        {name: statistics.median(one[which] for one in each) for name, each in took.items()} for which in (0, 1)
    )
    lines = [
        f"| median of {moves} moves, load {os.getloadavg()[0]:.1f} | first picture, ms | last picture, ms | page opened, s |",
        "|---|---:|---:|---:|",
    ]
    lines += [f"| {name} | {first[name]:,.0f} | {last[name]:,.0f} | {opened[name]:.1f} |" for name in took]
    large, small, empty = took
    for other in (small, empty):
        ratios = (_verdict(medians[large] / medians[other]) for medians in (first, last))
        lines.append(f"| {large} ÷ {other} | {' | '.join(ratios)} | |")
    return "\n".join(lines)


def _verdict(ratio: float) -> str:
    return f"{ratio:.2f} × ({'met' if ratio <= LIMIT else 'MISSED'}: at most {LIMIT:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description="From the slider to the changed picture.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=25)
    options = parser.parse_args()
    print(table(options.rows, options.moves))


if __name__ == "__main__":
    main()
