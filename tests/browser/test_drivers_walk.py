"""From what drives profit to a segmentation by it, to fewer of its segments, and to a persona that is given a name."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.screen import Screen, at


def test_a_driver_becomes_a_segmentation_its_segments_fewer_and_a_persona_gets_a_note(
    visit: Callable[..., Page],
) -> None:
    page = visit(at("Segments"))
    screen = Screen(page)
    page.get_by_text("What drives it? Profit, growth, leaving").click()
    page.get_by_text("explains most").wait_for()
    screen.idle()  # while it is still being drawn the button may move between press and release
    page.get_by_role("button", name="Segment by Average order").click()
    page.get_by_role("heading", name="What does your file say about them?").wait_for()
    page.get_by_text("Fewer segments, please").click()
    page.get_by_role("slider", name="Number of segments").press("Home")
    page.get_by_role("button", name="Make it 2 segments").click()
    expect(screen.key("method").locator("input")).to_have_value("An attribute, merged")
    page.get_by_text("Personas: the most typical customer").click()
    expect(page.get_by_text("Typical: ")).to_have_count(2)
    note = page.get_by_role("textbox", name="Note").first
    note.fill("Call on Mondays.")
    note.press("Control+Enter")
    page.get_by_text("Personas: the most typical customer").click()
    expect(page.get_by_text("Typical: ")).to_have_count(0)
    page.get_by_text("Personas: the most typical customer").click()
    expect(page.get_by_role("textbox", name="Note").first).to_have_value("Call on Mondays.")
