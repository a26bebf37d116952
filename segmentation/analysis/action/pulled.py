"""The levers of a segment: which there are, how far each can be moved, and what is assumed with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.dataclass import dataclass
from segmentation.problems import Problem


@dataclass(frozen=True)
class Pulled:
    """The levers of one segment, each as a change from today, and what is assumed with them.

    frequency  share by which they order more often (all they buy, what it costs and what serving costs grow with it)
    price      share by which prices rise; lost: by how many per cent they buy less for each per cent of price
    retention  by how much the share of customers who stay changes (0.05: of a hundred, five more stay, and each brings and
               costs what a customer of the segment does); stay: that share today, which says how far it can change
    minimum    smallest order taken (money); leave: share of those who order less who leave instead of ordering more at a time
    serve      share by which the cost to serve changes
    let_go     share of the customers let go, the least profitable first, after all else
    contact    what reaching one customer by a campaign costs; response: share who answer; uplift: what one who answers buys
               more (revenue, money); kept: what of a sum of such revenue is left after the cost of sales
    stay, uplift and kept are measured where they are None.
    """

    frequency: float = 0.0
    price: float = 0.0
    retention: float = 0.0
    minimum: float = 0.0
    serve: float = 0.0
    let_go: float = 0.0
    contact: float = 0.0
    response: float = 0.0
    lost: float = 0.0
    leave: float = 0.0
    stay: float | None = None
    uplift: float | None = None
    kept: float | None = None


LEVERS = {  # in the order in which they are pulled; a campaign is pulled by its cost and its response
    "frequency": "Orders",
    "price": "Price",
    "retention": "Retention",
    "minimum": "Minimum order",
    "serve": "Cost to serve",
    "let_go": "Letting go",
    "campaign": "Campaign",
}
LIMITS = {
    "frequency": (-1.0, 5.0),
    "price": (-1.0, 5.0),
    "retention": (-1.0, 1.0),
    "minimum": (0.0, 1e12),
    "serve": (-1.0, 10.0),
    "let_go": (0.0, 1.0),
    "contact": (0.0, 1e9),
    "response": (0.0, 1.0),
    "lost": (0.0, 100.0),
    "leave": (0.0, 1.0),
    "stay": (0.0, 1.0),
    "uplift": (0.0, 1e12),
    "kept": (-10.0, 1.0),
}
CALLED = {
    **LEVERS,
    "contact": "The cost per contact",
    "response": "The response",
    "lost": "Sales lost per 1% of price",
    "leave": "The share lost to a minimum order",
    "stay": "Retention today",
    "uplift": "Extra sales per response",
    "kept": "Gross margin",
}
MONEY = ("minimum", "contact", "uplift")


def pulled_of(held: Mapping[str, Any], segment: str = "") -> Pulled:
    """Levers of plain numbers. Raises Problem for a lever there is not, and for one beyond its limits."""
    if strange := [str(name) for name in held if name not in LIMITS]:
        raise Problem(f"There is no lever {', '.join(strange)}; there are {', '.join(LIMITS)}.")
    for name, value in held.items():
        low, high = LIMITS[name]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not low <= value <= high:
            where, share = f" of {segment}" if segment else "", name not in (*MONEY, "lost")
            told = f"{100 * value:.6g}%" if share and number and value == value else value
            ends = [f"{one:.0%}" if share else f"{one:,.0f}" for one in (low, high)]
            raise Problem(f"{CALLED[name]}{where} is {told}; it can be from {ends[0]} to {ends[1]}.")
    return Pulled(**held)
