"""Every own picture with a line held: milliseconds from frame to frame, and what the browser works for a move.

    python -m benchmarks.frames [--rows 1000000] [--moves 150] [--url ADDRESS] [picture …]

In one Chromium a line of each picture is held and drawn to and fro; before and after, the same movement of the mouse over
an empty Streamlit page, beside which each picture stands as a ratio. What the page's process works for a move says more
than the clock where others use the machine. --url measures an app that runs already, with the file it has open.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.page import EMPTY, FLAGS, PATIENCE, STILL
from benchmarks.server import APP, running, write_customers
from tests.browser.install import chromium

FRAME = 17.0  # ms from a frame to the next, at most, for 95 of 100
FRAMES = """() => {
  const first = !window.at
  window.at = []
  const tick = (now) => { window.at.push(now); requestAnimationFrame(tick) }
  if (first) tick(performance.now())
}"""


class Held(NamedTuple):
    """A line that is held: the method that is chosen, where its handle is, and whether it goes up and down."""

    method: str
    handle: str
    upright: bool = False


# picture → a line of it; where two orderings cross one of each
LINES = {
    "pareto": Held("ABC", ".pareto [role=slider]"),
    "plane": Held("ABC", ".plane .cut.profit"),
    "distribution": Held("Lifecycle by recency", ".distribution [role=slider]"),
    "heat": Held("RFM", ".heat [role=slider]"),
    "matrix, across": Held("ABC-XYZ", ".matrix .across [role=slider]"),
    "matrix, down": Held("ABC-XYZ", ".matrix .down [role=slider]", True),
    "regions, across": Held("BCG matrix", ".regions .across [role=slider]"),
    "regions, down": Held("BCG matrix", ".regions .down [role=slider]", True),
    "coverage": Held("Rules", ".coverage .over [role=slider]"),
    "score": Held("Value tiers by score", ".score [role=slider]"),
    "valued": Held("An attribute", ".valued [role=slider]"),
}


class Frames(NamedTuple):
    """Milliseconds: the middle and p95 from a frame to the next, and the work of the page's process for a move."""

    middle: float
    p95: float
    work: float


def hold(page: Any, at: tuple[float, float], upright: bool, moves: int, reach: int = 100) -> Frames:
    """The mouse pressed there and drawn to and fro, one place a frame or so."""
    x, y = at
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        return next(
            one["value"] for one in metrics.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration"
        )

    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    begun = worked()
    for step in range(moves):
        along = abs(step * 4 % (4 * reach) - 2 * reach) - reach
        page.mouse.move(*((x, y + along / 2) if upright else (x + along, y)))
        page.wait_for_timeout(4)
    work, frames = worked() - begun, page.evaluate("window.at.slice(2)")
    page.mouse.up()
    each = [after - before for before, after in pairwise(frames)]
    return Frames(statistics.median(each), statistics.quantiles(each, n=20)[-1], 1000 * work / moves)


def empty(browser: Any, url: str, moves: int) -> Frames:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.get_by_test_id("stSlider").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(4 * STILL)
    found = hold(page, (700, 800), False, moves)
    page.close()
    return found


def pictures(browser: Any, url: str, moves: int, names: list[str]) -> Iterator[tuple[str, Frames | None]]:
    """Each picture with its line held; None where its method has no such line in this file."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.locator(".st-key-method").get_by_role("combobox").wait_for()
    for name in names:
        choose(page, LINES[name].method)
        line = page.locator(LINES[name].handle).first
        try:
            line.wait_for(timeout=20_000)
        except Exception:  # the file has no such line
            yield name, None
            continue
        line.scroll_into_view_if_needed()
        box = line.bounding_box()
        at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if LINES[name].upright:
            grip = line.locator("b").bounding_box()
            at = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        yield name, hold(page, at, LINES[name].upright, moves)
        _still(page)
    page.close()


def choose(page: Any, method: str) -> None:
    box = page.locator(".st-key-method").get_by_role("combobox")
    if box.input_value() != method:
        box.fill(method)
        page.get_by_role("option", name=method, exact=True).click()
    _still(page)


def _still(page: Any) -> None:
    page.wait_for_timeout(STILL)
    page.locator("[data-test-script-state=notRunning]").wait_for(state="attached")
    page.wait_for_timeout(2 * STILL)


def table(rows: int, moves: int, url: str, names: list[str]) -> Iterator[str]:
    from playwright.sync_api import sync_playwright

    with ExitStack() as stack:
        if not url:
            file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "customers.parquet"
            write_customers(file, rows)
            url = f"{stack.enter_context(running(APP, file)).url}/segments"
        nothing = stack.enter_context(running(EMPTY)).url
        driver = stack.enter_context(sync_playwright())
        browser = driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        stack.callback(browser.close)
        beside = empty(browser, nothing, moves)
        yield f"| a line held, {rows:,} customers | median ms a frame | p95 | ÷ empty page | its work a move, ms | load | |"
        yield "|---|---:|---:|---:|---:|---:|---|"
        yield _row("empty page, before", beside, beside)
        for name, held in pictures(browser, url, moves, names):
            yield _row(name, held, beside)
        yield _row("empty page, after", empty(browser, nothing, moves), beside)


def _row(name: str, held: Frames | None, beside: Frames) -> str:
    if held is None:
        return f"| {name} | no line in this file | | | | | |"
    said = "met" if held.p95 <= FRAME else "MISSED"
    return (
        f"| {name} | {held.middle:.1f} | {held.p95:.1f} | {held.p95 / beside.p95:.2f} × | {held.work:.1f} | "
        f"{os.getloadavg()[0]:.0f} | {said}: at most {FRAME:g} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Every own picture with a line held.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=150)
    parser.add_argument("--url", default="")
    parser.add_argument("pictures", nargs="*")
    options = parser.parse_args()
    for row in table(options.rows, options.moves, options.url, options.pictures or list(LINES)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
