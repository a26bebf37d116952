"""The bubble chart answers to the hand: a click or a box chooses whose names are listed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.app import link
from segmentation import METHODS, Customers, Study, formats, read
from segmentation.analysis.summary import summarise
from segmentation.segments import plane
from tests.browser.screen import SHOES, Screen, at, csv_of
from tests.places import SAMPLES


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / SHOES))


def begin(page: Page) -> Screen:
    screen = Screen(page).drawn("Segments")
    page.locator(".plane .name").get_by_text("Invest ·").wait_for(state="attached")
    return screen


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page as the test before left it: with somebody listed, and a line moved by the last two alone."""
    return stay(begin, address=at("Segments"))


def listed(screen: Screen) -> str:
    return screen.key("listed").get_by_role("combobox").input_value()


def plot(screen: Screen) -> dict[str, float]:
    """The rectangle customers are drawn in."""
    ground = screen.page.locator(".plane .ground")
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
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
    screen.page.locator('.plane .bubble[data-name="C"]').click()
    screen.until(lambda: listed(screen), "C")
    rows = METHODS["abc_classes"](shoes).rows("C")
    taken = csv_of(screen.download(f"Download {len(rows)} customers"))
    assert set(taken.iloc[:, 0]) == set(shoes.frame.index[rows])


def test_a_box_drawn_in_the_chart_lists_exactly_the_customers_inside(screen: Screen, shoes: Customers) -> None:
    draw_box(screen, 0.01, 0.02, 0.6, 0.98)
    screen.until(lambda: listed(screen), "the box drawn in the chart")
    label = screen.idle().key("download_customers").inner_text()
    taken = csv_of(screen.download(label))
    assert label == f"Download {formats.plural(len(taken), 'customer')}"
    assert 0 < len(taken) < len(shoes)
    poorer = shoes.frame[shoes.frame["profit"] <= taken["Profit"].max()]
    assert set(taken.iloc[:, 0]) == set(poorer.index), "the box spans every height, so only profit decides"


def test_the_list_goes_back_to_a_segment_by_choice(screen: Screen) -> None:
    draw_box(screen, 0.01, 0.02, 0.6, 0.98)
    screen.until(lambda: listed(screen), "the box drawn in the chart")
    screen.choose("listed", "B")
    expect(screen.key("download_customers")).to_contain_text("Download 93 customers")


def test_a_click_beside_everything_takes_the_box_away(screen: Screen) -> None:
    draw_box(screen, 0.3, 0.3, 0.6, 0.6)
    screen.until(lambda: listed(screen), "the box drawn in the chart")
    area = plot(screen)
    screen.page.mouse.click(area["x"] + area["width"] * 0.97, area["y"] + area["height"] * 0.6)
    expect(screen.page.locator(".plane .boxed")).to_have_count(0)
    screen.until(lambda: listed(screen), "")


def test_the_row_of_a_segment_lists_its_customers_and_a_heading_sorts(screen: Screen) -> None:
    table = screen.page.locator(".numbers")
    table.get_by_role("button", name="B", exact=True).click()
    screen.until(lambda: listed(screen), "B")
    table.get_by_role("button", name="Customers").click()
    screen.until(lambda: list(screen.table()), ["C", "B", "A"])
    table.get_by_role("button", name="Customers").click()
    screen.until(lambda: list(screen.table()), ["A", "B", "C"])


def test_while_a_cut_is_dragged_sizes_bubbles_and_numbers_go_along_and_are_exact(
    screen: Screen, shoes: Customers
) -> None:

    def seen() -> tuple[list[list[str]], list[str], list[str]]:
        place = "all => all.map(one => `${one.getAttribute('cx')} ${one.getAttribute('cy')} ${one.getAttribute('r')}`)"
        bubbles = screen.page.locator(".plane .bubble").evaluate_all(place)
        return screen.rows(), screen.page.locator(".sizes .share").all_text_contents(), bubbles

    held: list[tuple[list[list[str]], list[str], list[str]]] = []
    before = seen()
    screen.drag("a", -45, before_release=lambda: screen.rest() and held.append(seen()))
    moved = METHODS["abc_classes"](shoes, a=screen.cut("a") / 100)
    screen.shows(moved)
    assert held == [seen()], "what was shown before the server was asked is what it answers"
    assert all(now != then for now, then in zip(held[0], before, strict=True))
    best = summarise(moved).iloc[0]
    assert held[0][1][:3] == [
        f"{formats.share(best[f'share_of_{name}'], 1)} of {name}" for name in ("customers", "revenue", "profit")
    ]


def test_a_line_dragged_in_the_plane_moves_the_sectors_and_stays_for_the_portfolio(
    screen: Screen, shoes: Customers
) -> None:
    """The last to use the page: it is on another one then."""

    def place() -> float:
        return float(screen.page.locator('.plane [data-param="profit"]').get_attribute("aria-valuenow") or "nan")

    before, area = place(), plot(screen)
    grip = screen.page.locator('.plane [data-param="profit"] .grip').bounding_box()
    assert grip
    screen.page.mouse.move(grip["x"] + 7, area["y"] + area["height"] * 0.8)
    screen.page.mouse.down()
    screen.page.mouse.move(grip["x"] - 60, area["y"] + area["height"] * 0.8, steps=6)
    screen.page.mouse.up()
    assert place() < before
    there = place()
    held = plane.sectors(shoes, there, plane.cut_lines(shoes, {})[1]).counts
    expect(screen.page.locator('.plane [data-sector="Invest"] .name')).to_have_text(f"Invest · {held[0]}")
    screen.go("Portfolio")
    screen.until(place, there)


def test_on_the_portfolio_page_bubbles_of_one_colour_have_letters_of_their_own(visit: Callable[..., Page]) -> None:
    """The segments of the board are the sectors there."""
    address = f"/portfolio?{link.KEY}={link.written(Study(file=SHOES, bubbles='cross'))}"
    page = visit(address, {"width": 1024, "height": 768})
    screen = Screen(page).drawn("Portfolio").idle()
    letters = page.locator(".unnamed b")
    expect(letters.nth(1)).to_be_visible()
    screen.until(lambda: letters.count() - len({*letters.all_text_contents()}), 0)
