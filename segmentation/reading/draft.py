"""A table on its way: what every reader hands over."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any

import pyarrow as pa

from segmentation.dataclass import dataclass
from segmentation.problems import Problem

MAX_COLUMNS = 2_000  # what a page can list, and more than any export has
MAX_CELLS = 400_000_000  # rows × columns: at 8 bytes a cell all that a server of 8 GB can spare for one table
LONGEST_CELL = 1 << 20  # bytes: a spreadsheet holds 32 767 letters in a cell, and a page shows many cells at once
LONGEST_HEADING = 1_000  # letters, what is beyond is cut off: a whole question of a survey is shorter
MOST_HEADINGS = 3  # further header rows
Progress = Callable[[float, str], None]  # share done (0 to 1) and what is being done; raises to cancel
MOST_LISTED = 1_000  # cells of a column


@dataclass(frozen=True)
class Decisions:
    """What the user decided; None leaves it to the file. `segmentation.read` says what each takes."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | Mapping[str, str] | None = None
    dates: str | Mapping[str, str] | None = None
    sheet: str | None = None
    quote: str | None = None
    escape: str | None = None
    header: tuple[int, ...] | None = None
    table: int | None = None
    ragged: str | None = None
    totals: str | None = None
    text: tuple[str, ...] | None = None
    gap: str | None = None
    groups: str | None = None
    progress: Progress | None = None

    def tell(self, share: float, doing: str) -> None:
        """Say how far reading is, to whoever wants to know; it may raise to cancel."""
        if self.progress is not None:
            self.progress(min(max(share, 0.0), 1.0), doing)

    def as_text(self, heading: str) -> bool:
        """Whether a column is to be kept letter by letter."""
        return self.text is not None and (heading in self.text or self.text == ("all",))


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
    aside: list[tuple[int, str, str, str]] = field(default_factory=list)  # rows: line, column, reason, text
    cells: list[tuple[int, str, str, str]] = field(default_factory=list)  # cells left out of rows that are used
    sentences: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)  # plain sentences or Questions
    blank: int = 0
    # the lines of the rows at some positions, and the text of some lines: exact and therefore not free
    lines: Callable[[list[int]], list[int]] = field(default=lambda rows: rows)
    texts: Callable[[list[int]], list[str]] | None = None
    quote: str | None = None
    escape: str | None = None
    named: int | None = None  # columns up to here have headings
    table_number: int | None = None
    currencies: dict[str, str] = field(default_factory=dict)  # column of numbers → the only currency in its cells


def filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def unique(headings: Iterable[Any]) -> list[str]:
    """Headings trimmed; an empty one becomes "column 3", a second "name" becomes "name (2)"; one too long is cut."""
    names: dict[str, None] = {}
    last: dict[str, int] = {}  # number given to a heading: those below it are taken
    for i, heading in enumerate(headings, 1):
        base = " ".join(str(heading).replace("\ufeff", "").split()) if filled(heading) else f"column {i}"
        base = base if len(base) <= LONGEST_HEADING else f"{base[: LONGEST_HEADING - 1]}…"
        name, times = base, last.get(base, 1)
        while name in names:
            times += 1
            name = f"{base} ({times})"
        names[name], last[base] = None, times
    return list(names)


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def too_wide(name: str, columns: int) -> Problem:
    count = f"{columns:,}".replace(",", " ")
    return Problem(f"{name} has {count} columns; at most 2 000 are read: remove those you don't need.")


def check_cells(name: str, rows: int, columns: int) -> None:
    """Problem where a table has more cells than can be held."""
    if rows * columns > MAX_CELLS:
        raise Problem(
            f"{name} is too large for this server: {rows:,} rows × {columns:,} columns are {rows * columns:,} cells; the "
            f"limit is {MAX_CELLS:,}. Choose fewer columns or rows, or run it on your own machine."
        )


def no_rows(name: str) -> Problem:
    return Problem(f"{name} has a header row and no rows below it: choose a file with at least one row.")
