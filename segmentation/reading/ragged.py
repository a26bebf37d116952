"""Rows of another width than the table: those that can be meant in one way only are used, with what was done said.

A way is weighed by what the columns hold elsewhere: numbers and dates, cells that are never empty, cells that always are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from segmentation.reading.draft import filled

ENOUGH, LOOKED_AT = 5, 1_000  # rows that say a column is never, or always, empty: at least, at most


def never_and_always_empty(rows: Sequence[list[str]], width: int) -> tuple[bool, set[int], set[int]]:
    """Whether there are enough rows to say, the columns without an empty cell, and those with no other."""
    whole = [row for row in rows if len(row) == width][:LOOKED_AT]
    if len(whole) < ENOUGH:
        return False, set(), set()
    gaps = [sum(not filled(row[i]) for row in whole) for i in range(width)]
    return True, {i for i, gap in enumerate(gaps) if gap == 0}, {i for i, gap in enumerate(gaps) if gap == len(whole)}


EMPTY_CELL = "a delimiter too many: an empty cell was left out"
CUT_CELL = "a delimiter within a text: its two parts were joined"
QUOTES = "quotation marks that do not pair up: read with as many cells as the table has columns"
MENDED = (EMPTY_CELL, CUT_CELL, QUOTES)
Way = tuple[list[str] | None, str, str]  # the cells, and why and what was changed


def without_one(
    cells: list[str], delimiter: str, belongs: Callable[[list[str]], bool], kind_of: Callable[[str], str]
) -> Way:
    """A row with one cell too many: without an empty one, or with the two joined that a delimiter in a text has cut.

    None where no way, or more than one, gives cells that belong to the columns.
    """
    empties = dict.fromkeys((*cells[:i], *cells[i + 1 :]) for i, cell in enumerate(cells) if not filled(cell))
    dropped = [list(row) for row in empties if belongs(list(row))]
    if dropped == [cells[:-1]]:
        return cells[:-1], "", ""
    joined = [(i, row) for i, row in _joined(cells, delimiter) if belongs(row)]
    if len(dropped) + len(joined) != 1:
        return None, "", ""
    if dropped:
        return dropped[0], EMPTY_CELL, delimiter.join(cells)
    at, row = joined[0]
    words = kind_of(cells[at]) == kind_of(cells[at + 1]) == "text"
    cents = delimiter == "," and cells[at].strip().isdigit() and re.fullmatch(r"\d\d?", cells[at + 1])
    return (row, CUT_CELL, row[at]) if words or cents else (None, "", "")


def _joined(cells: list[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each two cells side by side joined, with the place of the first."""
    for i, (left, right) in enumerate(pairwise(cells)):
        if filled(left) and filled(right):
            yield i, [*cells[:i], f"{left}{delimiter}{right}", *cells[i + 2 :]]
