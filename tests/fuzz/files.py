"""Small files of every kind that is read, and what can go wrong with one: changed by lot, the same from the same seed."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from itertools import islice
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet

from tests.places import SAMPLES
from tests.reading.binary_books import xls, xlsb
from tests.reading.hostile import ODS, RUNS

Rows = list[list[Any]]
TEXTS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "latin-1", "cp1251", "mac-roman", "utf-32", "cp037")
MARKS = (",", ";", "\t", "|", " ", "", ":", "~", "\0", "::", "¦")
ODD = (
    *("", " ", "-", "n/a", "NULL", "#REF!", "0", "-0", "1e999", "1e-999", "NaN", "inf", "-1.234,56-", "(12)", "1 234,5", "$5"),
    *("9" * 40, "0x1F", "00123", "1/0", "31.02.2024", "2024-13-45", "0000-00-00", "9999-12-31", "1900-02-29", "12/2024"),
    *("24:61:61", "2024-01-01T00:00:00Z", "-99999999999", "45000", "Total", "Summe", "=1+1", '="007"', "a\nb", "a\rb", '"', "''"),
    *("\\", "\ufeff", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "İ", "ß", "\u202e", "\x1a", "x" * 300),
    *("customer", "date", "amount", "order", "Jan", "2024", "Q1", "true", "None", "12 %", "5 kg", "1.000.000", "1,2,3", "٣", "½"),
)  # fmt: skip


@functools.cache
def sample(name: str, rows: int = 40) -> tuple[tuple[str, ...], ...]:
    """The first rows of an invented firm, the headings first."""
    path = SAMPLES / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        text = "".join(islice(file, rows))
    return tuple(
        map(tuple, csv.reader(io.StringIO(text), delimiter=csv.Sniffer().sniff(text[:2000], ",;\t").delimiter))
    )


NAMES = sorted(path.name for path in (*SAMPLES.glob("*.csv"), *SAMPLES.glob("*.csv.gz")))
HEADINGS = (
    "Kunde",
    "date",
    "Umsatz €",
    "order",
    "qty",
    "profit",
    "Jan 2024",
    "Feb 2024",
    "",
    "name",
    "сумма",
    "(a",
    "%",
)


def invented(lot: random.Random) -> Rows:
    """A small table of no firm: any headings, any cells."""
    width = lot.randint(1, 9)
    kinds: list[Callable[[], Any]] = [
        lambda: f"C{lot.randint(1, 9)}",
        lambda: str(dt.date(2024, 1, 1) + dt.timedelta(lot.randint(0, 400))),
        lambda: round(lot.gauss(50, 90), 2),
        lambda: lot.choice(ODD),
    ]
    chosen = [lot.choice(kinds) for _ in range(width)]
    return [lot.choices(HEADINGS, k=width), *([make() for make in chosen] for _ in range(lot.randint(0, 30)))]


def table(lot: random.Random) -> Rows:
    """Rows to begin with, the headings first."""
    return invented(lot) if lot.random() < 0.3 else [list(row) for row in sample(lot.choice(NAMES))]


# Cells and rows


def bend(lot: random.Random, rows: Rows) -> None:
    """Change some cells, rows and columns in place."""
    for _ in range(lot.choice((0, 1, 1, 3, 10))):
        row = lot.randrange(len(rows))
        if rows[row]:
            rows[row][lot.randrange(len(rows[row]))] = odd(lot)
        step = lot.random()
        if step < 0.1:
            rows.insert(row, list(lot.choice(rows)))
        elif step < 0.2:
            rows.insert(row, [odd(lot)] * lot.randint(0, 3))
        elif step < 0.3:
            del rows[row][lot.randint(0, len(rows[row])) :]
        elif step < 0.4:
            rows[row].extend([odd(lot)] * lot.randint(1, 40))
        elif step < 0.45:
            rows[:] = [[row[0] if row else "", *row] for row in rows]
        elif step < 0.5 and len(rows) > 1:
            del rows[row]


def odd(lot: random.Random) -> str:
    """A cell that nobody expects there."""
    return lot.choice(RUNS) * lot.choice((1, 2, 50, 900)) if lot.random() < 0.15 else lot.choice(ODD)


# Kinds of files


def delimited(lot: random.Random, rows: Rows) -> bytes:
    mark = lot.choice(MARKS) if lot.random() < 0.3 else lot.choice(",;\t")
    quote, end = lot.choice(('"', '"', '"', "'", "")), lot.choice(("\n", "\n", "\r\n", "\r", "\n\r"))
    always = lot.random() < 0.2

    def cell(value: Any) -> str:
        text = str(value)
        if quote and (always or (mark and mark in text) or quote in text):
            return f"{quote}{text.replace(quote, quote * lot.choice((2, 2, 1)))}{quote}"
        return text

    text = end.join(mark.join(map(cell, row)) for row in rows) + lot.choice(("", end, end * 3))
    return text.encode(lot.choice(TEXTS) if lot.random() < 0.4 else "utf-8", "replace")


def book(lot: random.Random, rows: Rows) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for sheet in range(lot.choice((1, 1, 2))):
        page = made.active if not sheet else made.create_sheet()
        for row in rows if not sheet else invented(lot):
            page.append([_cell(value) for value in row])
        if lot.random() < 0.3:
            page.merge_cells(start_row=1, end_row=lot.randint(1, 3), start_column=1, end_column=lot.randint(1, 4))
    made.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    text = "".join(letter for letter in str(value) if letter.isprintable())[:30_000]
    return value if isinstance(value, float | int) else float(text) if text.isdecimal() and len(text) < 9 else text


def arrow(lot: random.Random, rows: Rows) -> bytes:
    width, out = max(map(len, rows)), io.BytesIO()
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    names = (
        [str(name) for name in filled[0]] if lot.random() < 0.2 else [f"{name} {i}" for i, name in enumerate(filled[0])]
    )
    columns = [_column(lot, [row[i] for row in filled[1:]]) for i in range(width)]
    parquet.write_table(pa.Table.from_arrays(columns, names), out, row_group_size=lot.choice((7, 1000)))
    return out.getvalue()


def _column(lot: random.Random, cells: list[Any]) -> pa.Array:
    """As texts, or as a type that may not fit: then without values."""
    texts = pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    kinds = (
        pa.float64(),
        pa.int32(),
        pa.date32(),
        pa.timestamp("ns"),
        pa.decimal128(38, 4),
        pa.bool_(),
        pa.time64("us"),
    )
    kind = lot.choice((pa.string(), pa.string(), pa.binary(), pa.large_string(), *kinds))
    try:
        return texts.cast(kind).dictionary_encode() if lot.random() < 0.2 else texts.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return lot.choice((texts, pa.nulls(len(cells), kind), pa.array([[cell] for cell in texts.to_pylist()])))


def page(lot: random.Random, rows: Rows) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in rows)
    return f"<html><body><table>{cells}</table></body></html>".encode("utf-8", "replace")


def open_document(lot: random.Random, rows: Rows) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = ["".join(cell.format(str(v).replace("&", "").replace("<", "")) for v in row) for row in rows]
    content = (
        ODS
        % f'<table:table table:name="S">{"".join(map("<table:table-row>{}</table:table-row>".format, made))}</table:table>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind.encode(), "content.xml": content.encode("utf-8", "replace")})


def old_book(lot: random.Random, rows: Rows) -> bytes:
    return lot.choice((xls, xlsb))([[str(_cell(value))[:200] for value in row] for row in rows])


def document(lot: random.Random, rows: Rows) -> bytes:
    return json.dumps([dict(zip(map(str, rows[0]), map(str, row), strict=False)) for row in rows[1:]]).encode()


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


KINDS: dict[str, Callable[[random.Random, Rows], bytes]] = {
    "csv": delimited,
    "xlsx": book,
    "parquet": arrow,
    "html": page,
    "ods": open_document,
    "xls": old_book,
    "json": document,
}
OFTEN = ("csv",) * 8 + ("xlsx", "xlsx", "parquet", "parquet", "html", "ods", "xls", "json")
LIGHT = (*KINDS, *("csv",) * 300, *("parquet",) * 60)  # those for which a process is started are rare


# Bytes


def damage(lot: random.Random, content: bytes) -> bytes:
    """Change some bytes: others, none, more, twice, or the end cut off."""
    made = bytearray(content)
    for _ in range(lot.choice((1, 1, 2, 5, 30))):
        at = lot.randrange(len(made) + 1)
        to = min(at + lot.choice((0, 1, 1, 4, 60)), len(made))
        step = lot.random()
        if step < 0.4:
            made[at:to] = lot.randbytes(to - at)
        elif step < 0.6:
            made[at:to] = lot.choice(RUNS).encode("utf-8", "replace") * lot.choice((1, 2, 300))
        elif step < 0.8:
            made[at:at] = made[lot.randrange(len(made) + 1) :][:200]
        else:
            del made[at : to if step < 0.97 else None]
    return bytes(made)


def make(lot: random.Random, light: bool = False) -> tuple[str, bytes]:
    """A file's name and bytes; light: one that takes little time, of few columns."""
    kind, rows = lot.choice(LIGHT if light else OFTEN), table(lot)
    rows = [row[:3] for row in rows] if light else rows
    bend(lot, rows)
    rows = [row for row in rows if row] or [[""]]
    content = KINDS[kind](lot, rows)
    content = damage(lot, content) if lot.random() < (0.4 if kind == "csv" else 0.6) else content
    name = f"{lot.choice(('sales', 'Kunden 2024-03', 'a.b'))}.{kind}"
    step = lot.random()
    if step < 0.06:
        return f"{name}.gz", _maybe_damaged(lot, gzip.compress(content, 1))
    if step < 0.12:
        return f"{name}.zip", _maybe_damaged(lot, packed({name: content, "other.csv": b"a,b\n1,2\n"}))
    return name, content


def _maybe_damaged(lot: random.Random, content: bytes) -> bytes:
    return damage(lot, content) if lot.random() < 0.5 else content
