"""How the lines of a text are split into cells: delimiter, quotation marks, escapes, or aligned columns.

Every way to split is tried on the front of the text; the best gives most lines the same number of cells and
leaves cells that look like one value each.
"""

import csv
import re
from bisect import bisect
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from segmentation.dataclass import dataclass
from segmentation.pattern import pattern
from segmentation.reading import quotes

FRONT = 32 << 10  # characters looked at
DELIMITERS = (",", ";", "\t", "|", "~", "^", "\x1e", "\x01")
RARE = (" ", ":", "#", "*", "!", "&")  # common in values: they delimit only where nothing else does
ALONE = "\x1f"  # stands for "no delimiter": a file of one column
UNUSUAL = 0.6  # what a way to split weighs whose mark is common within values
LONGEST = 200  # lines of a cell in quotes; more are a mark that was never closed
LONGEST_ROW = 8 << 20  # letters of a row; more are a mark that was never closed, or no table
PATIENCE = 50 << 20  # letters of a file read again because marks do not pair up: a second or two
WEIGHING = 20  # letters that are read in the time a cell is weighed
LONGEST_VALUE = 100  # letters of a number or date; a longer cell is text
_MARK = r"[^\w\s,;|\"']"
_ONE_VALUE = (  # how much a cell speaks for a way to split: numbers, dates, then words without marks of other ways
    (
        1.0,
        pattern(
            rf"\s*[-+−–(]?\s*(?:[A-Za-z]{{1,3}}\.?|{_MARK})?\s*[-+−(]?\d[\d.,'’ \u00a0\u202f]*(?:[eE][-+]?\d+)?"
            rf"\s*(?:%|[A-Za-zа-я]{{1,4}}\.?|{_MARK})?\s*[-)]?\s*"
        ),
    ),
    (
        1.0,
        pattern(
            r"\s*\d{1,4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,4}[.日]?"
            r"(?:[ T]+[\d:.,]+(?: ?[APap][Mm]|Z|[-+]\d\d:?\d\d)?)?\s*"
        ),
    ),
    (0.9, pattern(r"(?!')[^,;\t|\"]*(?<!')|'?[^,;\t|\"']+")),
)


@dataclass(frozen=True)
class Dialect:
    """How lines are split. `quote` "" = none; `escape` "\\" = a backslash before a quote, "" = quotes are doubled.

    `spaced`: a space follows every delimiter. `trimmed`: cells are filled up with spaces that don't belong to them.
    `edges`: where aligned columns start (the delimiter is " " then). `wrapped`: each line is in quotation marks as a whole.
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    spaced: bool = False
    trimmed: bool = False
    edges: tuple[int, ...] = ()
    wrapped: bool = False

    @property
    def plain(self) -> bool:
        """Whether a fast reader splits the same way."""
        return self.quote == '"' and not (
            self.escape or self.spaced or self.trimmed or self.edges or self.wrapped or self.delimiter == " "
        )


class Record(NamedTuple):
    """One row of a text: the line it starts at (1 = the first), the text as it stands, its cells.

    `mended`: its quotation marks do not pair up, and it was cut as the table is.
    """

    line: int
    text: str
    cells: list[str]
    mended: bool = False


class _Feed:
    """The lines of one record for a reader of quoted cells: keeps what it took, ends a record that is too long.

    Once too much was read again, a record is one line.
    """

    def __init__(self, lines: Iterator[str], escape: str) -> None:
        self.lines, self.escape = lines, escape
        self.back: deque[str] = deque()
        self.taken: list[str] = []
        self.size, self.patience = 0, PATIENCE

    def __iter__(self) -> Iterator[str]:
        return self

    def next_line(self) -> str | None:
        return self.back.popleft() if self.back else next(self.lines, None)

    def __next__(self) -> str:
        line = None if self.full else self.next_line()
        if line is None:
            raise StopIteration
        self.taken.append(line)
        self.size += len(line)
        return self.as_read(line)

    @property
    def full(self) -> bool:
        """Whether a record is as long as any may be."""
        return len(self.taken) >= (LONGEST if self.patience > 0 else 1) or self.size >= LONGEST_ROW

    def record(self) -> list[str]:
        """The lines that were taken; the next record begins."""
        taken, self.taken, self.size = self.taken, [], 0
        return taken

    def again(self, lines: list[str]) -> None:
        """Give lines back, to be read as records of their own."""
        self.back.extendleft(reversed(lines))
        self.patience -= sum(map(len, lines))

    def as_read(self, line: str) -> str:
        """A line with its escaped signs hidden."""
        line = line.replace("\0", "")
        return re.sub(r'\\(["\'\\])', lambda found: _HIDDEN[found[1]], line) if self.escape else line


_HIDDEN = {'"': "\ue000", "'": "\ue001", "\\": "\ue002"}  # escaped signs, while quotes are looked for


def _shown(cell: str) -> str:
    for sign, hidden in _HIDDEN.items():
        cell = cell.replace(hidden, sign)
    return cell


def records(lines: Iterable[str], dialect: Dialect, width: int | None = None) -> Iterator[Record]:
    """The rows of a text. Where `width` is known, quotation marks that do not pair up spoil their own line at most."""
    if dialect.edges:
        yield from _aligned_records(lines, dialect.edges)
        return
    if width is None and isinstance(lines, list) and (rows := _at_once(lines, dialect)):
        yield from map(Record, range(1, len(lines) + 1), lines, rows)
        return
    found = _split(map(_unwrapped, lines) if dialect.wrapped else iter(lines), dialect, width)
    if dialect.trimmed:
        found = (record._replace(cells=[cell.strip() for cell in record.cells]) for record in found)
    yield from found


def _at_once(lines: list[str], dialect: Dialect) -> list[list[str]] | None:
    """The cells of all lines where each is a row of its own, as is usual; None where one is not."""
    if not dialect.plain or any("\0" in line for line in lines):
        return None
    csv.field_size_limit(1 << 30)
    rows = list(_reader(lines, dialect))
    return rows if len(rows) == len(lines) else None


def _split(lines: Iterator[str], dialect: Dialect, width: int | None) -> Iterator[Record]:
    """A line without quotation marks is split at once; others, and what they open, are read by the rules of quoting."""
    csv.field_size_limit(1 << 30)
    feed, number = _Feed(lines, dialect.escape), 1
    quote, delimiter = dialect.quote, dialect.delimiter
    simple = not dialect.spaced and delimiter != " "
    reader = _reader(feed, dialect)
    sound = quotes.sound(delimiter, quote) if quote and width else None
    while (line := feed.next_line()) is not None:
        if simple and not (quote and quote in line) and "\0" not in line:
            bare = line.rstrip("\r\n")
            yield Record(number, line, bare.split(delimiter) if bare else [])
            number += 1
            continue
        feed.back.appendleft(line)
        cells, full = next(reader, []), feed.full
        taken = feed.record()
        alone = None
        if width and sound and not (len(taken) == 1 and sound.fullmatch(taken[0])):
            alone = _alone(taken, cells, dialect, width, feed, full)
        if alone:
            feed.again(taken[1:])
            taken, cells = taken[:1], alone
        cells = [_shown(cell) for cell in cells] if dialect.escape else cells
        yield Record(number, "".join(taken), cells, bool(alone))
        number += len(taken)


def _alone(
    taken: list[str], cells: list[str], dialect: Dialect, width: int, feed: _Feed, full: bool
) -> list[str] | None:
    """The cells of a record's first line alone, where its quotation marks do not pair up; None where they do.

    full   the record was ended because it is as long as any may be
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    swallowed = len(cells) != width and (full or _swallowed(taken, delimiter, width))
    if not swallowed and quotes.sound(delimiter, quote).fullmatch("".join(map(feed.as_read, taken))):
        return None
    first = feed.as_read(taken[0])
    feed.patience -= WEIGHING * quotes.steps(first, delimiter, quote, width)
    if feed.patience > 0 and (one := quotes.mended(first, delimiter, quote, width)):
        return one
    if not swallowed:
        return None
    return [cell.strip(quote) for cell in next(_reader(iter(taken), replace(dialect, quote="")), [])]


def _swallowed(taken: list[str], delimiter: str, width: int) -> bool:
    """Whether a row that is not as wide as the table holds lines that are."""
    return any(line.count(delimiter) == width - 1 for line in taken[1:])


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        skipinitialspace=dialect.spaced or dialect.delimiter == " ",
    )


def _aligned_records(lines: Iterable[str], edges: tuple[int, ...]) -> Iterator[Record]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n").replace("\0", "")
        yield Record(number, line, _aligned_cells(text, edges) if text.strip() else [])


def _aligned_cells(text: str, edges: tuple[int, ...]) -> list[str]:
    """The cells of a line; where an edge would cut a word (a heading stands askew), its words or what gaps set apart."""
    ends = (*edges[1:], len(text) + 1)
    if not any(text[edge - 1 : edge + 1].strip() == text[edge - 1 : edge + 1] != "" for edge in edges[1:]):
        return [text[start:end].strip() for start, end in zip(edges, ends, strict=True)]
    ways = (text.split(), re.split(r"\s{2,}", text.strip()))
    return next((cells for cells in ways if len(cells) == len(edges)), [text.strip()])


def hint(text: str) -> str | None:
    """The delimiter a first line such as sep=; names."""
    found = re.match(r"\ufeff?\"?sep=(.)\"?(?=[\r\n])", text, re.IGNORECASE)
    return found[1] if found else None


def guess(text: str, delimiter: str | None = None, quote: str | None = None, escape: str | None = None) -> Dialect:
    """The way to split the front of a text that scores best; what is given is kept."""
    front = _front(text)
    marks = [delimiter] if delimiter else [mark for mark in (*DELIMITERS, *RARE) if mark in front]
    pairs = [(mark, sign) for mark in marks for sign in ([quote] if quote is not None else _quotes(front, mark))]
    ways = [Dialect(mark, sign, _escape(front, mark, sign, escape)) for mark, sign in pairs]
    ways = [replace(way, spaced=spaced) for way in ways for spaced in _spacings(front, way.delimiter)]
    scored = {way: _score(front, way) for way in ways}
    best = max(scored, key=lambda way: round(scored[way], 3), default=None)
    if (best is None or scored[best] <= 0) and (inside := _inside(front)):
        inner = guess(inside, delimiter, quote, escape)
        if len({len(record.cells) for record in records(inside.splitlines(keepends=True), inner)} - {0}) == 1:
            return replace(inner, wrapped=True)
    if best is None or (not delimiter and (scored[best] <= 0 or not _likely(front, best))):
        best = Dialect(ALONE, quote if quote is not None else '"' if re.search(r'(?m)^"', front) else "")
    if delimiter in (None, " ") and best.delimiter in (ALONE, " ") and (edges := _edges(front)):
        return Dialect(" ", "", edges=edges)
    return best


def _inside(front: str) -> str | None:
    """What is in the quotation marks around every line; None where a line has none, or no table of three columns is in it."""
    lines = [line for line in front.splitlines(keepends=True) if line.strip()]
    if len(lines) < 2 or not all(map(_WRAPPED.fullmatch, lines)):
        return None
    inside = "".join(map(_unwrapped, lines))
    return inside if max(common_width([line.split(mark) for line in lines]) for mark in DELIMITERS) > 2 else None


_WRAPPED = pattern(r'\s*"((?:[^"]|"")*)"(\s*)')


def _unwrapped(line: str) -> str:
    found = _WRAPPED.fullmatch(line)
    return found[1].replace('""', '"') + found[2] if found else line


def _quotes(front: str, delimiter: str) -> list[str]:
    """The quotation marks cells may be set in: single ones only where a cell begins with one.

    None at all where no cell is set in marks that pair up, unless there is but a single mark, which is astray.
    """
    start = rf"(?:^|[\r\n]|{re.escape(delimiter)} ?)"
    single = re.search(rf"{start}'", front)
    wrapped = re.search(rf'{start}"(?:[^"\r\n]|"")*"(?:[\r\n]|{re.escape(delimiter)}|$)', front)
    return ['"', *(["'"] if single else []), *([""] if front.count('"') > 1 and not wrapped else [])]


def _front(text: str) -> str:
    """Whole lines from the front, without a line that names the delimiter."""
    start = text.find("\n") + 1 if hint(text) else 0
    front = text[start : start + FRONT]
    if len(text) > start + FRONT:
        front = front[: max(front.rfind("\n"), front.rfind("\r")) + 1] or front
    return front


def _escape(front: str, delimiter: str, quote: str, given: str | None) -> str:
    """A backslash where it stands before a quote that does not end its cell."""
    if given is not None or not quote:
        return given or ""
    after = re.findall(rf"(?<!\\)\\{quote}(.?)", front)
    return "\\" if any(sign not in (delimiter, "", "\r") for sign in after) else ""


def _spacings(front: str, delimiter: str) -> tuple[bool, ...]:
    """Whether a space may belong to the delimiter: what is likelier first."""
    marks = front.count(delimiter)
    share = front.count(delimiter + " ") / marks if delimiter != " " and marks > 1 else 0.0
    return (True, False) if share >= 0.9 else (False, True) if share >= 0.5 else (False,)


def is_padded(rows: list[list[str]]) -> bool:
    """Whether most cells begin or end with spaces, as in a table drawn or filled up for the eye."""
    cells = [cell for row in rows[:300] for cell in row if cell.strip()]
    return 2 * sum(cell != cell.strip() for cell in cells) > len(cells)


def _score(front: str, way: Dialect) -> float:
    """Share of rows of the commonest width × how many cells a row has × how many cells look like one value each."""
    rows = [record.cells for _, record in zip(range(300), records(front.splitlines(keepends=True), way), strict=False)]
    rows = [cells for cells in rows if any(map(str.strip, cells))]
    width = common_width(rows)
    if width < 2:
        return 0.0
    same = [cells for cells in rows if len(cells) == width]
    likely = sum(_one_value(cell) for cells in same for cell in cells) / (len(same) * width)
    weight = UNUSUAL if way.delimiter in RARE else 1.0
    return weight * len(same) / len(rows) * (width - 1) / width * likely**2


@lru_cache(maxsize=20_000)
def _one_value(cell: str) -> float:
    if not cell.strip():
        return 1.0
    shapes = _ONE_VALUE if len(cell.strip()) <= LONGEST_VALUE else _ONE_VALUE[-1:]
    return next((weight for weight, shape in shapes if shape.fullmatch(cell)), 0.0)


def common_width(rows: list[list[str]]) -> int:
    """How many cells most rows have; a tie goes to the wider."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width), default=1)


def _likely(front: str, way: Dialect) -> bool:
    """What is common in values delimits only where every row has as many, and half the cells between are numbers."""
    if way.delimiter not in RARE:
        return True
    rows = [record.cells for record in records(front.splitlines(keepends=True), way) if record.cells]
    named = way.delimiter == " " and len(rows) > 2 and len(rows[0]) == len(rows[1]) - 1 and bool(way.quote)
    if len(rows) < 3 or len({len(cells) for cells in rows[named:]}) > 1:
        return False  # but for R, which names its rows and not their column
    lines = [line.strip() for line in front.splitlines() if line.strip()]
    whole = sum(_one_value(line) == 1 and not _SEVERAL.fullmatch(line) for line in lines) / len(rows)
    columns = list(zip(*rows[1:], strict=True))
    numbers = sum(all(_one_value(cell) == 1 for cell in column) for column in columns)
    mark, sign = re.escape(way.quote), re.escape(way.delimiter)
    between_quotes = bool(way.quote) and bool(re.search(f"{mark}{sign}{{1,2}}{mark}", front))
    rare = way.delimiter not in (" ", ":") and len(columns) > 2
    return whole < 0.5 and (rare or between_quotes or numbers * 2 >= len(columns))


_SEVERAL = pattern(r"[-+\d.,]+(?: \d{3}(?!\d))* (?!\d{3}(?!\d))[-+\d., ]+")  # digits apart otherwise than thousands


# Aligned columns


def _edges(front: str) -> tuple[int, ...]:
    """Where aligned columns start: under a ruled line, else where every line is blank; () where they are not aligned."""
    lines = [line.rstrip().replace("\0", "") for line in front.splitlines() if line.strip()]
    for line in lines[:20]:
        if re.fullmatch(r"\s*[-=]{2,}(\s+[-=]+)+\s*", line):
            return tuple(found.start() for found in re.finditer(r"[-=]+", line))
    if len(lines) < 3 or sum("  " in line.strip() for line in lines) < 0.6 * len(lines):
        return ()
    for start in range(min(10, len(lines) - 2)):
        if edges := _blank_edges(lines[start:]):
            return edges
    return ()


def _blank_edges(lines: list[str]) -> tuple[int, ...]:
    """The starts of columns apart by a blank in every line, where each line's words, or gaps, number as many."""
    body = lines[1:]
    width = max(map(len, body))
    blank = [all(position >= len(line) or line[position] == " " for line in body) for position in range(width)]
    starts = [i for i in range(width) if not blank[i] and (i == 0 or blank[i - 1])]
    words = {len(line.split()) for line in lines}
    gaps = re.split(r"\s{2,}", lines[0].strip())
    if words != {len(starts)} and len(gaps) < len(starts):  # a blank within a column, by chance: no heading above it
        spans = zip(starts, [*starts[1:], len(lines[0]) + 1], strict=True)
        starts = [start for start, end in spans if lines[0][start:end].strip()]
    if len(starts) > 1 and (words == {len(starts)} or len(gaps) == len(starts)):
        ends = [i for i in range(1, width) if blank[i] and not blank[i - 1]]
        return (
            0,
            *(ends[bisect(ends, start) - 1] for start in starts[1:]),
        )  # the blanks belong to the right: numbers grow to the left
    return ()
