"""Every method's lines in the picture of what it cuts: dragged and moved by key, with exact counts all the while."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from segmentation import METHODS, Problem
from segmentation.analysis.thresholds.crossing import cells
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.analysis.thresholds.sensitivity import numbers
from segmentation.board import PICTURES, module
from segmentation.segments.bands import runs_of
from segmentation.segments.controls import Rare
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import KIDS, SHOES, TWO_FRAMES, Screen, at
from tests.samples import people_of

OWN = ", ".join(f".{name}" for name in PICTURES if hasattr(module(name), "own"))
TOOLS = "cutting_tools_firms.csv"


people = people_of(SHOES)


def lined() -> list[tuple[str, str]]:
    """Methods whose lines stand in a picture of their own, each with the first sample on which they do."""
    found: dict[str, str] = {}
    for sample in (SHOES, TOOLS, KIDS):
        for name, method in METHODS.items():
            with suppress(Problem):
                if name not in found and has_lines(method, method(people_of(sample))):
                    found[name] = sample
    return [(sample, name) for name, sample in found.items()]


def has_lines(method: Any, made: Segmentation) -> bool:
    shares = [run.share for run in runs_of(made.placing)]
    return shares != [True] and bool(lines_of(method, method.defaults, made))


def chosen(screen: Screen, method: Any) -> None:
    """Choose a method and wait until the board is its own: its table stands there, and nothing of the one before."""
    made = method(people)
    screen.choose("method", method.title)
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    screen.idle()


def begin(page: Page) -> Screen:
    return Screen(page).drawn("Segments")


@pytest.fixture
def screen(stay) -> Screen:
    """The page as the test before left it."""
    return stay(begin, address=at("Segments"))


@pytest.fixture
def usual(stay) -> Screen:
    """The page with the lines of most methods where they usually are: each test moves those of another one."""
    return stay(begin, "somebody else", at("Segments"))


def lines(page: Page) -> Locator:
    return page.locator(OWN).locator("[role=slider]")


def cell_by_cell(page: Page) -> list[int]:
    """How many customers each cell says it holds, where the picture has cells."""
    labels = [cell.get_attribute("aria-label") or "" for cell in page.locator(".cells button").all()]
    return [int(re.findall(r": ([\d,]+) customer", label)[0].replace(",", "")) for label in labels]


def counted(page: Page, made: Segmentation) -> list[int]:
    """What they should say."""
    return cells(made)["customers"].tolist() if page.locator(".cells").count() else []


def numbered(lines: list[Line], number: int) -> Line | None:
    return next((line for line in lines if line.number == number), None)


def handle_of(screen: Screen, line: Line) -> Locator:
    """A line in the picture; a row that is folded is opened for it."""
    if isinstance(line.at, tuple) and isinstance(line.at[0], int):
        row = screen.page.locator(OWN).locator(".row").and_(screen.page.locator(f'[data-param="row {line.at[0]}"]'))
        row.click()
        expect(row).to_have_attribute("aria-expanded", "true")
    param = f".{line.number}.{next(iter(line.cuts))}"
    return lines(screen.page).and_(screen.page.locator(f'[data-param$="{param}"]')).first


def in_the_hand(screen: Screen, named: Sequence[str], made: Segmentation) -> Segmentation:
    """It is counted before the server has answered, in each cell at once; segments that are called after their edges are called
    after those in the hand, the others as they were till then."""
    assert cell_by_cell(screen.page) == counted(screen.page, made), "in the hand in each cell"
    called = made.shown if made.spans else named
    screen.until(screen.table, dict(zip(called, made.counts.tolist(), strict=False)))
    return made


@contextmanager
def dragged(handle: Locator, before: float) -> Iterator[float]:
    """A line drawn aside by mouse to where it stands on another value, and let go at the end."""
    handle.scroll_into_view_if_needed()
    upright = handle.get_attribute("aria-orientation") == "vertical"
    box, over = (handle.locator("b") if upright else handle).bounding_box(), handle.locator("..").bounding_box()
    assert box and over
    # Beyond an end of the axis several lines may lie on one another: those can only be drawn back
    inwards = -1 if box["x"] > over["x"] + over["width"] / 2 else 1
    x, y, mouse = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, handle.page.mouse
    mouse.move(x, y)
    mouse.down()
    for aside in (12, -12, 40, -40, 90, -90):
        mouse.move(*((x, y + aside) if upright else (x + inwards * aside, y)), steps=2)
        handle.evaluate(TWO_FRAMES)
        if (value := float(handle.get_attribute("aria-valuenow") or "nan")) != before:
            break
    assert value != before, "no way for it to go"
    yield value
    mouse.up()


def nearest(line: Line, value: float) -> float:
    return line.stops[np.abs(line.stops - value).argmin()].item()


@pytest.mark.parametrize(("sample", "name"), lined())
def test_every_line_is_where_the_method_cuts_and_counts_are_right_in_the_hand_after_and_in_the_library(
    sample, name, stay
):
    screen, method = stay(begin, sample, at("Segments", sample=sample)), METHODS[name]
    people = people_of(sample)
    values, made = method.defaults, method(people)
    screen.choose("method", method.title)
    screen.idle()
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    for number in [line.number for line in lines_of(method, values, made)]:
        line = numbered(lines_of(method, values, made), number)
        if line is None:
            continue  # of three cuts that were drawn to one place the middle one has nowhere to go
        handle = handle_of(screen, line)
        screen.until(lambda: float(handle.get_attribute("aria-valuenow") or "nan"), float(line.stops[line.here]))  # noqa: B023
        step, named = 1 if line.here + 1 < len(line.stops) else -1, made.shown
        with screen.unanswered():
            handle.focus()
            screen.page.keyboard.press("ArrowRight" if step == 1 else "ArrowLeft")
            values = {**values, **line.put(values, line.stops[line.here + step].item())}
            made = in_the_hand(screen, named, method(people, **values))
            with dragged(handle, line.stops[line.here + step].item()) as value:
                values = {**values, **line.put(values, nearest(line, value))}
                made = in_the_hand(screen, named, method(people, **values))
        screen.idle()
        screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    screen.until(lambda: cell_by_cell(screen.page), counted(screen.page, made))


def test_every_number_a_method_cuts_by_has_a_line():
    for name, method in METHODS.items():
        try:
            made = method(people)
        except Problem:
            continue
        given, stands = stated(method, method.defaults, made)
        rare = {one for one, control in method.controls.items() if isinstance(control, Rare)}
        cut = {(one, at) for one, at, *_ in numbers(method, given) if one not in rare}
        assert cut == {(line.threshold, line.at) for line in lines_of(method, given, stands)}, name


def test_values_rarer_than_the_line_are_gathered_in_the_hand_as_by_the_method(screen):
    method = METHODS["attribute"]
    screen.choose("method", method.title)
    handle = screen.page.get_by_role("slider", name=method.controls["others"].label, exact=True).and_(
        screen.page.locator("[data-param]")
    )
    handle.wait_for()
    screen.idle()
    handle.focus()
    with screen.unanswered():
        for _ in range(2):
            screen.page.keyboard.press("PageUp")
        share = float(handle.get_attribute("aria-valuenow") or "nan")
        made = method(people, others=share)
        counts = dict(zip(made.shown, made.counts.tolist(), strict=False))
        assert "Other" in counts
        screen.until(screen.table, counts)
    screen.until(lambda: screen.slider("attribute.others"), [round(share * 100, 6)])
    screen.until(screen.table, counts)


def test_a_line_is_dragged_by_mouse_and_the_server_hears_of_it_on_release(screen):
    method = METHODS["lifecycle"]
    screen.choose("method", method.title)
    handle = lines(screen.page).and_(screen.page.get_by_label("Life-cycle step", exact=True)).first
    handle.wait_for()
    screen.idle()
    before = int(handle.get_attribute("aria-valuenow"))
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x + 60, y, steps=10)
    screen.page.evaluate(TWO_FRAMES)
    step = int(handle.get_attribute("aria-valuenow"))
    moved = method(people, step=step)
    counts = dict(zip(moved.names, moved.counts.tolist(), strict=False))
    assert step > before
    screen.until(screen.table, counts)
    screen.page.mouse.up()
    screen.until(lambda: screen.slider("lifecycle.step"), [step])
    screen.until(screen.table, counts)


def test_a_line_beside_the_matrix_is_dragged_downwards_and_the_cells_count_along(usual):
    screen, method = usual, METHODS["cross"]
    screen.choose("method", method.title)
    handle = screen.page.locator(".matrix .down [role=slider]").first
    handle.wait_for()
    screen.idle()
    handle.scroll_into_view_if_needed()
    before = int(handle.get_attribute("aria-valuenow"))
    box = handle.locator("b").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    screen.page.mouse.move(x, y + 30, steps=5)
    screen.page.evaluate(TWO_FRAMES)
    step = int(handle.get_attribute("aria-valuenow"))
    there = method(people, second={"method": "lifecycle", "step": step})
    assert step > before and cell_by_cell(screen.page) == counted(screen.page, there)
    screen.page.mouse.up()
    screen.until(screen.table, dict(zip(there.shown, there.counts.tolist(), strict=False)))
    screen.until(lambda: cell_by_cell(screen.page), counted(screen.page, there))


def test_both_lines_of_a_cross_are_counted_at_once_though_the_server_has_not_answered_for_the_first(usual):
    page, screen, method = usual.page, usual, METHODS["abc_xyz"]
    screen.choose("method", method.title)
    across, down = (screen.page.locator(f".matrix .{way} [role=slider]").first for way in ("across", "down"))
    down.wait_for()
    screen.idle()
    values, made = method.defaults, method(people)
    each = lines_of(method, values, made)
    for handle in (across, down):
        line = each[int((handle.get_attribute("data-param") or "").split(".")[1])]
        handle.press("PageUp")
        values = {**values, **line.put(values, float(handle.get_attribute("aria-valuenow") or "nan"))}
    there = method(people, **values)
    assert there.counts.tolist() != made.counts.tolist()
    assert cell_by_cell(page) == counted(page, there), "before anything was answered"
    screen.until(screen.table, dict(zip(there.shown, there.counts.tolist(), strict=False)))
    screen.until(lambda: cell_by_cell(page), counted(page, there))


def test_a_cell_that_is_clicked_lists_its_customers_and_says_what_they_get_when_it_is_pointed_at(screen):
    method = METHODS["abc_xyz"]
    screen.choose("method", method.title)
    cell = screen.page.get_by_role("button", name=re.compile("^AY: "))
    cell.wait_for()
    screen.idle()
    cell.hover()
    screen.says(method.segments["AY"].attention)
    cell.click()
    screen.idle()
    screen.until(lambda: screen.key("listed").get_by_role("combobox").input_value(), "AY")


def test_what_is_said_of_the_cell_under_a_pointer_that_rests_follows_a_line_that_is_moved_by_key(screen):
    screen.choose("method", METHODS["abc_xyz"].title)
    cell, said = screen.page.get_by_role("button", name=re.compile("^BX: ")), screen.page.locator(".matrix .title")
    cell.wait_for()
    screen.idle()
    cell.hover(position={"x": 8, "y": 8})
    expect(said).to_contain_text(before := cell.get_attribute("aria-label") or "")
    handle = screen.page.locator(".matrix .across [role=slider]").first
    handle.focus()
    for key in ("PageUp", "PageDown"):
        screen.page.keyboard.press(key)
        expect(said).to_contain_text(now := cell.get_attribute("aria-label") or "")
        assert (now == before) == (key == "PageDown")
    screen.idle()


def test_what_fills_the_cells_is_chosen_and_the_cells_follow(screen):
    screen.choose("method", METHODS["abc_xyz"].title)
    money = screen.page.get_by_role("radio", name="Revenue")
    money.wait_for()
    screen.idle()
    drawn = screen.page.locator(".matrix .chart svg")
    before = drawn.inner_html()
    money.click()
    assert money.get_attribute("aria-checked") == "true" and drawn.inner_html() != before


def test_a_key_pressed_just_before_another_method_is_chosen_moves_the_method_it_was_pressed_in(usual):
    """Within the moment in which keys are gathered: nothing is lost, and the new picture stands."""
    page, screen = usual.page, usual
    for name in ("vip", "vip_good", "vip"):
        chosen(screen, METHODS[name])
    handle = lines(page).first
    handle.focus()
    page.keyboard.press("ArrowRight")
    vip, number = METHODS["vip"], int((handle.get_attribute("data-param") or "").split(".")[1])
    line = lines_of(vip, vip.defaults, vip(people))[number]
    there = {**vip.defaults, **line.put(vip.defaults, float(handle.get_attribute("aria-valuenow") or "nan"))}
    box = screen.key("method").get_by_role("combobox")
    box.fill(METHODS["vip_good"].title)
    page.get_by_role("option", name=METHODS["vip_good"].title, exact=True).click()
    made = METHODS["vip_good"](people)
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    lines(page).first.wait_for()
    page.wait_for_timeout(500)
    screen.idle().choose("method", vip.title)
    assert there != vip.defaults
    moved = vip(people, **there)
    screen.until(screen.table, dict(zip(moved.shown, moved.counts.tolist(), strict=False)))
