"""What a line offers beside being dragged: a number typed, places worth a look, round numbers, what stands there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from segmentation import METHODS
from segmentation.analysis.thresholds.before import moved
from tests.browser.screen import KIDS, Screen, at
from tests.places import SAMPLES
from tests.samples import people_of

people = people_of()
LIFE = METHODS["lifecycle"]


def begin(page: Page) -> Screen:
    screen = Screen(page)
    line(page).wait_for()
    return screen.idle()


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page as the test before left it, the line put back to where it stood at first."""
    screen = stay(begin, address=at("Segments", LIFE.name))
    if screen.slider("lifecycle.step") != [3]:
        line(screen.page).press("Enter")
        screen.page.locator(".typed input").fill("3")
        screen.page.locator(".typed input").press("Enter")
    shows(screen, 3)
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
    field.press("Escape")
    expect(field).to_have_count(0)


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
    expect(legend).to_contain_text("Where the band is faint it is safe to cut")
    legend.get_by_role("button", name="customers").click()
    expect(legend).to_contain_text("puts few customers into another segment")
    band.hover(position={"x": 60, "y": 4})
    expect(screen.page.locator(".distribution .title")).to_contain_text("customers")
    expect(screen.page.locator(".distribution .title")).to_contain_text("a line from")


def test_lines_that_one_threshold_moves_are_seen_to_hang_together(screen: Screen) -> None:
    expect(line(screen.page)).to_have_attribute("aria-valuetext", "Life-cycle step: 3 months, moves 3 lines together")
    expect(screen.page.locator(".distribution .tie")).to_have_count(1)


def test_what_is_remembered_stays_as_a_ghost_and_the_differences_are_said_until_it_is_let_go(screen: Screen) -> None:
    ghosts = screen.page.locator(".distribution .over .ghost")
    said = screen.page.locator(".before")
    screen.page.get_by_role("button", name="Remember this").click()
    expect(ghosts).to_have_count(3)
    expect(said).to_have_text("Everybody is in the segment you remembered.")
    line(screen.page).press("PageUp")
    expect(said).to_contain_text("Against what you remembered:")
    shows(screen, 8)
    then, now = LIFE(people), LIFE(people, step=8)
    expect(said).to_contain_text(moved(then, now).sentence())
    more = int(now.counts[0] - then.counts[0])
    expect(said).to_contain_text(f"Active +{more} (")
    expect(screen.page.locator(".sizes .was")).to_have_count(12)
    expect(screen.page.locator(".plane .ghost")).to_have_count(4)
    screen.choose("method", METHODS["abc_classes"].title).idle()
    screen.page.get_by_role("button", name="Remember this").wait_for()
    screen.choose("method", LIFE.title).idle()
    expect(ghosts).to_have_count(3)
    screen.page.get_by_role("button", name="Let go of it").click()
    expect(ghosts).to_have_count(0)
    expect(said).to_be_empty()


def test_names_and_plates_lie_below_what_they_could_hide(screen: Screen) -> None:
    plane = screen.page.locator(".plane svg").first
    kinds = plane.evaluate("svg => [...svg.children].map(one => one.getAttribute('class'))")
    corners, data = (
        [at for at, kind in enumerate(kinds) if kind in sought] for sought in (["corner"], ["cloud", "bubble"])
    )
    assert corners and data and max(corners) < min(data)
    label, plot = (
        line(screen.page).locator("span").bounding_box(),
        screen.page.locator(".distribution .along").first.bounding_box(),
    )
    assert label and plot and label["y"] + label["height"] <= plot["y"] - 230, "above the bars"


def test_new_data_let_go_of_what_was_remembered(screen: Screen) -> None:
    """The last to use the page: other data are in it then."""
    screen.page.get_by_role("button", name="Remember this").click()
    expect(screen.page.locator(".distribution .over .ghost")).to_have_count(3)
    screen.go("Data").upload(SAMPLES / KIDS).idle()
    screen.page.get_by_text(KIDS).first.wait_for()
    screen.go("Segments").choose("method", LIFE.title).idle()
    screen.page.get_by_role("button", name="Remember this").wait_for()
    expect(screen.page.locator(".ghost")).to_have_count(0)
