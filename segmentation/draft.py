"""A table on its way: what every reader hands over, and what all of them need to find a header row."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from segmentation.problems import Problem
from segmentation.wide import is_period

MAX_COLUMNS = 2_000
CODES = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True)
class Decisions:
    """What the user decided; None leaves it to the file."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    dates: str | Mapping[str, str] | None = None
    sheet: str | None = None


@dataclass
class Draft:
    """A table on its way: rows still as found, and everything said about it so far."""

    table: pa.Table
    header_line: int = 1
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    settled: set[str] = field(default_factory=set)  # columns whose sample leaves nothing to vote on
    dates: dict[str, str] = field(default_factory=dict)
    aside: list[tuple[int, str, str, str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    blank: int = 0
    # line of the table's last row, and the lines of the rows at some positions; exact and therefore not free
    lines: Callable[[list[int]], list[int]] = field(default=lambda rows: rows)


def header_at(lines: list[tuple[int, list[Any]]], width: int) -> int:
    """The first line that is as wide as the table and mostly filled: what stands above it is a preamble."""
    wide = [i for i, (_, cells) in enumerate(lines) if len(cells) == width]
    full = (i for i in wide if sum(filled(cell) for cell in lines[i][1]) > width / 2)
    return next(full, wide[0] if wide else 0)


def filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def is_heading(cells: list[str]) -> bool:
    """A heading has no numbers or dates in it, except years and months of a wide file (2023, 2024-01)."""
    odd = [cell.strip() for cell in cells if re.fullmatch(r"\s*[-+]?\d[\d.,:/\-]*\s*", cell)]
    if all(re.fullmatch(r"(19|20)\d\d([-./]\d\d?)?", cell) for cell in odd):
        return not odd or len(odd) < len(cells)
    return 1 < len(set(odd)) < len(cells) and all(map(is_period, odd))


def unique(headings: Iterable[Any]) -> list[str]:
    """Headings trimmed; an empty one becomes "column 3", a second "name" becomes "name (2)"."""
    names: list[str] = []
    for i, heading in enumerate(headings, 1):
        base = " ".join(str(heading).replace("\ufeff", "").split()) if filled(heading) else f"column {i}"
        name, times = base, 1
        while name in names:
            times += 1
            name = f"{base} ({times})"
        names.append(name)
    return names


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def too_wide(name: str, columns: int) -> Problem:
    count = f"{columns:,}".replace(",", " ")
    return Problem(f"{name} has {count} columns; at most 2 000 are read: remove those you don't need.")


def no_rows(name: str) -> Problem:
    return Problem(f"{name} has a header row and no rows below it: choose a file with at least one row.")
