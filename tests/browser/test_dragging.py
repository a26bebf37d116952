"""The Pareto picture in the hand: mouse, keys, fingers and sliders all move the same cut."""

from collections.abc import Callable
from itertools import pairwise
from statistics import median, quantiles

import pytest
from playwright.sync_api import Page

from segmentation import METHODS, Customers, read
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import FRAMES, SHOES, STOP, Screen, at
from tests.places import SAMPLES


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / SHOES))


@pytest.fixture
def screen(stay: Callable[..., Screen]) -> Screen:
    """The page with its lines where the test before left them."""
    return stay(lambda page: Screen(page).drawn("Segments"), address=at("Segments"))


def standing(screen: Screen, shoes: Customers, **moved: float) -> Segmentation:
    """What the library finds with the lines where they stand, or with one of them moved."""
    cuts = {cut: screen.cut(cut) / 100 for cut in ("a", "b")}
    return METHODS["abc_classes"](shoes, **{**cuts, **moved})


def test_while_the_line_moves_the_counts_are_exact_and_the_page_waits_for_the_release(
    screen: Screen, shoes: Customers
) -> None:
    seen: list[dict[str, int]] = []
    screen.shows(standing(screen, shoes))
    before = screen.cut("a")
    screen.drag("a", -45, before_release=lambda: seen.append(screen.bar()))
    assert screen.cut("a") < before
    moved = standing(screen, shoes)
    assert seen == [dict(zip(moved.names, moved.counts.tolist(), strict=False))]
    screen.shows(moved)


def test_one_drag_is_one_call_to_the_server_and_its_frames_are_recorded(
    screen: Screen, shoes: Customers, record_property: Callable[[str, object], None]
) -> None:
    screen.shows(standing(screen, shoes))
    sent, during = screen.listen(), []
    screen.page.evaluate(FRAMES)
    screen.drag("a", -60, steps=60, before_release=lambda: during.append(sent()))
    steps = [after - before for before, after in pairwise(screen.page.evaluate(STOP))]
    screen.until(lambda: screen.slider("abc_classes.a")[0], screen.cut("a"))
    assert during == [0]
    assert sent() == 1
    found = {"median ms": round(median(steps), 1), "95% ms": round(quantiles(steps, n=20)[-1], 1), "frames": len(steps)}
    record_property("frames while dragging", found)
    print("frames while dragging:", found)


def test_a_line_cannot_be_dragged_past_its_neighbour(screen: Screen, shoes: Customers) -> None:
    b = screen.cut("b")
    screen.drag("a", 600)
    assert screen.cut("a") == screen.cut("b") == b
    screen.shows(standing(screen, shoes, a=b / 100))


def test_arrow_keys_move_the_focused_line_and_the_focus_stays_on_it(screen: Screen, shoes: Customers) -> None:
    a, b = screen.cut("a"), screen.cut("b")
    screen.handle("a").focus()
    for _ in range(3):
        screen.page.keyboard.press("ArrowLeft")
    assert screen.cut("a") == a - 3
    screen.until(lambda: screen.slider("abc_classes.a"), [a - 3, b])
    screen.shows(standing(screen, shoes, a=(a - 3) / 100))
    screen.page.keyboard.press("PageDown")
    screen.until(lambda: screen.slider("abc_classes.a"), [a - 8, b])
    screen.shows(standing(screen, shoes, a=(a - 8) / 100))


def test_a_moved_slider_moves_the_line_in_the_picture(screen: Screen, shoes: Customers) -> None:
    b = screen.idle().cut("b")  # a slider whose line was dragged is made anew with the answer
    screen.key("abc_classes.a").locator("input[type=range]").nth(1).press("ArrowLeft")
    screen.until(lambda: screen.cut("b"), b - 1)
    screen.shows(standing(screen, shoes, b=(b - 1) / 100))


def test_while_a_slider_is_dragged_the_picture_goes_along_and_the_server_hears_of_it_once(
    screen: Screen, shoes: Customers
) -> None:
    page, (a, b) = screen.page, (screen.cut("a"), screen.cut("b"))
    screen.shows(standing(screen, shoes))
    sent = screen.listen()
    thumb = screen.key("abc_classes.a").get_by_test_id("stSliderThumbValue").first.locator("xpath=..")
    thumb.scroll_into_view_if_needed()
    box = thumb.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=8)
    held = METHODS["abc_classes"](shoes, a=screen.slider("abc_classes.a")[0] / 100, b=b / 100)
    screen.until(screen.bar, dict(zip(held.names, held.counts.tolist(), strict=False)))
    assert (screen.cut("a") < a, sent()) == (True, 0)
    page.mouse.up()
    screen.shows(held)
    assert sent() == 1


def test_a_finger_drags_the_line_on_a_phone(visit: Callable[..., Page], shoes: Customers) -> None:
    page = visit(at("Segments"), {"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    screen = Screen(page).drawn("Segments")
    screen.until(screen.table, {"A": 73, "B": 93, "C": 153})
    x, y = screen.grip("b")
    touch = screen.finger()
    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x - 5 * step, y))
    screen.until(lambda: screen.cut("b") < 95, True)
    touch("touchEnd")
    cut = screen.cut("b")
    screen.until(lambda: screen.slider("abc_classes.a"), [80, cut])
    screen.shows(METHODS["abc_classes"](shoes, b=cut / 100))


def test_the_second_cut_of_the_nested_rule_follows_the_first_while_it_is_dragged(
    screen: Screen, shoes: Customers
) -> None:
    """The last to use the page: another method stands on it then."""
    screen.choose("method", "Nested Pareto ABC")
    screen.shows(METHODS["abc_nested"](shoes))
    before = screen.labels()
    seen: list[dict[str, int]] = []
    screen.drag("share", -40, before_release=lambda: seen.append(screen.bar()))
    moved = METHODS["abc_nested"](shoes, share=screen.cut("share") / 100)
    assert seen == [dict(zip(moved.names, moved.counts.tolist(), strict=False))]
    assert screen.labels()[1] != before[1]
    screen.shows(moved)
