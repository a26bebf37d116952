"""The Clusters page walked through in a browser: five questions, a click on a number, steps by key, a cut dragged."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.screen import WIDER, Screen
from tests.browser.test_axe import found
from tests.pages.test_clusters_page import planted

CENTRES = ".stepper .centre"


def test_five_questions_are_answered_a_number_is_clicked_steps_are_walked_and_the_tree_is_cut(page: Page) -> None:
    screen = Screen(page).upload("kinds.csv", planted(120).encode())
    screen.says("See the segments")
    screen.go("Clusters")
    for answer, question in (
        ("compare by", "2 · How do we make them comparable?"),
        ("look for groups", "3 · How many groups are there?"),
        ("take number", "4 · Who are they?"),
        ("try them", "All 3 groups come back when customers are drawn anew"),
    ):
        screen.key(answer).get_by_role("button").click()
        screen.says(question)
    names = lambda: page.locator(".st-key-step-4 input").count()  # noqa: E731
    screen.until(names, 3)
    picture = page.locator(".st-key-step-3 .vega-embed").first
    picture.scroll_into_view_if_needed()
    screen.idle()
    box = picture.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.45)  # about the middle: 5 or 6 groups
    screen.until(lambda: names() in (5, 6), True)
    assert page.evaluate(WIDER) == [0, 0]
    assert found(page) == []

    page.locator(".st-key-step-4 .vega-embed").nth(1).click(position={"x": 300, "y": 60})  # a group in the profile
    expect(screen.key("map group").locator("button[data-selected=true]")).to_have_count(1)
    assert found(screen.idle().page) == []
    screen.key("clusters part").locator("button").filter(has_text="step by step").click()
    expect(page.locator(CENTRES)).to_have_count(3)
    assert found(screen.idle().page) == []
    place = lambda: page.locator(CENTRES).first.get_attribute("transform")  # noqa: E731
    grip = page.locator(CENTRES).first.locator(".grip").bounding_box()
    assert grip
    before = place()
    page.mouse.move(grip["x"] + 12, grip["y"] + 12)
    page.mouse.down()
    page.mouse.move(grip["x"] + 90, grip["y"] + 60, steps=4)
    page.mouse.up()
    screen.idle()
    moved = place()
    assert moved != before
    page.get_by_test_id("stMain").get_by_role("heading", name="4 · Who are they?").click()  # no picture has the keys
    page.keyboard.press("ArrowRight")
    screen.says("Step 1 of")
    page.keyboard.press("ArrowRight")
    screen.says("Step 2 of")
    page.keyboard.press("ArrowLeft")
    screen.says("Step 1 of")
    page.keyboard.press("ArrowLeft")
    screen.says("Step 0 of")
    assert place() == moved

    screen.key("clusters part").locator("button").filter(has_text="Tree of joins").click()
    cut = page.locator(".tree .cut")
    expect(cut).to_have_attribute("aria-valuenow", "4")
    cut.focus()
    page.keyboard.press("ArrowUp")
    expect(cut).to_have_attribute("aria-valuenow", "3")
    screen.until(lambda: len(screen.rows()), 3)
    grip = cut.locator(".grip").bounding_box()
    assert grip
    page.mouse.move(grip["x"] + 7, grip["y"] + 7)
    page.mouse.down()
    page.mouse.move(grip["x"] + 7, grip["y"] - 200, steps=4)
    page.mouse.up()
    screen.until(lambda: len(screen.rows()), 2)
    assert found(screen.idle().page) == []
