"""From the slider let go to the last picture changed, in a real browser.

    python -m benchmarks.page [--rows 1000000] [--moves 25] [--methods abc_classes bcg …]

The pages are open at the same time and move in turn, so that a slow minute of the machine hits each alike: the
Segments page with so many customers under each of some methods, under the first two with 10,000 as well, and an empty
Streamlit page with one slider and two charts. An arrow key on a method's first slider is a release. The clock runs in the
browser, from the key until the frame after the first and the last change in a picture (the table of numbers is one of
them): the last one is soon there only if all pictures follow in the browser and the server's answer changes nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.server import APP, running, write_customers
from segmentation import METHODS
from segmentation.segments.controls import Slider
from segmentation.segments.method import Method
from tests.browser.install import FLAGS as BROWSER
from tests.browser.install import chromium

EMPTY, SMALL = Path(__file__).with_name("empty_page.py"), 10_000
FLAGS = [
    *BROWSER,
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
]
LIMIT = 1.3  # of what 10,000 customers take
EMPTY_LIMIT = 1.0  # of what the empty page takes
WARM_UP = 3  # moves that are not counted
STILL = 500  # ms without a change after which a page stands still
PATIENCE = 60_000  # ms a page may take
USUAL = ("abc_classes", "bcg", "lifecycle", "abc_xyz")  # methods that are measured where nothing else is said
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


def open_page(browser: Any, url: str, name: str) -> tuple[Any, float]:
    """A page that stands still with a method's slider in hand, and the seconds until it first stood still.

    name   of the method; "": a page that has a slider and no method
    """
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(url)
    slider = page.get_by_test_id("stSlider").get_by_role("slider")
    slider.first.wait_for()
    stands(page)
    opened = page.evaluate("seen.changed / 1000")
    if name:
        slider = page.locator(f"[class*=st-key-{name}-{slid(METHODS[name])}]").get_by_role("slider")
        title, box = METHODS[name].title, page.locator(".st-key-method").get_by_role("combobox")
        if box.input_value() != title:
            box.fill(title)
            page.get_by_role("option", name=title, exact=True).click()
            slider.first.wait_for()
            stands(page)
    slider.first.focus()
    return page, opened


def slid(method: Method) -> str:
    """The first threshold of a method that a slider moves."""
    return next(name for name, one in method.controls.items() if isinstance(one, Slider) and not one.reshapes)


def stands(page: Any) -> None:
    """Wait until the page stands still; no function made of a text is let in there."""
    while not page.evaluate(STANDS):
        page.wait_for_timeout(20)


def move(page: Any, key: str) -> tuple[float, ...]:
    """One key on the slider; milliseconds until the first and until the last picture has changed."""
    page.bring_to_front()
    page.keyboard.press(key)
    stands(page)
    return tuple(page.evaluate(f"{list(ASKED)}.map((what) => seen[what] - seen.key)"))


def measure(
    rows: int, moves: int, methods: Sequence[str]
) -> tuple[dict[str, list[tuple[float, ...]]], dict[str, float]]:
    """Milliseconds of each move, and seconds until the page stood still at first, per page."""
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls: dict[str, tuple[str, str]] = {}
        for size in (rows, SMALL):
            file = folder / f"customers_{size}.parquet"
            write_customers(file, size)
            url = f"{stack.enter_context(running(APP, file)).url}/segments"
            some = methods if size == rows else methods[:2]
            urls |= {f"{size:,} customers, {METHODS[name].title}": (url, name) for name in some}
        urls["empty page"] = stack.enter_context(running(EMPTY)).url, ""
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        pages = {name: open_page(browser, *url) for name, url in urls.items()}
        took: dict[str, list[tuple[float, ...]]] = {name: [] for name in pages}
        for turn in range(moves + WARM_UP):
            for name, (page, _) in pages.items():
                took[name].append(move(page, "ArrowRight" if turn % 20 < 10 else "ArrowLeft"))
    took = {name: each[WARM_UP:] for name, each in took.items()}
    return took, {name: opened for name, (_, opened) in pages.items()}


def table(rows: int, moves: int, methods: Sequence[str] = USUAL) -> str:
    """Medians per page, and the large pages as a share of the small and the empty one."""
    took, opened = measure(rows, moves, methods)
    middle = {name: [statistics.median(one) for one in zip(*each, strict=True)] for name, each in took.items()}
    lines = [
        f"| median of {moves} moves, load {os.getloadavg()[0]:.1f} | first picture, ms | last picture, ms | page opened, s |",
        "|---|---:|---:|---:|",
    ]
    for name, (first, last) in middle.items():
        lines.append(f"| {name} | {first:,.0f} | {last:,.0f} | {opened[name]:.1f} |")
    *pages, empty = took
    large, small = pages[: len(methods)], pages[len(methods) :]
    pairs = [*zip(large, small, strict=False), *((one, empty) for one in large)]
    for one, other in pairs:
        limit = EMPTY_LIMIT if other == empty else LIMIT
        ratios = (_verdict(middle[one][which] / middle[other][which], limit) for which in (0, 1))
        lines.append(f"| {one} ÷ {other} | {' | '.join(ratios)} | |")
    return "\n".join(lines)


def _verdict(ratio: float, limit: float) -> str:
    return f"{ratio:.2f} × ({'met' if ratio <= limit else 'MISSED'}: at most {limit:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description="From the slider to the changed picture.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=25)
    parser.add_argument("--methods", nargs="+", default=USUAL, choices=[*METHODS], metavar="METHOD")
    options = parser.parse_args()
    print(table(options.rows, options.moves, options.methods))


if __name__ == "__main__":
    main()
