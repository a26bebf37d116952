"""What is drawn anew while a line is held: what stays stays, and does what it is to do now."""

import json
from pathlib import Path

from playwright.sync_api import Browser

from segmentation import board

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
