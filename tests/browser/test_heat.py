"""The map of scored cells: edges that fell by themselves are moved, cells are painted, and all counts are the library's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from segmentation import METHODS
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import TWO_FRAMES, Screen, at
from tests.samples import people_of

people = people_of()
method = METHODS["rfm"]


def begin(page: Page) -> Screen:
    screen = Screen(page).idle()
    page.locator(".heat .cell").first.wait_for()
    return screen


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page as the test before left it, the map of everybody again; all but the last leave edges and names as at first."""
    screen = stay(begin, address=at("Segments", "rfm"))
    for group, first in (("Shade", "Customers"), ("Revenue score", "all")):
        switch(screen, group, first)
    screen.until(screen.table, counts(method(people)))
    return screen


def switch(screen: Screen, group: str, to: str) -> None:
    screen.page.get_by_role("group", name=group).get_by_role("button", name=to, exact=True).press("Enter")


def counts(made: Segmentation) -> dict[str, int]:
    return dict(zip(made.shown, made.counts.tolist(), strict=False))


def lines(screen: Screen) -> Locator:
    return screen.page.locator(".heat [role=slider]")


def cell(screen: Screen, x: int, y: int) -> Locator:
    """A cell by its place from the lower left corner."""
    return screen.page.locator(f'.heat [data-param="cell.{x}.{y}"]')


def squares(made: Segmentation) -> list[str]:
    """How many customers stand in each cell of recency and frequency, as the map writes it; nothing where nobody is."""
    scores = made.detail.groupby(["r", "f"]).size()
    return sorted(str(size) for size in scores if size)


def written(screen: Screen) -> list[str]:
    texts = screen.page.locator(".heat .map svg .role-mark text").all_text_contents()
    return sorted(text for text in texts if text)


def test_cells_are_painted_by_mouse_and_the_usual_name_takes_the_paint_off(screen: Screen) -> None:
    screen.page.locator(".heat .chip", has_text="Lost").press("Enter")
    cell(screen, 4, 4).scroll_into_view_if_needed()
    start, end = cell(screen, 3, 4).bounding_box(), cell(screen, 4, 4).bounding_box()
    assert start and end
    screen.page.mouse.move(start["x"] + 20, start["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(end["x"] + 20, end["y"] + 20, steps=4)
    table = {f"{r}5{m}": "Lost" for r in "45" for m in "12345"}
    painted = method(people, table=table)
    screen.until(screen.table, counts(painted))  # in the hand
    screen.page.mouse.up()
    screen.page.get_by_role("button", name="Back to the usual names").wait_for()
    screen.until(screen.table, counts(painted))
    screen.page.get_by_role("button", name="Back to the usual names").press("Enter")
    screen.until(screen.table, counts(method(people)))


def test_one_band_of_the_third_score_is_painted_by_key_with_a_name_of_one_s_own(screen: Screen) -> None:
    switch(screen, "Revenue score", "5")
    screen.page.get_by_label("A name of your own to paint with").fill("Our *best* <b>")
    cell(screen, 0, 0).focus()
    for arrow in ["ArrowUp"] * 4 + ["ArrowRight"] * 4:
        screen.page.keyboard.press(arrow)
    expect(cell(screen, 4, 4)).to_be_focused()
    screen.page.keyboard.press("Enter")
    own = method(people, table={"555": "Our *best* <b>"})
    screen.until(screen.table, counts(own))
    screen.page.locator(".heat .chip", has_text="Champions").press("Enter")
    cell(screen, 4, 4).focus()
    screen.page.keyboard.press(" ")
    screen.until(screen.table, counts(method(people)))


def test_the_shade_is_customers_or_money_and_the_numbers_say_which(screen: Screen) -> None:
    made = method(people)
    best = (made.detail["r"] == 5) & (made.detail["f"] == 5)
    revenue = people.frame["revenue"][best.to_numpy()].sum()
    switch(screen, "Shade", "Revenue")
    millions = f"{revenue / 1e6:.3g}m"
    assert millions in written(screen)
    assert millions in (cell(screen, 4, 4).get_attribute("aria-label") or "")


def test_an_edge_is_dragged_by_mouse(screen: Screen) -> None:
    values, made = stated(method, method.defaults, method(people))
    found = lines_of(method, values, made)
    handle = screen.page.locator('.heat [data-param^="0.3."]')
    cut_by = screen.key("rfm.by").get_by_role("combobox")
    usual = cut_by.input_value()
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x - 40, y, steps=8)
    screen.page.evaluate(TWO_FRAMES)
    screen.rest()
    there = float(handle.get_attribute("aria-valuenow") or "nan")
    moved = method(people, **{**values, **found[3].put(values, there)})
    assert (
        there < found[3].stops[found[3].here] and screen.table() == counts(moved) and written(screen) == squares(moved)
    )
    screen.page.mouse.up()
    expect(cut_by).to_have_value("own edges")
    screen.until(screen.table, counts(moved))
    screen.idle().page.get_by_role("button", name="Undo").click()
    expect(cut_by).to_have_value(usual)
    screen.until(screen.table, counts(made))


def test_every_edge_that_fell_by_itself_is_moved_by_key_and_becomes_an_own_edge(screen: Screen) -> None:
    """The last to use the page: its edges are moved then."""
    values, made = stated(method, method.defaults, method(people))
    found = lines_of(method, values, made)
    assert len(found) == 12
    screen.until(lambda: lines(screen).count(), 12)
    screen.until(screen.table, counts(made))
    assert written(screen) == squares(made)
    for number in range(12):
        line = found[number]
        step = 1 if line.here + 1 < len(line.stops) else -1
        values = {**values, **line.put(values, line.stops[line.here + step])}
        moved = method(people, **values)
        handle = lines(screen).and_(screen.page.locator(f'[data-param^="{line.run}.{number}."]'))
        handle.focus()
        screen.page.keyboard.press("ArrowRight" if step == 1 else "ArrowLeft")
        screen.until(screen.table, counts(moved))  # in the hand
        assert written(screen) == squares(moved)
        found = lines_of(method, values, moved)
        screen.until(lambda: handle.get_attribute("aria-label"), found[number].label)  # noqa: B023 (asked at once)
        screen.until(screen.table, counts(moved))
    assert screen.key("rfm.by").get_by_role("combobox").input_value() == "own edges"
    assert written(screen) == squares(moved)
