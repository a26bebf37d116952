"""Excel, ODS and Parquet: tables whose cells already have types."""

import datetime
import io
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import values
from segmentation.columns import is_identifier
from segmentation.draft import MAX_COLUMNS, Decisions, Draft, filled, header_at, is_heading, quoted, too_wide, unique
from segmentation.files import MAX_BYTES, Raw, open_zip
from segmentation.problems import Problem

MAX_CELLS = 60_000_000  # of a worksheet's used range, empty cells included: they all take memory


def read_workbook(raw: Raw, decided: Decisions) -> Draft:
    book = _open_workbook(raw)
    names = book.sheet_names
    if decided.sheet is not None and decided.sheet not in names:
        raise Problem(f'{raw.name} has no sheet "{decided.sheet}": choose from {quoted(names)}.')
    sheet, rows = _choose_sheet(raw, book, [decided.sheet] if decided.sheet is not None else names)
    draft = _from_rows(raw, rows)
    draft.sheet = sheet
    if len(names) > 1 and decided.sheet is None:
        draft.sentences.append(f'The sheet "{sheet}" was read, the first of {len(names)} that holds a table.')
        draft.questions.append(f'Which sheet? "{sheet}" was read; the workbook has {quoted(names)}.')
    return draft


def _open_workbook(raw: Raw):
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_protected(raw)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw.all()))  # by content: a path would go by its ending
    except PasswordError:
        raise _protected(raw) from None
    except (CalamineError, OSError, ValueError):
        raise Problem(f"{raw.name} is a broken workbook: open it, save it again as .xlsx and choose that.") from None


def _protected(raw: Raw) -> Problem:
    return Problem(f"{raw.name} is protected by a password: save a copy without one and choose that.")


def _refuse_protected(raw: Raw) -> None:
    if raw.piece(0, 4) == b"PK\x03\x04":
        _refuse_huge(raw)
    elif "EncryptedPackage".encode("utf-16-le") in raw.all():
        raise _protected(raw)


def _refuse_huge(raw: Raw) -> None:
    """A worksheet's used range takes memory for every cell in it, empty or not: look before unpacking it."""
    with open_zip(raw) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES >> 2:
            raise _too_large(raw)
        for info in archive.infolist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", info.filename) and _cells(archive, info) > MAX_CELLS:
                raise _too_large(raw)


def _too_large(raw: Raw) -> Problem:
    return Problem(f"{raw.name} spans too many cells to open: save the table you need as CSV and choose that.")


def _cells(archive, info) -> int:
    """Rows × columns up to the farthest cell of a worksheet."""
    row = column = 0
    with archive.open(info) as file:
        tail = b""
        while part := file.read(1 << 22):
            found = re.findall(rb'\br="([A-Z]{1,3})([0-9]{1,7})"', tail + part)
            tail = part[-32:]
            if found:
                row = max(row, max(int(number) for _, number in found))
                column = max(column, max(_column_number(letters) for letters in {letters for letters, _ in found}))
    return row * column


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _choose_sheet(raw: Raw, book, names: list[str]) -> tuple[str, list[tuple[int, list[Any]]]]:
    """The first sheet that holds a table: a header row of two or more and a row below it; any rows, if none does."""
    some = None
    for name in names:
        rows = _sheet_rows(raw, book, name)
        at = header_at(rows, _sheet_width(rows))
        if len(rows) > at + 1 and (_sheet_width(rows) > 1 or len(names) == 1):
            return name, rows
        some = some or ((name, rows) if rows else None)
    if some is None:
        where = f'The sheet "{names[0]}" of {raw.name}' if len(names) == 1 else raw.name
        raise Problem(f"{where} is empty: choose a sheet with a header row and at least one row below it.")
    return some


def _sheet_rows(raw: Raw, book, name: str) -> list[tuple[int, list[Any]]]:
    """The rows of a sheet that hold anything, each with its row number."""
    try:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except Exception:  # the reader's errors have no common class: whatever it says, the sheet cannot be read
        raise Problem(f'The sheet "{name}" of {raw.name} is broken: open the workbook and save it again.') from None
    return [(i, row) for i, row in enumerate(rows, 1) if any(map(filled, row))]


def _sheet_width(rows: list[tuple[int, list[Any]]]) -> int:
    return max((len(row) for _, row in rows), default=0)


def _from_rows(raw: Raw, rows: list[tuple[int, list[Any]]]) -> Draft:
    width = max((i + 1 for _, row in rows for i in range(len(row) - 1, -1, -1) if filled(row[i])), default=1)
    rows = [(line, [*row[:width], *[""] * (width - len(row))]) for line, row in rows]
    if width > MAX_COLUMNS:
        raise too_wide(raw.name, width)
    at = header_at(rows, width)
    headed = is_heading([_as_text(cell) or "" for cell in rows[at][1]])
    body = rows[at + headed :]
    names = unique(rows[at][1] if headed else [""] * width)
    columns = [_typed(name, [row[i] for _, row in body]) for i, name in enumerate(names)]
    draft = Draft(pa.table(columns, names=names), rows[at][0] if headed else 0)
    draft.blank = rows[-1][0] - len(rows)
    draft.lines = lambda positions: [body[i][0] for i in positions]
    for line, row in rows[:at]:
        draft.aside.append((line, "", "stands above the header row", joined(row)))
    return draft


def _typed(name: str, cells: list[Any]) -> pa.Array:
    """A worksheet's column: numbers and dates as the workbook holds them, anything mixed as text that will vote."""
    kinds = {type(cell) for cell in cells if filled(cell)}
    if kinds and kinds <= {int, float} and not is_identifier(name):
        numbers = [float(cell) if filled(cell) else None for cell in cells]
        return values.whole_or_float(np.array(numbers, dtype="float64"))
    if kinds and kinds <= {datetime.date, datetime.datetime}:
        days = [cell.date() if isinstance(cell, datetime.datetime) else cell for cell in cells]
        return pa.array([day if filled(day) else None for day in days], pa.date32())
    return pa.array([_as_text(cell) for cell in cells], pa.string())


def _as_text(cell: Any) -> str | None:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return str(cell) if filled(cell) else None


def joined(cells: Iterable[Any]) -> str:
    return "; ".join(_as_text(cell) or "" for cell in cells).strip("; ")


def read_parquet(raw: Raw, decided: Decisions) -> Draft:
    import pyarrow.parquet as parquet

    try:
        table = parquet.read_table(raw.source())
    except (pa.ArrowException, OSError):
        raise Problem(f"{raw.name} is a broken Parquet file: save or download it again.") from None
    if table.num_columns > MAX_COLUMNS:
        raise too_wide(raw.name, table.num_columns)
    names = unique(table.column_names)
    columns = [_standard(name, column) for name, column in zip(names, table.columns, strict=True)]
    return Draft(pa.table(columns, names=names), 0, lines=lambda rows: [row + 1 for row in rows])


def _standard(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A stored column in one of our types; whole numbers under an identifier's heading become text."""
    type_ = column.type
    if pa.types.is_temporal(type_) and not (pa.types.is_time(type_) or pa.types.is_duration(type_)):
        return column.cast(pa.date32(), safe=False)
    if pa.types.is_integer(type_):
        return column.cast(pa.string() if is_identifier(name) else pa.int64())
    if pa.types.is_floating(type_) or pa.types.is_decimal(type_):
        return pc.if_else(pc.is_finite(column.cast(pa.float64())), column.cast(pa.float64()), None)
    if pa.types.is_nested(type_) or pa.types.is_binary(type_):
        return pa.chunked_array([[str(value) for value in column.to_pylist()]], pa.string())
    return column.cast(pa.string())
