"""From the slider let go to the last picture changed, in a real browser.

    python -m benchmarks.page [--rows 1000000] [--moves 25]

The pages are open at the same time and move in turn, so that a slow minute of the machine hits each alike: the
Segments page with so many customers, the same with 10,000, and an empty Streamlit page with one slider and two
charts. Segments are once those of ABC, whose pictures follow the slider in the browser, and once those of a method
whose pictures wait for the server. An arrow key on the slider is a release. The clock runs in the browser, from the
key until the frame after the first and the last change in a picture (the table of numbers is one of them).
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
ABC, WAITING = "ABC", "BCG matrix"
WATCH = """
() => {
  const fresh = { key: 0, first: 0, changed: 0 }
  const seen = (window.seen = { ...fresh })
  const change = () => requestAnimationFrame(() => {
    seen.changed = performance.now()
    seen.first ||= seen.changed
  })
  const pen = CanvasRenderingContext2D.prototype
  for (const way of ["clearRect", "fillRect", "fill", "stroke", "fillText", "drawImage"]) {
    const draw = pen[way]
    pen[way] = function (...args) { if (this.canvas.isConnected) change(); return draw.apply(this, args) }
  }
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (...args) {
    const root = attach.apply(this, args)
    const pictures = (records) => { if (records.some(({ target }) => !target.closest?.(".answer, .said"))) change() } // not words
    new MutationObserver(pictures).observe(root, { childList: true, subtree: true })
    return root
  }
  const drawn = (records) => {
    if (records.some(({ target }) => (target.closest ? target : target.parentElement)?.closest("svg.marks, .vega-embed"))) change()
  }
  new MutationObserver(drawn).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
  addEventListener("keydown", () => Object.assign(seen, fresh, { key: performance.now() }), true)
}
"""
STANDS = f"seen.changed > 0 && performance.now() - seen.changed > {STILL}"
ASKED = ("first", "changed")


def open_page(browser: Any, url: str, method: str) -> tuple[Any, float]:
    """A page that stands still with a method's slider in hand, and the seconds until it first stood still."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(url)
    slider = page.get_by_test_id("stSlider").get_by_role("slider")
    slider.first.wait_for()
    page.wait_for_function(STANDS)
    opened = page.evaluate("seen.changed / 1000")
    if method != ABC:
        box = page.locator(".st-key-method").get_by_role("combobox")
        box.fill(method)
        page.get_by_role("option", name=method, exact=True).click()
        page.locator(".st-key-bcg-size").wait_for()
        page.wait_for_function(STANDS)
    slider.first.focus()
    return page, opened


def move(page: Any, key: str) -> tuple[float, ...]:
    """One key on the slider; milliseconds until the first and until the last picture has changed."""
    page.bring_to_front()
    page.keyboard.press(key)
    page.wait_for_function(STANDS)
    return tuple(page.evaluate(f"{list(ASKED)}.map((what) => seen[what] - seen.key)"))


def measure(rows: int, moves: int) -> tuple[dict[str, list[tuple[float, ...]]], dict[str, float]]:
    """Milliseconds of each move, and seconds until the page stood still at first, per page."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls: dict[str, tuple[str, str]] = {}
        for size in (rows, SMALL):
            file = folder / f"customers_{size}.parquet"
            write_customers(file, size)
            url = f"{stack.enter_context(running(APP, file)).url}/segments"
            urls |= {f"{size:,} customers, {method}": (url, method) for method in (ABC, WAITING)}
        urls["empty page"] = stack.enter_context(running(EMPTY)).url, ABC
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        pages = {name: open_page(browser, *url) for name, url in urls.items()}
        took: dict[str, list[tuple[float, ...]]] = {name: [] for name in pages}
        for turn in range(moves + WARM_UP):
            for name, (page, _) in pages.items():
                took[name].append(move(page, "ArrowLeft" if turn % 20 < 10 else "ArrowRight"))
    return {name: each[WARM_UP:] for name, each in took.items()}, {name: first for name, (_, first) in pages.items()}


def table(rows: int, moves: int) -> str:
    """Medians per page, and the large pages as a share of the small and the empty one."""
    took, opened = measure(rows, moves)
    middle = {name: [statistics.median(one) for one in zip(*each, strict=True)] for name, each in took.items()}
    lines = [
        f"| median of {moves} moves, load {os.getloadavg()[0]:.1f} | first picture, ms | last picture, ms | page opened, s |",
        "|---|---:|---:|---:|",
    ]
    for name, (first, last) in middle.items():
        lines.append(f"| {name} | {first:,.0f} | {last:,.0f} | {opened[name]:.1f} |")
    *pages, empty = took
    large, small = pages[: len(pages) // 2], pages[len(pages) // 2 :]
    for one, other in [*zip(large, small, strict=True), *((one, empty) for one in large)]:
        ratios = (_verdict(middle[one][which] / middle[other][which]) for which in (0, 1))
        lines.append(f"| {one} ÷ {other} | {' | '.join(ratios)} | |")
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
