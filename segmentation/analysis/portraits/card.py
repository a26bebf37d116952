"""The customer card: where one customer stands in every method, why, and what would move it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import MONEY, label
from segmentation.customers.customers import Customers
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.segments.bands import Merged, Runs
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MORE = (  # what a customer could be led to have more of …
    *("revenue", "profit", "units", "orders", "lines", "average_order", "visits", "visits_per_quarter", "growth"),
    *("revenue_recent", "spend_last_quarter", "visits_last_quarter"),
)
LESS = ("recency_days", "revenue_cv", "revenue_cv_month")  # … and less of: silence, and swings
AMOUNTS = (*MONEY, "average_order", "revenue_recent", "revenue_before", "spend_last_quarter")
FITTED = 20_000  # customers up to which a search for segments is over in a blink
FACTS = ("revenue", "profit", "potential", "cost_to_serve", "cooperation", "orders", "recency_days", "growth")


def card(
    customers: Customers, customer: str, thresholds: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """All about one customer, as plain data.

    thresholds   method → its thresholds, where they are not the defaults (as a study keeps them)
    Gives `customer` (id), `facts` (column, label, value, rank among the customers of whom it is known, of how many)
    and `methods`: see `standing`. Methods that these customers have no columns for are left out, and where there are more
    than FITTED customers those that search for their segments.
    Raises Problem for an id there is not.
    """
    row = row_of(customers, customer)
    placed = []
    for name, method in METHODS.items():
        if method.fits and len(customers) > FITTED:
            continue
        try:
            placed.append({**_about(method), **standing(method(customers, **(thresholds or {}).get(name, {})), row)})
        except Problem:
            continue
    facts = [_fact(customers, column, row) for column in FACTS if column in customers.numeric]
    return {"customer": str(customers.frame.index[row]), "facts": facts, "methods": placed}


def row_of(customers: Customers, customer: str) -> int:
    """The row of a customer by id; Problem where there is none."""
    row = int(customers.frame.index.get_indexer([str(customer)])[0])
    if row < 0:
        raise Problem(f"There is no customer “{customer}” here: look for the id as it stands in the file.")
    return row


def _about(method: Method) -> dict[str, Any]:
    return {"method": method.name, "title": method.title, "question": method.question}


def _fact(customers: Customers, column: str, row: int) -> dict[str, Any]:
    value, ranked = float(customers.values(column)[row]), customers.ranked(column)
    known = not np.isnan(value)
    rank = int(ranked.position[row]) + 1 if known else None
    return {
        "column": column,
        "label": label(column),
        "value": value if known else None,
        "rank": rank,
        "of": ranked.known,
    }


def standing(segmentation: Segmentation, row: int) -> dict[str, Any]:
    """Where one row stands in a segmentation.

    segment   its name; place: 1 = best, of so many (no place where it is Unknown)
    why       for each column that is cut: column, label, value
    up        for each column that alone could move it to a better segment, as far as the customer can be led there
              (see MORE and LESS): column, label, value, needed (the value nearest to its own that some customer there
              has), change (needed − value), segment (where it would be)
    """
    code, size = int(segmentation.codes[row]), len(segmentation.names)
    known = code < size
    columns = segmentation.columns
    values = {column: float(segmentation.customers.values(column)[row]) for column in columns}
    why = [
        {"column": column, "label": label(column), "value": None if np.isnan(value) else value}
        for column, value in values.items()
    ]
    up = _ways_up(segmentation, row, code) if known else []
    name = str(segmentation.names[code]) if known else "Unknown"
    return {"segment": name, "place": code + 1 if known else None, "of": size, "why": why, "up": up}


def _ways_up(segmentation: Segmentation, row: int, code: int) -> list[dict[str, Any]]:
    placing = segmentation.placing
    if not segmentation.along:
        return []
    if isinstance(placing, Merged):
        factors, table = placing.cells.factors, placing.table
    elif isinstance(placing, Runs):
        factors, table = (placing,), np.argsort(placing.order)
    else:
        return []
    runs = [int(factor.runs_at(factor.ranked.position[row : row + 1])[0]) for factor in factors]
    shape = [len(factor) for factor in factors]
    found = []
    for at, (factor, column) in enumerate(zip(factors, segmentation.along, strict=True)):
        for way in (range(runs[at] - 1, -1, -1), range(runs[at] + 1, len(factor) - 1)):
            step = _first_better(factor, way, lambda run, at=at: _segment(table, shape, runs, at, run), code)
            if step is not None:
                found.append(_way(segmentation, column, row, *step))
    return [way for way in found if _can_be_led(way)]


def _can_be_led(way: Mapping[str, Any]) -> bool:
    """Whether it is something a customer can do: more money and orders, less silence; not another city or age."""
    return way["column"] in (MORE if way["change"] > 0 else LESS)


def _segment(table: np.ndarray, shape: list[int], runs: list[int], at: int, run: int) -> int:
    """The segment of the cell whose run of one factor is another."""
    cell = [*runs[:at], run, *runs[at + 1 :]]
    return int(table[np.ravel_multi_index(cell, shape)])


def _first_better(factor: Runs, way: range, segment: Any, code: int) -> tuple[float, int] | None:
    """The nearest run along a way that has members and a better segment: the value needed, and that segment."""
    for run in way:
        low, high = int(factor.bounds[run]), int(factor.bounds[run + 1])
        if low < high and (better := segment(run)) < code:
            nearest = high - 1 if way.step < 0 else low
            return float(-factor.ranked.negated[nearest]), better
    return None


def _way(segmentation: Segmentation, column: str, row: int, needed: float, better: int) -> dict[str, Any]:
    value = float(segmentation.customers.values(column)[row])
    name = str(segmentation.names[better])
    return {
        "column": column,
        "label": label(column),
        "value": value,
        "needed": needed,
        "change": round(needed - value, 4),
        "segment": name,
    }


def sentence(way: Mapping[str, Any], currency: str = "") -> str:
    """One way up in words: Revenue of 1.20k (200 more) would make it A."""
    needed, change = (figure(way["column"], one, currency) for one in (way["needed"], abs(way["change"])))
    more = "more" if way["change"] > 0 else "less"
    return f"{way['label']} of {needed} ({change} {more}) would make it {way['segment']}."


def figure(column: str, value: float, currency: str = "") -> str:
    """A figure of a customer as everywhere on the pages: amounts as those of the lines, growth as a share."""
    if column in AMOUNTS:
        return formats.compact(value, currency)
    return formats.share(value) if column == "growth" else formats.number(round(value, 2))
