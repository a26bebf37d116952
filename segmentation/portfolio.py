"""Profit now against potential: two cut lines, four sectors, and the points the bubble chart draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from segmentation.customers import Customers
from segmentation.cuts import cross, edges
from segmentation.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

SECTORS = {
    ("profitable", "promising"): "Invest",
    ("profitable", "limited"): "Harvest",
    ("weak", "promising"): "Develop",
    ("weak", "limited"): "Let go",
}
SAMPLE = 400


def sectors(customers: Customers, profit: float, potential: float) -> Segmentation:
    """Invest, Harvest, Develop, Let go: customers by two cut lines, in money per customer.

    A customer on a line is on its better side. Profit is `customers.money` (revenue where no profit is known).
    """
    now = edges(customers, customers.money, [profit], ("profitable", "weak"))
    later = edges(customers, "potential", [potential], ("promising", "limited"))
    return cross(now, later, SECTORS)


def lines(customers: Customers, chosen: Mapping[str, float]) -> tuple[float, float]:
    """The cut lines of profit and potential: as chosen, else at the average customer, rounded to two digits."""
    n = max(len(customers), 1)
    both = (("profit", customers.money), ("potential", "potential"))
    average = {axis: nice(customers.total(column) / n) if column in customers.frame else 0.0 for axis, column in both}
    return chosen.get("profit", average["profit"]), chosen.get("potential", average["potential"])


def line_stops(customers: Customers, column: str) -> list[float]:
    """Positions a cut line moves through: about a hundred round values spread as the customers are."""

    def stops() -> list[float]:
        values = customers.values(column)
        spread = np.nanquantile(values, np.linspace(0.0, 1.0, 101)) if np.isfinite(values).any() else [0.0]
        return sorted({0.0, *(nice(value) for value in spread)})

    return customers.remember(("stops", column), stops)


def nice(value: float) -> float:
    """Two significant digits, so that a line can be named."""
    return float(f"{value:.2g}") if np.isfinite(value) else 0.0


def sample(customers: Customers) -> np.ndarray:
    """Row numbers of about 400 customers that show the whole cloud: even steps of profit, and both tails.

    The same customers whatever the row order, so the picture does not flicker.
    """

    def pick() -> np.ndarray:
        both = []
        for column in (customers.money, "potential"):
            ranked = customers.ranked(column)
            order = ranked.order[: ranked.known]
            even = np.linspace(0, len(order) - 1, min(SAMPLE // 2, len(order))).astype(int)
            both += [order[:10], order[even], order[-10:]]
        return np.unique(np.concatenate(both))

    return customers.remember("sample", pick)


def points(segmentation: Segmentation, summary: pd.DataFrame) -> pd.DataFrame:
    """What the bubble chart draws: sampled customers and the segments at their mean.

    Columns kind ("customer"/"segment"), name, colour (palette slot as text), x (profit or revenue per customer),
    y (potential per customer), size (revenue, or profit where that alone is known; of one customer or of the
    whole segment), customers.
    """
    customers, rows = segmentation.customers, sample(segmentation.customers)
    volume = "revenue" if "revenue" in customers.frame else customers.money
    slots = np.array([*segmentation.colours, UNKNOWN_COLOUR])
    names = np.array([*segmentation.names, UNKNOWN], dtype=object)
    codes = segmentation.codes[rows]
    cloud = pd.DataFrame(
        {
            "kind": "customer",
            "name": customers.frame.index[rows],
            "segment": names[codes],
            "colour": slots[codes].astype(str),
            "x": customers.values(customers.money)[rows],
            "y": customers.values("potential")[rows],
            "size": customers.values(volume)[rows],
            "customers": 1,
        }
    )
    held = summary[summary["customers"] > 0]
    bubbles = pd.DataFrame(
        {
            "kind": "segment",
            "name": held["segment"],
            "segment": held["segment"],
            "colour": held["colour"].astype(str),
            "x": held[f"{customers.money}_each"],
            "y": held["potential_each"],
            "size": held[volume],
            "customers": held["customers"],
        }
    )
    return pd.concat([cloud, bubbles], ignore_index=True)
