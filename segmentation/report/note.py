"""What a person wrote beside a finding, with a little of Markdown: paragraphs, lines, lists, bold, italic and code.

All else stays letters, as it was typed: links, pictures, HTML, formulas and what any program takes for a sign.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

from segmentation.formats import JOINER, letters
from segmentation.pattern import pattern

PARAGRAPH, POINTS, NUMBERED = "p", "ul", "ol"
CODE = "code"
MARKS = {"*": ("em",), "**": ("strong",), "***": ("strong", "em")}
STARS = {"em": "*", "strong": "**"}
ITEM = pattern(r"(?:[-*]|([0-9]{1,9})\.)[ \t]+(.*)")
PIECE = pattern(r"`[^`]+`|\*+|`|[^`*]+")


class Run(NamedTuple):
    """Letters, and what they are marked as: the names of these elements in HTML."""

    text: str
    marks: tuple[str, ...] = ()


class Block(NamedTuple):
    """A paragraph and its lines, or a list and its items."""

    kind: str
    lines: list[list[Run]]


def blocks(note: str) -> list[Block]:
    """A note in its parts, as it is read."""
    made: list[Block] = []
    within = ""
    for line in note.splitlines():
        kind, said = _kind(line.strip(), within)
        if kind and kind != within:
            made.append(Block(kind, []))
        if kind:
            made[-1].lines.append(_runs(said))
        within = kind or within.replace(PARAGRAPH, "")  # an empty line ends a paragraph, but no list
    return made


def markdown(note: str) -> str:
    """A note as Markdown, in which nothing but what it may have is taken as markup."""
    return "\n\n".join(_block_in_markdown(one) for one in blocks(note))


def html(note: str) -> str:
    """A note as HTML; lines of a paragraph are told apart by the style that keeps them."""
    return "".join(_block_in_html(one) for one in blocks(note))


def words(note: str) -> str:
    """A note in words alone, a line each."""
    return "\n".join(line for one in blocks(note) for line in _lines(one, lambda run: run.text))


def _kind(line: str, within: str) -> tuple[str, str]:
    """What a line belongs to, and its words; a list of numbers begins with 1."""
    found = ITEM.fullmatch(line)
    if found and found[1] is None:
        return POINTS, found[2]
    if found and (within == NUMBERED or found[1] == "1"):
        return NUMBERED, found[2]
    return PARAGRAPH if line else "", line


def _runs(line: str) -> list[Run]:
    """A line by how it is marked; stars that mark nothing are letters."""
    pieces: list[Run] = []
    opened: dict[str, int] = {}
    for found in PIECE.finditer(line):
        said, before, behind = found[0], line[: found.start()][-1:], line[found.end() :][:1]
        if said in opened and _beside_word(said, before, behind):
            start = opened[said]
            pieces[start:] = [_marked(one, MARKS[said]) for one in pieces[start + 1 :]]
            opened = {stars: at for stars, at in opened.items() if at < start}
            continue
        if said in MARKS and said not in opened and _beside_word(said, behind, before):
            opened[said] = len(pieces)
        coded = said.startswith("`") and said.strip("` ")
        pieces.append(Run(said.strip("` "), (CODE,)) if coded else Run(said))
    return [
        Run("".join(one.text for one in alike), marks)
        for marks, alike in itertools.groupby(pieces, lambda one: one.marks)
    ]


def _beside_word(stars: str, inner: str, outer: str) -> bool:
    """Whether stars stand at the edge of what they mark: 2*3 is a product, in scripts without spaces two stars mark."""
    return bool(inner.strip()) and (len(stars) > 1 or not outer.isalnum())


def _marked(one: Run, marks: tuple[str, ...]) -> Run:
    return Run(one.text, tuple(dict.fromkeys((*marks, *one.marks))))


def _lines(block: Block, said: Callable[[Run], str], point: str = "• ") -> Iterator[str]:
    """Each line of a part, with what stands before an item."""
    before = {PARAGRAPH: lambda at: "", POINTS: lambda at: point, NUMBERED: lambda at: f"{at}. "}[block.kind]
    for at, line in enumerate(block.lines, 1):
        yield before(at) + "".join(map(said, line))


def _block_in_markdown(block: Block) -> str:
    lines = [f"{JOINER if line[:1] == '=' else ''}{line}" for line in _lines(block, _run_in_markdown, "- ")]
    return ("  \n" if block.kind == PARAGRAPH else "\n").join(lines)


def _run_in_markdown(run: Run) -> str:
    """What cannot be seen stands around stars, so that they mark whatever stands beside them."""
    said = f"`{run.text}`" if CODE in run.marks else letters(run.text)
    stars = "".join(STARS.get(mark, "") for mark in run.marks)
    return f"{JOINER}{stars}{JOINER}{said}{JOINER}{stars}{JOINER}" if stars else said


def _block_in_html(block: Block) -> str:
    lines = ["".join(map(_run_in_html, line)) for line in block.lines]
    inner = "\n".join(lines) if block.kind == PARAGRAPH else "".join(f"<li>{line}</li>" for line in lines)
    return f"<{block.kind}>{inner}</{block.kind}>"


def _run_in_html(run: Run) -> str:
    said = escape(run.text)
    for mark in reversed(run.marks):
        said = f"<{mark}>{said}</{mark}>"
    return said
