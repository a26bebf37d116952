"""The shoe maker's case played by the keyboard alone: ABC, terms typed in, a lever, two segments merged, the pack taken away."""

import csv
import io
import zipfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import SHOES, Screen

FAR = 90  # how often Tab is pressed at most to come to something: it is reached, or it is not
PACE = 20  # ms between two letters: who types faster than a cell opens types into nothing
HAS_FOCUS = "one => one.contains(document.activeElement)"


def tab_to(screen: Screen, what: Locator, back: bool = False) -> Locator:
    """Press Tab until the focus is there."""
    screen.idle().page.locator("body").wait_for(state="attached")
    what.first.wait_for()
    for _ in range(FAR):
        if what.first.evaluate(HAS_FOCUS):
            return what.first
        screen.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the keyboard does not come to {what}")


def press(screen: Screen, what: Locator, back: bool = False) -> None:
    tab_to(screen, what, back)
    screen.page.keyboard.press("Enter")


def go(screen: Screen, page: str, question: str) -> None:
    """To another page by its link, which stands above everything."""
    press(screen, screen.page.get_by_test_id("stTopNavLink").filter(has_text=page), back=True)
    screen.page.get_by_role("heading", name=question).wait_for()


def write(screen: Screen, text: str, *moves: str) -> None:
    """Into the cell of the playbook to which these arrows lead; the cell below is the next."""
    editor = screen.page.get_by_test_id("portal").locator("textarea")
    for move in (*moves, "Enter"):
        screen.page.keyboard.press(move)
    editor.wait_for()
    screen.page.keyboard.press("Control+a")
    screen.page.keyboard.type(text, delay=PACE)
    screen.page.keyboard.press("Enter")
    editor.wait_for(state="hidden")
    screen.still()  # what was written may be drawn anew, and keys pressed meanwhile would be lost


def choose(screen: Screen, key: str, typed: str) -> None:
    """What is typed into a list and taken by Enter."""
    box = tab_to(screen, screen.key(key).get_by_role("combobox"))
    screen.page.keyboard.type(typed)
    screen.page.get_by_role("option", name=typed, exact=True).wait_for()
    screen.page.keyboard.press("Enter")
    expect(box).to_have_value(typed)
    screen.idle()


def test_the_whole_case_is_played_without_a_mouse(page: Page) -> None:
    screen = Screen(page)
    press(screen, screen.key(f"sample {SHOES}").get_by_role("button"))
    screen.says("See the segments")

    go(screen, "Playbook", "What do we do differently?")
    choose(screen, "method", "XYZ")
    choose(screen, "method", "ABC")
    tab_to(screen, page.get_by_test_id("data-grid-canvas").first)
    write(screen, "A personal manager.", *["ArrowRight"] * 4)
    write(screen, "A personal manager.")
    write(screen, "Catalogue and price list.")
    write(screen, "Any shoes.", "ArrowRight", "ArrowUp", "ArrowUp")
    write(screen, "Any shoes.")
    write(screen, "Minimum order 5 boxes or 50 pairs, full prepayment, pick-up only.", "ArrowRight")
    write(screen, "Deferred payment.", "ArrowUp", "ArrowUp")
    write(screen, "Deferred payment.")
    screen.says("A and B are treated alike")
    press(screen, page.get_by_role("button", name="Make them one segment"), back=True)
    expect(screen.key("method").get_by_role("combobox")).to_have_value("ABC, A and B merged")
    page.get_by_text("are treated alike").wait_for(state="hidden")

    go(screen, "Money", "What does each segment bring?")
    tab_to(screen, screen.key("what.price").get_by_role("slider"))
    page.keyboard.press("ArrowRight")
    screen.says("instead of")

    go(screen, "Campaign", "Whom do we write to?")
    press(screen, screen.key("making.pack").get_by_role("button"))
    with page.expect_download() as caught:
        press(screen, screen.key("made.pack").get_by_role("button"))
    archive = zipfile.ZipFile(Path(caught.value.path()))
    rows = [*csv.reader(io.StringIO(archive.read("everybody.csv").decode("utf-8-sig")))]
    assert {row[1] for row in rows[1:]} == {"A and B", "C"}
