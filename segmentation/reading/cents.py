"""Decimals whose comma also sets the cells apart: 12,50 is two cells, and the rows are wider than the headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

ENOUGH = 3  # rows that must agree


def places(rows: Sequence[list[str]], width: int) -> tuple[int, ...]:
    """Where rows have whole numbers with two digits behind each, as often as they are wider than the table; else ()."""
    wider = {len(row) - width for row in rows}
    if len(rows) < ENOUGH or len(wider) != 1 or (extra := wider.pop()) < 1:
        return ()
    found = [i for i in range(len(rows[0]) - 1) if _are_cents(rows, i)]
    zeros = [i for i in found if any(row[i + 1].startswith("0") for row in rows)]  # which no whole number has in front
    others = [i for i in found if all(abs(i - zero) > 1 for zero in zeros)]
    sure = _are_apart(zeros) and _are_apart(others) and len(zeros) + len(others) == extra
    return tuple(sorted(zeros + others)) if sure else ()


def _are_cents(rows: Sequence[list[str]], at: int) -> bool:
    """Whether a column is whole and the next its decimals."""
    return all(re.fullmatch(r"\s*-?\d{1,12}", row[at]) and re.fullmatch(r"\d\d\s*", row[at + 1]) for row in rows)


def _are_apart(places: list[int]) -> bool:
    return all(later - place > 1 for place, later in pairwise(places))


def joined(cells: list[str], at: tuple[int, ...]) -> list[str]:
    """A row's cells with its decimals behind their numbers."""
    kept = [f"{cell},{cells[i + 1]}" if i in at else cell for i, cell in enumerate(cells[:-1])] + cells[-1:]
    return [cell for i, cell in enumerate(kept) if i - 1 not in at]
