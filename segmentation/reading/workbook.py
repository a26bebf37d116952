"""Excel, ODS, web pages named .xls, and Parquet: tables whose cells already have types.

A workbook is looked into first and then opened by `worksheets.py`, a process of its own, because one kilobyte of it can
take all memory or abort the program that parses it.
"""

import datetime
import json
import re
import subprocess
import sys
import threading
import time
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.words import is_amount, is_dated, is_identifier, is_monthly
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.reading import limits, stacked, values, worksheets
from segmentation.reading.draft import MAX_COLUMNS, Decisions, Draft, check_cells, filled, quoted, too_wide, unique
from segmentation.reading.files import Raw, bounded, looks_like, no_table, open_zip
from segmentation.reading.headings import header_at, is_heading
from segmentation.reading.oddities import column_number, said, sheet_parts
from segmentation.table import Question

MAX_CELLS = 40_000_000  # of a worksheet's used range, empty cells included: they all take memory
FEW_CELLS, CELLS_A_BYTE = 3_000_000, 8  # cells that are harmless, and those a packed byte may stand for: usual are 0.2
MAX_UNPACKED = 1 << 30  # bytes of a workbook once unpacked
MAX_SHEETS = 1_000  # all of them are opened to find the one with the table
MAX_MERGED = 200_000  # merged cells of a sheet: three in each row of a long report are fewer
MAX_TEXTS = 5_000_000  # different texts of a workbook: each takes 50 bytes of memory and more
MAX_LETTERS = 1 << 30  # bytes of all texts, once each cell has its own copy of those it shares
MAX_PIECES = 100_000  # columns × groups of rows of a Parquet file: each is looked at before any is read
MAX_VAST = 3 << 30  # bytes of a Parquet file once read: what MAX_CELLS take
SCANNED = 64 << 20  # bytes of a part in which places of cells are looked for; larger ones are held to their memory
HEAD = 200  # rows in which the header row is looked for
SECONDS = worksheets.SECONDS + 60  # on the clock: the machine may be busy
TOLD = 0.3  # seconds between two looks at a workbook being opened
_ROOM = threading.Semaphore(2)  # workbooks opened at the same time
_SERIALS = (20_000, 80_000)  # 1954 to 2119 as days since 1899-12-30, which is how Excel counts


def read_workbook(raw: Raw, decided: Decisions) -> Draft:
    """A draft of the sheet that was decided on, else of the one with most rows that looks like a table."""
    _look_first(raw)
    about, table = _open(raw, decided)
    sheets = [sheet for sheet in about["sheets"] if sheet["rows"]]
    _check_sheet(raw, about, decided.sheet)
    cells = _cells_of(raw, table, about)
    cells, others, question = _one_table(raw, cells, decided.table)
    draft = _draft(cells)
    draft.sheet, draft.aside = about["sheet"], draft.aside + others
    draft.questions += [question] if question else []
    draft.table_number = int(question.chosen or 1) if question else None
    _say_oddities(draft, cells, about)
    if len(sheets) > 1 and decided.sheet is None:
        sizes = {one["name"]: f"{one['rows']:,} rows × {one['columns']} columns" for one in sheets[:40]}
        draft.sentences.append(f'The sheet "{draft.sheet}" was read, the largest of {len(sheets)} that holds a table.')
        sentence = f'Which sheet? "{draft.sheet}" was read; the workbook has {len(sheets)}.'
        draft.questions.append(Question(sentence, "sheet", readings=sizes, chosen=draft.sheet))
    return draft


# Looking before opening


def _look_first(raw: Raw) -> None:
    if raw.piece(0, 4) == b"PK\x03\x04":
        _refuse_huge(raw)
    elif raw.piece(0, 4) == b"\xd0\xcf\x11\xe0":
        content = bytes(raw.all())
        if "EncryptedPackage".encode("utf-16-le") in content or _locked_xls(content):
            raise _protected(raw)
        if "WordDocument".encode("utf-16-le") in content:
            raise no_table(raw, "a Word document")


def _locked_xls(content: bytes) -> bool:
    """Whether an old .xls names its cipher (record FILEPASS), which stands among the first of its workbook stream."""
    place = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the stream begins with record BOF, BIFF8, globals
    for _ in range(8 if place >= 0 else 0):
        kind, size = content[place : place + 2], int.from_bytes(content[place + 2 : place + 4], "little")
        if kind == b"\x2f\x00":
            return True
        place += 4 + size
    return False


def _protected(raw: Raw) -> Problem:
    return Problem(f"{raw.name} is protected by a password: save a copy without one and choose that.")


def _too_large(raw: Raw) -> Problem:
    return Problem(f"{raw.name} spans too many cells to open: save the table you need as CSV and choose that.")


def _too_many(raw: Raw, count: int, what: str, most: int) -> Problem:
    return Problem(
        f"{raw.name} is too large for this server: it has {count:,} {what}; the limit is {most:,}. Save the table you "
        "need as CSV and choose that."
    )


def _broken(raw: Raw) -> Problem:
    return Problem(f"{raw.name} is a broken workbook: open it, save it again as .xlsx and choose that.")


def _refuse_huge(raw: Raw) -> None:
    """What a workbook would take in memory is seen from its parts before it is opened; Problem where that is too much."""
    with open_zip(raw) as archive:
        bounded(raw, sum(info.file_size for info in archive.infolist()), MAX_UNPACKED)
        try:
            if "content.xml" in archive.namelist():
                _refuse_repeated(raw, archive)
            else:
                _refuse_sheets(raw, archive)
        except Problem:
            raise
        except Exception:  # damaged, protected, or packed in an unknown way: zipfile has no common error
            raise _broken(raw) from None


def _refuse_sheets(raw: Raw, archive: zipfile.ZipFile) -> None:
    parts = {info.filename: info for info in archive.infolist()}
    named = [part for _, part in sheet_parts(archive)] if "xl/workbook.xml" in parts else []
    if len(named) > MAX_SHEETS:
        raise _too_many(raw, len(named), "sheets", MAX_SHEETS)
    bounded(raw, sum(parts[part].file_size for part in named if part in parts), MAX_UNPACKED)
    texts = _text_sizes(raw, archive)
    usual = [part for part in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part)]
    for part in dict.fromkeys([*named, *usual]):
        if part in parts:
            _refuse_sheet(raw, archive, parts[part], texts)


def _text_sizes(raw: Raw, archive: zipfile.ZipFile) -> np.ndarray:
    """Bytes of each text that cells share, a little more than it has; Problem where there are too many."""
    part = archive.NameToInfo.get("xl/sharedStrings.xml")
    if part is None or part.file_size > 4 * SCANNED:
        return np.zeros(0, np.int64)
    content = archive.read(part)
    declared = re.search(
        rb"<sst\b[^<>]*\buniqueCount\s*=\s*[\"']([0-9]{1,18})", content[:4096]
    )  # whoever opens it makes room
    count = max(content.count(b"<si>") + content.count(b"<si "), int(declared[1]) if declared else 0)
    if count > MAX_TEXTS:
        raise _too_many(raw, count, "different texts", MAX_TEXTS)
    return np.array([len(text) for text in content.split(b"<si")[1:]], np.int64)


@dataclass
class _Extent:
    """What a worksheet holds: the farthest row and column, cells, merged ones, and cells that share their text."""

    row: int = 0
    column: int = 0
    cells: int = 0
    merged: int = 0
    shared: int = 0


def _refuse_sheet(raw: Raw, archive: zipfile.ZipFile, info: zipfile.ZipInfo, texts: np.ndarray) -> None:
    """A worksheet's used range takes memory for every cell in it, empty or not: look before unpacking it."""
    found = _extent(archive, info)
    if found.row * found.column > MAX_CELLS:
        raise _too_large(raw)
    _refuse_cells(raw, found.cells)
    if found.merged > MAX_MERGED:
        raise _too_many(raw, found.merged, "merged cells", MAX_MERGED)
    if found.shared * int(texts.max(initial=0)) > MAX_LETTERS:
        used = re.findall(rb"\bt\s*=\s*[\"']s[\"'][^<>]*>\s*<v>([0-9]{1,9})<", archive.read(info))
        places = np.array(used, dtype=np.int64) if used else np.zeros(0, np.int64)
        if (size := int(texts[places[places < len(texts)]].sum())) > MAX_LETTERS:
            raise _too_many(raw, size >> 20, "MB of texts", MAX_LETTERS >> 20)


def _refuse_cells(raw: Raw, cells: int) -> None:
    most = min(max(FEW_CELLS, CELLS_A_BYTE * raw.packed), MAX_CELLS)
    if cells > most:
        raise _too_many(raw, cells, f"cells in {max(raw.packed >> 10, 1):,} kB", most)


_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def _extent(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Extent:
    found = _Extent()
    with archive.open(info) as file:
        tail = b""
        while part := file.read(1 << 22):
            places = _PLACE.findall(tail + part) if info.file_size <= SCANNED else []
            tail = part[-32:]
            found.cells += part.count(b"<c ") + part.count(b"<c>") + part.count(b"<c/>")
            found.merged += part.count(b"<mergeCell ")
            found.shared += part.count(b't="s"') + part.count(b"t='s'")
            if places:
                found.row = max(found.row, max(int(number) for _, number in places))
                letters = {letters for letters, _ in places}
                found.column = max(found.column, max(map(column_number, letters)))
    return found


_REPEATED = re.compile(rb"<table:(table-row|(?:covered-)?table-cell)\b([^<>]*)>")


def _refuse_repeated(raw: Raw, archive: zipfile.ZipFile) -> None:
    """Cells and rows of an ODS say how often they are repeated."""
    info = archive.getinfo("content.xml")
    if info.file_size > SCANNED:
        return
    cells = down = across = filled_to = 0
    for kind, tag in [*_REPEATED.findall(archive.read(info)), (b"table-row", b"")]:
        if kind == b"table-row":
            cells += down * filled_to
            down, across, filled_to = _times(b"number-rows-repeated", tag), 0, 0
        else:
            across += _times(b"number-columns-repeated", tag)
            filled_to = across if b"value-type" in tag else filled_to
    _refuse_cells(raw, cells)


def _times(attribute: bytes, tag: bytes) -> int:
    return int(said(attribute, tag)[:9]) if attribute in tag and said(attribute, tag).isdigit() else 1


# Opening, in a process of its own


def _open(raw: Raw, decided: Decisions) -> tuple[dict[str, Any], pa.Table]:
    """What the workbook has, and the cells of one sheet (see `worksheets.py`)."""
    try:
        with _ROOM:
            status, out = _run(raw.all(), [] if decided.sheet is None else [decided.sheet], decided)
    except (subprocess.TimeoutExpired, ValueError):  # ValueError: a sheet's name with a zero byte
        raise _too_large(raw) from None
    if status == 0:
        table = pa.ipc.open_stream(out).read_all()
        return json.loads(table.schema.metadata[b"about"]), table
    if status == worksheets.PROTECTED:
        raise _protected(raw)
    raise _broken(raw) if status == worksheets.BROKEN else _too_large(raw)


def _run(content: bytes, sheet: list[str], decided: Decisions) -> tuple[int, bytes]:
    """Exit status and output of the process that opens a workbook; it ends with the reading, cancelled or too slow."""
    command = [sys.executable, "-P", worksheets.__file__, str(limits.seconds_left(worksheets.SECONDS)), *sheet]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    end = time.monotonic() + SECONDS
    env = worksheets.environment()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, env=env) as process:
        given, process.stdin = process.stdin, None  # asked a second time, `communicate` would not give the rest of it
        threading.Thread(target=_feed, args=(given, content), daemon=True).start()
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    out = process.communicate(timeout=TOLD)[0]
                    return process.returncode, out
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired(command, SECONDS)
                decided.tell(0.5, "Opening the workbook")
        finally:
            process.kill()


def _feed(pipe: Any, content: bytes) -> None:
    """Give all of it, for as long as somebody takes it."""
    with suppress(OSError), pipe:
        pipe.write(content)


def cell_lines(raw: Raw, sheet: str | None, count: int) -> list[str]:
    """The first lines of a sheet, cells set apart by bars; lines with nothing in them are empty."""
    about, table = _open(raw, Decisions(sheet=sheet))
    rows = dict(_cells_of(raw, table, about).front())
    return [" | ".join(rows.get(line, [])) for line in range(1, min(count, max(rows, default=0)) + 1)]


def _check_sheet(raw: Raw, about: dict[str, Any], wanted: str | None) -> None:
    names = [sheet["name"] for sheet in about["sheets"]]
    size = next((one for one in about["sheets"] if one["name"] == about["sheet"]), None)
    if looks_like(raw) == "markup" and (size is None or size["columns"] < 2 or size["rows"] < 2):
        raise Problem(
            f"{raw.name} looks like a web page without a table, perhaps a sign-in page: export the table again and choose that."
        )
    if wanted is not None and wanted not in names:
        raise Problem(f'{raw.name} has no sheet "{wanted}": choose from {quoted(names)}.')
    if not about["sheet"]:
        where = f'The sheet "{wanted or names[0]}" of {raw.name}' if len(names) == 1 or wanted else raw.name
        raise Problem(f"{where} is empty: choose a sheet with a header row and at least one row below it.")


# From cells to a draft


@dataclass
class _Cells:
    """The cells of a sheet, rows and columns without any left out."""

    lines: np.ndarray  # the number of each row in the sheet
    texts: list[pa.ChunkedArray]
    kinds: list[pa.ChunkedArray]
    merged: list[tuple[int, int, range]]  # line of the top, of the bottom, and columns of a merged cell
    places: dict[int, int]  # column of the sheet → position among these

    def front(self) -> list[tuple[int, list[str]]]:
        """The first rows, in which the header row is looked for."""
        columns = [[cell or "" for cell in column.slice(0, HEAD).to_pylist()] for column in self.texts]
        return [
            (int(line), list(cells)) for line, cells in zip(self.lines[:HEAD], zip(*columns, strict=True), strict=True)
        ]

    @property
    def columns(self) -> Iterable[tuple[pa.ChunkedArray, pa.ChunkedArray]]:
        return zip(self.texts, self.kinds, strict=True)

    def part(self, rows: np.ndarray) -> "_Cells":
        """Some of the rows, and the columns that hold anything in them."""
        taken = pa.array(rows)
        texts, kinds = ([column.take(taken) for column in columns] for columns in (self.texts, self.kinds))
        kept = [i for i, column in enumerate(texts) if column.null_count < len(column)]
        spans = [
            (top, low, range(bisect_left(kept, a[0]), bisect_right(kept, a[-1]))) for top, low, a in self.merged if a
        ]
        places = {column: kept.index(i) for column, i in self.places.items() if i in kept}
        return _Cells(self.lines[rows], [texts[i] for i in kept], [kinds[i] for i in kept], spans, places)

    def joined(self, row: int) -> str:
        return joined(column[row].as_py() for column in self.texts)

    def groups(self, line: int) -> list[range]:
        """The columns of each merged cell that starts in a line and spans several of them, but not the whole table."""
        return [span for top, _, span in self.merged if top == line and 1 < len(span) < len(self.texts)]


def _cells_of(raw: Raw, table: pa.Table, about: dict[str, Any]) -> _Cells:
    texts, kinds = (
        {worksheets.place(name): table[name] for name in table.column_names if name.startswith(what)}
        for what in ("text", "kind")
    )
    kept = sorted(i for i, column in texts.items() if column.null_count < len(column))
    if len(kept) > MAX_COLUMNS:
        raise too_wide(raw.name, len(kept))
    spans = [
        (top + 1, bottom + 1, range(bisect_left(kept, left), bisect_right(kept, right)))
        for top, left, bottom, right in about["merged"]
    ]
    places = {about["left"] + column: i for i, column in enumerate(kept)}
    known = [pc.fill_null(kinds[i], 0) for i in kept]  # null: nothing stood there in some blocks of rows
    return _Cells(table["line"].to_numpy(), [texts[i] for i in kept], known, spans, places)


Aside = list[tuple[int, str, str, str]]


def _one_table(raw: Raw, cells: _Cells, wanted: int | None) -> tuple[_Cells, Aside, Question | None]:
    """The cells of one of the sheet's tables, the rows that are none of it, and a question where there are several."""
    found = stacked.headings(cells.lines, cells.texts, cells.kinds)
    if len(found) < 2 and not wanted:
        return cells, [], None
    typed = sum(np.isin(kinds.to_numpy(), (1, 2)) & texts.is_valid().to_numpy() for texts, kinds in cells.columns)
    parts, repeated = stacked.tables(found, cells.texts, np.asarray(typed))
    if wanted and wanted > len(parts):
        raise Problem(f"{raw.name} has no table {wanted}: it holds {len(parts)}, choose one of them.")
    at = wanted - 1 if wanted else stacked.largest(parts)
    other = f"belongs to another table of the sheet (it has {len(parts)})"
    aside = [(i, other) for part in (*parts[:at], *parts[at + 1 :]) for i in part]
    aside += [(i, "stands above the header row") for i in range(parts[0].start)]
    aside += [(i, "the header row again") for i in repeated if i in parts[at]]
    rows = np.array([i for i in parts[at] if i not in repeated])
    listed = [(int(cells.lines[i]), "", reason, cells.joined(i)) for i, reason in aside]
    return cells.part(rows) if aside else cells, listed, _which_table(cells, parts, at)


def _which_table(cells: _Cells, parts: list[range], at: int) -> Question | None:
    if len(parts) < 2:
        return None
    readings = {str(i): f"rows {cells.lines[part[0]]} to {cells.lines[part[-1]]}" for i, part in enumerate(parts, 1)}
    chosen = str(at + 1)
    return Question(
        f"The sheet holds {len(parts)} tables: the one in {readings[chosen]} was read, "
        f"{'the other is' if len(parts) == 2 else 'the others are'} set aside; decide with the table setting.",
        "table",
        None,
        readings,
        chosen,
    )


ERROR = "an error of the spreadsheet: it counts as missing"


def _say_oddities(draft: Draft, cells: _Cells, about: dict[str, Any]) -> None:
    """Errors, formulas that hold no value, and hidden rows."""
    odd, names = about["odd"], draft.table.column_names
    name_of = {column: names[i] for column, i in cells.places.items()}
    _list_errors(draft, cells, name_of, odd)
    for column, count in odd.get("unworked", {}).items():
        if name := name_of.get(int(column)):
            many = formats.plural(count, f'formula of "{name}" holds', f'formulas of "{name}" hold')
            draft.sentences.append(f"{many} no value: open the file in Excel, save it there and choose it again.")
    if hidden := odd.get("hidden"):
        filtered = " (a filter is set)" if odd["filtered"] else ""
        draft.sentences.append(
            f"{formats.plural(hidden, 'row is', 'rows are')} hidden in the sheet{filtered}, and read as well: "
            "delete there what does not count."
        )


def _list_errors(draft: Draft, cells: _Cells, name_of: dict[int, str], odd: dict[str, Any]) -> None:
    errors = [(row, name_of[column], ERROR, text) for row, column, text in odd.get("errors", ()) if column in name_of]
    kept = np.isin([row for row, *_ in errors], cells.lines[cells.lines > draft.header_line]) if errors else ()
    if listed := [one for one, stays in zip(errors, kept, strict=True) if stays]:
        draft.cells += listed
        count = len(listed) if odd["total"] <= len(odd["errors"]) else odd["total"]
        many = formats.plural(count, "cell holds", "cells hold")
        draft.sentences.append(f"{many} an error such as {listed[0][3]} and no value: listed, and missing.")


def _draft(cells: _Cells) -> Draft:
    rows = cells.front()
    at = header_at(rows, len(cells.texts))
    headed = is_heading([cell for cell in rows[at][1] if filled(cell)])
    first, start = _header_lines(cells, rows, at) if headed else (at, at)
    names = unique(_headings(cells, rows[first:start]) if headed else [""] * len(cells.texts))
    draft = Draft(pa.table({}), int(cells.lines[at]) if headed else 0)
    filled_down = _fill_down(cells, names, start)
    if filled_down:
        said = formats.plural(filled_down, "merged cell counts", "merged cells count")
        draft.sentences.append(f"{said} for every row spanned.")
    columns = zip(names, cells.texts, cells.kinds, strict=True)
    draft.table = pa.table([_typed(draft, name, t.slice(start), k.slice(start)) for name, t, k in columns], names=names)
    draft.blank = int(cells.lines[-1]) - len(cells.lines)
    draft.lines = lambda positions: [int(cells.lines[start + i]) for i in positions]
    draft.aside = [(line, "", "stands above the header row", joined(row)) for line, row in rows[:first]]
    return draft


def _header_lines(cells: _Cells, rows: list[tuple[int, list[str]]], at: int) -> tuple[int, int]:
    """The first line of the header, and the line after its last: headings may stand in up to three lines."""
    first, after = at, at + 1
    while first and at - first < 2 and _groups(cells, rows[first - 1], rows[first]):
        first -= 1
    while after < len(rows) - 1 and after - at < 3 and _continues(cells, rows, after):
        after += 1
    return first, after


def _groups(cells: _Cells, above: tuple[int, list[str]], below: tuple[int, list[str]]) -> bool:
    """Whether a line says something of the headings right below it: by merged cells, by a word over an empty
    heading, or because the headings alone repeat."""
    said = [cell for cell in above[1] if filled(cell)]
    if above[0] + 1 != below[0] or not is_heading([*said, "words"]):
        return False
    own = [cell for cell in below[1] if filled(cell)]
    fills = any(filled(cell) and not filled(under) for cell, under in zip(above[1], below[1], strict=True))
    return bool(cells.groups(above[0])) or (len(said) > 1 and (fills or len(set(own)) < len(own)))


def _continues(cells: _Cells, rows: list[tuple[int, list[str]]], i: int) -> bool:
    """Whether a line holds only words, and all of them over columns of numbers or dates: units, or months."""
    said = [k for k, cell in enumerate(rows[i][1]) if filled(cell)]
    typed = [np.isin(cells.kinds[k].slice(i + 1, HEAD).to_numpy(), (1, 2)).mean() > 0.5 for k in said]
    return bool(all(typed)) and all(cells.kinds[k][i].as_py() == 0 for k in said) and is_heading(rows[i][1])


def _headings(cells: _Cells, rows: list[tuple[int, list[str]]]) -> list[str]:
    """One heading a column: what stands over it, a merged or leading word over all the columns it spans."""
    names: list[list[str]] = [[] for _ in cells.texts]
    for depth, (line, row) in enumerate(rows):
        for span in cells.groups(line):
            row = [row[span[0]] if i in span else cell for i, cell in enumerate(row)]
        if depth < len(rows) - 1 and not cells.groups(line):
            row = _carried(row, rows[depth + 1][1])
        for name, cell in zip(names, row, strict=True):
            if filled(cell) and cell not in name:
                name.append(cell)
    return [" ".join(name) for name in names]


def _carried(row: list[str], below: list[str]) -> list[str]:
    """A word carried on over the empty cells to its right, as far as there is something below them."""
    carried, last = [], ""
    for cell, under in zip(row, below, strict=True):
        last = cell if filled(cell) else last if filled(under) else ""
        carried.append(last)
    return carried


def _fill_down(cells: _Cells, names: list[str], start: int) -> int:
    """Words, dates and numbers of customers merged over several rows, put into each of them; how many there were.

    Amounts stay where they are: counted for every row they would be multiplied.
    """
    places: dict[int, np.ndarray] = {}
    count = 0
    for top, bottom, span in cells.merged:
        first, after = np.searchsorted(cells.lines, [top, bottom + 1])
        if first < start or after - first < 2 or len(span) != 1 or cells.lines[first] != top:
            continue
        column = span[0]
        if cells.kinds[column][int(first)].as_py() != 1 or is_identifier(names[column]):
            places.setdefault(column, np.arange(len(cells.lines)))[first:after] = first
            count += 1
    for column, rows in places.items():
        cells.texts[column] = cells.texts[column].take(pa.array(rows))
        cells.kinds[column] = cells.kinds[column].take(pa.array(rows))
    return count


def _typed(draft: Draft, name: str, texts: pa.ChunkedArray, kinds: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A worksheet's column: numbers and dates as the workbook holds them, anything mixed as text that will vote."""
    known = set(pc.unique(kinds.filter(texts.is_valid())).to_pylist())
    if known == {1} and not is_identifier(name) and not values.is_code(_some(texts), is_amount(name)):
        numbers = texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
        return (
            _serial_dates(draft, name, numbers) or (_compact(name, texts) and texts) or values.whole_or_float(numbers)
        )
    if known == {2}:
        return pc.utf8_slice_codeunits(texts, 0, 10).cast(pa.date32())
    if known == {0, 1} and not is_identifier(name):
        return _numbers_and_texts(texts, kinds) or texts
    return texts


def _some(texts: pa.ChunkedArray) -> pa.Array:
    part = texts.drop_null().slice(0, HEAD).combine_chunks()
    return part.combine_chunks() if isinstance(part, pa.ChunkedArray) else part


def _compact(name: str, texts: pa.ChunkedArray) -> bool:
    """Whether numbers under a heading of time may be days or months written in digits alone, such as 20240105."""
    return is_monthly(name) and bool(pc.all(pc.match_substring_regex(_some(texts), r"^[0-9]{6,8}$")).as_py())


def _serial_dates(draft: Draft, name: str, numbers: np.ndarray) -> pa.Array | None:
    """Days since 1899-12-30 under a heading that speaks of a date: cells that lost their format."""
    known = numbers[~np.isnan(numbers)]
    if not is_dated(name) or not ((known >= _SERIALS[0]) & (known < _SERIALS[1])).all():
        return None
    draft.sentences.append(
        f'The numbers in "{name}" are dates as Excel counts them: {known[0]:g} is its day {known[0]:g}.'
    )
    days = np.floor(np.nan_to_num(numbers)).astype("int32") - 25_569  # to days since 1970-01-01
    return pa.array(days, pa.int32(), mask=np.isnan(numbers)).cast(pa.date32())


def _numbers_and_texts(texts: pa.ChunkedArray, kinds: pa.ChunkedArray) -> pa.Array | None:
    """Numbers beside numbers typed as text: the texts vote alone, so that 1234.5 does not decide how they are written."""
    as_text = pc.equal(kinds, 0)
    counted = pc.value_counts(texts.filter(as_text).drop_null())
    words, counts = counted.field("values"), counted.field("counts").to_numpy()
    vote = values.vote(words, counts, values.Asked())
    if vote.kind != "number" or vote.values is None or vote.other is not None or vote.odd[0]:
        return None
    numbers = pc.if_else(as_text, None, texts).cast(pa.float64()).to_numpy(zero_copy_only=False)
    places = pc.index_in(pc.if_else(as_text, texts, None), words)
    said = vote.values.cast(pa.float64()).take(places.combine_chunks()).to_numpy(zero_copy_only=False)
    return values.whole_or_float(np.where(np.isnan(numbers), said, numbers))


def joined(cells: Iterable[Any]) -> str:
    return "; ".join(_as_text(cell) for cell in cells).strip("; ")


def _as_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell) if filled(cell) else ""


def read_parquet(raw: Raw, decided: Decisions) -> Draft:
    """A draft of a Parquet file, whose footer says before anything is read how much it would be."""
    import pyarrow.parquet as parquet

    try:
        about = parquet.read_metadata(raw.source())
        _refuse_vast(raw, about)
        texts = [one.name for one in about.schema.to_arrow_schema() if _is_words(one.type)]
        table = parquet.read_table(raw.source(), read_dictionary=texts)
        table.validate(full=True)  # its texts may be none
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        raise Problem(f"{raw.name} is a broken Parquet file: save or download it again.") from None
    names = unique(table.column_names)
    columns = [_standard(raw, name, column) for name, column in zip(names, table.columns, strict=True)]
    return Draft(pa.table(columns, names=names), 0, lines=lambda rows: [row + 1 for row in rows])


def _refuse_vast(raw: Raw, about: Any) -> None:
    """Few bytes of Parquet can stand for any number of equal values: 8 bytes are held for each."""
    if about.num_columns > MAX_COLUMNS:
        raise too_wide(raw.name, about.num_columns)
    check_cells(raw.name, about.num_rows, about.num_columns)
    if about.num_row_groups * about.num_columns > MAX_PIECES:
        raise Problem(
            f"{raw.name} is stored in {about.num_row_groups:,} groups of rows; {MAX_PIECES // about.num_columns:,} of so "
            "many columns are read: save it again in larger ones."
        )
    groups = map(about.row_group, range(about.num_row_groups))
    pieces = [group.column(i) for group in groups for i in range(about.num_columns)]
    bounded(raw, sum(8 * one.num_values + one.total_uncompressed_size for one in pieces), MAX_VAST)


def _is_words(type_: pa.DataType) -> bool:
    return any(map_(type_) for map_ in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary))


def _standard(raw: Raw, name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A stored column in one of our types; whole numbers under an identifier's heading become text."""
    type_ = column.type
    if pa.types.is_dictionary(type_):
        return _words(raw, column)
    if pa.types.is_temporal(type_) and not (pa.types.is_time(type_) or pa.types.is_duration(type_)):
        return _days(column.cast(pa.date32(), safe=False))
    if pa.types.is_integer(type_):
        huge = pa.types.is_uint64(type_) and (pc.max(column).as_py() or 0) >= 1 << 63
        return column.cast(pa.string() if is_identifier(name) else pa.float64() if huge else pa.int64(), safe=not huge)
    if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return pc.if_else(pc.is_finite(column.cast(pa.float64())), column.cast(pa.float64()), None)
    if any(is_kind(type_) for is_kind in _NO_TEXT):
        return pa.chunked_array([[str(value) for value in column.to_pylist()]], pa.string())
    return column.cast(pa.string())


def _words(raw: Raw, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Texts that stand once for all rows that have them, written out; Problem where that is too much."""
    if pa.types.is_binary(column.type.value_type):
        parts = [(one.indices, pa.array(map(str, one.dictionary.to_pylist()), pa.string())) for one in column.chunks]
    else:
        parts = [(one.indices, one.dictionary.cast(pa.string())) for one in column.chunks]
    sizes = (pc.sum(pc.binary_length(texts).take(rows).cast(pa.int64())).as_py() for rows, texts in parts)
    bounded(raw, sum(size or 0 for size in sizes), MAX_VAST)
    return pa.chunked_array([texts.take(rows) for rows, texts in parts], pa.string())


_NO_TEXT = (
    *(pa.types.is_nested, pa.types.is_binary, pa.types.is_large_binary),
    *(pa.types.is_fixed_size_binary, pa.types.is_binary_view),
)
_FIRST, _LAST = (pa.scalar(day) for day in (datetime.date.min, datetime.date.max))


def _days(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Days of a calendar; those before the year 1 and after 9999, which files can hold, are missing."""
    inside = pc.and_(pc.greater_equal(column, _FIRST), pc.less_equal(column, _LAST))
    return pc.if_else(inside, column, pa.scalar(None, pa.date32()))
