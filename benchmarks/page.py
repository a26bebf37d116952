"""From the slider let go to the last picture changed, in a real browser.

    python -m benchmarks.page [--rows 1000000] [--moves 25] [--methods abc_classes bcg value_score.revenue …]

The pages are open at the same time and move in turn, so that a slow minute of the machine hits each alike: the
Segments page with so many customers under each of some methods, under the first two with 10,000 as well, and an empty
Streamlit page with one slider and two charts. An arrow key on a method's first slider, or on the one that is named behind a
dot, is a release. The clock runs in the browser, from the key until the frame after the first and the last change in a picture
(the table of numbers is one of them): the last one is soon there only if all pictures follow in the browser and the server's
answer changes nothing. Moves that change nothing are counted apart.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.server import APP, running, write_customers
from pages.app import link
from segmentation import METHODS, Problem, Study
from segmentation.segments.controls import Number, Slider
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
QUIET = 1_500  # ms after which a move that changed nothing is over, if the server rests
PATIENCE = 60_000  # ms a page may take
WAY = 10  # steps a threshold is moved from where it began, upwards and then downwards
# what is cut where the first column would not do: one of which the first step of the slider gathers values
SET: dict[str, dict[str, Any]] = {"attribute": {"column": "region"}}
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
    const within = ({ target }) => target.closest ? target : target.parentElement
    const spoken = ({ attributeName }) => attributeName?.startsWith("aria-") // how far a line can go is heard, not seen
    const other = (one) => one.type !== "attributes" || (!spoken(one) && one.oldValue !== one.target.getAttribute(one.attributeName))
    const pictures = (records) => {
      if (records.some((one) => other(one) && !within(one)?.closest(".answer, .said"))) change() // not words
    }
    const told = { childList: true, subtree: true, characterData: true, attributes: true, attributeOldValue: true }
    new MutationObserver(pictures).observe(root, told)
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
UNMOVED = f"""!seen.changed && performance.now() - seen.key > {QUIET} &&
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" """
ASKED = ("first", "changed")


def open_page(browser: Any, url: str, name: str) -> tuple[Any, float]:
    """A page that stands still with a threshold's slider or field in hand, and the seconds until it first stood still.

    name   of the threshold, as its key has it; "": a page that has one slider and no method
    """
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(f"({WATCH})()")
    page.goto(url)
    key = f"st-key-{name.replace('.', '-')}"  # another key may begin with it; and it may have been shown anew
    kept = page.locator(f"[class~='{key}'], [class*='{key}--']") if name else page.get_by_test_id("stSlider")
    hand = kept.locator("input, [role=slider]").first
    hand.wait_for()
    stands(page)
    opened = page.evaluate("seen.changed / 1000")
    hand.focus()
    return page, opened


def threshold(given: str) -> str:
    """A method and a threshold of it: the first that a slider moves, where none is named. Problem where there is none."""
    name, _, one = given.partition(".")
    movable = [each for each, control in METHODS[name].controls.items() if isinstance(control, Slider | Number)]
    at_cuts = [each for each in movable if not METHODS[name].controls[each].reshapes]
    if not movable or (one and one not in movable):
        raise Problem(f"{given}: {METHODS[name].title} has {', '.join(movable) or 'nothing'} to move by a key.")
    return f"{name}.{one or (at_cuts or movable)[0]}"


def chosen(url: str, moved: str) -> str:
    """The address under which a page opens with a threshold's method."""
    name, study = moved.partition(".")[0], Study()
    study.choose(name)
    study.set(**SET.get(name, {}))
    return f"{url}?{link.KEY}={link.written(study)}"


def called(moved: str) -> str:
    """A threshold as people call it."""
    name, _, one = moved.partition(".")
    return f"{METHODS[name].title}: {METHODS[name].controls[one].label.lower()}"


def stands(page: Any, over: str = "false") -> None:
    """Wait until the page stands still, or this is so; no function made of a text is let in there."""
    while not page.evaluate(f"({STANDS}) || ({over})"):
        page.wait_for_timeout(20)


def keys(moved: str) -> Iterator[str]:
    """To and fro, as far as the threshold goes; of a page that has one slider and no method for "".

    So every move changes what the threshold says.
    """
    name, _, one = moved.partition(".")
    control, at = METHODS[name].controls.get(one) if name else None, 0
    room = _room(control, METHODS[name].complete({})[one]) if isinstance(control, Slider | Number) else (-WAY, WAY)
    way = 1
    while True:
        if not room[0] <= at + way <= room[1]:
            way = -way
        at += way
        yield "ArrowUp" if way > 0 else "ArrowDown"


def _room(control: Slider | Number, start: float) -> tuple[int, int]:
    """How many steps it can go down and up from its start."""
    step = getattr(control, "step", 1)
    return max(round((control.low - start) / step), -WAY), min(round((control.high - start) / step), WAY)


def move(page: Any, key: str) -> tuple[float, ...]:
    """One key on the slider; milliseconds until the first and until the last picture has changed, NaN where none did."""
    page.bring_to_front()
    page.keyboard.press(key)
    stands(page, UNMOVED)
    return tuple(page.evaluate(f"{list(ASKED)}.map((what) => seen[what] ? seen[what] - seen.key : NaN)"))


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
            urls |= {f"{size:,} customers, {called(one)}": (chosen(url, one), one) for one in some}
        urls["empty page"] = stack.enter_context(running(EMPTY)).url, ""
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        pages = {name: open_page(browser, *url) for name, url in urls.items()}
        took: dict[str, list[tuple[float, ...]]] = {name: [] for name in pages}
        hands = {name: keys(moved) for name, (_, moved) in urls.items()}
        for _ in range(moves + WARM_UP):
            for name, (page, _) in pages.items():
                took[name].append(move(page, next(hands[name])))
    took = {name: each[WARM_UP:] for name, each in took.items()}
    return took, {name: opened for name, (_, opened) in pages.items()}


def table(rows: int, moves: int, methods: Sequence[str]) -> str:
    """Medians per page, and the large pages as a share of the small and the empty one."""
    took, opened = measure(rows, moves, methods)
    still = {name: sum(math.isnan(one) for one, _ in each) for name, each in took.items()}
    middle = {name: [_median(one) for one in zip(*each, strict=True)] for name, each in took.items()}
    lines = [
        f"| median of {moves} moves, load {os.getloadavg()[0]:.1f} | first picture, ms | last picture, ms | page opened, s |",
        "|---|---:|---:|---:|",
    ]
    for name, (first, last) in middle.items():
        unmoved = f" ({still[name]} moves changed nothing)" if still[name] else ""
        lines.append(f"| {name}{unmoved} | {first:,.0f} | {last:,.0f} | {opened[name]:.1f} |")
    *pages, empty = took
    large, small = pages[: len(methods)], pages[len(methods) :]
    pairs = [*zip(large, small, strict=False), *((one, empty) for one in large)]
    for one, other in pairs:
        limit = EMPTY_LIMIT if other == empty else LIMIT
        ratios = (_verdict(middle[one][which] / middle[other][which], limit) for which in (0, 1))
        lines.append(f"| {one} ÷ {other} | {' | '.join(ratios)} | |")
    return "\n".join(lines)


def _median(taken: Sequence[float]) -> float:
    """Of the moves that changed something; NaN where none did."""
    return statistics.median([one for one in taken if not math.isnan(one)] or [math.nan])


def _verdict(ratio: float, limit: float) -> str:
    return f"{ratio:.2f} × ({'met' if ratio <= limit else 'MISSED'}: at most {limit:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description="From the slider to the changed picture.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=25)
    parser.add_argument("--methods", nargs="+", default=[*map(threshold, USUAL)], type=threshold, metavar="METHOD")
    options = parser.parse_args()
    print(table(options.rows, options.moves, options.methods))


if __name__ == "__main__":
    main()
