"""Cooperation: how good the working relationship is, 0–100; and what serving a customer costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.customers.ranks import mean_of, points
from segmentation.dataclass import dataclass
from segmentation.problems import Problem

PARTS = ("loyalty", "cooperation", "reliability")
MEANT = {
    "loyalty": "how long the relationship lasts",
    "cooperation": "how readily proposals are accepted",
    "reliability": "how steadily orders come in their own rhythm, or what a column says of payment and time",
}
EQUAL = dict.fromkeys(PARTS, 1.0)
HEAVIEST = 1e12  # a weight beside which others still count
MAKES = "Cooperation is"


def cooperation(
    customers: Customers, weights: Mapping[str, float] | None = None, columns: Mapping[str, str] | None = None
) -> np.ndarray:
    """Weighted 0–100 of loyalty, cooperation and reliability: float64 (n,), NaN where nothing is known.

    weights  part → how much it counts (0 or more); default all alike. A part nobody knows of a customer is left out
             and the rest weighs more.
    columns  part → number column that shows it (larger is better; "−" before the name: smaller is better); without
             one loyalty is `tenure_days`, reliability the silence in the customer's own cycles, and cooperation is
             left out
    Raises Problem for other parts, weights below 0 or all 0, columns there are not, and where no part is known.
    """
    weights = {**EQUAL, **(weights or {})}
    check_parts(weights, columns or {})
    parts = cooperation_parts(customers, columns)
    used = {name: values for name, values in parts.items() if weights[name] > 0}
    if not used:
        raise Problem(
            "Nothing is known of how these customers cooperate: choose a column for loyalty, cooperation or reliability."
        )
    return mean_of(used, weights)


def cooperation_parts(customers: Customers, columns: Mapping[str, str] | None = None) -> dict[str, np.ndarray]:
    """The parts that are known, as points 0–100 among the customers: name → float64 (n,)."""
    found = {name: _chosen(customers, (columns or {}).get(name, "")) for name in PARTS}
    if found["loyalty"] is None and "tenure_days" in customers.frame:
        found["loyalty"] = points(customers.values("tenure_days"))
    if found["reliability"] is None and {"recency_days", "cycle_days"} <= set(customers.frame):
        found["reliability"] = points(_silence(customers), best="low")
    return {name: values for name, values in found.items() if values is not None}


def _chosen(customers: Customers, column: str) -> np.ndarray | None:
    if not column:
        return None
    less = column.startswith(formats.MINUS)
    return points(customers.values(column.lstrip(formats.MINUS)), best="low" if less else "high")


def _silence(customers: Customers) -> np.ndarray:
    """Silence in the customer's own cycles, at least one: who is within the cycle is on time."""
    cycle = np.maximum(customers.values("cycle_days"), 1)
    return np.maximum(customers.values("recency_days") / cycle, 1)


def check_parts(weights: Mapping[str, float], columns: Mapping[str, str]) -> None:
    """Problem for parts there are not, and for weights that cannot be."""
    if strange := [str(name) for name in (*weights, *columns) if name not in PARTS]:
        raise Problem(f"Cooperation has no part “{strange[0]}”; it has {', '.join(PARTS)}.")
    if not all(isinstance(column, str) for column in columns.values()):
        raise Problem("A part of cooperation can be shown by a column, named as in the file.")
    numbers = all(isinstance(w, int | float) and not isinstance(w, bool) for w in weights.values())
    if not numbers or not all(0 <= w <= HEAVIEST for w in weights.values()) or not any(weights.values()):
        raise Problem("The weights of cooperation can be numbers of 0 or more, one of them above 0.")


def with_cooperation(
    customers: Customers, weights: Mapping[str, float] | None = None, columns: Mapping[str, str] | None = None
) -> Customers:
    """The customers with a `cooperation` column, and a note that says what it is made of."""
    values = cooperation(customers, weights, columns)
    full = {**EQUAL, **(weights or {})}
    known = [part for part in cooperation_parts(customers, columns) if full[part] > 0]
    total = sum(full[part] for part in known)
    said = ", ".join(f"{part} {formats.share(full[part] / total)}" for part in known)
    made = customers.with_column("cooperation", np.round(values, 2))
    made.notes = (
        *(note for note in customers.notes if not note.startswith(MAKES)),
        f"{MAKES} {said}, in points 0–100.",
    )
    return made


@dataclass(frozen=True)
class Rates:
    """What serving costs, in money: per order, per line, per visit (a day with a purchase), per customer."""

    order: float = 0.0
    line: float = 0.0
    visit: float = 0.0
    customer: float = 0.0


COUNTED = {"order": "orders", "line": "lines", "visit": "visits"}


def cost_of(customers: Customers, rates: Rates) -> np.ndarray:
    """Cost to serve each customer by rates, to the cent: float64 (n,). Problem for a rate below 0 or not countable."""
    total = np.full(len(customers), float(rates.customer))
    for name, rate in asdict(rates).items():
        if not np.isfinite(rate) or rate < 0:
            raise Problem(f"The cost per {name} is {rate:g}; it can be 0 or more.")
        if rate and name in COUNTED:
            if COUNTED[name] not in customers.frame:
                raise Problem(
                    f"The file does not say how many {COUNTED[name]} a customer has: leave out the cost per {name}."
                )
            total += rate * np.nan_to_num(customers.values(COUNTED[name]))
    return np.round(total, 2)


def with_rates(customers: Customers, rates: Rates) -> Customers:
    """The customers with `cost_to_serve` by rates and their `profit` after it.

    A cost to serve of the file's own was taken off its profit already: it is given back first. Without profit it is
    taken off revenue. The potential is left as it is: ask the model again.
    """
    if not {"profit", "revenue"} & set(customers.frame):
        raise Problem("There is neither profit nor revenue to take the cost to serve off: choose a column of money.")
    cost = cost_of(customers, rates)
    own = customers.values("cost_to_serve") if "cost_to_serve" in customers.frame else np.zeros(len(cost))
    back = np.nan_to_num(own) if "profit" in customers.frame else np.zeros(len(cost))
    profit = np.round(customers.values(customers.money) + back - cost, 4)
    said = ", ".join(f"{formats.number(rate)} per {name}" for name, rate in asdict(rates).items() if rate) or "nothing"
    of = label(customers.money).lower()
    made = customers.with_column("cost_to_serve", cost).with_column("profit", profit)
    made.notes = (*customers.notes, f"Cost to serve is {said}; profit is {of} after it.")
    return made


def economics(customers: Customers) -> dict[str, np.ndarray]:
    """Turnover, cost to serve and profit of each customer, as far as they are known: name → float64 (n,)."""
    names = {"turnover": "revenue", "cost to serve": "cost_to_serve", "profit": "profit"}
    return {said: customers.values(name) for said, name in names.items() if name in customers.frame}
