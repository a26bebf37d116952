"""What is done before the browser has drawn the answer to what was done before: none of it is lost or taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from pages.app import link
from segmentation import METHODS, Study
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.segments.segmentation import Segmentation
from tests.browser.screen import SHOES, Screen, at
from tests.samples import people_of

people = people_of()


@pytest.fixture
def screen(visit: Callable[..., Page]) -> Screen:
    return Screen(visit(at("Segments"))).drawn("Segments")


def shown(screen: Screen, name: str, place: str = "[role=slider]") -> Locator:
    """The first line of a method's own picture."""
    screen.choose("method", METHODS[name].title)
    found = screen.page.locator(place).first
    found.wait_for()
    screen.idle()
    return found


def pressed(
    screen: Screen, handle: Locator, name: str, values: dict[str, Any], told: Callable[[], int]
) -> dict[str, Any]:
    """A line moved by key, and the server told of it: the thresholds as they then are."""
    before = told()
    handle.press("PageUp")
    screen.until(lambda: told() > before, True)
    return put(handle, name, values)


def put(handle: Locator, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """The thresholds with a line where its handle says it stands."""
    of = METHODS[name]
    line = lines_of(of, of.defaults, of(people))[int((handle.get_attribute("data-param") or "").split(".")[1])]
    return {**values, **line.put(values, float(handle.get_attribute("aria-valuenow") or "nan"))}


def counts(made: Segmentation) -> dict[str, int]:
    return dict(zip(made.shown, made.counts.tolist(), strict=False))


def test_both_lines_of_a_cross_stay_where_they_were_moved(screen: Screen) -> None:
    across = shown(screen, "abc_xyz", ".matrix .across [role=slider]")
    down = screen.page.locator(".matrix .down [role=slider]").first
    values, told = METHODS["abc_xyz"].defaults, screen.listen()
    with screen.unanswered():
        for handle in (across, down):
            values = pressed(screen, handle, "abc_xyz", values, told)
    there = METHODS["abc_xyz"](people, **values)
    assert counts(there) != counts(METHODS["abc_xyz"](people))
    screen.idle().until(screen.table, counts(there))
    assert screen.slider("abc_xyz.a") and screen.page.get_by_role("alert").count() == 0


def test_a_line_moved_just_before_another_method_is_chosen_has_been_moved(screen: Screen) -> None:
    handle = shown(screen, "vip")
    told = screen.listen()
    with screen.unanswered():
        values = pressed(screen, handle, "vip", METHODS["vip"].defaults, told)
        before = told()
        screen.choose("method", METHODS["vip_good"].title)
        screen.until(lambda: told() > before, True)
    screen.idle().until(screen.table, counts(METHODS["vip_good"](people)))
    screen.choose("method", METHODS["vip"].title)
    assert values != METHODS["vip"].defaults
    screen.idle().until(screen.table, counts(METHODS["vip"](people, **values)))


def test_what_was_undone_stays_undone_though_another_method_is_chosen_at_once(screen: Screen) -> None:
    handle = shown(screen, "vip")
    told = screen.listen()
    pressed(screen, handle, "vip", METHODS["vip"].defaults, told)
    screen.idle()
    with screen.unanswered():
        before = told()
        screen.key("undo").get_by_role("button").click()
        screen.until(lambda: told() > before, True)
        screen.choose("method", METHODS["vip_good"].title)
        screen.until(lambda: told() > before + 1, True)
    screen.idle().choose("method", METHODS["vip"].title)
    screen.idle().until(screen.table, counts(METHODS["vip"](people)))


def test_a_slider_moved_back_by_hand_after_a_line_moved_it_is_moved_back(screen: Screen) -> None:
    handle = shown(screen, "lifecycle")
    told = screen.listen()
    usual = METHODS["lifecycle"].defaults
    moved = pressed(screen, handle, "lifecycle", usual, told)
    screen.idle().until(lambda: screen.slider("lifecycle.step"), [moved["step"]])
    thumb = screen.key("lifecycle.step").locator("input[type=range]")
    thumb.focus()
    while (at := screen.slider("lifecycle.step")) > [usual["step"]]:
        thumb.press("ArrowLeft")
        screen.until(lambda at=at: screen.slider("lifecycle.step") < at, True)
    screen.until(lambda: screen.slider("lifecycle.step"), [usual["step"]])
    screen.idle().until(screen.table, counts(METHODS["lifecycle"](people)))


MOVED = """([x, y]) => {  // ten moves with no time between: what changed by the first, and by all others
    const board = [...document.querySelectorAll("*")].map(e => e.shadowRoot?.querySelector(".board")).find(Boolean)
    const what = { subtree: true, childList: true, attributes: true, characterData: true }
    const watch = within => { const seen = new MutationObserver(() => {}); seen.observe(within, what); return seen }
    const sight = watch(board.querySelector(".own, .distribution")), beyond = watch(board.querySelector(".numbers"))
    const move = step => window.dispatchEvent(new PointerEvent("pointermove", { pointerId: 1, clientX: x + 6 * step, clientY: y }))
    move(1); move(2)  // the first to pass a place stands alone, and is drawn everywhere
    sight.takeRecords(); beyond.takeRecords()
    for (let step = 3; step <= 10; step += 1) move(step)
    return { "in sight": sight.takeRecords().length, beyond: beyond.takeRecords().length } }"""


def test_of_moves_close_upon_each_other_pictures_beyond_the_window_wait_for_the_last(screen: Screen) -> None:
    handle, page = shown(screen, "lifecycle"), screen.page
    page.set_viewport_size({"width": 1280, "height": 560})
    screen.idle()
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    drawn = page.evaluate(MOVED, [x, y])
    assert drawn["in sight"] and not drawn["beyond"], "the work of a move is that of what is in sight"
    held = METHODS["lifecycle"](people, **put(handle, "lifecycle", METHODS["lifecycle"].defaults))
    assert counts(held) != counts(METHODS["lifecycle"](people))
    screen.until(screen.table, counts(held))
    page.mouse.up()
    screen.idle().until(screen.table, counts(held))


def test_what_is_undone_the_moment_after_a_line_was_moved_by_key_is_that_move(screen: Screen) -> None:
    handle = shown(screen, "volume_bands")
    usual = counts(METHODS["volume_bands"](people))
    screen.until(screen.table, usual)
    handle.press("PageUp")
    assert screen.table() != usual
    screen.page.get_by_role("button", name="Undo").click()
    screen.idle().until(screen.table, usual)
    screen.page.wait_for_timeout(400)
    screen.idle().until(screen.table, usual)
    assert screen.key("method").get_by_role("combobox").input_value() == METHODS["volume_bands"].title


def test_whose_customers_are_asked_for_the_moment_after_a_line_was_moved_by_key_are_those_of_the_band_as_it_is_called(
    visit: Callable[..., Page],
) -> None:
    study = Study(file=SHOES, thresholds={"volume_bands": {"edges": (1000.0, 5000.0, 20000.0)}})
    study.choose("volume_bands")
    screen = Screen(visit(f"/segments?{link.KEY}={link.written(study)}"))
    handle = screen.page.locator(".distribution [role=slider]").first
    handle.wait_for()
    screen.idle()
    handle.press("PageUp")
    band = screen.page.locator(".numbers tbody th button").last
    name = band.inner_text()
    assert name != "under 1,000" and name.startswith("under ")
    band.click()
    screen.idle().until(lambda: screen.key("listed").get_by_role("combobox").input_value(), name)
