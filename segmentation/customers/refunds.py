"""What was paid back and stands in a column of its own (“Amount Refunded”, the credits beside the debits) is taken off."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from segmentation import formats
from segmentation.columns.amounts import floats, revenue_of, with_revenue
from segmentation.columns.kinds import as_text
from segmentation.columns.telling import is_side
from segmentation.columns.words import words
from segmentation.rollup.encode import encode
from segmentation.table import Table


def less_refunds(table: Table, roles: Mapping[str, str]) -> tuple[Table, dict[str, str], str]:
    """The table with its refunds taken off the revenue, its roles, and a sentence; all as they are where there are none."""
    revenue = revenue_of(table, roles) if "refund" in roles else None
    if revenue is None:
        return table, dict(roles), ""
    heading, refunds = roles["refund"], _once(table, roles)
    back = refunds > 0
    if not back.any() or "refund" in words(roles.get("revenue", "")):  # “Total (- Refund)” is less already
        return table, dict(roles), ""
    sum_ = float(refunds.sum())
    if not is_side(heading) and (np.abs(revenue[back]) < 0.005).any():
        return (
            table,
            dict(roles),
            f"“{heading}” is taken off “{roles.get('revenue', '')}” already: not taken off twice.",
        )
    if np.isclose(sum_, -np.minimum(np.nan_to_num(revenue), 0).sum()):
        return table, dict(roles), f"“{heading}” repeats what the returns take off already: not taken off twice."
    less = np.where(back, np.nan_to_num(revenue) - refunds, revenue)
    count = formats.plural(int(back.sum()), "row")
    return *with_revenue(table, roles, less), f"“{heading}” is taken off the revenue: {formats.whole(sum_)} on {count}."


def _once(table: Table, roles: Mapping[str, str]) -> np.ndarray:
    """What was paid back on each row; an amount that stands on every line of its order counts once."""
    refunds = np.abs(np.nan_to_num(floats(table, roles["refund"])))
    if "order" not in roles:
        return refunds
    order, ids = encode(as_text(table.data[roles["order"]]))
    known = order >= 0
    low, high, lines = np.full(len(ids), np.inf), np.zeros(len(ids)), np.bincount(order[known], minlength=len(ids))
    np.minimum.at(low, order[known], refunds[known])
    np.maximum.at(high, order[known], refunds[known])
    several = (lines > 1) & (high > 0)
    if not several.any() or not np.array_equal(low[several], high[several]):
        return refunds
    first = np.zeros(len(refunds), bool)
    first[np.unique(order, return_index=True)[1]] = True
    return np.where(first | ~known | ~several[order], refunds, 0.0)
