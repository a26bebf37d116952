"""Bands that are called after their edges are called so in the hand too, wherever they stand, and nothing flickers on release."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.app import link
from segmentation import METHODS, Customers, Study
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import KIDS, SHOES, TWO_FRAMES, Screen
from tests.browser.test_own_pictures import dragged, nearest, numbered
from tests.samples import people_of

MONEY = {"edges": (1000.0, 5000.0, 20000.0)}
CASES: dict[str, tuple[str, str, Mapping[str, Any]]] = {
    "money, the largest first": (SHOES, "volume_bands", MONEY),
    "days of silence, with the wall of purchases": (
        SHOES,
        "attribute",
        {"column": "recency_days", "by": "edges", "edges": (30.0, 90.0, 180.0)},
    ),
    "where equal parts of the customers fell": (SHOES, "attribute", {"column": "average_order", "parts": "3"}),
    "years, the first from 0": (KIDS, "ages", {}),
    "losses too": (SHOES, "attribute", {"column": "growth", "by": "edges", "edges": (-0.5, 0.0, 0.25)}),
}
SAID = """shown => {
  const board = shown.cloneNode(true)
  board.querySelector('.answer').remove() // it is seen to be of before
  const named = ['title', 'aria-label', 'data-name', 'data-param']
  const told = [...board.querySelectorAll('*')].flatMap(one => named.map(name => one.getAttribute(name)))
  const words = document.createTreeWalker(board, NodeFilter.SHOW_TEXT), texts = []
  while (words.nextNode()) texts.push(words.currentNode.data)
  return [...told.filter(Boolean), ...texts]
}"""
PLACES = {
    "numbers": "all => all.map(one => one.textContent)",
    "sizes": "all => all.map(one => one.textContent)",
    "plane": "all => all.map(one => one.dataset.name)",
    "distribution": "all => all.map(one => one.title || one.textContent).map(text => text.replace(/ [\\d,]+$/, ''))",
}
WHERE = {
    "numbers": "tbody th",
    "sizes": ".segment > b",
    "plane": ".bubble",
    "distribution": ".strip > span, .strip small",
}
WATCH = """board => {
  window.called = new Set()
  const read = () => {
    const one = (where) => [...board.querySelectorAll(where)].map(node => node.textContent).sort().join('|')
    window.called.add(one('.numbers tbody th')).add(one('.sizes .segment > b'))
    window.watching = requestAnimationFrame(read)
  }
  read()
}"""
WATCHED = "() => { cancelAnimationFrame(window.watching); return [...window.called] }"


def address(sample: str, method: str, values: Mapping[str, Any]) -> str:
    study = Study(file=sample, thresholds={method: dict(values)})
    study.choose(method)
    return f"/segments?{link.KEY}={link.written(study)}"


def handle(page: Page, number: int) -> Locator:
    return page.locator(f'.distribution [role=slider][data-param^="0.{number}."]').first


def board(page: Page) -> Locator:
    return page.locator(".board").last  # that of the method before may still go


def said(page: Page) -> list[str]:
    return board(page).evaluate(SAID)


def names(page: Page, place: str) -> set[str]:
    return set(page.locator(f".{place}").locator(WHERE[place]).evaluate_all(PLACES[place]))


def shows(screen: Screen, made: Segmentation, before: Segmentation) -> None:
    """Each place has these names, and no place a name of before that nobody has now."""
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    held = {name for name, many in zip(made.shown, made.counts.tolist(), strict=False) if many}
    page = screen.page
    for place in PLACES:
        seen = names(page, place)
        assert seen <= {*made.shown}, place
        assert seen >= (held - {"Unknown"} if place != "plane" else set()), place
    gone = [re.escape(name) for name in before.names if name not in made.names]
    if gone:
        old = re.compile(rf"(?<![\d.,−–])({'|'.join(gone)})(?![\d.,–]| to )")
        assert [text for text in said(page) if old.search(text)] == []


def moved(
    method: Method, people: Customers, values: Mapping[str, Any], before: Segmentation, line: Line, value: float
) -> tuple[Mapping[str, Any], Segmentation, Segmentation]:
    """The thresholds with a line there, what they made before, and what they make then: under other names."""
    values = {**values, **line.put(values, value)}
    made = method(people, **values)
    assert made.names != before.names
    return values, before, made


@contextmanager
def still_named(screen: Screen) -> Iterator[None]:
    """What is moved meanwhile is not answered; once it is, no name may become another one and back."""
    with screen.unanswered():
        yield
        board(screen.page).evaluate(WATCH)
    screen.idle()
    assert len(screen.page.evaluate(WATCHED)) == 1, "names flickered"


@pytest.mark.parametrize("case", CASES)
def test_names_follow_each_line_by_key_and_by_mouse_and_stay_when_it_is_let_go(case: str, visit: Callable) -> None:
    sample, name, values = CASES[case]
    method, people = METHODS[name], people_of(sample)
    screen = Screen(visit(address(sample, name, values)))
    values, made = stated(method, method.complete(values), method(people, **values))
    handle(screen.page, lines_of(method, values, made)[0].number).wait_for()
    shows(screen.idle(), made, made)
    for number in [line.number for line in lines_of(method, values, made)]:
        line, there = numbered(lines_of(method, values, made), number), handle(screen.page, number)
        assert line
        value = float(line.stops[line.here + (1 if line.here + 1 < len(line.stops) else -1)])
        with still_named(screen):
            there.press("ArrowRight" if value > line.stops[line.here] else "ArrowLeft")
            values, before, made = moved(method, people, values, made, line, value)
            shows(screen.rest(), made, before)
        shows(screen, made, before)
        line = numbered(lines_of(method, values, made), number)
        assert line
        with still_named(screen):
            with dragged(there, value) as value:
                values, before, made = moved(method, people, values, made, line, nearest(line, value))
                shows(screen.rest(), made, before)
            shows(screen, made, before)
        shows(screen, made, before)


def test_what_is_remembered_is_compared_band_by_band_while_a_line_is_held(visit: Callable) -> None:
    method, people = METHODS["volume_bands"], people_of(SHOES)
    screen = Screen(visit(address(SHOES, method.name, MONEY)))
    values = method.complete(MONEY)
    then = method(people, **values)
    line = lines_of(method, values, then)[1]
    handle(screen.page, line.number).wait_for()
    screen.idle().page.get_by_role("button", name="Remember this").click()
    outlines = screen.page.locator(".sizes .was")
    expect(outlines).to_have_count(12)
    screen.idle()
    with screen.unanswered():
        handle(screen.page, line.number).press("PageUp")
        screen.page.evaluate(TWO_FRAMES)
        now = method(people, **line.put(values, line.stops[line.here + 5].item()))
        told = screen.page.locator(".before")
        for name, more in zip(now.names, (now.counts - then.counts).tolist(), strict=False):
            if more:
                expect(told).to_contain_text(f"{name} {'+' if more > 0 else '−'}{abs(more)} (")
        assert now.names != then.names and told.inner_text().count(" revenue)") == int(
            (now.counts != then.counts).sum()
        )
        expect(outlines).to_have_count(12)
        assert {*now.names} == names(screen.page, "sizes")
        remembered = screen.page.locator(".plane .ghost title").all_text_contents()
        assert {one.split(" as remembered")[0] for one in remembered} <= {*now.names}
    screen.idle()
    expect(told).to_contain_text("in another segment than you remembered.")
    expect(outlines).to_have_count(12)


def test_names_follow_the_field_of_the_page_before_the_server_answers(visit: Callable) -> None:
    method, people = METHODS["volume_bands"], people_of(SHOES)
    screen = Screen(visit(address(SHOES, method.name, MONEY)))
    made = method(people, **MONEY)
    handle(screen.page, 1).wait_for()
    shows(screen.idle(), made, made)
    line = next(one for one in lines_of(method, method.complete(MONEY), made) if one.number == 1)
    field = screen.key("volume_bands.edges.1").locator("input")
    with screen.unanswered():
        field.fill(f"{line.stops[line.here + 3]:g}")
        field.press("Enter")
        now = method(people, **line.put(MONEY, line.stops[line.here + 3].item()))
        shows(screen, now, made)
    shows(screen.idle(), now, made)


def test_names_follow_a_finger_and_a_number_that_is_typed_at_the_line(visit: Callable) -> None:
    method, people = METHODS["volume_bands"], people_of(SHOES)
    page = visit(address(SHOES, method.name, MONEY), {"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    screen, values, made = Screen(page), method.complete(MONEY), method(people, **MONEY)
    line = lines_of(method, values, made)[1]
    there = handle(page, line.number)
    there.wait_for()
    shows(screen.idle(), made, made)
    there.scroll_into_view_if_needed()
    box = there.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = screen.finger()
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x - 3 * step, y))
    page.evaluate(TWO_FRAMES)
    value = float(there.get_attribute("aria-valuenow") or "nan")
    assert value != line.stops[line.here]
    values = {**values, **line.put(values, nearest(line, value))}
    before, made = made, method(people, **values)
    shows(screen.rest(), made, before)
    touch("touchEnd")
    shows(screen.idle(), made, before)
    line = next(one for one in lines_of(method, values, made) if one.number == line.number)
    wanted = line.stops[line.here + 4].item()
    with screen.unanswered():
        there.press("Enter")
        field = page.locator(".typed input")
        field.fill(f"{wanted:.10g}")
        field.press("Enter")
        values = {**values, **line.put(values, wanted)}
        before, made = made, method(people, **values)
        shows(screen.rest(), made, before)
    shows(screen.idle(), made, before)
