"""Where the table is among the rows of a text: what stands above it, its headings, its width, what is beside and below.

Headings are told from rows by what is below them: a word above numbers or dates is a heading.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import field

from segmentation.dataclass import dataclass
from segmentation.pattern import pattern
from segmentation.reading import cents, gaps, ragged
from segmentation.reading.dialect import Record, common_width
from segmentation.reading.draft import MOST_HEADINGS, filled, unique
from segmentation.reading.headings import is_heading
from segmentation.reading.values import MISSING

LONGEST = 100  # letters of a number or date; a longer cell is text, and nothing is looked for in it
LOOKED_AT = 150  # rows below a heading that say what a column holds
ABOUT = 0.8  # of the cells of the largest table: as large, and the first of them is meant
NEAR = 60  # rows from the top of a table within which its headings stand
NUMBER = pattern(r"\s*[-+−–(]?\s*[^\w\s]?\s*\(?\s*\d[\d.,'’ \u00a0\u202f]*(?:[eE][-+]?\d+)?\s*[^\w\s]?[-)]?\s*")
MONEY = pattern(
    r"\s*[-(]?\s*(?:[A-Za-z]{2,3}\.?|[^\w\s])\s?\d[\d.,'’ \u00a0\u202f]*\)?\s*"
    r"|\s*-?\d[\d.,'’ \u00a0\u202f]*\s?(?:[^\W\d_]{1,4}\.?|[^\w\s:/])\s*"
)
DATE = pattern(
    r"\s*\d{1,4}[-./]\s?\d{1,2}[-./]\s?\d{1,4}\.?(?:[ T].{1,20})?\s*|\s*\d{4}年.*|\s*\d{1,2}[ .-]+[^\W\d]{3,10}[ .,-]+\d{2,4}\s*"
)
RULE = pattern(r"[\s|+;,:]*(?:[-=_*][\s|+;,:]*){3,}")
_DRAWN = tuple("-=_*|+;,: \t")


@dataclass
class Layout:
    """A table found. `headings` are positions of its header rows, `first` of its first row, among the records."""

    width: int
    names: list[str]
    headings: tuple[int, ...]
    first: int
    named: int  # columns up to here have headings; what stands beyond is beside the table
    kinds: list[str]
    trailing: bool = False  # most rows have delimiters after their last cell
    padded: bool = False  # rows may leave out empty cells at their end
    doubtful: bool = False  # nothing tells whether the first row is a heading
    tables: list[tuple[int, int]] = field(default_factory=list)  # lines from and to, of every table of the file
    chosen: int = 0
    delimiter: str = ""
    never_empty: set[int] = field(default_factory=set)  # columns without an empty cell, and with no other
    always_empty: set[int] = field(default_factory=set)
    told: bool = False  # whether there are enough rows to say so
    gap: str = ""  # where the headings, one fewer than the columns, have their gap; and what else they could say
    ways: dict[str, list[str]] = field(default_factory=dict)
    cents: tuple[int, ...] = ()  # cells of a wider row whose decimals were cut off by their comma

    def elsewhere(self, line: int) -> bool:
        """Whether a line belongs to another of the file's tables."""
        at = bisect_right(self.tables, (line, 1 << 60)) - 1
        return at not in (-1, self.chosen) and line <= self.tables[at][1]

    def fit(self, cells: list[str]) -> tuple[list[str] | None, str, str]:
        """A row's cells as wide as the table, or None; why and what was left out of them or changed, "" for nothing."""
        if self.cents and len(cells) == self.width + len(self.cents):
            cells = cents.joined(cells, self.cents)
        extra = cells[self.width :]
        if len(cells) == self.width or (self.trailing and not any(map(filled, extra)) and extra):
            return cells[: self.width], "", ""
        if len(cells) > self.width:
            return self._narrowed(cells, extra)
        if 1 < len(cells) < self.width and ((self.padded and self._agrees(cells)) or self._ends_early(cells)):
            return cells + [""] * (self.width - len(cells)), "", ""
        return None, "", ""

    def _narrowed(self, cells: list[str], extra: list[str]) -> tuple[list[str] | None, str, str]:
        if len(extra) == 1 and self.told:
            return ragged.without_one(cells, self.delimiter, self._fits, kind_of)
        if not any(map(filled, extra)) and self._belongs(cells[: self.width]):
            return cells[: self.width], "", ""
        if not filled(extra[0]) and any(map(filled, extra)) and any(map(filled, cells[: self.width])):
            return cells[: self.width], "a note beside the table", "; ".join(filter(filled, extra))
        return None, "", ""

    def _ends_early(self, cells: list[str]) -> bool:
        """Whether only its last cells are missing: it ends with a number or date in place, next to another kind."""
        last = len(cells) - 1
        here, beyond = self.kinds[last], self.kinds[last + 1]
        plain = filled(cells[last]) and not cells[last].strip()[-1].isalpha()  # else another cell may cling to it
        return self.told and plain and here not in ("text", beyond) and self._belongs(cells, self.width)

    def _belongs(self, cells: list[str], width: int | None = None) -> bool:
        """Whether cells are what their columns hold elsewhere; those up to `width` that it leaves out are empty."""
        gaps = {i for i in range(width or len(cells)) if i >= len(cells) or not filled(cells[i])}
        strays = self.always_empty - gaps
        return self._agrees(cells) and not (gaps & self.never_empty or strays)

    def _fits(self, at: int, cell: str) -> bool:
        """Whether a cell is what the column at a place holds elsewhere."""
        if not filled(cell):
            return at not in self.never_empty
        return at not in self.always_empty and (self.kinds[at] == "text" or self.kinds[at] == kind_of(cell))

    def _agrees(self, cells: list[str]) -> bool:
        pairs = zip(cells, self.kinds, strict=False)
        return all(kind == "text" or not filled(cell) or kind_of(cell) == kind for cell, kind in pairs)


def find(
    records: Sequence[Record], header: tuple[int, ...] | None, table: int | None, padded: bool, gap: str | None = None
) -> Layout | None:
    """The table of some records: the largest, or the one chosen (1 = the first); None where there is none.

    `header` are the lines of the headings where somebody decided on them, () for none; `gap` is where they have one.
    """
    blocks = _blocks(records)
    if not blocks:
        return None
    tables = _tables(records, blocks)
    at = table - 1 if table and table <= len(tables) else _largest(records, tables)
    start, end = tables[at]
    inside = records[start:end]
    found = _layout(inside, header, padded, gap)
    found.headings = tuple(start + i for i in found.headings)
    found.first += start
    found.chosen = at
    found.tables = [(records[a].line, records[b - 1].line) for a, b in tables]
    if at == 0:
        found.tables[0] = (0, found.tables[0][1])
    if at == len(tables) - 1:
        found.tables[-1] = (found.tables[-1][0], 1 << 60)
    return found


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but spaces."""
    return not cells or not (cells[0].strip() or any(cell.strip() for cell in cells))


def is_rule(text: str) -> bool:
    """Whether a line is drawn: ----+---- or |---|:--|."""
    return text[:1] in _DRAWN and bool(RULE.fullmatch(text))


def _blocks(records: Sequence[Record]) -> list[tuple[int, int]]:
    """Positions from and to of rows with no blank line between them, nor headings of another width with their rows."""
    blocks: list[tuple[int, int]] = []
    for i, record in enumerate(records):
        if is_blank(record.cells):
            continue
        if blocks and blocks[-1][1] == i and not _starts_anew(records, blocks[-1][0], i):
            blocks[-1] = (blocks[-1][0], i + 1)
        else:
            blocks.append((i, i + 1))
    return blocks


def _starts_anew(records: Sequence[Record], start: int, at: int) -> bool:
    """Whether words as many as the cells below them, and not as those above, are the headings of another table."""
    cells = records[at].cells
    if len(cells) < 2 or re.search(r"\d", records[at].text):
        return False
    below, above = records[at + 1 : at + 4], records[max(start, at - 3) : at]
    if len(cells) == len(records[at - 1].cells) and not _words_below_values(cells, above):
        return False
    if len(below) < 2 or len(above) < 2 or any(len(one.cells) != len(cells) for one in below):
        return False
    return all(map(filled, cells)) and _own_heading(records[at : at + LOOKED_AT]) == [cell.strip() for cell in cells]


def _words_below_values(cells: list[str], above: Sequence[Record]) -> bool:
    """Whether words stand where all rows above have numbers or dates, in two columns or more."""
    kinds = [{kind_of(row.cells[i]) if i < len(row.cells) else "text" for row in above} for i in range(len(cells))]
    typed = [cell.strip() for cell, kind in zip(cells, kinds, strict=True) if "text" not in kind]
    return len(typed) > 1 and all(cell.lower() not in MISSING for cell in typed)


def _tables(records: Sequence[Record], blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Blocks joined to tables: a block with headings of its own, unlike those before it, starts another table."""
    tables: list[tuple[int, int]] = []
    before: list[str] | None = None
    for start, end in blocks:
        heading = _own_heading(records[start:end])
        if not tables or (heading and before and heading != before):
            tables.append((start, end))
        else:
            tables[-1] = (tables[-1][0], end)
        before = heading or before
    return tables


def _own_heading(block: Sequence[Record]) -> list[str] | None:
    """The headings of a block that has at least two columns and a row below words that stand above numbers or dates."""
    rows = [record.cells for record in block]
    width = common_width(rows)
    at = _first_full(rows, width)
    if width < 2 or at is None or at + 1 >= len(rows):
        return None
    kinds = _kinds(rows[at + 1 :], width)
    return [cell.strip() for cell in rows[at] if filled(cell)] if _evident(rows[at], kinds) else None


def _largest(records: Sequence[Record], tables: list[tuple[int, int]]) -> int:
    """The table with the most cells; the first of those about as large."""
    sizes = [sum(len(record.cells) for record in records[start:end]) for start, end in tables]
    return next(i for i, size in enumerate(sizes) if size >= ABOUT * max(sizes))


def _layout(records: Sequence[Record], header: tuple[int, ...] | None, padded: bool, gap: str | None) -> Layout:
    rows = [record.cells for record in records]
    told = [row for row in rows if not is_blank(row) and not is_rule("".join(row))]
    width = common_width(told or rows)
    at = _first_full(rows, width) or 0
    doubtful = False
    if header is not None:
        headings = tuple(i for i, record in enumerate(records) if record.line in header)
        first = (max(headings) + 1) if headings else at
    else:
        headings, doubtful = _headings(rows, at, width)
        first = headings[-1] + 1 if headings else at
    body = [row for row in rows[first:] if not is_blank(row)]
    names = _names([rows[i] for i in headings])
    cut = _cut_decimals(names, body, width)
    body, width = ([cents.joined(row, cut) for row in body], len(names)) if cut else (body, width)
    gap, ways = _gap(names, body, width, gap)
    width, names, short = (width, ways[gap], False) if ways else _reconciled(width, names, body)
    kinds = _kinds(body, width)
    shorter = sum(len(row) < width for row in body if len(row) > 1)
    padded = padded or short or (shorter >= 3 and shorter >= 0.1 * len(body))
    named = max((i + 1 for i, name in enumerate(names) if name), default=width)
    trailing = 2 * sum(len(row) > width for row in body) > len(body)
    found = Layout(width, unique(names or [""] * width), headings, first, named, kinds, trailing, padded, doubtful)
    found.gap, found.ways, found.cents = gap, ways, cut
    found.told, found.never_empty, found.always_empty = ragged.never_and_always_empty(body, width)
    return found


def _first_full(rows: Sequence[list[str]], width: int) -> int | None:
    """The first row that is as wide as the table and mostly filled, or a heading one cell short of a row below it."""
    for i, row in enumerate(rows[:NEAR] if len(rows) > NEAR else rows):
        full = sum(map(filled, row)) * 2 > width
        if full and len(row) == width:
            return i
        after = next((below for below in rows[i + 1 : i + 9] if len(below) == width), [])
        close = width > 2 and len(row) >= 2 and len(row) in (width - 1, width + 1)
        longer = len(row) > width > 1 and len(after) == width
        close = close or (1 < len(row) < width and bool(_cut_decimals(row, rows[i + 1 : i + NEAR], width)))
        if full and (close or longer) and len(after) == width and is_heading(row) and not is_heading(after):
            return i
    return next((i for i, row in enumerate(rows) if len(row) == width), None)


def _headings(rows: Sequence[list[str]], at: int, width: int) -> tuple[tuple[int, ...], bool]:
    """Positions of the header rows, and whether nothing in the rows below tells."""
    row, below = rows[at], [row for row in rows[at + 1 : at + 1 + LOOKED_AT] if not is_blank(row)]
    kinds = _kinds(below, width)
    if not _evident(row, kinds):
        repeated = any(
            filled(cell) and cell in {other[i] for other in below if len(other) > i} for i, cell in enumerate(row)
        )
        numbers = any(
            kind == "number" and re.fullmatch(r"[-\d.,]+ [-\d., ]+", cell)
            for cell, kind in zip(row, kinds, strict=False)
        )
        headed = is_heading(row) and not (repeated or (numbers and not _years(row)))
        return ((at,), "text" in kinds and set(kinds) == {"text"} and bool(below)) if headed else ((), False)
    last = at
    while (
        last - at < MOST_HEADINGS
        and last + 2 < len(rows)
        and _second(rows[last + 1], _kinds(rows[last + 2 :], width), width)
    ):
        last += 1
    first = at - 1 if at and _groups(rows[at - 1], width) else at
    return tuple(range(first, last + 1)), False


def _years(row: list[str]) -> bool:
    return sum(bool(re.fullmatch(r"\s*(19|20)\d\d.*", cell)) for cell in row) > 1


def kind_of(cell: str) -> str:
    """What one cell looks like: "number", "date" or "text"."""
    if len(cell := cell.strip()) > LONGEST:
        return "text"
    if DATE.fullmatch(cell):
        return "date"
    return "number" if NUMBER.fullmatch(cell) or MONEY.fullmatch(cell) else "text"


def _kinds(rows: Sequence[list[str]], width: int) -> list[str]:
    """What most cells of each column look like."""
    kinds, full = [], [row for row in rows[:LOOKED_AT] if len(row) == width] or rows[:LOOKED_AT]
    for i in range(width):
        cells = [row[i] for row in full if i < len(row) and filled(row[i])]
        seen = Counter(kind_of(cell) for cell in cells if cell.strip().lower() not in MISSING)
        kind, count = max(seen.items(), key=lambda pair: pair[1], default=("text", 0))
        kinds.append(kind if count >= 0.6 * sum(seen.values()) else "text")
    return kinds


def _evident(row: list[str], kinds: list[str]) -> bool:
    """Whether words stand above numbers or dates, and no number above numbers."""
    pairs = [(cell.strip(), kind) for cell, kind in zip(row, kinds, strict=False) if filled(cell) and kind != "text"]
    words = [cell for cell, kind in pairs if kind_of(cell) == "text" and cell.lower() not in MISSING]
    return bool(words) and is_heading(row) and len(words) * 2 >= len(pairs)


def _second(row: list[str], kinds: list[str], width: int) -> bool:
    """Whether a row below headings is one of them: words above numbers again, or units with nothing else."""
    typed = [cell for cell, kind in zip(row, kinds, strict=False) if kind != "text"]
    words = [cell for cell in typed if filled(cell)]
    if (
        len(row) != width
        or is_rule("|".join(row))
        or not words
        or any(kind_of(cell) != "text" or cell.strip().lower() in MISSING for cell in words)
    ):
        return False
    others = [cell for cell, kind in zip(row, kinds, strict=False) if kind == "text" and filled(cell)]
    return is_heading(row) and (len(words) > 1 or not others)


def _groups(row: list[str], width: int) -> bool:
    """Whether a row above the headings names groups of columns: a few words with gaps between them."""
    at = [i for i, cell in enumerate(row) if filled(cell)]
    words = all(kind_of(row[i]) == "text" and not row[i].strip().endswith(":") for i in at)
    return len(row) == width and len(at) > 1 and words and is_heading(row) and at != [0, 1]


def _names(rows: list[list[str]]) -> list[str]:
    """One heading a column; of several rows those above reach as far to the right as they are empty."""
    width = max(map(len, rows), default=0)
    names: list[list[str]] = [[] for _ in range(width)]
    for i, row in enumerate(rows):
        before = ""
        for column in range(width):
            cell = row[column].strip() if column < len(row) else ""
            before = cell or (before if i + 1 < len(rows) else "")
            if before and before not in names[column]:
                names[column].append(before)
    return [" ".join(parts) for parts in names]


def _cut_decimals(names: list[str], body: Sequence[list[str]], width: int) -> tuple[int, ...]:
    """Where the comma of decimals has set cells apart."""
    named = len(names) if names and all(names) else width
    return cents.places([row for row in body[:LOOKED_AT] if len(row) == width], named) if named < width else ()


def _gap(names: list[str], body: list[list[str]], width: int, decided: str | None) -> tuple[str, dict[str, list[str]]]:
    """Where headings one fewer than the columns have their gap, and what they say by each place it may be at."""
    rows = [row for row in body[:LOOKED_AT] if len(row) == width]
    if len(names) != width - 1 or width < 3 or len(rows) < 2 or not all(names):
        return "", {}
    ways = gaps.ways(names, rows)
    before = gaps.FIRST if len({row[0] for row in body}) == len(body) and _askew(body, width) else gaps.LAST
    if decided in ways:
        return str(decided), ways
    return gaps.likeliest(ways, _kinds(body, width), before) if ways else "", ways


def _reconciled(width: int, names: list[str], body: list[list[str]]) -> tuple[int, list[str], bool]:
    """Width and headings where the header row is shorter or longer than the rows below; whether those end early."""
    named = max((i + 1 for i, name in enumerate(names) if name), default=0)
    if not names or len(names) == width:
        return width, names, False
    if named > width:
        told = [name for name in names if name]
        return (width, told, False) if len(told) == width else (named, names[:named], True)
    beyond = [row[named:] for row in body if len(row) >= width]
    if not any(filled(cell) for cells in beyond for cell in cells):
        return named, names[:named], False
    rownames = len({row[0] for row in body}) == len(body) and named == width - 1 and _askew(body, width)
    return width, ["", *names[:named]] if rownames else [*names[:named], *[""] * (width - named)], False


def _askew(body: list[list[str]], width: int) -> bool:
    """Whether headings say the columns are one further to the right: the last column is as full as the others."""
    last = sum(filled(row[width - 1]) for row in body if len(row) == width)
    return last * 2 > len(body)
