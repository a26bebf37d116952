"""Tables of web pages and of the XML of Excel 2003, both of which accounting programs like to name .xls.

Only the standard library: this runs in the process that opens workbooks. Entities a file declares itself are never
expanded, whatever they say.
"""

import re
from html.parser import HTMLParser
from typing import Any

WIDEST = 2_001  # columns kept of a row: one more than is read, so that too many are seen
TALLEST = 1_100_000  # rows a cell may reach down
MOST_MERGED = 10_000  # merged cells kept of a table
Row = tuple[int, list[Any]]
Merged = list[list[int]]  # top, left, bottom, right of each, from 0


def tables(data: bytes) -> list[tuple[str, list[Row], Merged]]:
    """Name, rows (number, cells; text, or float where the file says number) and merged cells of every table."""
    page = _Page()
    page.feed(_decoded(data))
    page.close()
    return [(grid.name, grid.rows, grid.merged) for grid in page.tables]


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
        self.end_row()
        self.number = at if at else self.number + 1
        self.cells = []

    def end_row(self) -> None:
        if self.cells is not None:
            self.rows.append((self.number, self.cells))
            self.reaching = {column: left - 1 for column, left in self.reaching.items() if left > 1}
        self.cells = None

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


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Grid] = []
        self.open: list[_Grid] = []  # a table inside a cell of another is a table of its own
        self.words: list[list[str]] = []  # text of the cells that are open, the innermost last
        self.places: list[tuple[int | None, int, int]] = []
        self.sheet = ""
        self.number = False
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag, has = tag.removeprefix("ss:"), {key.removeprefix("ss:"): value or "" for key, value in attrs}
        if tag == "worksheet":
            self.sheet = has.get("name", "")
        elif tag == "table" and len(self.open) < 20:
            self.tables.append(_Grid(self.sheet or f"Table {len(self.tables) + 1}"))
            self.open.append(self.tables[-1])
        elif tag in ("tr", "row") and self.open:
            self._end_cell()
            self.open[-1].start_row(_whole(has.get("index"), TALLEST))
        elif tag in ("td", "th", "cell") and self.open:
            self._end_cell()
            across = _whole(has.get("colspan"), WIDEST) or (_whole(has.get("mergeacross"), WIDEST) or 0) + 1
            down = _whole(has.get("rowspan"), TALLEST) or (_whole(has.get("mergedown"), TALLEST) or 0) + 1
            self.words.append([])
            self.places.append((_whole(has.get("index"), WIDEST), across, down))
            self.number = False
        elif tag == "data":
            self.number = has.get("type") == "Number"
        elif tag in ("br", "p", "div", "li"):
            self.handle_data(" ")
        elif tag in ("script", "style", "comment"):
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        if tag in ("td", "th", "cell"):
            self._end_cell()
        elif tag in ("tr", "row") and self.open:
            self._end_cell()
            self.open[-1].end_row()
        elif tag == "table" and self.open:
            self._end_cell()
            self.open.pop().end_row()
        elif tag in ("script", "style", "comment"):
            self.silent = max(self.silent - 1, 0)

    def handle_data(self, data: str) -> None:
        if self.words and not self.silent and len(self.words) <= len(self.open):
            self.words[-1].append(data)

    def close(self) -> None:
        super().close()
        while self.open:
            self.handle_endtag("table")

    def _end_cell(self) -> None:
        """Close the innermost cell where it belongs to the innermost table."""
        if self.words and len(self.words) >= len(self.open):
            text = " ".join("".join(self.words.pop()).split())
            self.open[-1].add(_number(text) if self.number else text, *self.places.pop())
            self.number = False


def _whole(text: str | None, most: int) -> int | None:
    return min(int(text), most) or None if text and re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
