"""Lists of customers as a person reads them in a spreadsheet: headings in words, rounded numbers, no heading twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, count

import numpy as np
import pandas as pd

from segmentation.analysis.summary import MONEY
from segmentation.columns.metrics import COMPUTED, METRICS, label
from segmentation.customers.customers import Customers
from segmentation.segments.segmentation import Segmentation

NUMBER = (
    "Customer",
    "Customer number",
)  # what the column of their numbers is called: the second where the first is taken
AMOUNTS = (*MONEY, "average_order", "revenue_before", "revenue_recent", "first_revenue", "spend_last_quarter")
CENTS, FINE = 2, 4  # digits behind the point: of money and large numbers, of small ones
LARGE = 10.0


def of_customers(segmentation: Segmentation, rows: np.ndarray | None = None) -> pd.DataFrame:
    """These customers (row numbers; all of them, largest first, where not said) with segment and every column, `spoken`."""
    customers = segmentation.customers
    rows = customers.ranked(customers.money).order if rows is None else rows
    frame = customers.frame.iloc[rows]
    return spoken(frame.assign(segment=segmentation.labels().iloc[rows].array), customers)


def by_segment(segmentation: Segmentation, everybody: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The list of all customers, as `of_customers` gives it, in its segments, best first: those with somebody in them."""
    codes = segmentation.codes[segmentation.customers.ranked(segmentation.customers.money).order]
    parts = {name: everybody[codes == at] for at, name in enumerate(segmentation.shown)}
    return {name: part for name, part in parts.items() if len(part)}


def spoken(frame: pd.DataFrame, customers: Customers) -> pd.DataFrame:
    """A list indexed by customer as a person reads it, without an index.

    First the number, what the customer is called, the e-mail and the segment; then the file's own columns under their
    own headings and as they are, then what was reckoned, in words and rounded.
    """
    beside = [name for name in (*customers.called, *customers.reached) if name not in frame]
    whole = frame.join(customers.frame[beside]) if beside else frame
    first = [name for name in (*customers.called, *customers.reached, "segment") if name in whole]
    own = [name for name in whole if not reckoned(name) and name not in first]
    order = [*first, *own, *(name for name in whole if name not in first and name not in own)]
    headings = apart([heading(name, customers) for name in order])
    columns = {title: rounded(name, whole[name]) for title, name in zip(headings, order, strict=True)}
    made = pd.DataFrame(columns, index=whole.index)
    made.insert(0, _number(headings), whole.index.astype("str"))
    return made.reset_index(drop=True)


def reckoned(name: str) -> bool:
    """Whether a column is none of the file's own."""
    return name in METRICS or name in COMPUTED or name in ADDED


ADDED = {"segment": "Segment", "sector": "Sector", "steps": "Steps away"}  # by lists, beside the columns of customers


def apart(headings: Iterable[str]) -> list[str]:
    """The headings with a number behind each that stood before, in whatever case: revenue, Revenue (2)."""
    made: list[str] = []
    held: set[str] = set()
    for heading in headings:
        one = next(text for text in numbered(heading) if text.casefold() not in held)
        held.add(one.casefold())
        made.append(one)
    return made


def numbered(heading: str) -> Iterable[str]:
    """The heading, then with (2) behind it, and so on."""
    yield heading
    yield from (f"{heading} ({number})" for number in count(2))


def _number(headings: Sequence[str]) -> str:
    taken = {heading.casefold() for heading in headings}
    return next(one for one in chain(NUMBER[:1], numbered(NUMBER[1])) if one.casefold() not in taken)


def heading(name: str, customers: Customers) -> str:
    """What a column is called: as in the file where it is the file's own, else in words."""
    own = {here: heading for heading, here in customers.headings.items()}
    return ADDED.get(name) or (own.get(name) or label(name).removesuffix(" (column)"))


def rounded(name: str, values: pd.Series) -> pd.Series:
    if not reckoned(name) or values.dtype.kind != "f":
        return values
    large = name in AMOUNTS or bool((values.abs() >= LARGE).any())
    return values.round(CENTS if large else FINE)
