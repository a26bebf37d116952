"""What is drawn anew while a line is held: what stays stays, and does what it is to do now."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from segmentation import METHODS, board
from tests.browser.screen import TWO_FRAMES, Screen, at

DRAWING = json.dumps(Path(board.__file__).with_name("drawing.js").read_text(encoding="utf-8"))
SHOWN = f"""async () => {{
    const {{ el, show }} = await import(URL.createObjectURL(new Blob([{DRAWING}], {{ type: 'text/javascript' }})))
    const root = document.body.appendChild(el("div")), done = []
    const row = (words, share, does) => {{
        const button = el("button", {{ title: share, "data-param": does }}, words)
        button.onclick = () => done.push(does)
        return el("div", {{ class: "row" }}, el("b", {{ style: `left: ${{share}}` }}, share), button)
    }}
    const drawn = (...rows) => {{ show(root, rows); return [...root.querySelectorAll("*")] }}
    const before = drawn(row("Gold", "1%", "gold"), "then", row("Silver", "2%", "silver"))
    before.at(-1).focus()
    const after = drawn(row("Bronze", "3%", "bronze"), "so", row("Silver", "4%", "silver"))
    for (const button of root.querySelectorAll("button")) button.click()
    const said = root.innerText.replace(/\\s+/g, " "), focused = document.activeElement === after.at(-1), title = after[2].title
    const fewer = drawn(row("Silver", "4%", "silver")).length
    return {{ same: before.every((node, at) => node === after[at]), said, done, focused, title, fewer,
        last: document.activeElement.innerText }} }}"""


def test_what_changes_in_a_picture_changes_where_it_stands(browser: Browser) -> None:
    page = browser.new_page()
    found = page.evaluate(SHOWN)
    page.close()
    assert found["same"], "a node made anew costs the browser many times what another text in it does"
    assert (found["said"], found["title"]) == ("3%Bronze so 4%Silver", "3%")
    assert found["done"] == ["bronze", "silver"], "it does what it is to do now"
    assert found["focused"], "what has the focus keeps it"
    assert (found["fewer"], found["last"]) == (3, "Silver"), "and finds it again where others have gone"


STANDS = """board => { const told = []
    const walk = node => {
        if (node.nodeType === Node.TEXT_NODE) return told.push(node.data)
        told.push([node.nodeName, ...[...node.attributes].map(({ name, value }) => `${name}=${value}`).sort(),
            ...["onclick", "onkeydown", "onpointerdown", "onpointermove"].filter(one => node[one])].join(" "))
        node.childNodes.forEach(walk) }
    walk(board)
    return told.filter(one => one) }"""
WALK = ("abc_xyz", "lifecycle")


def standing(screen: Screen) -> list[str]:
    """All that is drawn, but for the numbers that the browser gives its own pieces."""
    screen.page.evaluate(TWO_FRAMES)
    return [re.sub(r"clip\d+", "clip", one) for one in screen.page.locator(".board").last.evaluate(STANDS)]


def test_a_picture_after_others_and_after_moves_is_the_one_a_fresh_visitor_sees(visit: Callable[..., Page]) -> None:
    """Nothing of what stood there before stays: no text, no place, no colour, nothing to press."""
    walked, fresh = Screen(visit(at("Segments"))).drawn("Segments"), Screen(visit())
    for name in WALK:
        walked.choose("method", METHODS[name].title).idle()
        walked.page.get_by_role("button", name="Remember this").press("Enter")
        again = walked.page.get_by_role("button", name="Let go of it")
        again.wait_for()
        line = walked.page.locator(".column [role=slider][data-param]").first
        line.focus()
        for key in ("PageUp", "ArrowLeft", "ArrowRight", "PageDown"):
            walked.page.keyboard.press(key)
            walked.rest()
        again.press("Enter")
        walked.page.get_by_role("button", name="Remember this").wait_for()
        fresh.page.goto(urljoin(fresh.page.url, at("Segments", name)))
        fresh.drawn("Segments").rest().idle()
        walked.idle().until(lambda: standing(walked) == standing(fresh), True)
