"""Which rule takes whom: each row's matches and those it decides; opened, its numbers as lines in what they compare.

It tells "moved" for a line (see `pictures.own`), "opened" with a row's number, and "listed" with a segment's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation import formats
from segmentation.analysis.thresholds.ground import decided_along
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.marks import Mark
from segmentation.analysis.thresholds.ruled import Compared, compared
from segmentation.board import card
from segmentation.board.lines import SCRIPT, marked
from segmentation.board.spread import kept, panel_of
from segmentation.columns.metrics import label
from segmentation.segments.method import Method
from segmentation.segments.rules import OTHER, Condition, Coverage, Ruled, coverage
from segmentation.segments.segmentation import Segmentation

FIRST = 20
OPENS = True
HIGH = 130  # pixels of a distribution
SAID = {
    "=": "is",
    "!=": "is not",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
    "in": "is one of",
    "not in": "is none of",
    "missing": "is missing",
    "known": "is known",
}
Piece = str | dict[str, Any]  # of a sentence: words, or a number with the line that moves it


def own(
    method: Method, values: Mapping[str, Any], made: Segmentation, currency: str, opened: int | None = None
) -> dict[str, Any] | None:
    """A card of the rows, that one opened (else the first that can be); None where the method has none."""
    if not isinstance(made.placing, Ruled):
        return None
    lines, marks = marked(method, values, made)
    each = compared(made.placing)
    lined = [each[line.run].row for line in lines]
    row = opened if opened in lined else min(lined, default=None)
    shown = [at for at, one in enumerate(each) if one.row == row and any(line.run == at for line in lines)]
    data = {
        "still": f'{{"charts": [{", ".join(kept(made, at, lines, HIGH) for at in shown)}]}}',
        "script": SCRIPT,
        "panels": [_panel(made, made.placing, each, at, lines, marks) for at in shown],
        "rows": _rows(made, made.placing, coverage(made), each, lines),
        "row": row,
        "opens": sorted(set(lined)),
        "rest": OTHER if OTHER in made.names else None,
        "currency": currency,
    }
    hint = "click a row, drag its numbers" if lined else ""
    return card("coverage", "Which row takes whom", hint, data, "What each row matches and decides", _said(made))


def _panel(
    made: Segmentation, placing: Ruled, each: list[Compared], at: int, lines: list[Line], marks: list[Mark]
) -> dict[str, Any]:
    """A column the row compares, with who decides in each of its bands and what else is known there."""
    found = decided_along(made, placing, at, lines)
    return {
        **panel_of(made, at, lines, marks),
        "winner": found.winner(each[at]).ravel().tolist(),
        "rest": found.rest.tolist(),
        "fits": each[at].fits.tolist(),
    }


def _rows(
    made: Segmentation, placing: Ruled, found: Coverage, each: list[Compared], lines: list[Line]
) -> list[dict[str, Any]]:
    """What each row asks for, how many it matches and decides, and why it never wins."""
    line_of = {(each[line.run].row, *each[line.run].literals[cut]): line.number for line in lines for cut in line.cuts}
    return [
        {
            "segment": row.segment,
            "colour": made.colours[made.names.index(row.segment)],
            "when": _when(placing, row.row - 1, line_of),
            "matches": int(row.matches),
            "wins": int(row.wins),
            "note": row.note,
        }
        for row in found.rows.itertuples()
    ]


def _when(placing: Ruled, row: int, line_of: Mapping[tuple[int, int, int], int]) -> list[Piece]:
    """A row's condition in words, its numbers by the line that moves each."""
    conditions = placing.rules[row].conditions
    pieces: list[Piece] = [] if conditions else ["everybody"]
    for at, one in enumerate(conditions):
        numbers = [_number(text, line_of.get((row, at, place))) for place, text in enumerate(one.values)]
        pieces += [" and "] if at else []
        pieces += _said_of(one, numbers)
    return pieces


def _said_of(one: Condition, numbers: list[Piece]) -> list[Piece]:
    name = label(one.column)
    if one.operator == "between":
        return [f"{name} from ", numbers[0], " to ", numbers[1]]
    joined = [piece for at, number in enumerate(numbers) for piece in ([", "] if at else []) + [number]]
    return [f"{name} {SAID[one.operator]} ", *joined]


def _number(text: str, line: int | None) -> Piece:
    return text if line is None else {"line": line, "text": formats.number(float(text))}


def _said(made: Segmentation) -> list[str]:
    missing = int(made.counts[-1])
    unknown = f" {formats.plural(missing, 'customer')}: a value that a row asks for is missing." if missing else ""
    return ["The upper row wins", f": pale is what a row above it takes first.{unknown}"]
