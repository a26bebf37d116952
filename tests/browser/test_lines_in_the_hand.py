"""What a line offers beside being dragged: a number typed, places worth a look, round numbers, what stands there."""

import pytest
from playwright.sync_api import Locator, Page, expect

from segmentation import METHODS, Customers, read
from tests.browser.screen import SHOES, Screen
from tests.places import SAMPLES

people = Customers.build(read(SAMPLES / SHOES))
LIFE = METHODS["lifecycle"]


@pytest.fixture
def screen(page: Page) -> Screen:
    screen = Screen(page).sample().go("Segments").choose("method", LIFE.title)
    line(page).wait_for()
    return screen.idle()


def line(page: Page) -> Locator:
    return page.locator(".distribution").get_by_role("slider", name="Life-cycle step", exact=True).first


def shows(screen: Screen, step: int) -> None:
    made = LIFE(people, step=step)
    screen.until(screen.table, dict(zip(made.names, made.counts.tolist(), strict=False)))
    screen.until(lambda: screen.slider("lifecycle.step"), [step])


def test_a_number_is_typed_at_a_line_and_escape_leaves_it(screen: Screen) -> None:
    field = screen.page.locator(".typed input")
    line(screen.page).press("Enter")
    expect(field).to_have_value("3")
    field.fill("9")
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(line(screen.page)).to_be_focused()
    line(screen.page).press("Enter")
    field.fill("many")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("5 months")
    field.press("Enter")
    expect(line(screen.page)).to_be_focused()
    shows(screen, 5)
    line(screen.page).dblclick()
    expect(field).to_have_value("5")


def test_a_suggested_start_is_a_mark_that_goes_there_by_mouse_and_by_key(screen: Screen) -> None:
    mark = screen.page.locator(".along").get_by_role("button", name="Life-cycle step: go to 2 months.").first
    expect(mark).to_have_attribute(
        "title",
        "Life-cycle step: go to 2 months. Half of the customers buy every 28 days: two cycles of silence are 2 months",
    )
    mark.focus()
    mark.press("Enter")
    shows(screen, 2)
    expect(mark).to_have_count(0)
    line(screen.page).press("ArrowRight")
    shows(screen, 3)
    mark.click()
    shows(screen, 2)


def test_the_band_says_in_words_what_a_step_passes_in_money_or_in_customers(screen: Screen) -> None:
    legend, band = screen.page.locator(".legend"), screen.page.locator(".distribution .along").first
    expect(legend).to_contain_text("Safe places to cut are where the band is pale")
    legend.get_by_role("button", name="customers").click()
    expect(legend).to_contain_text("changes the segment of few customers")
    band.hover(position={"x": 60, "y": 4})
    expect(screen.page.locator(".distribution .title")).to_contain_text("customers")
    expect(screen.page.locator(".distribution .title")).to_contain_text("a line from")


def test_lines_that_one_threshold_moves_are_seen_to_hang_together(screen: Screen) -> None:
    expect(line(screen.page)).to_have_attribute("aria-valuetext", "Life-cycle step: 3 months, moves 3 lines together")
    expect(screen.page.locator(".distribution .tie")).to_have_count(1)
