"""A slider or a field of the page moved: its line and every picture go along before the server has answered, and stay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from segmentation import METHODS, Problem
from segmentation.analysis.summary import figures, finding
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.board import own
from segmentation.segments.controls import Slider
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import Screen
from tests.samples import people_of

people = people_of()
MOST = 12  # keys pressed until somebody changes segment
LOOKS = """() => [...[...document.querySelectorAll("*")].map(one => one.shadowRoot).find(root => root?.querySelector(".board"))
    .querySelectorAll(".card")].flatMap(card => {
        const copy = card.cloneNode(true)  // without what is said in words
        copy.querySelectorAll(".said, .title").forEach(one => one.remove())
        const seen = one => [one.tagName, ...["style", "d", "transform"].map(name => one.getAttribute(name))].join()
        return [copy.textContent, ...[...copy.querySelectorAll("*")].map(seen)] })"""
CAME = (
    "text => window.late.some(({ told }) => new TextDecoder().decode(told.data).includes(text))"  # held back, but there
)
LET_IN = "many => window.late.splice(0, many).forEach(hear => hear())"


def steps(method: Method, values: dict[str, Any], line: Line) -> int:
    """How many stops away, down (below zero) or up, somebody is in another segment."""
    made, here = method(people, **values), line.here
    for step in (sign * size for size in range(1, MOST + 1) for sign in (-1, 1)):
        if 0 <= here + step < len(line.stops):
            there = method(people, **{**values, **line.put(values, line.stops[here + step].item())})
            if there.counts.tolist() != made.counts.tolist():
                return step
    return 0


def moved_by_hand() -> dict[str, tuple[Method, Line, int]]:
    """A method for each kind of picture, of widget and number of cuts that go along: its line that a widget moves, and how far."""
    found: dict[tuple[object, ...], tuple[Method, Line, int]] = {}
    for method in METHODS.values():
        with suppress(Problem):
            values, made = method.complete({}), method(people)
            card = own(method, values, made, "")
            for line in reversed(lines_of(method, values, made)):
                kind = card["name"] if card else "", method.controls[line.threshold].kind, len(line.cuts)
                new = method not in [one for one, _, _ in found.values()] and kind not in found
                if new and line.by and (step := steps(method, values, line)):
                    found[kind] = method, line, step
    return {f"{method.name}.{line.threshold}": (method, line, step) for method, line, step in found.values()}


MOVED = moved_by_hand()


def begin(page: Page) -> Screen:
    return Screen(page).sample().go("Segments")


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page as the test before left it: each moves a threshold of another method."""
    return stay(begin)


def widget(screen: Screen, method: Method, line: Line) -> Locator:
    assert line.by
    name, place = line.by
    if isinstance(method.controls[line.threshold], Slider):
        return screen.key(f"{method.name}.{name}").locator("input[type=range]").nth(place)
    return screen.key(f"{method.name}.{name}.{place}").locator("input")


def chosen(screen: Screen, method: Method, line: Line) -> Locator:
    screen.choose("method", method.title).idle()
    found = widget(screen, method, line)
    found.wait_for(state="attached")
    screen.idle().until(lambda: screen.page.locator("[data-param]").count() > 0, True)
    return found


def slide(found: Locator, line: Line, step: int) -> float:
    """So many stops down or up, by key; the value it then stands at."""
    found.focus()
    if found.get_attribute("type") == "number":
        found.fill(f"{line.stops[line.here + step]:.10g}")
        found.press("Enter")
    for _ in range(abs(step) if found.get_attribute("type") == "range" else 0):
        found.press("ArrowRight" if step > 0 else "ArrowLeft")
    times = 100 if line.unit == "%" and found.get_attribute("type") == "range" else 1
    return round(float(found.input_value()) / times, 9)


def with_it(method: Method, line: Line, value: float) -> Segmentation:
    values = method.complete({})
    return method(people, **{**values, **line.put(values, value)})


def sent(method: Method, made: Segmentation) -> str:
    """The beginning of the answer, as it is sent."""
    return finding(made, figures(made), method=method).partition(" (")[0]


def said(method: Method, made: Segmentation) -> str:
    """The same as it is seen."""
    return sent(method, made).replace("**", "")


def counts(screen: Screen) -> list[int]:
    return list(screen.table().values())


def expected(made: Segmentation) -> list[int]:
    return [many for _, many in zip(made.shown, made.counts.tolist(), strict=False)]


@pytest.mark.parametrize("which", MOVED)
def test_pictures_follow_a_slider_before_the_server_answers_and_nothing_jumps_when_it_does(
    screen: Screen, which: str
) -> None:
    method, line, step = MOVED[which]
    found = chosen(screen, method, line)
    with screen.unanswered():
        there = with_it(method, line, slide(found, line, step))
        assert expected(there) != expected(method(people))
        screen.until(lambda: counts(screen), expected(there))
        screen.rest()
        before = screen.page.evaluate(LOOKS)
    screen.idle().rest()
    assert counts(screen) == expected(there)
    assert screen.page.evaluate(LOOKS) == before, "the answer changes nothing that is seen"


def test_the_answer_to_an_earlier_step_does_not_take_back_a_later_one(screen: Screen) -> None:
    method = METHODS["lifecycle"]
    line = lines_of(method, method.complete({}), method(people))[0]
    found = chosen(screen, method, line)
    while (at := screen.slider("lifecycle.step")) < [10]:
        found.press("ArrowRight")
        screen.until(lambda at=at: screen.slider("lifecycle.step") > at, True)
    screen.idle()
    told, page = screen.listen(), screen.page
    with screen.unanswered():
        found.press("ArrowRight")
        screen.until(lambda: told() > 0, True)
        earlier = sent(method, with_it(method, line, 11))
        screen.until(lambda: page.evaluate(CAME, earlier), True)
        came = page.evaluate("window.late.length")
        found.press("ArrowRight")
        last = with_it(method, line, 12)
        screen.until(lambda: counts(screen), expected(last))
        page.evaluate(LET_IN, came)
        earlier = earlier.replace("**", "")
        assert earlier not in (said(method, last), said(method, with_it(method, line, 10)))
        screen.until(lambda: earlier in (page.locator(".answer").text_content() or ""), True)
        screen.rest()
        assert counts(screen) == expected(last), "it stays where it was slid"
        assert screen.slider("lifecycle.step") == [12]
    screen.idle()
    assert counts(screen) == expected(last)


def test_a_field_says_into_how_many_groups_the_tree_falls_before_the_server_answers(screen: Screen) -> None:
    method = METHODS["hierarchical"]
    screen.choose("method", method.title).idle()
    line, field = screen.page.locator(".tree [data-param=k]"), screen.key(f"{method.name}.k").locator("input")
    many = int(field.input_value())
    with screen.unanswered():
        field.fill(str(many + 2))
        field.press("Enter")
        screen.until(lambda: line.get_attribute("aria-valuenow"), str(many + 2))
    screen.idle()
    assert line.get_attribute("aria-valuenow") == str(many + 2)


def test_what_was_slid_and_undone_at_once_is_as_it_was(screen: Screen) -> None:
    method = METHODS["vip"]
    line = lines_of(method, method.complete({}), method(people))[0]
    found = chosen(screen, method, line)
    told = screen.listen()
    with screen.unanswered():
        moved = with_it(method, line, slide(found, line, -1))
        screen.until(lambda: counts(screen), expected(moved))
        screen.until(lambda: told() > 0, True)
        screen.key("undo").get_by_role("button").click()
    screen.idle().until(lambda: counts(screen), expected(method(people)))
    screen.rest()
    assert counts(screen) == expected(method(people))


def test_a_line_taken_in_hand_after_its_slider_stays_where_the_hand_left_it(screen: Screen) -> None:
    method = METHODS["repeat"]
    line = lines_of(method, method.complete({}), method(people))[0]
    found = chosen(screen, method, line)
    handle = screen.page.locator(f'.over [data-param$=".{line.number}.0"]').first
    with screen.unanswered():
        slide(found, line, 2)
        screen.until(lambda: handle.get_attribute("aria-valuenow"), "4")
        handle.press("ArrowRight")
    there = with_it(method, line, 5)
    screen.idle().until(lambda: counts(screen), expected(there))
    screen.until(lambda: screen.slider("repeat.orders"), [5])
