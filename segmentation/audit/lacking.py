"""What is missing, negative, nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from segmentation import formats
from segmentation.audit.facts import Facts
from segmentation.audit.findings import Choice, Finding, verb, ways
from segmentation.customers.parents import named_once


def missing(facts: Facts) -> Iterator[Finding]:
    if not facts.sales:
        return
    if facts.customer is not None and len(rows := np.flatnonzero(facts.customer < 0)):
        yield Finding(
            "missing_customer",
            f"{facts.lines(len(rows))} {verb(len(rows), 'has', 'have')} no customer.",
            f"Nobody is credited with {facts.money(rows)}.",
            (*_from_above(facts), *ways("blanks")),
            rows,
        )
    if facts.day is not None and len(rows := np.flatnonzero(np.isnat(facts.day) & ~facts.heads)):
        yield Finding(
            "missing_date",
            f"{facts.lines(len(rows))} {verb(len(rows), 'has', 'have')} no date.",
            f"{verb(len(rows), 'It is', 'They are')} set aside, with {facts.money(rows)}.",
            (),
            rows,
        )
    if facts.revenue is not None and len(rows := np.flatnonzero(np.isnan(facts.revenue) & ~facts.continued)):
        yield Finding(
            "missing_amount",
            f"{facts.lines(len(rows))} {verb(len(rows), 'has', 'have')} no amount.",
            verb(
                len(rows),
                "It counts as a purchase of 0: its customer looks as if they bought more often for less.",
                "They count as purchases of 0: their customers look as if they bought more often for less.",
            ),
            ways("zeros", first="drop"),
            rows,
        )


def _from_above(facts: Facts) -> tuple[Choice, ...]:
    """Where each customer is named in one block of rows alone, the rows without one may be theirs."""
    if not named_once(facts.table, facts.roles["customer"]):
        return ()
    return (Choice("They belong to the customer named above", {"parents": "down"}),)


def negative(facts: Facts) -> Iterator[Finding]:
    if facts.revenue is not None and facts.sales and len(rows := np.flatnonzero(facts.revenue < 0)):
        yield Finding(
            "negative_amounts",
            formats.plural(len(rows), "line is", "lines are")
            + verb(
                len(rows),
                " negative: a return, cancellation or credit",
                " negative: returns, cancellations or credits",
            )
            + _of_nobody(facts, rows),
            f"{verb(len(rows), 'It takes', 'They take')} {formats.whole(-float(facts.worth[rows].sum()))} off what was sold"
            f"{_undone(facts, rows)}.",
            ways("returns"),
            rows,
        )


def _of_nobody(facts: Facts, rows: np.ndarray) -> str:
    """How many of them have no customer: they are no part of what is said of returns elsewhere."""
    nobody = 0 if facts.customer is None else int((facts.customer[rows] < 0).sum())
    return f"; {formats.count(nobody)} of them {verb(nobody, 'has', 'have')} no customer." if nobody else "."


def _undone(facts: Facts, rows: np.ndarray) -> str:
    """How many customers the negative lines leave with nothing."""
    if facts.customer is None:
        return ""
    known = facts.customer >= 0
    sums = np.bincount(facts.customer[known], facts.worth[known])
    touched = np.unique(facts.customer[rows][facts.customer[rows] >= 0])
    nothing = int((sums[touched] < 0.005).sum())
    if not nothing:
        return ""
    return f"; {formats.plural(nothing, 'customer')} {verb(nothing, 'is', 'are')} left with nothing or less"


def zero(facts: Facts) -> Iterator[Finding]:
    if facts.revenue is not None and facts.sales and len(rows := np.flatnonzero(facts.revenue == 0)):
        nobody = _customers_only_in(facts, rows)
        rest = f"; {formats.plural(nobody, 'customer')} {verb(nobody, 'has', 'have')} no other line" if nobody else ""
        yield Finding(
            "zero_amounts",
            f"{facts.lines(len(rows))} {verb(len(rows), 'has', 'have')} an amount of 0.",
            verb(
                len(rows),
                f"It brings nothing and counts as a purchase: a gift, a correction or a missing price{rest}.",
                f"They bring nothing and count as purchases: gifts, corrections or missing prices{rest}.",
            ),
            ways("zeros"),
            rows,
        )


def _customers_only_in(facts: Facts, rows: np.ndarray) -> int:
    """How many customers have no line but these."""
    if facts.customer is None:
        return 0
    size = int(facts.customer.max(initial=-1)) + 1
    counts = [np.bincount(codes[codes >= 0], minlength=size) for codes in (facts.customer, facts.customer[rows])]
    return int(((counts[0] == counts[1]) & (counts[0] > 0)).sum())
