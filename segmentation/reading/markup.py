"""Tables of web pages and of the XML of Excel 2003, both of which accounting programs like to name .xls.

Only the standard library: this runs in the process that opens workbooks. Entities a file declares itself are never
expanded, whatever they say.
"""

import heapq
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

WIDEST = 2_001  # columns kept of a row: one more than is read, so that too many are seen
TALLEST = 1_100_000  # rows a cell may reach down
MOST_MERGED = 10_000  # merged cells kept of a table
MOST_CELLS = 5_000_000  # of all tables, those a cell reaches over too: a few letters can name a whole row of them
MOST_TABLES = 500  # kept, the longest: pages are laid out in tables too
Row = tuple[int, list[Any]]
Merged = list[list[int]]  # top, left, bottom, right of each, from 0


def tables(data: bytes) -> list[tuple[str, list[Row], Merged]]:
    """Name, rows (number, cells; text, or float where the file says number) and merged cells of every table.

    Raises MemoryError where there are too many cells.
    """
    page = _Page()
    for token in _tokens(_decoded(data)):
        page.handle(*token)
    page.close()
    grids = page.tables
    longest = {id(grid) for grid in heapq.nlargest(MOST_TABLES, grids, key=lambda grid: len(grid.rows))}
    return [(grid.name, grid.rows, grid.merged) for grid in grids if id(grid) in longest]


_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)((?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*+)>")
_LOOSE = re.compile(
    r"<(/?)([A-Za-z][^\s/<>]*+)([^>]*+)>"
)  # marks that do not pair up, or with a sign of their own in them
_ATTRIBUTE = re.compile(r"([^\s=/<>\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++)))?")
_SILENT = re.compile(r"(?i)</(?:script|style)")


def _tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """Texts ("", text, ""), tags as they begin ("<", name, attributes) and end ("/", name, ""), each letter looked at once."""
    at, last = 0, text.rfind(">")
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield "", text[at:start], ""
        tag = _TAG.match(text, start) or (_LOOSE.match(text, start) if start < last else None)
        if tag is None:
            at = _after_other(text, start)
            if at == start + 1:
                yield "", "<", ""
            continue
        at, name = tag.end(), tag[2].lower()
        if not tag[1]:
            yield "<", name, tag[3]
        if tag[1] or tag[3].endswith("/"):
            yield "/", name, ""
        elif name in ("script", "style"):
            closed = _SILENT.search(text, at)
            at = closed.start() if closed else len(text)
    yield "", text[at:], ""


def _after_other(text: str, start: int) -> int:
    """Where a comment or declaration ends; the next letter, where it is none."""
    for opens, closes in (("<!--", "-->"), ("<!", ">"), ("<?", ">")):
        if text.startswith(opens, start):
            end = text.find(closes, start + len(opens))
            return end + len(closes) if end >= 0 else len(text)
    return start + 1


def _attributes(said: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(said)
    return {name.lower().removeprefix("ss:"): unescape(one or other or bare) for name, one, other, bare in found}


def _decoded(data: bytes) -> str:
    """By the mark in front, else as the page says, else UTF-8, else western."""
    said = re.search(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{3,20})", data[:4096])
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    marked = [name for mark, name in marks if data.startswith(mark)]
    for encoding in (*marked, said[1].decode() if said else "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("latin-1")


class _Grid:
    """A table being read: rows as they come, with the cells that reach down into the next rows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self.merged: Merged = []
        self.cells: list[Any] | None = None
        self.reaching: dict[int, int] = {}  # column -> rows it still covers
        self.number = 0

    def start_row(self, at: int | None = None) -> None:
        self.number = at if at else self.number + 1
        self.cells = []

    def end_row(self) -> int:
        """Close the row; how many cells it has, those that reach into it too."""
        if self.cells is None:
            return 0
        self.rows.append((self.number, self.cells))
        count, self.cells = max(len(self.cells), len(self.reaching), 1), None
        self.reaching = {column: left - 1 for column, left in self.reaching.items() if left > 1}
        return count

    def add(self, value: Any, at: int | None, across: int, down: int) -> None:
        """A cell at its place: past what reaches down from above, or where the file puts it."""
        if self.cells is None:
            self.start_row()
        assert self.cells is not None
        while at is None and len(self.cells) in self.reaching:
            self.cells.append("")
        if at is not None:
            self.cells += [""] * min(at - 1 - len(self.cells), WIDEST)
        first = len(self.cells)
        self.cells += [value, *[""] * (across - 1)]
        del self.cells[WIDEST:]
        if (down > 1 or across > 1) and len(self.merged) < MOST_MERGED:
            top = self.number - 1
            self.merged.append([top, first, top + down - 1, first + across - 1])
        if down > 1:
            self.reaching |= dict.fromkeys(range(first, min(first + across, WIDEST)), down)


class _Page:
    def __init__(self) -> None:
        self.tables: list[_Grid] = []
        self.open: list[_Grid] = []  # a table inside a cell of another is a table of its own
        self.words: list[list[str]] = []  # text of the cells that are open, the innermost last
        self.places: list[tuple[int | None, int, int]] = []
        self.sheet = ""
        self.number = False
        self.silent = 0
        self.size = 0

    def handle(self, kind: str, said: str, attributes: str) -> None:
        """One token."""
        if not kind:
            self._text(said)
        elif kind == "<":
            self._start(said.removeprefix("ss:"), attributes)
        else:
            self._end(said.removeprefix("ss:"))

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "worksheet":
            self.sheet = _attributes(attributes).get("name", "")
        elif tag == "table" and len(self.open) < 20:
            self.tables.append(_Grid(self.sheet or f"Table {len(self.tables) + 1}"))
            self.open.append(self.tables[-1])
        elif tag in ("tr", "row") and self.open:
            self._end_row()
            self.open[-1].start_row(_whole(_attributes(attributes).get("index"), TALLEST))
        elif tag in ("td", "th", "cell") and self.open:
            self._end_cell()
            has = _attributes(attributes)
            across = _whole(has.get("colspan"), WIDEST) or (_whole(has.get("mergeacross"), WIDEST) or 0) + 1
            down = _whole(has.get("rowspan"), TALLEST) or (_whole(has.get("mergedown"), TALLEST) or 0) + 1
            self.words.append([])
            self.places.append((_whole(has.get("index"), WIDEST), across, down))
            self.number = False
        elif tag == "data":
            self.number = _attributes(attributes).get("type") == "Number"
        elif tag in ("br", "p", "div", "li"):
            self._text(" ")
        elif tag in ("script", "style", "comment"):
            self.silent += 1

    def _end(self, tag: str) -> None:
        if tag in ("td", "th", "cell"):
            self._end_cell()
        elif tag in ("tr", "row") and self.open:
            self._end_row()
        elif tag == "table" and self.open:
            self._end_row()
            self.open.pop()
        elif tag in ("script", "style", "comment"):
            self.silent = max(self.silent - 1, 0)

    def _text(self, text: str) -> None:
        if self.words and not self.silent and len(self.words) <= len(self.open):
            self.words[-1].append(text)

    def close(self) -> None:
        """The file ends, whatever is open."""
        while self.open:
            self._end("table")

    def _end_row(self) -> None:
        self._end_cell()
        self.size += self.open[-1].end_row()
        if self.size > MOST_CELLS:
            raise MemoryError

    def _end_cell(self) -> None:
        """Close the innermost cell where it belongs to the innermost table."""
        if self.words and len(self.words) >= len(self.open):
            text = " ".join(_plain("".join(self.words.pop())).split())
            self.open[-1].add(_number(text) if self.number else text, *self.places.pop())
            self.number = False


def _plain(text: str) -> str:
    """A text with its letters by name or number as they are."""
    try:
        return unescape(text)
    except ValueError:  # a number of thousands of digits
        return text


def _whole(text: str | None, most: int) -> int | None:
    return min(int(text), most) or None if text and re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
