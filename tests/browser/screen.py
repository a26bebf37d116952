"""What a person does with the app and reads off the screen, in a real browser; every wait is for a condition."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Download, Error, Locator, Page, expect

from pages.app import link
from segmentation import Study, formats
from segmentation.analysis.summary import summarise
from segmentation.segments.segmentation import Segmentation
from tests.browser.conftest import PATIENCE

SHOES, KIDS = "shoe_maker_orders.csv", "kids_loyalty_receipts.csv.gz"
STILL = """() => new Promise(done => { let end = setTimeout(done, 300)
    new MutationObserver(() => { clearTimeout(end); end = setTimeout(done, 300) })
        .observe(document.body, { subtree: true, childList: true, characterData: true }) })"""
# Between a question and the first word of its answer the page does not know yet that the server works, nor does it at that word
IDLE = """() => { const now = performance.now(), { askedAt = 0, heardAt = 0 } = window
    return document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
        && (now - askedAt > 1000 || (heardAt > askedAt && now - heardAt > 60)) }"""
UNFOLDED = "all => all.every(one => one.parentNode.open || !one.isConnected)"
SENT = """() => { window.sent = 0; const send = window.unheard ??= WebSocket.prototype.send
    WebSocket.prototype.send = function (...given) { window.sent += 1; return send.apply(this, given) } }"""
FRAMES = """() => { window.at = []; const tick = now => { window.at.push(now); window.ticking = requestAnimationFrame(tick) }
    tick(performance.now()) }"""
# What was done is drawn
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
STOP = "() => { cancelAnimationFrame(window.ticking); return window.at }"
WIDER = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(e => e.scrollWidth - e.clientWidth)"""
ROWS = """table => [...table.tBodies[0].rows].map(row => [...row.cells].map(
    cell => [...cell.childNodes].map(part => part.textContent).join(' ')))"""
expect.set_options(timeout=PATIENCE)


def at(page: str, method: str = "", sample: str = SHOES) -> str:
    """Address of a page as a shared link has it: a sample is open, a method chosen. Half of the work of clicking one's way there."""
    study = Study(file=sample)
    if method:
        study.choose(method)
    return f"/{page.lower()}?{link.KEY}={link.written(study)}"


class Screen:
    """One visitor's screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sample(self, name: str = SHOES) -> Screen:
        self.key(f"sample {name}").get_by_role("button").click()
        self.page.get_by_text("See the segments").wait_for()
        return self

    def upload(self, *file: Any, key: str = "upload", busy: bool = False) -> Screen:
        """A path, or a name and bytes; once the page stands still, else it may be laid where a new zone is just to come."""
        if not busy:
            self.idle()
        given: Any = file[0] if len(file) == 1 else {"name": file[0], "mimeType": "text/csv", "buffer": file[1]}
        self.page.locator(f".st-key-{key} input[type=file]").set_input_files(given)
        return self

    def drop(self, files: dict[str, bytes]) -> Screen:
        """Several files at once."""
        given: Any = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files.items()]
        self.page.locator(".st-key-upload input[type=file]").set_input_files(given)
        return self

    def go(self, page: str) -> Screen:
        phone = self.page.viewport_size and self.page.viewport_size["width"] < 768
        links = self.page.get_by_test_id("stSidebarNavLink" if phone else "stTopNavLink")
        if phone:  # the pages are behind a button
            self.page.get_by_test_id("stExpandSidebarButton").click()
        links.filter(has_text=page).click()
        if phone:
            self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
            self.page.get_by_test_id("stExpandSidebarButton").wait_for()
        return self.drawn(page)

    def drawn(self, page: str) -> Screen:
        """Wait until a page's first picture is there."""
        drawn = {
            "Segments": ".pareto svg .curve, .spreads .panel, .drawn svg, .heat .panel",
            "Portfolio": ".plane svg .cut",
            "Clusters": ".st-key-step-1, .st-key-step-1-again",
        }
        sign = self.page.locator(drawn[page]) if page in drawn else self.page.get_by_text("As it was read")
        sign.first.wait_for(state="attached")
        return self

    def choose(self, key: str, option: str) -> Screen:
        box = self.key(key).get_by_role("combobox")
        if box.input_value() == option:
            return self
        self.until(lambda: self._picked(box, option), True)
        expect(box).to_have_value(option)
        return self

    def _picked(self, box: Locator, option: str) -> bool:
        """Whether the option was taken; what the page redrew meanwhile is tried anew.

        Letters that were typed stand in the box like a choice until it is left: only then is it seen whether the click came through.
        """
        try:
            box.scroll_into_view_if_needed()
            box.fill("")
            box.fill(option)
            self.page.get_by_role("option", name=option, exact=True).click(timeout=3000)
            box.blur()
            return box.input_value() == option
        except Error:
            return False

    def key(self, key: str) -> Locator:
        """The element a page gave this key; behind two hyphens stands how often something else moved what a widget shows.

        The one before is still there for a moment, unseen, behind the new one.
        """
        name = "st-key-" + re.sub(r"[^a-zA-Z0-9_-]", "-", key)
        return self.page.locator(f'.{name}, [class*="{name}--"]').first

    @contextmanager
    def unanswered(self) -> Iterator[None]:
        """What the server says meanwhile reaches this browser only at the end: a slow line, a busy server."""
        self.page.evaluate("() => { window.late = [] }")
        yield
        self.page.evaluate("() => { const late = window.late; window.late = null; late.forEach(hear => hear()) }")

    def rest(self) -> Screen:
        """A hand that holds something rests: what lies beyond the window follows then."""
        self.page.evaluate("() => new Promise(done => setTimeout(done, 250))")
        return self

    def says(self, text: str) -> None:
        """Wait until this stands on the page."""
        self.page.get_by_text(text).first.wait_for()

    def idle(self) -> Screen:
        """Wait until page and server have nothing left to tell each other."""
        self.page.wait_for_function(IDLE)
        return self

    def still(self) -> Screen:
        """Wait until besides nothing on the page has changed for a moment: what is not sent at once has come too."""
        self.idle().page.evaluate(STILL)
        return self.idle()

    def listen(self) -> Callable[[], int]:
        """How often the page has told the server something from now on."""
        self.idle().page.evaluate(SENT)
        return lambda: int(self.page.evaluate("() => window.sent"))

    def until(self, read: Callable[[], Any], expected: Any) -> None:
        """Wait until what is read is what is expected."""
        end = time.monotonic() + PATIENCE / 1000
        while (seen := read()) != expected and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        assert seen == expected, f"{seen} was seen, {expected} expected"

    # The Pareto picture

    def handle(self, cut: str) -> Locator:
        return self.page.locator(f'.pareto [data-param="{cut}"]')

    def cut(self, cut: str) -> int:
        """Where a handle stands, in per cent of the total."""
        return int(self.handle(cut).get_attribute("aria-valuenow") or "")

    def labels(self) -> list[str]:
        return self.page.locator(".pareto .cut text").all_text_contents()

    def bar(self) -> dict[str, int]:
        """Segment → customers, as the bar under the curve has them."""
        parts = [title.rsplit(" ", 1) for title in self.page.locator(".pareto .bar title").all_text_contents()]
        return {name: int(count.replace(",", "")) for name, count in parts}

    def grip(self, cut: str) -> tuple[float, float]:
        """A point of a handle's line to take hold of, well inside the picture."""
        self.handle(cut).scroll_into_view_if_needed()
        box = self.handle(cut).locator(".hit").bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8

    def drag(
        self, cut: str, pixels: int, steps: int = 12, before_release: Callable[[], Any] = lambda: None
    ) -> list[str]:
        """Drag a handle sideways and let go; the label it showed at each step, before it was let go."""
        x, y = self.grip(cut)
        place = ["a", "b"].index(cut) if cut in ("a", "b") else 0
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        seen = []
        for step in range(1, steps + 1):
            self.page.mouse.move(x + pixels * step / steps, y)
            seen.append(self.labels()[place])
        before_release()
        self.page.mouse.up()
        return seen

    def finger(self) -> Callable[..., None]:
        """A finger: what it does (touchStart, touchMove, touchEnd) and the points it touches then."""
        finger = self.page.context.new_cdp_session(self.page)

        def touch(kind: str, *points: tuple[float, float]) -> None:
            given = [{"x": across, "y": down} for across, down in points]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

        return touch

    # What else is on the Segments page

    def slider(self, key: str) -> list[float]:
        return [float(thumb.input_value()) for thumb in self.key(key).locator("input[type=range]").all()]

    def rows(self, within: Locator | None = None) -> list[list[str]]:
        """The rows on the screen of the table of segments, or of sectors: amount and share of a cell with a space between."""
        return (
            (within or self.page).locator(".numbers table").last.evaluate(ROWS)
        )  # that of the method before may still go

    def table(self, within: Locator | None = None) -> dict[str, int]:
        """Segment → customers, as the segment table has them; that of one of several boards."""
        return {row[0]: int(row[1].replace(",", "").split(" ")[0]) for row in self.rows(within)}

    def unfold(self) -> None:
        """Open everything that can be unfolded, what comes to light too; all at once, as the page is drawn anew after each."""
        folded = self.still().page.get_by_test_id("stMain").locator("details:not([open]) > summary")
        for _ in range(10):
            if not (found := folded.element_handles()):
                return
            self.page.evaluate("all => all.forEach(one => one.click())", found)
            with suppress(Error):  # one of them was drawn anew and stays folded
                self.page.wait_for_function(UNFOLDED, arg=found, timeout=5000)
            self.still()

    def download(self, label: str) -> Download:
        """What a button gives; once the page stands still, as Streamlit gives nothing for a button drawn in the answer before."""
        self.still()
        with self.page.expect_download() as caught:
            self.page.get_by_role("button", name=label, exact=True).click()
        return caught.value

    def shows(self, segmentation: Segmentation) -> None:
        """Wait until the bar, the table and the sentence all give this segmentation's numbers."""
        counts = dict(zip(segmentation.shown, segmentation.counts.tolist(), strict=False))
        self.until(self.bar, {name: count for name, count in counts.items() if count})
        self.until(self.table, counts)
        self.says(sentence(segmentation))


def sentence(segmentation: Segmentation) -> str:
    """The finding as the page words it, from the library's numbers."""
    best = summarise(segmentation).iloc[0]
    brings = [f"{formats.share(best.share_of_revenue)} of revenue"]
    if "profit" in segmentation.customers.frame:
        brings.append(f"{formats.share(best.share_of_profit)} of profit")
    who = f"{best.segment}: {formats.count(best.customers)} customers ({formats.share(best.share_of_customers)} of the base)"
    return f"{who} bring {' and '.join(brings)}."


def csv_of(download: Download) -> pd.DataFrame:
    """A list as it was downloaded; its first column, the customers' numbers, is text."""
    content = Path(download.path()).read_bytes()
    first = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[0]
    return pd.read_csv(io.BytesIO(content), dtype={first: "str"})
