"""Profit now against potential: two cut lines, four sectors, and the points the bubble chart draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.customers import Customers
from segmentation.cuts import cross, edges
from segmentation.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

SECTORS = {
    ("profitable", "promising"): "Invest",
    ("profitable", "limited"): "Harvest",
    ("weak", "promising"): "Develop",
    ("weak", "limited"): "Let go",
}
SAMPLE = 240


def sectors(customers: Customers, profit: float, potential: float) -> Segmentation:
    """Invest, Harvest, Develop, Let go: customers by two cut lines, in money per customer.

    A customer on a line is on its better side. Profit is `customers.money` (revenue where no profit is known).
    """
    now = edges(customers, customers.money, [profit], ("profitable", "weak"))
    later = edges(customers, "potential", [potential], ("promising", "limited"))
    return cross(now, later, SECTORS)


def lines(customers: Customers, chosen: Mapping[str, float]) -> tuple[float, float]:
    """The cut lines of profit and potential: as chosen, else at the average customer, rounded to two digits."""
    both = (("profit", customers.money), ("potential", "potential"))
    average = {axis: _average(customers, column) if column in customers.frame else 0.0 for axis, column in both}
    return chosen.get("profit", average["profit"]), chosen.get("potential", average["potential"])


def _average(customers: Customers, column: str) -> float:
    return nice(customers.total(column) / max(customers.known(column), 1))


def corners(customers: Customers, at: tuple[float, float]) -> dict[str, str]:
    """Sector → its name and how many customers it holds, with the lines there."""
    found = sectors(customers, *at)
    return {n: f"{n} · {formats.count(count)}" for n, count in zip(found.names, found.counts[:-1], strict=True)}


def line_stops(customers: Customers, column: str) -> list[float]:
    """Positions a cut line moves through: about a hundred round values spread as the customers are."""

    def stops() -> list[float]:
        values = customers.values(column)
        spread = np.nanquantile(values, np.linspace(0.0, 1.0, 101)) if np.isfinite(values).any() else [0.0]
        return sorted({0.0, *(nice(value) for value in spread)})

    return customers.keep(("stops", column), stops)


def nice(value: float) -> float:
    """Two significant digits, so that a line can be named."""
    return float(f"{value:.2g}") if np.isfinite(value) else 0.0


def sample(customers: Customers) -> np.ndarray:
    """Row numbers of about 240 customers that show the whole cloud: even steps of profit, and both tails.

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

    return customers.keep("sample", pick)


def points(segmentation: Segmentation, summary: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the bubble chart draws, as columns: sampled customers, then the segments at their mean.

    kind ("customer"/"segment"), name, segment, colour (palette slot as text), x (profit or revenue per customer),
    y (potential per customer), size (revenue, or profit where that alone is known), customers.
    summary   as `summarise` or `figures` give it
    """
    customers = segmentation.customers
    cloud = customers.keep("cloud", lambda: _cloud(customers))
    names, slots = [*segmentation.names, UNKNOWN], [*map(str, segmentation.colours), str(UNKNOWN_COLOUR)]
    codes = segmentation.placing.codes(sample(customers)).tolist()
    held = np.flatnonzero(np.asarray(summary["customers"]))
    segments = [summary["segment"][at] for at in held]

    def means(column: str) -> list[Any]:
        return np.asarray(summary[column])[held].tolist()

    return {
        "kind": ["customer"] * len(codes) + ["segment"] * len(held),
        "name": cloud["name"] + segments,
        "segment": [names[code] for code in codes] + segments,
        "colour": [slots[code] for code in codes] + [str(summary["colour"][at]) for at in held],
        "x": cloud["x"] + means(f"{customers.money}_each"),
        "y": cloud["y"] + means("potential_each"),
        "size": cloud["size"] + means(volume(customers)),
        "customers": [1] * len(codes) + means("customers"),
    }


def _cloud(customers: Customers) -> dict[str, list[Any]]:
    """The sampled customers: what of them no threshold changes."""
    rows = sample(customers)
    numbers = {"x": customers.money, "y": "potential", "size": volume(customers)}
    drawn = {axis: customers.values(column)[rows].tolist() for axis, column in numbers.items()}
    return {"name": customers.frame.index[rows].tolist(), **drawn}


def volume(customers: Customers) -> str:
    """The column that sets the size of bubbles."""
    return "revenue" if "revenue" in customers.frame else customers.money
