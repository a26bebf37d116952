"""What answers tell the browser to hold back stops scripts and frames, and no picture or chart of ours (see `conftest`:
what a policy stops is a complaint of the browser)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pages.app import word
from pages.portfolio import PARTS
from tests.browser.conftest import DESK, Tabs
from tests.browser.screen import Screen
from tests.server.running import running

INK = """drawn => { if (drawn.localName === 'svg') return drawn.querySelectorAll('path').length
    const canvas = drawn
    const {width, height} = canvas, seen = new Set()
    const at = canvas.getContext('2d').getImageData(0, 0, width, height).data
    for (let i = 0; i < at.length; i += 4) seen.add(at[i] << 16 | at[i + 1] << 8 | at[i + 2])
    return seen.size }"""


def test_pictures_and_charts_draw_under_the_policy(page: Page) -> None:
    screen = Screen(page).sample()
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    screen.go("Segments")
    for picture in ("pareto", "plane", "whale"):
        page.locator(f".{picture} svg").first.wait_for()
    screen.go("Portfolio")
    for part in PARTS:
        page.get_by_role("radio", name=part).click()
        screen.idle()
        if part in ("Levers", "Movement"):
            chart = page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg.marks)").first
            chart.wait_for()
            screen.until(lambda chart=chart: chart.evaluate(INK) > 5, True)
    page.get_by_role("button", name="Settings").click()
    screen.download("Save my settings")


def test_what_is_no_part_of_the_app_does_not_run(app: str, browser: Browser, tabs: Tabs) -> None:
    with tabs.one(DESK, "light") as page:
        stopped(app, page)
    frame = browser.new_page()
    frame.set_content(f'<iframe src="{app}"></iframe>')
    frame.wait_for_timeout(500)
    assert frame.frames[1].query_selector("[data-testid=stApp]") is None
    frame.close()


def stopped(app: str, page: Page) -> None:
    """Neither a script nor an image of somebody else comes in."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.goto(app)
    page.evaluate("""() => { const bad = document.createElement('script'); bad.textContent = 'window.ran = true'
        document.body.append(bad); const image = new Image(); image.src = 'http://evil.test/x'
        document.body.append(image) }""")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.ran") is None
    assert any("evil.test" in one and "Content Security Policy" in one for one in said)


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[str]:
    with running(tmp_path, **{word.ASKED: "sésame"}) as server:
        yield f"http://localhost:{server.port}"


def test_a_room_opens_for_its_word_and_a_file_can_be_brought(asking: str, visit: Callable[..., Page]) -> None:
    page = visit(asking)
    line = page.locator("input[type=password]")
    line.fill("wrong")
    line.press("Enter")
    page.get_by_text("That is not the word").wait_for()
    assert page.get_by_test_id("stTopNavLink").count() == 0
    page.wait_for_timeout(1100)  # the next try counts after a second
    line.fill("sésame")
    line.press("Enter")
    page.get_by_role("heading", name=re.compile("What do you know")).wait_for()
    Screen(page).upload("mine.csv", b"customer,revenue\nA,5\nB,7\n").says("2 customers")
