"""Rows of another width than the table: those that can be meant in one way only are used, with what was done said.

A way is weighed by what the columns hold elsewhere: numbers and dates, cells that are never empty, cells that always are.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from segmentation.reading.draft import filled

ENOUGH = 5  # rows that say a column is never, or always, empty


def never_and_always_empty(rows: Sequence[list[str]], width: int) -> tuple[set[int], set[int]]:
    """The columns without an empty cell, and those with no other."""
    whole = [row for row in rows if len(row) == width]
    if len(whole) < ENOUGH:
        return set(), set()
    gaps = [sum(not filled(row[i]) for row in whole) for i in range(width)]
    return {i for i, gap in enumerate(gaps) if gap == 0}, {i for i, gap in enumerate(gaps) if gap == len(whole)}


EMPTY_CELL = "a delimiter too many: an empty cell was left out"
CUT_CELL = "a delimiter within a text: its two parts were joined"
QUOTES = "quotation marks that do not pair up: read with as many cells as the table has columns"
MENDED = (EMPTY_CELL, CUT_CELL, QUOTES)
Way = tuple[list[str] | None, str, str]  # the cells, and why and what was changed


def without_one(cells: list[str], delimiter: str, belongs: Callable[[list[str]], bool]) -> Way:
    """A row with one cell too many: without an empty one, or with the two joined that a delimiter in a text has cut.

    None where no way, or more than one, gives cells that belong to the columns.
    """
    empties = _distinct(cells[:i] + cells[i + 1 :] for i, cell in enumerate(cells) if not filled(cell))
    dropped = [row for row in empties if belongs(row)]
    if dropped == [cells[:-1]]:
        return cells[:-1], "", ""
    joined = [(text, row) for text, row in _joined(cells, delimiter) if belongs(row)]
    if len(dropped) + len(joined) != 1:
        return None, "", ""
    if dropped:
        return dropped[0], EMPTY_CELL, delimiter.join(cells)
    text, row = joined[0]
    return row, CUT_CELL, text


def _distinct(rows: Iterator[list[str]]) -> list[list[str]]:
    return [list(row) for row in dict.fromkeys(map(tuple, rows))]


def _joined(cells: list[str], delimiter: str) -> Iterator[tuple[str, list[str]]]:
    for i, (left, right) in enumerate(pairwise(cells)):
        if filled(left) and filled(right):
            text = f"{left}{delimiter}{right}"
            yield text, [*cells[:i], text, *cells[i + 2 :]]
