"""The whale curve with levers: what a price, a cost, a minimum order and letting go would do to profit."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from segmentation import formats
from segmentation.analysis.pareto import Whale, whale, whale_of
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
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
        before, after = formats.apart(self.before.total, self.after.total)
        return f"Profit would be {after} instead of {before}, {change}."


@dataclass(frozen=True)
class Books:
    """What some customers bring and cost, one number a customer: float64 (n,), missing as 0.

    revenue − cost − serve is their profit; order is what they order at a time, infinite where it is not known. What levers do to
    customers stands here once, for the whale curve of all and for the scenarios of segments.
    """

    revenue: np.ndarray
    cost: np.ndarray
    serve: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, customers: Customers, rows: np.ndarray | slice = slice(None)) -> Books:
        """Those of these customers; where no profit is known their revenue stands in its place."""
        names = ("revenue", "cost_to_serve", "average_order", customers.money)
        revenue, serve, order, money = (_known(customers, name, rows) for name in names)
        return cls(revenue, revenue - serve - money, serve, np.where(order > 0, order, np.inf))

    @property
    def profit(self) -> np.ndarray:
        return self.revenue - self.cost - self.serve

    @cached_property
    def total(self) -> float:
        """Profit of all, without laying out each one's."""
        return float(self.revenue.sum() - self.cost.sum() - self.serve.sum())

    def times(self, factor: float | np.ndarray) -> Books:
        """More or less of everything they buy."""
        if isinstance(factor, float) and factor == 1:
            return self
        return Books(self.revenue * factor, self.cost * factor, self.serve * factor, self.order)

    def priced(self, share: float) -> Books:
        """Prices are so much higher; what is sold stays."""
        return self if not share else replace(self, revenue=self.revenue * (1 + share))

    def gathered(self, minimum: float) -> Books:
        """Small orders are gathered to the minimum: fewer of them for the same revenue, so serving costs less."""
        return self if not minimum else replace(self, serve=self.serve * self.reached(minimum))

    def served(self, share: float) -> Books:
        """Serving costs so much more (or, below 0, less)."""
        return self if not share else replace(self, serve=self.serve * (1 + share))

    def without_worst(self, count: int) -> Books:
        """Without the so many lowest by profit."""
        if count <= 0:
            return self
        stay = np.argpartition(self.profit, count)[count:] if count < len(self.revenue) else slice(0)
        return Books(*(part[stay] for part in (self.revenue, self.cost, self.serve, self.order)))

    def worst(self, count: int) -> float:
        """What the so many lowest by profit bring together (money), without laying out who they are."""
        if count >= len(self.revenue):
            return self.total
        return float(np.partition(self.profit, count - 1)[:count].sum()) if count > 0 else 0.0

    def reached(self, minimum: float) -> np.ndarray:
        """Which part of a minimum order each one reaches, at most 1: float64 (n,)."""
        return np.minimum(self.order, minimum) / minimum


def pull(customers: Customers, levers: Levers) -> Pulled:
    """Pull the levers on these customers' profit (revenue where no profit is known).

    Raises Problem for a lever beyond its limits and for one that needs a figure the customers do not have.
    """
    _check(customers, levers)
    before = whale(customers)
    steps = {"today": Books.of(customers)}
    steps["price"] = steps["today"].priced(levers.price)
    steps["minimum"] = steps["price"].gathered(levers.minimum)
    steps["serve"] = steps["minimum"].served(levers.serve)
    steps["let_go"] = steps["serve"].without_worst(levers.let_go)
    totals = [books.total for books in steps.values()]
    by_lever = dict(zip(list(steps)[1:], np.diff(totals).tolist(), strict=True))
    kept = steps["let_go"]
    after = whale_of(kept.profit) if any(vars(levers).values()) else before
    return Pulled(before, after, by_lever, len(kept.order))


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


def _known(customers: Customers, column: str, rows: np.ndarray | slice) -> np.ndarray:
    """A column of some rows with what is missing as 0; zeros where there is none of that name."""
    values = customers.values(column) if column in customers.frame else np.zeros(len(customers))
    return np.nan_to_num(values[rows])


def beyond_peak(customers: Customers) -> np.ndarray:
    """Row numbers of the customers beyond the peak of the whale curve: those below zero, worst first.

    By profit they cost more than they bring; by revenue, where no profit is known, more went back to them than came.
    """
    ranked = customers.ranked(customers.money)
    rows = ranked.order[: ranked.known][::-1]
    return rows[customers.values(customers.money)[rows] < 0]
