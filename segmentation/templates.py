"""Empty files with the right headings for each shape, and which method needs which of them.

The headings are the first words of each role, so a filled template is always understood; what a method needs is found
by trying: it is left without one column after the other.
"""

from __future__ import annotations

import csv as text_csv
import datetime as dt
import io
import zipfile
from dataclasses import replace
from functools import lru_cache
from html import escape

import pandas as pd
import pyarrow as pa

from segmentation.columns.roles import ROLES
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.rollup.settings import SHAPES
from segmentation.table import ASIDE, Report, Table

_ROLES = {
    "transactions": ("customer", "date", "revenue", "order", "cost", "cost_to_serve", "units", "product", "category",
                     "discount", "channel", "express", "currency", "status"),
    "customers": ("customer", "name", "revenue", "profit", "cost_to_serve", "orders", "units", "first_order",
                  "last_order", "potential", "birth_date", "employees", "plan", "signed_up", "tried", "paid", "opened",
                  "clicked", "responded", "email"),
    "wide": ("customer", "name"),
}  # fmt: skip
_NEEDED = {"transactions": ("customer", "date", "revenue"), "customers": ("customer", "revenue"), "wide": ("customer",)}
_EXAMPLES: dict[str, pa.Array] = {
    "number": pa.array([1.0, 2.0, 3.0]),
    "date": pa.array([dt.date(2026, month, 28) for month in (1, 2, 3)]),
    "text": pa.array(["a", "b", "c"]),
}


@dataclass(frozen=True)
class Field:
    """A column of a template: its heading, whether it must be filled, and what it is used for."""

    heading: str
    needed: bool
    help: str
    role: str = ""


def fields(shape: str, year: int | None = None) -> list[Field]:
    """The columns of a template; a wide one has the twelve months of a year (default: this one)."""
    if shape not in SHAPES:
        raise Problem(f"There is no template “{shape}”: choose from {', '.join(SHAPES)}.")
    found = [Field(_heading(role), role in _NEEDED[shape], ROLES[role].help, role) for role in _ROLES[shape]]
    if shape == "wide":
        year = year or dt.date.today().year
        what = "What the customer paid in that month: empty or 0 for nothing."
        found += [Field(f"{year}-{month:02d}", month <= 3, what) for month in range(1, 13)]
    return found


def _heading(role: str) -> str:
    return ROLES[role].synonyms[0].capitalize()


def csv(shape: str, year: int | None = None) -> bytes:
    """The template as CSV: one line of headings, UTF-8 with a mark so that spreadsheets know it."""
    out = io.StringIO()
    text_csv.writer(out, lineterminator="\r\n").writerow(field.heading for field in fields(shape, year))
    return out.getvalue().encode("utf-8-sig")


def xlsx(shape: str, year: int | None = None) -> bytes:
    """The template as a workbook: the headings on the first sheet, what each is for on the second."""
    columns = fields(shape, year)
    about = [(f"{field.heading}{' (needed)' if field.needed else ''}: {field.help}",) for field in columns]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in _parts([[field.heading for field in columns]], about).items():
            book.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), f"{_XML}{part}")
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _parts(first: list, second: list) -> dict[str, str]:
    """The few parts of a workbook of two sheets of text."""
    sheets = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in ((1, "Data"), (2, "Help")))
    paths = "".join(
        f'<Override PartName="/xl/{path}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for path, kind in (("workbook", "sheet.main"), ("sheet1", "worksheet"), ("sheet2", "worksheet"))
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{paths}</Types>',
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(("r1", "worksheet", "sheet1.xml"), ("r2", "worksheet", "sheet2.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/sheet1.xml": _sheet(first),
        "xl/sheet2.xml": _sheet(second),
    }


def _relations(*each: tuple[str, str, str]) -> str:
    inside = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{kind}" Target="{path}"/>' for i, kind, path in each)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _sheet(rows: list) -> str:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    lines = "".join(f"<row>{''.join(cell.format(escape(text)) for text in row)}</row>" for row in rows)
    wide = f'<cols><col min="1" max="{len(rows[0])}" width="18" customWidth="1"/></cols>'
    return f'<worksheet xmlns="{_MAIN}">{wide}<sheetData>{lines}</sheetData></worksheet>'


# What a method needs


@lru_cache(1)
def needs() -> pd.DataFrame:
    """One row a method: method, title, question, and for each shape the headings it cannot do without.

    Empty text: any number will do. None: no file of that shape is enough (of the columns in the template).
    """
    rows: list[dict[str, str | None]] = [
        {"method": name, "title": one.title, "question": one.question} for name, one in METHODS.items()
    ]
    for row, method in zip(rows, METHODS, strict=True):
        for shape in ("transactions", "customers"):
            row[shape] = _cannot_miss(shape, method)
    return pd.DataFrame(rows)


def _cannot_miss(shape: str, method: str) -> str | None:
    roles = [role for role in _ROLES[shape] if role != "customer"]
    if _fails(shape, method, ""):
        return None
    return ", ".join(_heading(role) for role in roles if _fails(shape, method, role))


def _fails(shape: str, method: str, without: str) -> bool:
    customers = _example(shape, without)
    return customers is None or bool(METHODS[method].missing(customers))


@lru_cache(64)
def _example(shape: str, without: str) -> Customers | None:
    """The customers of a filled template without one of its columns; None where that leaves nothing to roll up."""
    table = _filled(shape)
    data = table.data.drop_columns([_heading(without)] if without else [])
    try:
        return Customers.build(replace(table, data=data), shape=shape)
    except Problem:
        return None


@lru_cache(4)
def _filled(shape: str) -> Table:
    """A template with three rows, as it would be read."""
    columns = {_heading(role): _EXAMPLES[ROLES[role].kind] for role in _ROLES[shape] if role != "customer"}
    data = pa.table({_heading("customer"): ["c0", "c1", "c2"], **columns})
    report = Report(3, 3, "utf-8", ",", ".", {}, None, 1, (), ())
    return Table("example.csv", data, report, pd.DataFrame(columns=list(ASIDE)))
