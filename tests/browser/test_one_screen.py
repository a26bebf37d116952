"""What is seen without scrolling: on a screen the question, its method and the first two pictures; on a phone one's own picture."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.app import link
from segmentation import METHODS, Study
from tests.browser.screen import SHOES, Screen, at

BODY = "> :nth-child(2)"  # of a card, below its title
OWN = (  # of a method what one sees first, its controls too
    ("abc_classes", f".pareto {BODY}"),
    ("lifecycle", f".distribution {BODY}"),
    ("volume_bands", f".distribution {BODY}"),
    ("bcg", f".regions {BODY}"),
    ("spend_visits", f".regions {BODY}"),
    ("rules", ".coverage .rows"),
    ("rules", ".coverage .panel >> nth=0"),
    ("rfm", ".heat .map"),
    ("rfm", ".heat .brushes"),
    ("abc_xyz", f".matrix {BODY}"),
)


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page with the method the test before left, on a screen of some size."""
    return stay(lambda page: Screen(page).drawn("Segments").idle(), address=at("Segments"))


@pytest.mark.parametrize(("wide", "high"), [(1280, 720), (1440, 900)])
def test_question_method_and_first_two_pictures_are_on_one_screen(screen: Screen, wide: int, high: int) -> None:
    page = screen.page
    page.set_viewport_size({"width": wide, "height": high})
    for method, own in OWN:
        screen.choose("method", METHODS[method].title).idle()
        expect(page.get_by_role("heading", name=METHODS[method].question)).to_be_in_viewport(ratio=1)
        expect(screen.key("method")).to_be_in_viewport(ratio=1)
        for picture in (own, f".plane {BODY}"):
            expect(page.locator(picture)).to_be_in_viewport(ratio=1)
    expect(page.locator(".legend").get_by_role("group")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_own_picture_comes_first_and_a_finger_scrolls_over_it(visit: Callable[..., Page]) -> None:
    page = visit(at("Segments", "lifecycle"), {"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    screen = Screen(page).drawn("Segments").idle()
    chart = page.locator(".distribution .chart").first
    page.locator(".distribution [role=slider]").first.wait_for()
    box, controls = chart.bounding_box(), screen.key("lifecycle.step").bounding_box()
    assert box and controls and box["y"] < controls["y"]
    expect(chart).to_be_in_viewport(ratio=1)
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] * 0.8, box["y"] + 100
    for kind, up in (("touchStart", 0), *(("touchMove", 20 * step) for step in range(1, 11)), ("touchEnd", None)):
        points = [] if up is None else [{"x": x, "y": y + 100 - up}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    screen.until(lambda: (chart.bounding_box() or box)["y"] < box["y"] - 50, True)


@pytest.mark.parametrize("wide", [390, 1024])
def test_undo_history_time_and_settings_stand_in_one_row_and_keep_their_names(screen: Screen, wide: int) -> None:
    page = screen.page
    page.set_viewport_size({"width": wide, "height": 844})

    def heights() -> list[float | None]:
        buttons = [page.get_by_role("button", name=name) for name in ("Undo", "Redo", "History", "Settings")]
        return [box and box["y"] for box in (button.bounding_box() for button in buttons)]

    screen.until(lambda: None not in heights() and len(set(heights())), 1)


def test_short_names_of_many_segments_are_whole_beside_their_sizes(screen: Screen) -> None:
    screen.page.set_viewport_size({"width": 1440, "height": 900})
    screen.choose("method", METHODS["abc_xyz"].title).idle()
    names = screen.page.locator(".sizes .segment b")
    expect(names).to_have_count(9)
    cut_off = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.title)"
    screen.until(lambda: names.evaluate_all(cut_off), [])


INSIDE = """bar => [...bar.querySelectorAll('[data-testid=stPopoverButton]')].map(button => {
    const range = document.createRange(), box = button.getBoundingClientRect()
    range.selectNodeContents(button.querySelector('p'))
    const words = range.getBoundingClientRect()
    return [Math.round(box.top), words.left - box.left > 6 && box.right - words.right > 6] })"""


@pytest.mark.parametrize("wide", [1024, 390])
def test_menus_stand_in_one_row_with_their_words_inside_their_borders(screen: Screen, wide: int) -> None:
    screen.page.set_viewport_size({"width": wide, "height": 768})
    menus = screen.key("frame")
    screen.until(lambda: {inside for _, inside in menus.evaluate(INSIDE)}, {True})
    tops = {top for top, _ in menus.evaluate(INSIDE)}
    assert len(tops) == 1


def test_what_is_chosen_and_typed_beside_the_pictures_can_be_read_to_its_end(visit: Callable[..., Page]) -> None:
    study = Study(file=SHOES, thresholds={"rfm": {"by": "edges", "money": (181.12, 313.49, 534.42, 1600.0)}})
    study.choose("rfm")
    page = visit(f"/segments?{link.KEY}={link.written(study)}", {"width": 1024, "height": 768})
    screen = Screen(page).drawn("Segments").idle()
    cut_off = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.value)"
    fields = screen.key("sides").locator("input[role=combobox], input[type=number]")
    for wide in (1024, 1280, 1440):
        page.set_viewport_size({"width": wide, "height": 768})
        assert fields.count() >= 9
        screen.until(lambda: fields.evaluate_all(cut_off), [])
    screen.choose("method", METHODS["portfolio"].title).idle()
    screen.until(lambda: fields.evaluate_all(cut_off), [])


def test_on_a_phone_several_cuts_stand_in_their_order(screen: Screen) -> None:
    """Columns stand below each other there, and only the two sides of the page change places."""
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.choose("method", METHODS["volume_bands"].title).idle()
    boxes = screen.key("sides").locator("input[type=number]")
    edges = "all => all.map(one => [one.getBoundingClientRect().top, Number(one.value)]).sort((a, b) => a[0] - b[0]).map(one => one[1])"
    screen.until(lambda: boxes.evaluate_all(edges), [*METHODS["volume_bands"].defaults["edges"]])


def test_before_an_audience_on_a_phone_the_pictures_come_before_their_thresholds(screen: Screen) -> None:
    """The last to use the page: an audience looks at it then."""
    page = screen.page
    page.set_viewport_size({"width": 390, "height": 844})
    screen.choose("method", METHODS["abc_classes"].title).idle()
    page.get_by_role("button", name="Keep this").click()
    screen.says("Kept as the 1st cell")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Notebook").click()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    page.get_by_role("button", name="Present").click()
    slider, picture = page.get_by_role("slider").first, page.get_by_test_id("stVegaLiteChart").first
    slider.wait_for()
    picture.locator("svg, canvas").first.wait_for()
    here, there = picture.bounding_box(), slider.bounding_box()
    assert here and there and here["y"] < there["y"]


def test_on_a_narrow_screen_long_names_leave_their_bars_room(visit: Callable[..., Page]) -> None:
    page = visit(at("Segments", "personas"), {"width": 1024, "height": 768})
    Screen(page).drawn("Segments").idle()
    page.locator(".sizes .bars").first.wait_for()
    assert page.locator(".sizes .bars").first.evaluate("bars => bars.clientWidth") > 40
