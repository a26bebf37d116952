"""Rows of another width than the table: those that can be meant in one way only are used, with what was done said.

A way is weighed by what the columns hold elsewhere: numbers and dates, cells that are never empty, cells that always are.
"""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, islice

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
    cells: list[str], delimiter: str, fits: Callable[[int, str], bool], kind_of: Callable[[str], str]
) -> Way:
    """A row with one cell too many: without an empty one, or with the two joined that a delimiter in a text has cut.

    fits   whether a cell is what the column at a place holds elsewhere
    None where no way, or more than one, gives cells that belong to the columns.
    """
    width = len(cells) - 1
    # stays[i]: what is before cell i fits where it stands; moves[i]: what is behind it fits one place to the left
    stays = [*accumulate(range(width), lambda so_far, i: so_far and fits(i, cells[i]), initial=True)]
    moves = [*accumulate(range(width, 0, -1), lambda so_far, i: so_far and fits(i - 1, cells[i]), initial=True)][::-1]
    empty = [i for i, cell in enumerate(cells) if not filled(cell) and stays[i] and moves[i]]
    other = [i for n, i in enumerate(empty) if not n or cells[empty[n - 1] : i] != cells[empty[n - 1] + 1 : i + 1]]
    dropped = [[*cells[:i], *cells[i + 1 :]] for i in other[:2]]
    if dropped == [cells[:-1]]:
        return cells[:-1], "", ""
    possible = (i for i in range(width) if stays[i] and moves[i + 1] and _fit_as_one(cells, i, delimiter, fits))
    joined = [*islice(possible, 2)]
    if len(dropped) + len(joined) != 1:
        return None, "", ""
    if dropped:
        return dropped[0], EMPTY_CELL, delimiter.join(cells)
    at = joined[0]
    row = [*cells[:at], f"{cells[at]}{delimiter}{cells[at + 1]}", *cells[at + 2 :]]
    words = kind_of(cells[at]) == kind_of(cells[at + 1]) == "text"
    cents = delimiter == "," and cells[at].strip().isdigit() and re.fullmatch(r"\d\d?", cells[at + 1])
    return (row, CUT_CELL, row[at]) if words or cents else (None, "", "")


def _fit_as_one(cells: list[str], at: int, delimiter: str, fits: Callable[[int, str], bool]) -> bool:
    """Whether two cells side by side fit as one."""
    left, right = cells[at : at + 2]
    return filled(left) and filled(right) and fits(at, f"{left}{delimiter}{right}")
