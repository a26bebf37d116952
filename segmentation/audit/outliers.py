"""What carries the total."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Cell, Finding, cell, joined, leaving_out

LARGE = 0.02  # an order from this share of all revenue is named
ENOUGH_ORDERS = 100  # under so many, every order is a large part


def outliers(facts: Facts) -> Iterator[Finding]:
    """Orders that are a large part of all revenue."""
    if facts.revenue is None or not facts.sales or facts.total <= 0:
        return
    order = facts.order if facts.order is not None else np.arange(len(facts))
    single = np.where(order < 0, order.max(initial=-1) + 1 + np.arange(len(order)), order)
    sums = np.bincount(single, facts.worth * facts.counted)
    if np.count_nonzero(sums) < ENOUGH_ORDERS:
        return
    large = np.flatnonzero(sums >= LARGE * facts.total)
    for one in large[np.argsort(-sums[large], kind="stable")][:3]:
        rows = np.flatnonzero(single == one)
        back = _taken_back(facts, rows, float(sums[one]))
        worth = f" is {formats.share(sums[one] / facts.total, 1)} of all revenue: {formats.whole(sums[one])}"
        end = "; the same amount was taken back." if len(back) else "."
        parts = (*_order_name(facts, rows), worth, *_who(facts, rows), end)
        yield Finding(
            "outlier",
            joined(parts),
            "It alone moves averages, growth and the rank of its customer.",
            leaving_out(facts, np.concatenate((rows, back))),
            rows,
            parts,
        )


def _order_name(facts: Facts, rows: np.ndarray) -> tuple[str | Cell, ...]:
    name = cell(facts, "order", rows)
    return ("One order (", name, ")") if name else ("One line",)


def _who(facts: Facts, rows: np.ndarray) -> tuple[str | Cell, ...]:
    customer, day = cell(facts, "customer", rows), cell(facts, "date", rows)
    return ((", by ", customer) if customer else ()) + ((" on ", day) if day else ())


def _taken_back(facts: Facts, rows: np.ndarray, amount: float) -> np.ndarray:
    """The line by which the same customer has the same amount taken back, if there is one."""
    if facts.customer is None or facts.customer[rows[0]] < 0:
        return rows[:0]
    theirs = np.flatnonzero(facts.customer == facts.customer[rows[0]])
    return theirs[np.abs(facts.worth[theirs] + amount) < 0.005][:1]
