"""Hostile texts of a file and a study in a real browser: letters on every page, nothing made of them, run or fetched."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from pages.portfolio import PARTS
from segmentation import formats
from tests import hostile
from tests.browser.screen import Screen

MADE = """() => [...document.querySelectorAll('[data-testid=stApp] :is(a[href]:not([href^="#"]), img, code, del, em, b, u, mark, script, '
    + 'strong, .katex, .stMarkdownBadge, .stMarkdownColoredText, [data-testid=stIconMaterial], [role=img])')]
    .filter(e => !e.closest('pre, header, [data-testid=stCode], svg, .board'))
    .filter(e => e.localName !== 'strong' || e.textContent === 'x')
    .map(e => [e.localName, e.getAttribute('href') || e.getAttribute('src') || '', e.textContent].join(' '))
    .filter(said => /evil|javascript|latex|home|alert|[^a-z ]x[^a-z]|^\\w+  x$/i.test(said))"""
SIGNS = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => !e.children.length
    && !e.closest('pre, svg') && /\\\\[[(:$.*]|😄|→ b|— c/.test(e.textContent)).map(e => e.textContent)"""
RAN = "() => document.title.includes('ran') || window.ran === true"


def looks_plain(page: Page) -> None:
    assert (page.evaluate(MADE), page.evaluate(SIGNS), page.evaluate(RAN)) == ([], [], False)


def test_hostile_texts_stay_letters_on_every_page_and_in_every_part(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    screen = Screen(page)
    screen.upload(hostile.FILE, hostile.table())
    screen.says("132 rows")
    page.get_by_role("button", name="Settings").click()
    screen.upload("study.json", hostile.study(), key="study_file")
    screen.says("revenue $a^2$")
    page.keyboard.press("Escape")
    screen.unfold()
    looks_plain(page)
    screen.go("Segments")
    title = page.get_by_role("heading", level=1)
    title.wait_for()
    assert title.inner_text().replace(formats.JOINER, "") == " ".join(hostile.TEXTS)
    screen.unfold()
    looks_plain(page)
    page.get_by_role("button", name="Help me choose").click()
    screen.says("Choose columns on the Data page")
    looks_plain(page)
    page.keyboard.press("Escape")
    screen.go("Portfolio")
    for part in PARTS:
        page.get_by_role("radio", name=part).click()
        screen.unfold()
        looks_plain(page)
    assert dialogs == []


def test_a_note_is_drawn_with_what_it_may_have_and_its_hostile_texts_stay_letters(page: Page) -> None:
    letters = [text for text in hostile.TEXTS if text not in ("`x`", "**x**")]
    lists = [f"- {text}" for text in letters] + [f"1. {text}" for text in letters]
    note = "\n".join(["**Ask** *them*", "`:smile: $a$`", *letters, *lists])
    cell = {"method": "abc_classes", "thresholds": {}, "found": {}, "title": letters[0], "note": note, "file": ""}
    screen = Screen(page)
    screen.upload(hostile.FILE, hostile.table())
    screen.says("132 rows")
    page.get_by_role("button", name="Settings").click()
    screen.upload("study.json", hostile.study(cells=[cell]), key="study_file")
    screen.says("revenue $a^2$")
    page.keyboard.press("Escape")
    page.get_by_test_id("stTopNavLink").filter(has_text="Notebook").click()
    noted(page, page.locator(".st-key-noted-0"), letters)
    page.get_by_role("button", name="Present").click()
    noted(page, page.locator(".st-key-said"), letters)


def noted(page: Page, place: Locator, letters: list[str]) -> None:
    expect(place.locator("strong", has_text="Ask")).to_have_count(1)
    expect(place.locator("em", has_text="them")).to_have_count(1)
    expect(place.locator("code")).to_have_text(":smile: $a$")
    said = place.inner_text().replace(formats.JOINER, "")
    assert [text for text in letters if said.count(text) < 3] == []
    assert place.locator("li").count() == 2 * len(letters)
    assert place.locator("h1, h2, h3, table, a, img").count() == 0
    looks_plain(page)
