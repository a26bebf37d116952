"""Which row holds the headings."""

from __future__ import annotations

import re
from typing import Any

from segmentation.columns.periods import are_days, is_period
from segmentation.reading.draft import filled

_NUMERIC = re.compile(r"\s*[-+]?\d[\d.,:/\-]*\s*")
_PERIOD = re.compile(r"\s*((19|20)\d\d([-./]\d\d?)?|\d\d?[-./](19|20)\d\d)\s*")


def header_at(lines: list[tuple[int, list[Any]]], width: int) -> int:
    """The first line that is as wide as the table and mostly filled: what stands above it is a preamble."""
    wide = [i for i, (_, cells) in enumerate(lines) if len(cells) == width]
    full = (i for i in wide if sum(filled(cell) for cell in lines[i][1]) > width / 2)
    return next(full, wide[0] if wide else 0)


def is_heading(cells: list[str]) -> bool:
    """A heading has no numbers or dates in it, except years and months of a wide file (2023, 2024-01, 01.2024)."""
    odd = [cell.strip() for cell in cells if _NUMERIC.fullmatch(cell)]
    if all(map(_PERIOD.fullmatch, odd)):
        return not odd or len(odd) < len(cells)
    return 1 < len(set(odd)) < len(cells) and (all(map(is_period, odd)) or are_days(odd))
