"""The cut lines of the portfolio in the hand: mouse, keys and fingers move counts and money, and the server follows."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from statistics import median, quantiles

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from pages.app.words import plain
from segmentation import METHODS, Customers, formats, read
from segmentation.analysis.summary import summarise
from segmentation.analysis.thresholds import positions
from segmentation.segments import plane
from tests.browser.screen import FRAMES, SHOES, STOP, Screen, at
from tests.places import SAMPLES

AXES = ("profit", "potential")
WIDER = "() => { const e = document.querySelector('[data-testid=stMain]'); return e.scrollWidth - e.clientWidth }"


@pytest.fixture(scope="module")
def shoes() -> Customers:
    return Customers.build(read(SAMPLES / SHOES))


@pytest.fixture
def onward(stay: Callable[..., Screen], shoes: Customers) -> Screen:
    """The page as the test before left it, at first with its lines at the means."""

    def begin(page: Page) -> Screen:
        screen = Screen(page).drawn("Portfolio")
        screen.until(lambda: corners(screen), sectors(shoes, *plane.preset(shoes, "profit", "mean")))
        return screen

    return stay(begin, address=at("Portfolio"))


def handle(screen: Screen, axis: str) -> Locator:
    return screen.page.locator(f'.plane [data-param="{axis}"]')


def place(screen: Screen, axis: str) -> float:
    """Where a line stands, in money per customer."""
    return float(handle(screen, axis).get_attribute("aria-valuenow") or "nan")


def corners(screen: Screen) -> dict[str, int]:
    """Sector → customers, as the corners of the picture have them."""
    names = [text.rsplit(" · ", 1) for text in screen.page.locator(".plane .corner .name").all_text_contents()]
    return {name: int(count.replace(",", "")) for name, count in names}


def money(screen: Screen) -> str:
    return " · ".join(screen.page.locator('.plane [data-sector="Invest"] .money').all_text_contents())


def sectors(shoes: Customers, profit: float, potential: float) -> dict[str, int]:
    made = METHODS["portfolio"](shoes, lines="amounts", profit=(profit,), potential=(potential,))
    return dict(zip(made.names, made.counts.tolist(), strict=False))


def drag(
    screen: Screen,
    axis: str,
    pixels: int,
    steps: int = 20,
    seen_by: Callable[[Screen], dict[str, int]] = corners,
) -> list[dict[str, int]]:
    """Take hold of a line, pull it, and read the corners at each step; the mouse is still down at the end."""
    grip = handle(screen.idle(), axis).locator(".grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    screen.page.mouse.move(x, y)
    screen.page.mouse.down()
    seen = []
    for step in range(1, steps + 1):
        way = pixels * step / steps
        screen.page.mouse.move(x + way * axis.startswith("profit"), y + way * axis.startswith("potential"))
        seen.append(seen_by(screen))
    screen.rest()
    return seen


def answered(screen: Screen, line: str) -> None:
    """Wait until Python has heard where a line stands: its slider stands there too."""
    slider = screen.key(f"portfolio.{line}").get_by_test_id("stSliderThumbValue")
    expect(slider).to_have_text(formats.compact(place(screen, line)))


def settled(screen: Screen, shoes: Customers) -> None:
    """Table, corners and sentence all say what the library says of the lines as they stand."""
    for axis in AXES:
        answered(screen, axis)
    at = place(screen, "profit"), place(screen, "potential")
    expected = sectors(shoes, *at)
    screen.until(screen.table, expected)
    assert corners(screen) == expected
    screen.says(f"{formats.count(expected['Invest'])} of 319 customers")


@pytest.mark.parametrize(("axis", "pixels"), [("profit", -120), ("potential", 90)])
def test_while_a_line_is_dragged_counts_and_money_follow_and_are_exact(
    onward: Screen, shoes: Customers, axis: str, pixels: int
) -> None:
    screen, amount = onward, money(onward)
    seen = drag(screen, axis, pixels)
    at = place(screen, "profit"), place(screen, "potential")
    assert len({tuple(one.values()) for one in seen}) > 3, "the picture follows the hand"
    assert seen[-1] == sectors(shoes, *at), "exact before the server was asked"
    best = summarise(METHODS["portfolio"](shoes, lines="amounts", profit=(at[0],), potential=(at[1],))).iloc[0]
    assert money(screen) != amount
    said = [f"{formats.compact(best[name])} {name}" for name in ("revenue", "profit", "potential")]
    assert money(screen) == " · ".join(said)
    held = screen.rows()
    screen.page.mouse.up()
    settled(screen, shoes)
    assert screen.rows() == held, "the table too was exact"


def test_a_line_held_before_the_move_of_the_other_is_answered_never_shows_counts_of_other_lines(
    onward: Screen, shoes: Customers
) -> None:
    screen, mouse = onward, onward.page.mouse
    before = {axis: place(screen, axis) for axis in AXES}

    def right() -> bool:
        return corners(screen) == sectors(shoes, place(screen, "profit"), place(screen, "potential"))

    with screen.unanswered():
        drag(screen, "profit", 60)
        mouse.up()
        seen = drag(screen, "potential", -70, seen_by=lambda _: {"right": right()})
        assert place(screen, "profit") != before["profit"] and all(one["right"] for one in seen)
    screen.until(lambda: place(screen, "potential") != before["potential"], True)
    assert right(), "the line goes on to the pointer when it is known what lies there"
    mouse.up()
    settled(screen, shoes)


def test_keys_pressed_while_a_line_waits_for_the_move_of_the_other_all_count(onward: Screen, shoes: Customers) -> None:
    screen = onward
    stops = positions.positions_of(shoes, "potential")
    settled(screen, shoes)
    at = place(screen, "potential")
    with screen.unanswered():
        handle(screen, "profit").press("ArrowLeft")
        for _ in range(3):
            handle(screen, "potential").press("ArrowUp")
    wanted = stops[[stop > at for stop in stops].index(True) + 2]
    screen.until(lambda: place(screen, "potential"), wanted)
    settled(screen, shoes)


def test_where_some_profits_are_missing_means_follow_exactly_too(page: Page) -> None:
    rng = np.random.default_rng(3)
    rows = [
        f"C{at:03},{revenue:.2f},{'' if at % 4 == 0 else f'{profit:.2f}'},{potential:.2f}"
        for at, (revenue, profit, potential) in enumerate(
            zip(rng.lognormal(9, 1, 300), rng.normal(9e3, 9e3, 300), rng.normal(5e3, 4e3, 300), strict=True)
        )
    ]
    content = "\n".join(["customer,revenue,profit,potential", *rows])
    screen = Screen(page).upload("some.csv", content.encode())
    screen.says("300 customers")
    screen.go("Portfolio")
    before = screen.rows()
    drag(screen, "profit", -60)
    held = screen.rows()
    screen.page.mouse.up()
    answered(screen, "profit")
    assert screen.rows() == held != before


def test_one_drag_is_one_call_to_the_server_and_its_frames_are_recorded(
    onward: Screen, record_property: Callable[[str, object], None]
) -> None:
    onward.says("worth investing in")
    sent = onward.listen()
    onward.page.evaluate(FRAMES)
    drag(onward, "profit", 150, steps=60)
    steps = [after - before for before, after in pairwise(onward.page.evaluate(STOP))]
    assert sent() == 0
    onward.page.mouse.up()
    onward.until(sent, 1)
    found = {"median ms": round(median(steps), 1), "95% ms": round(quantiles(steps, n=20)[-1], 1), "frames": len(steps)}
    record_property("frames while dragging", found)
    print("frames while dragging:", found)


def test_arrow_keys_move_a_line_stop_by_stop_and_the_focus_stays_on_it(onward: Screen, shoes: Customers) -> None:
    stops = positions.positions_of(shoes, "profit")
    start = place(onward, "profit")
    handle(onward, "profit").focus()
    for _ in range(3):
        onward.page.keyboard.press("ArrowRight")
    assert place(onward, "profit") == [stop for stop in stops if stop > start][2]
    settled(onward, shoes)
    onward.page.keyboard.press("PageDown")
    onward.page.keyboard.press("ArrowLeft")
    settled(onward, shoes)
    onward.page.keyboard.press("Home")
    assert place(onward, "profit") == round(stops[0], 20)  # just above nothing is heard as nothing
    settled(onward, shoes)


@pytest.mark.parametrize("axis", AXES)
def test_the_slider_moves_the_line_and_counts_before_the_server_answers(
    onward: Screen, shoes: Customers, axis: str
) -> None:
    before = place(onward, axis)
    slider = onward.idle().key(f"portfolio.{axis}").get_by_role("slider")
    with onward.unanswered():
        for _ in range(3):
            slider.press("ArrowRight")
        onward.until(lambda: slider.get_attribute("aria-valuetext"), plain(formats.compact(place(onward, axis))))
        assert place(onward, axis) > before
        expected = sectors(shoes, *(place(onward, one) for one in AXES))
        onward.until(lambda: corners(onward), expected)
        onward.until(onward.table, expected)
    settled(onward, shoes)


def test_a_finger_drags_a_line_on_a_phone_and_nothing_has_to_be_scrolled_sideways(
    visit: Callable[..., Page], shoes: Customers
) -> None:
    page = visit(at("Portfolio"), {"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    screen = Screen(page).drawn("Portfolio")
    screen.says("worth investing in")
    assert page.evaluate(WIDER) == 0
    grip = handle(screen, "potential").locator(".grip")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    assert box
    x, y = box["x"] + 7, box["y"] + 7
    finger, before = page.context.new_cdp_session(page), place(screen, "potential")

    def touch(kind: str, *points: tuple[float, float]) -> None:
        given = [{"x": across, "y": down} for across, down in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x, y - 6 * step))
    screen.until(lambda: place(screen, "potential") > before, True)
    touch("touchEnd")
    settled(screen, shoes)


def test_no_bubble_is_lost_whatever_the_lines(onward: Screen) -> None:
    box = onward.page.locator(".plane svg").bounding_box()
    assert box
    for key in ("Home", "End"):
        handle(onward, "profit").focus()
        onward.page.keyboard.press(key)
        inside = onward.page.locator(".plane .bubble").evaluate_all(
            "circles => circles.every(c => c.cx.baseVal.value >= 44 && c.cx.baseVal.value <= c.ownerSVGElement.clientWidth)"
        )
        assert inside
        answered(onward, "profit")


def test_by_thirds_each_of_the_four_lines_is_dragged_and_the_fields_follow_exactly(
    onward: Screen, shoes: Customers
) -> None:
    onward.choose("portfolio.lines", "Thirds: nine fields")
    at = {
        axis: list(lines) for axis, lines in zip(AXES, plane.line_cuts(shoes, "profit", "thirds", (), ()), strict=True)
    }
    onward.idle().until(lambda: place(onward, "profit 1") < place(onward, "profit 2") <= at["profit"][1] + 1, True)
    for param, pixels in (("profit 1", -60), ("profit 2", 80), ("potential 1", 40), ("potential 2", -50)):
        axis, which = param.split()
        drag(onward, param, pixels, seen_by=fields)
        at[axis][int(which) - 1] = place(onward, param)
        made = METHODS["portfolio"](shoes, lines="amounts", **{one: tuple(lines) for one, lines in at.items()})
        expected = dict(zip(made.names, made.counts.tolist(), strict=False))
        assert fields(onward) == expected, "exact before the server was asked"
        onward.page.mouse.up()
        answered(onward, param)
        assert onward.table() == expected
    with onward.unanswered():  # the slider of the lower line takes the upper one along
        onward.key("portfolio.profit 1").get_by_role("slider").press("End")
        onward.until(lambda: place(onward, "profit 2") == place(onward, "profit 1") > at["profit"][1], True)
        at["profit"] = [place(onward, "profit 2")] * 2
        made = METHODS["portfolio"](shoes, lines="amounts", **{one: tuple(lines) for one, lines in at.items()})
        onward.until(lambda: fields(onward), dict(zip(made.names, made.counts.tolist(), strict=False)))
    answered(onward.idle(), "profit 2")
    onward.key("portfolio.profit 1").get_by_role("slider").press("Home")
    answered(onward.idle(), "profit 1")
    handle(onward, "profit 1").focus()
    onward.page.keyboard.press("End")
    assert place(onward, "profit 1") <= place(onward, "profit 2"), "lines do not cross"
    answered(onward, "profit 1")


def fields(screen: Screen) -> dict[str, int]:
    """Field → customers, as the nine fields' own words have them, also where they are too small to show them."""
    said = screen.page.locator(".plane .corner title").all_text_contents()
    return {
        name: int(count.replace(",", ""))
        for name, count in (re.match(r"(.*) · ([\d,]+):", one).groups() for one in said)
    }  # type: ignore[union-attr]


def test_a_clicked_customer_opens_its_card(onward: Screen) -> None:
    """The last to use the page: another part stands on it then."""
    bubble = onward.page.locator(".plane .bubble").nth(3)
    name = bubble.get_attribute("data-name")
    bubble.click()
    expect(onward.page.get_by_role("radio", name="One customer")).to_be_checked()
    onward.says("What would move it up")
    expect(onward.key("card").get_by_role("combobox")).to_have_value(str(name))
