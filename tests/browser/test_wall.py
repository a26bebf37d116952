"""A line dragged through the wall of purchases moves in the picture above too, and all counts are the library's."""

import pytest

from segmentation import METHODS
from tests.browser.screen import TWO_FRAMES, Screen, at
from tests.samples import people_of

people = people_of()
method = METHODS["lifecycle"]


@pytest.fixture
def screen(stay) -> Screen:
    """The page as the test before left it."""
    return stay(lambda page: Screen(page).drawn("Segments").idle(), address=at("Segments", method.name))


def counts(step: int) -> dict[str, int]:
    made = method(people, step=step)
    return dict(zip(made.names, made.counts.tolist(), strict=False))


def test_silence_is_cut_in_the_wall_and_in_the_distribution_at_once(screen: Screen) -> None:
    page = screen.page
    wall, above = (page.locator(f".{name} .line") for name in ("barcode", "distribution"))
    wall.first.wait_for()
    wall.first.scroll_into_view_if_needed()
    box = wall.first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 70, y, steps=8)
    page.evaluate(TWO_FRAMES)
    screen.rest()
    step = int(wall.first.get_attribute("aria-valuenow") or "")
    assert step > 3 and int(above.first.get_attribute("aria-valuenow") or "") == step
    screen.until(screen.table, counts(step))  # in the hand
    page.mouse.up()
    screen.until(lambda: screen.slider("lifecycle.step"), [step])
    screen.until(screen.table, counts(step))
    above.first.focus()
    page.keyboard.press("ArrowLeft")
    screen.until(lambda: int(wall.first.get_attribute("aria-valuenow") or ""), step - 1)
    screen.until(lambda: screen.slider("lifecycle.step"), [step - 1])
    screen.until(screen.table, counts(step - 1))
    wall.nth(1).focus()
    page.keyboard.press("ArrowRight")
    screen.until(lambda: screen.slider("lifecycle.step"), [step])
    screen.until(screen.table, counts(step))


def test_a_strip_says_whose_it_is(screen: Screen) -> None:
    page, card = screen.page, screen.page.locator(".barcode")
    card.locator(".line").first.wait_for()
    card.scroll_into_view_if_needed()
    box = card.locator(".panel").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 38)
    first = people.frame.index[people.ranked("recency_days").order[::-1][:3]]
    said = card.locator(".title").inner_text()
    assert "silent for 0 days" in said and "Active" in said and any(one in said for one in first)
