"""The whale curve with levers: what a price, a cost, a minimum order and letting go would do to profit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation import formats
from segmentation.analysis.pareto import Whale, whale, whale_of
from segmentation.customers.customers import Customers
from segmentation.problems import Problem


@dataclass(frozen=True)
class Levers:
    """What is changed, everything else staying as it is (nobody buys less for it).

    price      share by which prices rise (0.02: 2 % up; below 0: down); it goes to profit whole
    serve      share by which the cost to serve changes (−0.1: a tenth less)
    minimum    smallest order taken (money): who orders less at a time orders less often for the same revenue, so the
               cost to serve falls in the same measure
    let_go     how many of the least profitable customers are let go, after all else: their profit, or loss, ends
    """

    price: float = 0.0
    serve: float = 0.0
    minimum: float = 0.0
    let_go: int = 0


LIMITS = {"price": (-1.0, 1.0), "serve": (-1.0, 1.0), "minimum": (0.0, 1e12), "let_go": (0, 10**9)}


@dataclass(frozen=True)
class Pulled:
    """Profit before and after (money) with both whale curves, and how many customers stay.

    by_lever   what each lever added, in the order pulled; they add up to after − before
    """

    before: Whale
    after: Whale
    by_lever: dict[str, float]
    customers: int

    @property
    def gain(self) -> float:
        return self.after.total - self.before.total

    @property
    def sentence(self) -> str:
        """Profit before and after, in words."""
        change = f"{'more' if self.gain >= 0 else 'less'}: {formats.compact(abs(self.gain))}"
        return f"Profit would be {formats.compact(self.after.total)} instead of {formats.compact(self.before.total)}, {change}."


def pull(customers: Customers, levers: Levers) -> Pulled:
    """Pull the levers on these customers' profit (revenue where no profit is known).

    Raises Problem for a lever beyond its limits and for one that needs a figure the customers do not have.
    """
    _check(customers, levers)
    profit = np.nan_to_num(customers.values(customers.money))
    steps = {"price": profit + levers.price * _known(customers, "revenue") if levers.price else profit}
    steps["minimum"] = steps["price"] + _saved(customers, levers.minimum) if levers.minimum else steps["price"]
    cost = _known(customers, "cost_to_serve") - _saved(customers, levers.minimum) if levers.serve else 0.0
    steps["serve"] = steps["minimum"] - levers.serve * cost
    kept = _without_worst(steps["serve"], levers.let_go)
    totals = [whale(customers).total, *(float(values.sum()) for values in steps.values()), float(kept.sum())]
    by_lever = dict(zip((*steps, "let_go"), np.diff(totals).tolist(), strict=True))
    return Pulled(whale(customers), whale_of(kept), by_lever, len(kept))


def _check(customers: Customers, levers: Levers) -> None:
    for name, (low, high) in LIMITS.items():
        value = getattr(levers, name)
        if not (isinstance(value, int | float) and low <= value <= high):
            raise Problem(f"The lever {name} is {value}; it can be from {low:g} to {high:g}.")
    needed = {
        "price": ("revenue",),
        "serve": ("cost_to_serve",),
        "minimum": ("cost_to_serve", "average_order"),
    }
    for name, columns in needed.items():
        lacking = [column for column in columns if column not in customers.frame]
        if getattr(levers, name) and lacking:
            raise Problem(f"The lever {name} needs {' and '.join(lacking)}, which these customers do not have.")


def _known(customers: Customers, column: str) -> np.ndarray:
    return np.nan_to_num(customers.values(column))


def _saved(customers: Customers, minimum: float) -> np.ndarray:
    """Cost to serve saved when small orders are gathered to the minimum: float64 (n,)."""
    if not minimum:
        return np.zeros(len(customers))
    order = _known(customers, "average_order")
    return _known(customers, "cost_to_serve") * np.where(order > 0, np.clip(1 - order / minimum, 0, 1), 0.0)


def _without_worst(profit: np.ndarray, count: int) -> np.ndarray:
    """The profits without the so many lowest."""
    if count <= 0:
        return profit
    return np.partition(profit, count)[count:] if count < len(profit) else profit[:0]


def beyond_peak(customers: Customers) -> np.ndarray:
    """Row numbers of the customers beyond the peak of the whale curve: those below zero, worst first.

    By profit they cost more than they bring; by revenue, where no profit is known, more went back to them than came.
    """
    ranked = customers.ranked(customers.money)
    rows = ranked.order[: ranked.known][::-1]
    return rows[customers.values(customers.money)[rows] < 0]
