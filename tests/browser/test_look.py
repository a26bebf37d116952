"""The pages fit a phone, follow the system's theme, and say so in their own colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from segmentation import board
from tests.browser.conftest import DESK
from tests.browser.screen import WIDER, Screen, at

THEMES = {"light": ("rgb(255, 255, 255)", "#2C49B3"), "dark": ("rgb(20, 24, 31)", "#6EA8FF")}


def fits(page: Page) -> None:
    """Nothing is wider than a phone, or than a small screen."""
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        Screen(page).until(lambda: page.evaluate(WIDER), [0, 0])


def test_no_page_has_to_be_scrolled_sideways(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 390, "height": 844})
    screen = Screen(page)
    screen.says("No file at hand?")
    fits(page)
    screen.sample()
    fits(page)
    screen.go("Segments")
    for method in ("ABC", "RFM", "BCG matrix"):
        screen.choose("method", method)
        screen.page.locator(".plane .name").get_by_text("Invest ·").wait_for(state="attached")
        fits(page)


def test_on_a_phone_a_finger_meets_help_and_files(visit: Callable[..., Page]) -> None:
    page = visit(at("Money"), {"width": 390, "height": 844})
    button = page.get_by_role("button", name="PNG", exact=True).first
    button.wait_for()
    box = button.bounding_box()
    assert box and min(box["width"], box["height"]) >= 40
    helped = page.get_by_role("button", name="Help for Price")
    helped.scroll_into_view_if_needed()
    met = "(one, px) => { const at = one.getBoundingClientRect(); return one === document.elementFromPoint(at.x - px, at.y - px) }"
    assert helped.evaluate(met, 8), "beside the small sign too"


def test_the_page_and_its_pictures_follow_the_system_s_theme(visit: Callable[..., Page]) -> None:
    screen = Screen(visit(at("Segments"), color_scheme="dark"))
    for theme in ("dark", "light", "dark"):  # as it was opened, and as the system changes
        paper, first = THEMES[theme]
        screen.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        expect(screen.page.get_by_test_id("stApp")).to_have_css("background-color", paper)
        expect(screen.page.locator(".pareto .bar rect").first).to_have_attribute("fill", first)
        expect(screen.page.locator('.plane .bubble[data-name="A"]')).to_have_attribute("fill", first)
    screen.go("Portfolio")
    expect(screen.page.locator(".plane .bubble").first).to_have_attribute("fill", re.compile(first, re.IGNORECASE))


def test_a_class_of_one_picture_means_nothing_in_another(browser: Browser) -> None:
    page = browser.new_page(viewport=DESK)
    cards = "".join(
        f'<div class="card {name}"><div class="segment">A</div></div>' for name in ("sizes", "numbers", "new")
    )
    page.set_content(f'<style>{board.styles()}</style><div class="board framed">{cards}</div>')
    for name, display, padding in (
        ("sizes", "grid", "12px 16px"),
        ("numbers", "block", "0px"),
        ("new", "block", "12px 16px"),
    ):
        expect(page.locator(f".{name}")).to_have_css("padding", padding)
        expect(page.locator(f".{name} .segment")).to_have_css("display", display)
    page.close()


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (390, 844)])
def test_every_segment_is_named_at_the_pareto_curve_and_beside_the_sizes_however_long_its_name(
    visit: Callable[..., Page], wide: int, high: int
) -> None:
    page = visit(at("Segments", "kmeans"), {"width": wide, "height": high})
    Screen(page).drawn("Segments").idle()
    names = page.locator(".numbers tbody tr > :first-child").all_text_contents()
    words = page.locator(".pareto svg text").all_text_contents()
    assert len(names) == 4 and all(any(word.startswith(name.strip()) for word in words) for name in names)
    hidden = "all => all.filter(one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight).length"
    assert page.locator(".sizes b").evaluate_all(hidden) == 0
