"""Why rows are not used, in words: what counts and lists them looks here, so a new reason is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from segmentation import formats


class Why(NamedTuple):
    """A reason: `row` says it of one row, `rows` stands behind a number of them."""

    row: str
    rows: str


WHY = {
    "without_customer": Why("no customer", "without a customer"),
    "without_date": Why("no date", "without a date"),
    "after_as_of": Why("after the as-of date", "after the as-of date"),
    "before_window": Why("before the window", "before the window"),
    "returns_dropped": Why("a return", "that are returns"),
    "group_heading": Why("names the customer of the rows below", "that name the customer of the lines below"),
    "duplicate_rows": Why("repeats another row", "that repeat another"),
    "named_orders": Why("its order is left out by name", "of orders left out by name"),
    "zero_amounts": Why("an amount of 0 or none", "with an amount of 0 or none"),
    "cancelled": Why("its order was cancelled", "of cancelled orders"),
    "failed": Why("its order failed", "of orders that failed"),
    "unpaid": Why("its order is not paid", "of orders that are not paid"),
    "refunded": Why("its order was refunded", "of refunded orders"),
    "draft": Why("a draft or quote", "that are drafts or quotes"),
    "open": Why("still open", "that are still open"),
    "lost": Why("lost", "that were lost"),
    "chosen": Why("no sale, as chosen", "that are no sales, as chosen"),
    "payment": Why("a payment received, no sale", "that are payments received"),
    "other": Why("a payout, fee or transfer", "that are payouts, fees or transfers"),
    "nothing": Why("nothing is sold in it", "in which nothing is sold"),
    "not_won": Why("not won", "that are not won"),
    "planned": Why("dated after today, so only planned", "dated after today, so only planned"),
    "other_currency": Why("in another currency", "in another currency"),
}


def counted(left_out: Mapping[str, int]) -> dict[str, str]:
    """Reason → how many lines are left out for it ("5 lines without a date"), where any are."""
    return {reason: f"{formats.plural(n, 'line')} {WHY[reason].rows}" for reason, n in left_out.items() if n}


def told(left_out: Mapping[str, int]) -> dict[str, str]:
    """The same as sentences."""
    return {reason: f"{lines}: not used." for reason, lines in counted(left_out).items()}
