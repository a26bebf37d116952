"""The bubble chart answers to the hand: a click or a box chooses whose names are listed."""

import pytest
from playwright.sync_api import Page, expect

from segmentation import METHODS, Customers, formats, read
from tests.browser.screen import SAMPLES, SHOES, Screen, csv_of


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / SHOES))


@pytest.fixture
def screen(page: Page) -> Screen:
    screen = Screen(page).sample().go("Segments")
    expect(screen.key("bubbles").get_by_text("Invest ·")).to_be_attached()
    return screen


def listed(screen: Screen) -> str:
    return screen.key("listed").get_by_role("combobox").input_value()


def plot(screen: Screen) -> dict[str, float]:
    """The rectangle customers are drawn in."""
    screen.key("bubbles").scroll_into_view_if_needed()
    box = screen.key("bubbles").locator("svg g.mark-group.role-frame path.background").first.bounding_box()
    assert box
    return {name: float(box[name]) for name in ("x", "y", "width", "height")}  # type: ignore[literal-required]


def draw_box(screen: Screen, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a box with the mouse; the corners as shares of the plot."""
    area = plot(screen)
    at = [
        (area["x"] + area["width"] * across, area["y"] + area["height"] * down)
        for across, down in ((left, top), ((left + right) / 2, (top + bottom) / 2), (right, bottom))
    ]
    screen.page.mouse.move(*at[0])
    screen.page.mouse.down()
    for point in at[1:]:
        screen.page.mouse.move(*point)
    screen.page.mouse.up()


def test_a_clicked_bubble_lists_its_customers(screen: Screen, shoes: Customers) -> None:
    bubble = screen.key("bubbles").locator('path[aria-label*="segment"], path[aria-label*="Segment: C"]').last
    bubble.scroll_into_view_if_needed()
    bubble.click()
    screen.until(lambda: listed(screen), "C")
    rows = METHODS["abc_classes"](shoes).rows("C")
    taken = csv_of(screen.download(f"Download {len(rows)} customers"))
    assert set(taken["customer_id"]) == set(shoes.frame.index[rows])


def test_a_box_drawn_in_the_chart_lists_exactly_the_customers_inside(screen: Screen, shoes: Customers) -> None:
    draw_box(screen, 0.01, 0.02, 0.6, 0.98)
    screen.until(lambda: listed(screen), "the box drawn in the chart")
    expect(screen.key("download_customers")).to_contain_text("Download")
    label = screen.key("download_customers").inner_text()
    taken = csv_of(screen.download(label))
    assert label == f"Download {formats.plural(len(taken), 'customer')}"
    assert 0 < len(taken) < len(shoes)
    poorer = shoes.frame[shoes.frame["profit"] <= taken["profit"].max()]
    assert set(taken["customer_id"]) == set(poorer.index), "the box spans every height, so only profit decides"


def test_the_list_goes_back_to_a_segment_by_choice(screen: Screen) -> None:
    draw_box(screen, 0.01, 0.02, 0.6, 0.98)
    screen.until(lambda: listed(screen), "the box drawn in the chart")
    screen.choose("listed", "B")
    expect(screen.key("download_customers")).to_contain_text("Download 93 customers")
