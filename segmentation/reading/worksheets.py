"""A process of its own that opens workbooks: bytes on standard input, the chosen sheet on standard output.

    python worksheets.py SECONDS [SHEET] < book.xlsx > sheet.arrow

A workbook of one kilobyte can take all memory, or abort whatever program parses it. This one has nothing to lose:
it limits its own memory and time first, and whoever started it sees how it ended. It runs by its path and imports
nothing of the package but what lies beside it (`limits`, `markup`, `oddities`), so that it starts in a fifth of a second.

The Arrow stream has a column `line` (row number from 1; rows with nothing in them left out) and for each column
`text i` (null where empty) and `kind i` (uint8: 0 text, 1 number, 2 date, 3 other). Its metadata is JSON: the sheets (name, rows,
columns, hidden), which one this is, its merged cells (top, left, bottom, right, from 0), its first column, and what
else `oddities` sees in it.
"""

import ctypes
import datetime
import io
import json
import math
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.abc import MetaPathFinder
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

MEMORY = 3 << 30  # bytes of address space
SECONDS = 120
PR_SET_PDEATHSIG = 1  # sys/prctl.h
PROTECTED, BROKEN, TOO_LARGE = 3, 4, 5  # how this process ends, beside 0
BLOCK = 100_000  # cells turned at a time, about
WIDEST = 20_000  # columns kept: no sheet has more than 16 384


def environment() -> dict[str, str]:
    """The environment to start this process in: no pool that reserves more memory than it uses."""
    return {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}


def limit(seconds: int) -> None:
    """Memory and processor time this process may use, where the system can hold it to that; it ends with its parent."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _beside("limits").hold_to(seconds, RLIMIT_AS=MEMORY)
    sys.meta_path.insert(0, _WithoutPandas())


class _WithoutPandas(MetaPathFinder):
    """pyarrow asks of a list whether it is a Series, and imports pandas for that: twice the time of all else here."""

    def find_spec(self, name: str, *_: Any) -> None:
        if name == "pandas":
            raise ImportError(name)


def _beside(name: str) -> Any:
    """A module of this folder, found without the package."""
    sys.path.append(str(Path(__file__).parent))
    return import_module(name)


def run(data: bytes, wanted: str | None, out: Any) -> int:
    """Write the wanted sheet of a workbook (else the one with most rows of a table) as Arrow; the exit status."""
    from python_calamine import PasswordError

    try:
        seen = _Oddities(data, wanted)  # meanwhile: the parser leaves the interpreter to others
        sheets, chosen = _choose(data, wanted)
        _write(sheets, chosen, seen.of(chosen[0]), out)
    except PasswordError:
        return PROTECTED
    except MemoryError:
        return TOO_LARGE
    except BaseException:  # whatever a parser says, a panic included: the workbook cannot be read
        return BROKEN
    return 0


def _choose(data: bytes, wanted: str | None) -> tuple[list[dict[str, Any]], Any]:
    """What every sheet is, and the batches and merged cells of the chosen one."""
    import pyarrow as pa

    sheets: list[dict[str, Any]] = []
    best: tuple[int, ...] = ()
    kept: tuple[str, Any, list, int] = ("", None, [], 0)
    for name, hidden, rows, merged, left in _sheets(data):
        batches = list(_batches(rows))
        tables = [_table(batch) for batch, _ in batches]
        several = sum(pairs for _, pairs in batches)
        count, width = sum(map(len, tables)), max(((one.num_columns - 1) // 2 for one in tables), default=0)
        sheets.append({"name": name, "rows": count, "columns": width, "hidden": hidden})
        rank = (not hidden, several > 1, several if several > 1 else 0, count)
        if count and wanted in (None, name) and rank > best:
            best, kept = rank, (name, pa.concat_tables(tables, promote_options="default"), merged(), left)
    return sheets, kept


def _table(batch: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _sheets(data: bytes) -> Iterator[tuple[str, bool, Iterable[tuple[int, list[Any]]], Any, int]]:
    """Name, whether hidden, rows with their lines, merged cells and first column of every sheet."""
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(about.name)  # its rows come from row 1 on, but from its first column on
                rows = enumerate(sheet.iter_rows(), 1) if sheet.start else ()
                yield (
                    about.name,
                    about.visible != SheetVisibleEnum.Visible,
                    rows,
                    lambda sheet=sheet: _merged(sheet),
                    _left(sheet),
                )
        return
    for name, rows, merged in _beside("markup").tables(data):
        yield name, False, rows, lambda merged=merged: merged, 0


def _left(sheet: Any) -> int:
    return sheet.start[1] if sheet.start else 0


class _Oddities:
    """The oddities of the sheet that will be chosen by all likelihood, looked for in a thread; of another one when asked."""

    def __init__(self, data: bytes, wanted: str | None) -> None:
        oddities = _beside("oddities")
        self._data, self._find = data, oddities.of
        self._found: dict[str, dict[str, Any]] = {}
        self._thread = Thread(target=self._look, args=(wanted or oddities.largest(data),), daemon=True)
        if data.startswith(b"PK"):
            self._thread.start()

    def _look(self, sheet: str) -> None:
        self._found[sheet] = self._find(self._data, sheet)._asdict()

    def of(self, sheet: str) -> dict[str, Any]:
        if not self._data.startswith(b"PK"):
            return {}
        self._thread.join()
        if sheet not in self._found:
            self._look(sheet)
        return self._found[sheet]


def _merged(sheet: Any) -> list[list[int]]:
    """Merged cells: top, left, bottom, right, from 0, the sheet's first column being 0."""
    try:
        left = sheet.start[1]
        ranges = islice(sheet.merged_cell_ranges or (), 10_000)
        return [[top, first - left, bottom, last - left] for (top, first), (bottom, last) in ranges]
    except Exception:  # a courtesy that only some formats have
        return []


def _batches(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[Any, int]]:
    """The rows that hold anything, some at a time, and how many of those hold two values or more."""
    import numpy as np
    import pyarrow as pa

    for lines, block in _blocks(rows):
        width = max(map(_reach, block))
        cells = [cell for row in block for cell in (*row[:width], *[""] * (width - len(row)))]
        parts = (cells[i::width] for i in range(width))
        nothing = _column([""] * len(block))  # one cell far to the right makes thousands of such columns
        columns = [nothing if part.count("") == len(part) else _column(part) for part in parts]
        some = [text.is_valid().to_numpy(zero_copy_only=False) for text, kind in columns if kind is not nothing[1]]
        filled = np.array(some).sum(axis=0)
        arrays = {"line": pa.array(lines, pa.int32())}
        for i, (text, kind) in enumerate(columns):
            arrays |= {f"text {i}": text, f"kind {i}": kind}
        if filled.any():
            batch = pa.RecordBatch.from_pydict(arrays)
            yield (batch if filled.all() else batch.filter(pa.array(filled > 0))), int((filled > 1).sum())


def _reach(row: list[Any]) -> int:
    """The last column kept of a row that has anything in it, from 1; at least 1."""
    return next((at for at in range(min(len(row), WIDEST), 1, -1) if row[at - 1] != ""), 1)


def _blocks(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[list[int], list[list[Any]]]]:
    """The rows with more than empty texts in them, some at a time, and their lines."""
    lines: list[int] = []
    block: list[list[Any]] = []
    width = 0
    for line, row in rows:
        if row.count("") == len(row):
            continue
        lines.append(line)
        block.append(row)
        width = max(width, len(row))
        if len(block) * width >= BLOCK:
            yield lines, block
            lines, block, width = [], [], 0
    if block:
        yield lines, block


def _column(cells: list[Any]) -> tuple[Any, Any]:
    """Cells as text, null where there is nothing but space, and what kind each is."""
    import numpy as np
    import pyarrow as pa

    types = set(map(type, cells))
    texts = cells if types == {str} else [_text(cell) for cell in cells]
    kinds = np.zeros(len(cells), np.uint8) if types == {str} else np.array([_kind(cell) for cell in cells], np.uint8)
    array = pa.array([text if text and not text.isspace() else None for text in texts], pa.string())
    return array, pa.array(kinds)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    return "" if cell is None else str(cell)


def _kind(cell: Any) -> int:
    if isinstance(cell, str):
        return 0
    if isinstance(cell, bool):
        return 3
    return 1 if isinstance(cell, int | float) else 2 if isinstance(cell, datetime.date) else 3


def _write(sheets: list[dict[str, Any]], chosen: Any, odd: dict[str, Any], out: Any) -> None:
    import pyarrow as pa

    name, table, merged, left = chosen
    table = table if name else pa.table({"line": pa.array([], pa.int32())})
    about = json.dumps({"sheets": sheets, "sheet": name, "merged": merged, "left": left, "odd": odd})
    table = table.replace_schema_metadata({"about": about})
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    sys.exit(run(sys.stdin.buffer.read(), sys.argv[2] if len(sys.argv) > 2 else None, sys.stdout.buffer))
