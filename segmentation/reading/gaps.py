"""Headings one fewer than the columns below them: which column has none, or which heading lost a delimiter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from segmentation.columns.roles import ROLES
from segmentation.columns.words import is_amount, is_dated, key

FIRST, LAST, SPLIT = "first", "last", "split"


def ways(names: list[str], body: Sequence[list[str]]) -> dict[str, list[str]]:
    """What the columns may be called, by where the gap is; none where only one way is left.

    A last column with nothing in it is a delimiter too many, unless two headings stand in one cell. Rows numbered one
    after the other were numbered by a program, in front.
    """
    cut = _cut(names)
    full = any(row[-1].strip() for row in body)
    if not full:
        return {LAST: [*names, ""], SPLIT: cut} if cut else {}
    if _are_numbered(body):
        return {}
    found = {FIRST: ["", *names], LAST: [*names, ""]}
    return {**found, SPLIT: cut} if cut else found


def likeliest(found: dict[str, list[str]], kinds: list[str], before: str) -> str:
    """The way under which most headings stand above what they say; `before` where none does more than another."""
    scores = {way: sum(map(_agrees, names, kinds)) for way, names in found.items()}
    return max(scores, key=lambda way: (scores[way], way == SPLIT, way == before))


def _agrees(name: str, kind: str) -> int:
    if not name or not (is_dated(name) or is_amount(name)):
        return 0
    return 1 if kind == ("date" if is_dated(name) else "number") else -1


def _are_numbered(body: Sequence[list[str]]) -> bool:
    first = [row[0].strip() for row in body[:50] if row]
    return first in ([str(i + start) for i in range(len(first))] for start in (0, 1)) and len(first) > 1


def _cut(names: list[str]) -> list[str] | None:
    """The headings with the one cell cut in two that holds two known ones; None where there is none, or several."""
    cuts = [(i, parts) for i, name in enumerate(names) if (parts := _parts(name))]
    if len(cuts) != 1:
        return None
    at, parts = cuts[0]
    return [*names[:at], *parts, *names[at + 1 :]]


def _parts(name: str) -> list[str] | None:
    """Two known headings that stand in one cell: "date revenue", "daterevenue", "date.revenue"."""
    if len(name) > 60 or key(name) in _known():
        return None
    for i in range(2, len(name) - 1):
        left, right = name[:i], name[i:]
        if key(left) in _known() and key(right) in _known():
            return [left.strip(" ._-|/"), right.strip(" ._-|/")]
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(key(word) for role in ROLES.values() for word in role.synonyms if len(word) > 2)
