"""Tables of rules and of scores, typed into as a person does."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from segmentation import METHODS, Customers, read
from tests.browser.screen import SHOES, Screen, at
from tests.places import SAMPLES


def type_into(screen: Screen, row: int, text: str) -> None:
    """Into the conditions of a row of the first table; row 0 are the headings."""
    table = screen.idle().page.get_by_test_id("stDataFrame").first
    cell = table.get_by_test_id(f"glide-cell-2-{row - 1}")
    editor = screen.page.get_by_test_id("portal").locator("textarea")

    def opened() -> bool:
        """Whether the cell is open; where the page moved under the hand, it is tried anew."""
        if not editor.is_visible():
            table.scroll_into_view_if_needed()
            box = table.bounding_box()
            assert box
            screen.page.mouse.dblclick(box["x"] + 300, box["y"] + 35 * row + 17)
            with suppress(TimeoutError):
                editor.wait_for(state="visible", timeout=2_000)  # it opens a little after the hand
        if not editor.is_visible():
            return False
        with suppress(AssertionError):
            expect(cell).to_have_attribute("aria-selected", "true", timeout=2_000)
            return True
        screen.page.keyboard.press("Escape")
        return False

    screen.until(opened, True)
    editor.fill(text)
    editor.press("Enter")


def test_a_rule_that_cannot_be_is_said_and_the_last_good_rules_stay(visit: Callable[..., Page]) -> None:
    page = visit(at("Segments", "rules"))
    screen = Screen(page)
    screen.says("Which row takes whom")
    good = METHODS["rules"](Customers.build(read(SAMPLES / SHOES)))
    counts = dict(zip(good.shown, good.counts.tolist(), strict=False))
    screen.until(screen.table, counts)
    type_into(screen, 1, "city > 3")
    screen.says("holds words")
    assert screen.table() == counts
    type_into(screen, 1, "orders >= 9999")
    screen.says("Row 1 matches nobody")
    page.get_by_text("holds words").wait_for(state="hidden")
