"""Tables of rules and of scores, typed into as a person does."""

from playwright.sync_api import Page, expect

from segmentation import METHODS, Customers, read
from tests.browser.screen import SHOES, Screen
from tests.places import SAMPLES


def type_into(screen: Screen, row: int, text: str, then: str) -> None:
    """Into the conditions of a row of the first table, until the page says so; row 0 are the headings.

    Tried again where the page moved under the hand.
    """
    for _ in range(4):
        box = screen.page.get_by_test_id("stDataFrame").first.bounding_box()
        assert box
        screen.page.mouse.click(box["x"] + 300, box["y"] + 35 * row + 17)
        screen.page.wait_for_timeout(500)  # the cell opens with the first letter, once it is chosen
        screen.page.keyboard.type(text, delay=10)
        screen.page.keyboard.press("Enter")
        try:
            expect(screen.page.get_by_text(then).first).to_be_visible(timeout=6000)
            return
        except AssertionError:
            continue
    screen.says(then)


def test_a_rule_that_cannot_be_is_said_and_the_last_good_rules_stay(page: Page) -> None:
    screen = Screen(page).sample().go("Segments").choose("method", METHODS["rules"].title)
    screen.says("What each row covers")
    good = METHODS["rules"](Customers.build(read(SAMPLES / SHOES)))
    bar = {name: count for name, count in zip(good.shown, good.counts.tolist(), strict=False) if count}
    screen.until(screen.bar, bar)
    type_into(screen, 1, "city > 3", "holds words")
    assert screen.bar() == bar
    type_into(screen, 1, "orders >= 9999", "Row 1: It matches nobody")
    expect(page.get_by_text("holds words")).to_be_hidden()
