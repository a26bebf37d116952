"""Every method's lines in the picture of what it cuts: dragged and moved by key, with exact counts all the while."""

import pytest
from playwright.sync_api import Locator, Page

from segmentation import METHODS, Customers, Problem, read
from segmentation.analysis.lines import lines_of
from segmentation.segments.bands import runs_of
from tests.browser.screen import SHOES, Screen
from tests.places import SAMPLES

people = Customers.build(read(SAMPLES / SHOES))


def lined() -> list[str]:
    """Methods whose lines stand in a picture of their own on the sample."""
    found = []
    for name, method in METHODS.items():
        try:
            made = method(people)
        except Problem:
            continue
        shares = [run.share for run in runs_of(made.placing)]
        if shares != [True] and lines_of(method, method.defaults, made):
            found.append(name)
    return found


@pytest.fixture
def screen(stay) -> Screen:
    return stay(lambda page: Screen(page).sample().go("Segments"))


def lines(page: Page) -> Locator:
    return page.locator(".distribution [role=slider]")


@pytest.mark.parametrize("name", lined())
def test_a_line_is_where_the_method_cuts_and_counts_are_right_in_the_hand_after_and_in_the_library(name, screen):
    method = METHODS[name]
    made = method(people)
    line = next(iter(lines_of(method, method.defaults, made)))
    screen.choose("method", method.title)
    screen.idle()
    handle = lines(screen.page).and_(screen.page.locator(f'[data-param$=".0.{next(iter(line.cuts))}"]')).first
    handle.wait_for()
    screen.until(lambda: float(handle.get_attribute("aria-valuenow") or "nan"), float(line.stops[line.here]))
    screen.until(screen.table, dict(zip(made.shown, made.counts.tolist(), strict=False)))
    step = 1 if line.here + 1 < len(line.stops) else -1
    handle.focus()
    screen.page.keyboard.press("ArrowRight" if step == 1 else "ArrowLeft")
    there = method(people, **{**method.defaults, **line.put(method.defaults, line.stops[line.here + step])})
    counts = dict(zip(there.shown, there.counts.tolist(), strict=False))
    seen = screen.table()
    assert seen == counts, "in the hand, before the server answered"
    screen.idle()
    screen.until(screen.table, counts)
    screen.until(lambda: float(handle.get_attribute("aria-valuenow") or "nan"), float(line.stops[line.here + step]))


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
    step = int(handle.get_attribute("aria-valuenow"))
    moved = method(people, step=step)
    counts = dict(zip(moved.names, moved.counts.tolist(), strict=False))
    assert step > before and screen.table() == counts
    screen.page.mouse.up()
    screen.until(lambda: screen.slider("lifecycle.step"), [step])
    screen.until(screen.table, counts)
