"""A note is drawn with the little of Markdown it may have; all else stays letters, in every program it is shown in."""

import io
import json

import pytest
from markdown_it import MarkdownIt
from pptx import Presentation

from segmentation import Study
from segmentation.formats import JOINER
from segmentation.report import Findings, format_of, note
from segmentation.study.notebook import LONGEST
from tests import hostile
from tests.places import SAMPLES

MARKED = {
    "one\ntwo\n\nthree": "<p>one\ntwo</p><p>three</p>",
    "**bold**, *italic* and ***both***": "<p><strong>bold</strong>, <em>italic</em> and <strong><em>both</em></strong></p>",
    "**a *b* c**": "<p><strong>a </strong><strong><em>b</em></strong><strong> c</strong></p>",
    "ask\n- one\n- **two**\n\nthen": "<p>ask</p><ul><li>one</li><li><strong>two</strong></li></ul><p>then</p>",
    "1. one\n2. two\n\n7. three": "<ol><li>one</li><li>two</li><li>three</li></ol>",
    "* one\n1. two": "<ul><li>one</li></ul><ol><li>two</li></ol>",
    "`a*b*` and **`c`**": "<p><code>a*b*</code> and <strong><code>c</code></strong></p>",
    "这是**（重要）**的": "<p>这是<strong>（重要）</strong>的</p>",
    "(**x**) **(y)**z": "<p>(<strong>x</strong>) <strong>(y)</strong>z</p>",
}
LETTERS = (
    *("2*3 and 4*5", "** not **", "**open", "a ** b", "****", "*", "`", "``", "` `", "2026. was bad", "# no heading"),
    *("===", "---x", "> said", "_x_", "~~x~~", "[a](https://b.test)", "&amp;", "a | b", "\\*x\\"),
)


@pytest.mark.parametrize("typed", MARKED)
def test_what_is_marked_is_drawn_so(typed: str) -> None:
    assert note.html(typed) == MARKED[typed]


@pytest.mark.parametrize("typed", [*LETTERS, *(one for one in hostile.TEXTS if one not in ("**x**", "`x`"))])
def test_all_else_stays_as_it_was_typed(typed: str) -> None:
    assert [(one.kind, one.lines) for one in note.blocks(typed)] == [(note.PARAGRAPH, [[note.Run(typed)]])]
    assert note.words(typed) == typed


@pytest.mark.parametrize("typed", [*MARKED, *LETTERS, *hostile.TEXTS, "\n".join(LETTERS), "\n".join(hostile.TEXTS)])
def test_as_markdown_it_is_drawn_as_in_html_and_nothing_more_is_made_of_it(typed: str) -> None:
    drawn = MarkdownIt("gfm-like", {"linkify": False}).render(note.markdown(typed)).replace(JOINER, "")
    assert flat(drawn.replace("<br />", "")) == flat(note.html(typed))


def flat(html: str) -> str:
    """Without what says the same: a paragraph's line ends, and which of two elements is the outer one."""
    same = {"&quot;": '"', "&#x27;": "'", "<em><strong>": "<strong><em>", "</strong></em>": "</em></strong>"}
    for one, other in same.items():
        html = html.replace(one, other)
    return "".join(html.split())


def test_only_what_a_note_may_have_becomes_part_of_a_page() -> None:
    for around in ("{}", "**{}**", "*{}*", "- {}", "1. {}", "`{}`", "**{0}** *{0}*\n{0}"):
        for text in hostile.TEXTS:
            made = note.html(around.format(text))
            for element in (*("p", "ul", "ol", "li"), *("strong", "em", "code")):
                made = made.replace(f"<{element}>", "").replace(f"</{element}>", "")
            assert "<" not in made and ">" not in made


@pytest.mark.parametrize("part", ["**a ", "*a ", "`", "***a*** ", "* ", "**a**", "1. \n", "*a **b ", "*"])
def test_a_long_note_is_gone_through_once(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = note._beside_word
    monkeypatch.setattr(note, "_beside_word", lambda *args: asked.append(args) or real(*args))
    whole = (part * LONGEST)[:LONGEST]
    assert "".join(note.words(whole).replace("*", "").split()) is not None and note.markdown(whole) is not None
    assert len(asked) <= 4 * LONGEST


def test_slides_have_its_words_and_a_jupyter_notebook_its_markdown() -> None:
    study = Study()
    study.keep_finding("sleepers", {})
    study.write(0, title="Mine", note="**Ask** them:\n- =cmd|x\n- <b>two</b>")
    found = Findings.of(study, [SAMPLES / "shoe_maker_orders.csv"])
    slides = Presentation(io.BytesIO(format_of("pptx").write(found))).slides
    said = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert "Mine — Ask them: • =cmd|x • <b>two</b>" in said
    cells = json.loads(format_of("ipynb").write(found))["cells"]
    assert f"**Mine**\n\n{note.markdown(study.cells[0]['note'])}" in ["".join(one["source"]) for one in cells]
