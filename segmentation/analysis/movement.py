"""Movement: the same customers one period earlier, from which sector to which, with their money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.rollup.memory import months_back
from segmentation.segments.segmentation import Segmentation
from segmentation.table import Table

NEW, GONE = "Not yet a customer", "No longer there"


def two_periods(
    table: Table, columns: Mapping[str, str] | None = None, *, months: int = 12, **settings: Any
) -> tuple[Customers, Customers]:
    """The customers of the so many months before the last ones, and of the last ones: two windows of equal length.

    settings   as of `Customers.build`; `as_of` is the end of the later window, `window` is the months
    Raises Problem without dates and where nobody bought in the earlier window.
    """
    if not isinstance(months, int) or not 1 <= months <= 600:
        raise Problem(f"A period is {months} months; it can be a whole number from 1 to 600.")
    later = Customers.build(table, columns, **{**settings, "window": months})
    if later.as_of is None:
        raise Problem("Only dated sales can be looked at one period earlier: choose the column that is the date.")
    cut = pd.Timestamp(months_back(np.datetime64(later.as_of, "D"), months)).date()
    try:
        earlier = Customers.build(table, columns, **{**settings, "window": months, "as_of": cut})
    except Problem:
        raise Problem(
            f"Nobody bought in the {formats.plural(months, 'month')} up to {formats.day(cut)}: choose a shorter period."
        ) from None
    return earlier, later


def movement(before: Segmentation, after: Segmentation) -> pd.DataFrame:
    """From which segment to which: one row for every pair somebody moved between, or stayed in.

    Columns from, to (segment names, or “Not yet a customer” and “No longer there”), customers, money_before,
    money_after and change (profit, or revenue where no profit is known). Money adds up to each period's total.
    """
    moves = each(before, after)
    found = moves.groupby(["from", "to"], observed=True, sort=True).agg(
        customers=("money_before", "size"), money_before=("money_before", "sum"), money_after=("money_after", "sum")
    )
    found = found.reset_index().round({"money_before": 4, "money_after": 4})
    return found.assign(change=(found["money_after"] - found["money_before"]).round(4))


def each(before: Segmentation, after: Segmentation) -> pd.DataFrame:
    """The same per customer of either period, by id: from, to, money_before, money_after."""
    ids = before.customers.frame.index.union(after.customers.frame.index)
    columns: dict[str, Any] = {}
    for name, one, absent in (("from", before, NEW), ("to", after, GONE)):
        people = one.customers
        place = people.frame.index.get_indexer(ids)
        codes = np.where(place >= 0, one.codes[place], len(one.shown)).astype(np.int16)
        columns[name] = pd.Categorical.from_codes(codes, [*one.shown, absent])
        money = np.nan_to_num(people.values(people.money))[place]
        columns[f"money_{'before' if name == 'from' else 'after'}"] = np.where(place >= 0, money, 0.0)
    return pd.DataFrame(columns, index=ids)


def trail(before: Customers, after: Customers, ids: pd.Index, now: str | None = None) -> pd.DataFrame:
    """Where customers stood and stand: x0, y0 (profit and potential earlier), x1, y1 (now), indexed by customer id.

    Only those there in both periods; x is profit, or revenue, or another column both have.
    """
    both = ids.intersection(before.frame.index).intersection(after.frame.index)
    found = {}
    for end, people in enumerate((before, after)):
        place = people.frame.index.get_indexer(both)
        for axis, column in (("x", now or people.money), ("y", "potential")):
            found[f"{axis}{end}"] = people.values(column)[place]
    return pd.DataFrame(found, index=both)
