"""The shoe maker's case played on the Playbook page: load it, leave two segments alike, be told, merge them."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Page, TimeoutError, expect

from pages.pieces.playbook.table import HEAD, HIGH, WIDTHS
from tests.browser.screen import TWO_FRAMES, Screen, at

BEFORE = 96 + 128  # pixels: the columns that are not written in


def type_into(screen: Screen, row: int, field: str, text: str) -> None:
    """Into a cell of the playbook, opened by the mouse and closed by the keyboard."""
    table = screen.idle().page.get_by_test_id("stDataFrame").first
    editor = screen.page.get_by_test_id("portal").locator("textarea")
    names = list(WIDTHS)
    across = BEFORE + sum(WIDTHS[name] for name in names[: names.index(field)]) + 40

    def opened() -> bool:
        if not editor.is_visible():
            box = table.bounding_box()
            assert box
            screen.page.mouse.dblclick(box["x"] + across, box["y"] + HEAD + HIGH * row + 20)
            with suppress(TimeoutError):
                editor.wait_for(state="visible", timeout=2_000)
        return editor.is_visible()

    def typed() -> str:
        editor.fill(text)
        editor.evaluate(TWO_FRAMES)  # what the cell held comes into an editor a moment after it opens
        return editor.input_value()

    screen.until(opened, True)
    screen.until(typed, text)
    editor.press("Enter")
    screen.idle()


def test_two_segments_left_alike_are_flagged_and_become_one(visit: Callable[..., Page]) -> None:
    page = visit(at("Playbook"))
    screen = Screen(page)
    screen.says("Behaviour really differs")
    page.get_by_role("button", name="Worked examples").click()
    screen.key("case shoes").get_by_role("button").click()
    page.get_by_role("button", name="Back to the proposal").wait_for()
    page.keyboard.press("Escape")
    screen.says("between any two of them, 67%")
    type_into(screen, 0, "decision", "")
    screen.says("between any two of them, 56%")
    type_into(screen, 0, "terms", "Deferred payment; free delivery in the city")
    screen.says("A and B are treated alike")
    page.get_by_role("button", name="Make them one segment").press("Enter")
    page.get_by_text("are treated alike").wait_for(state="hidden")
    expect(screen.key("method").get_by_role("combobox")).to_have_value("ABC, A and B merged")
    screen.go("Segments").until(lambda: set(screen.table()), {"A and B", "C"})
    page.get_by_role("button", name="Undo").click()
    screen.until(lambda: set(screen.table()), {"A", "B", "C"})


def test_the_weakest_point_stands_above_the_pictures_and_a_moved_line_does_not_wait_for_it(
    visit: Callable[..., Page],
) -> None:
    page = visit(at("Segments"))
    screen = Screen(page)
    screen.says("Its weakest point: not stable.")
    screen.drag("a", -50)
    page.get_by_text("Its weakest point:").wait_for(state="hidden")
    page.get_by_role("button", name="What is its weakest point now?").click()
    screen.says("Its weakest point:")
