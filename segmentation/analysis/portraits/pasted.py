"""Several customers who are not in the file yet, pasted as a small table: each row's segment, degree and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation import formats
from segmentation.analysis.portraits.between import as_before, between
from segmentation.analysis.portraits.newcomer import beside, with_new
from segmentation.columns.metrics import label
from segmentation.columns.words import key
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.reading.values import readings
from segmentation.segments.memberships import memberships
from segmentation.segments.method import Method
from segmentation.segments.newcomers import joined
from segmentation.segments.segmentation import Segmentation

MOST = 200  # rows that are placed
LONGEST = 30  # letters of a cell that is quoted
BETWEEN = ("\t", ";", "|", ",")
TOLD = 2  # columns in a reason


@dataclass(frozen=True)
class Pasted:
    """Rows as they were pasted: what each is called, with its figures; and a sentence for each row that cannot be used."""

    figures: pd.DataFrame
    wrong: tuple[str, ...]


def pasted(text: str, columns: Sequence[str], customers: Customers) -> Pasted:
    """The rows of a pasted table, of which the first has the headings (as in the file, or in words); without headings the
    columns stand in the order asked for. Raises Problem where a column is not there, or nothing is."""
    rows = _rows(text)
    if not rows:
        raise Problem("There is no row to read: paste a table with a row of headings.")
    places = _places(rows[0], columns, customers)
    headed = bool(places)
    if not headed and len(rows[0]) == len(columns):
        places = {name: at for at, name in enumerate(columns)}
    if lacking := [label(name) for name in columns if name not in places]:
        raise Problem(f"The first row must have the headings; lacking: {formats.listed(lacking)}.")
    body = rows[1:] if headed else rows
    if len(body) > MOST:
        raise Problem(f"{formats.count(len(body))} rows were pasted; {MOST} at most can be placed at once.")
    if not body:
        raise Problem("Below the headings there is no row.")
    return _read(body, places, _named(rows[0], places) if headed else None)


def _rows(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = next((sign for sign in BETWEEN if sign in first), ",")
    found = csv.reader(io.StringIO(text.strip("\r\n")), delimiter=between)
    try:
        return [[cell.strip() for cell in row] for row in found if any(cell.strip() for cell in row)]
    except csv.Error:
        raise Problem("This cannot be read as a table: paste rows from a spreadsheet.") from None


def _places(heads: Sequence[str], columns: Sequence[str], customers: Customers) -> dict[str, int]:
    """Column → where it stands, by what the heads say."""
    own = {name: heading for heading, name in customers.headings.items()}
    keys = [key(head) for head in heads]
    spelt = {name: [key(one) for one in (name, label(name), own.get(name, name))] for name in columns}
    return {name: keys.index(one) for name, said in spelt.items() for one in reversed(said) if one and one in keys}


def _named(heads: Sequence[str], places: Mapping[str, int]) -> int | None:
    """Where the rows say what they are called: the first column that is none of those asked for."""
    return next((at for at in range(len(heads)) if at not in places.values()), None)


def _read(rows: Sequence[Sequence[str]], places: Mapping[str, int], called: int | None) -> Pasted:
    cells = {name: [row[at] if at < len(row) else "" for row in rows] for name, at in places.items()}
    figures = pd.DataFrame({name: _numbers(held) for name, held in cells.items()})
    titles = [row[called] if called is not None and called < len(row) else "" for row in rows]
    names = [title or f"Row {at}" for at, title in enumerate(titles, 1)]
    wrong = [
        _wrong(at, titles[at], name, cells[name][at])
        for at in range(len(rows))
        for name in places
        if np.isnan(figures[name].iloc[at])
    ]
    figures.index = pd.Index(names, name="row")
    return Pasted(figures[figures.notna().all(axis=1)], tuple(wrong))


def _numbers(cells: Sequence[str]) -> np.ndarray:
    """The cells as numbers, by the decimal sign that reads most of them; NaN where one is none."""
    read = readings(pa.array(cells, pa.string()), amount=True)
    best = max(read.values(), key=lambda one: int(np.isfinite(one).sum()), default=np.full(len(cells), np.nan))
    return np.where(np.isfinite(best), best, np.nan).astype(float)


def _wrong(at: int, title: str, column: str, cell: str) -> str:
    row = f"Row {at + 1}" + (f" ({title[:LONGEST]})" if title else "")
    if not cell:
        return f"{row} has no {label(column)}: it is left out."
    return f"{row}: “{cell[:LONGEST]}” in {label(column)} is no number: it is left out."


def placed_all(
    method: Method, thresholds: Mapping[str, Any], customers: Customers, figures: pd.DataFrame, currency: str = ""
) -> pd.DataFrame:
    """Where each row would stand with all of them in the file: row, segment, degree (where the method knows it), stands (where
    it goes by centres, see `between`), why.

    figures   as `pasted` gave them. Raises Problem where the method cannot place them.
    """
    made = method(customers, **thresholds)
    after = joined(method, thresholds, made, with_new(customers, {name: figures[name].to_numpy() for name in figures}))
    names = as_before(made, after)
    codes, shown = after.codes[-len(figures) :], (*names, "Unknown")
    found = pd.DataFrame({"row": figures.index, "segment": [shown[code] for code in codes]})
    degrees = memberships(after).iloc[-len(figures) :]
    if not set(np.unique(degrees.to_numpy()[~np.isnan(degrees.to_numpy())])) <= {0.0, 1.0}:
        found["degree"] = degrees.max(axis=1).round(3).to_numpy()
    if stands := between(method, thresholds, after, len(figures), names):
        found["stands"] = stands
    return found.assign(
        why=[_why(after, customers, figures.iloc[at], codes[at], currency) for at in range(len(figures))]
    )


def _why(after: Segmentation, customers: Customers, row: pd.Series, code: int, currency: str) -> str:
    """The figures that set its segment apart most, each beside what is typical there."""
    rows = np.flatnonzero(after.codes[: len(customers)] == code)
    gaps = {name: _gap(customers.values(str(name)), rows) for name in row.index}
    telling = sorted(gaps, key=lambda name: -gaps[name])[:TOLD]
    return " ".join(beside(customers, str(name), float(row[name]), rows, currency) for name in telling)


def _gap(values: np.ndarray, rows: np.ndarray) -> float:
    """How far what is typical of these customers lies from what is typical of all: a share of all customers."""
    known, inside = np.sort(values[np.isfinite(values)]), values[rows][np.isfinite(values[rows])]
    if not len(inside):
        return 0.0
    return abs(float(np.searchsorted(known, np.median(inside))) / len(known) - 0.5)
