"""What may stand in a table twice: rows, order numbers, orders."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Finding, leaving_out, verb, ways
from segmentation.rollup.repeated import likely_alike, repeated_rows

MOST_NAMED = 100  # orders are left out by name up to so many


def duplicate_rows(facts: Facts) -> Iterator[Finding]:
    rows = repeated_rows(facts.table)
    if len(rows):
        doubt = "" if facts.order is not None else " Without an order number, two equal sales on one day look the same."
        yield Finding(
            "duplicate_rows",
            f"{facts.lines(len(rows))} {verb(len(rows), 'repeats', 'repeat')} another in every column.",
            f"If {verb(len(rows), 'it was', 'they were')} entered twice, {facts.money(rows)} is counted too often.{doubt}",
            ways("duplicates", first="drop"),
            rows,
        )


def shared_orders(facts: Facts) -> Iterator[Finding]:
    """Order numbers under which several customers stand."""
    if facts.order is None or facts.customer is None or not facts.sales:
        return
    known = (facts.order >= 0) & (facts.customer >= 0)
    order, customer = facts.order[known], facts.customer[known]
    first = np.full(int(facts.order.max(initial=-1)) + 1, -1, np.int64)
    first[order[::-1]] = customer[::-1]
    mixed = np.zeros(len(first), bool)
    mixed[order[first[order] != customer]] = True
    if count := int(mixed.sum()):
        rows = np.flatnonzero((facts.order >= 0) & mixed[facts.order])
        yield Finding(
            "shared_orders",
            f"{formats.plural(count, 'order number')} {verb(count, 'stands', 'stand')} under several customers.",
            f"Each of them counts it as an order of their own; it holds {facts.money(rows)}.",
            (),
            rows,
        )


def repeated_orders(facts: Facts) -> Iterator[Finding]:
    """Orders of another number with the same customer, day and amount as an earlier one."""
    if facts.order is None or facts.customer is None or facts.day is None or facts.revenue is None:
        return
    known = np.flatnonzero((facts.order >= 0) & (facts.customer >= 0) & ~np.isnat(facts.day))
    order = facts.order[known]
    size = int(order.max(initial=-1)) + 1
    lines, sums = np.bincount(order, minlength=size), np.bincount(order, facts.worth[known], minlength=size)
    head = np.zeros(size, np.int64)
    head[order[::-1]] = known[::-1]
    there = np.flatnonzero((lines > 0) & (sums > 0))
    heads = head[there]
    about = [facts.customer[heads], facts.day[heads].astype(np.int64), lines[there], np.rint(sums[there] * 10_000)]
    suspects = likely_alike(values.astype(np.int64).view(np.uint64) for values in about)
    told = pd.DataFrame({i: values[suspects] for i, values in enumerate(about)})
    again = there[suspects[told.duplicated().to_numpy()]]
    if len(again):
        rows = np.flatnonzero(np.isin(facts.order, again))
        yield Finding(
            "repeated_orders",
            f"{formats.plural(len(again), 'order')} {verb(len(again), 'has', 'have')} the customer, day, amount and number of "
            "lines of another order.",
            f"If {verb(len(again), 'it was', 'they were')} booked twice, {facts.money(rows)} is counted too often.",
            leaving_out(facts, rows) if len(again) <= MOST_NAMED else (),
            rows,
        )
