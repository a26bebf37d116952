"""Profit now against potential: two cut lines, four sectors, and the points the bubble chart draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.positions import positions_of, reached
from segmentation.customers.customers import Customers
from segmentation.segments.cuts import cumulative_share
from segmentation.segments.plane import CORNER, LET_GO, above_nothing, sectors
from segmentation.segments.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

SAMPLE = 240
NEVER = int(np.iinfo(np.int16).max)  # steps: no line passes those who bring nothing
At = tuple[float | Sequence[float], float | Sequence[float]]
DROPPED = 0.95  # of profit: where an ABC begins to drop customers


def clear_cut(customers: Customers, at: At, now: str | None = None) -> np.ndarray:
    """How far each customer is from the nearest line, in steps of its slider: int16 (n,); −1 where unknown.

    at   the line of profit and the line of potential, or several of either; none stands lower than just above nothing
    0: the next step of a slider changes the decision; the larger, the easier it is. NEVER where no line can pass.
    """
    both = zip((now or customers.money, "potential"), at, strict=True)
    return np.minimum.reduce(
        [_steps(customers, column, line) for column, of in both for line in above_nothing(np.atleast_1d(of).tolist())]
    )


def _steps(customers: Customers, column: str, line: float) -> np.ndarray:
    """How many steps a line takes before the one that passes each customer: int16 (n,).

    A line between two positions passes everybody between them with its next step, up or down.
    """
    stands = np.asarray(positions_of(customers, column))
    below, here = (int(np.searchsorted(stands, line, side)) for side in ("left", "right"))
    places = np.arange(len(stands) + 1)
    up, down = places - here, below - places
    up[-1], down[0] = max(up[-1], 1), NEVER  # beyond the outermost position no step passes anybody
    away = np.append(np.where(places >= here, up, down), -1).astype(np.int16).take(reached(customers, column))
    if below == here:  # those just below a line between two positions share its place with those just above it
        values = customers.values(column)
        away[(reached(customers, column) == here) & (values < line)] = down[here]
    return away


def borderline(customers: Customers, at: At, steps: int = 1, now: str | None = None) -> pd.DataFrame:
    """The customers whom so many steps of a line would pass, nearest first, largest first among these.

    Columns: profit (or what stands for it), potential, steps; indexed by customer id.
    """
    away = clear_cut(customers, at, now)
    rows = np.flatnonzero((away >= 0) & (away < steps))
    column = now or customers.money
    rows = rows[np.lexsort((-np.abs(customers.values(column)[rows]), away[rows]))]
    found = {name: customers.values(name)[rows] for name in (column, "potential")}
    return pd.DataFrame({**found, "steps": away[rows]}, index=customers.frame.index[rows])


def lost_by_one(customers: Customers, sectors: Segmentation) -> pd.DataFrame:
    """Whom one criterion would have lost: an ABC on profit drops them (its C), here they are above a line and could bring more.

    Columns: profit (or revenue), potential, sector; indexed by customer id, largest potential first.
    """
    dropped = cumulative_share(customers, customers.money, [DROPPED], ("A and B", "C")).codes == 1
    kept = np.isin(sectors.codes, [at for at, name in enumerate(sectors.names) if name not in (CORNER, LET_GO)])
    rows = np.flatnonzero(dropped & kept & (customers.values("potential") > 0))
    rows = rows[np.argsort(-customers.values("potential")[rows], kind="stable")]
    found = {name: customers.values(name)[rows] for name in dict.fromkeys((customers.money, "potential"))}
    names = np.asarray(sectors.names, dtype=object)
    return pd.DataFrame({**found, "sector": names[sectors.codes[rows]]}, index=customers.frame.index[rows])


def corners(customers: Customers, at: tuple[float, float]) -> dict[str, str]:
    """Sector → its name and how many customers it holds, with the lines there; who is let go stands with their corner."""
    found = sectors(customers, *at)
    said = {n: f"{n} · {formats.count(count)}" for n, count in zip(found.names, found.counts[:-1], strict=True)}
    let_go = said.pop(LET_GO)
    return {**said, CORNER: f"{said[CORNER]}, {let_go}"}


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


def drawn(customers: Customers) -> np.ndarray:
    """Row numbers of the customers that are drawn: the sample, as far as they have a place; nobody where none can."""

    def pick() -> np.ndarray:
        if not customers.has_portfolio:
            return np.empty(0, np.intp)
        rows = sample(customers)
        both = customers.values(customers.money)[rows] + customers.values("potential")[rows]
        return rows[np.isfinite(both)]

    return customers.keep("drawn", pick)


def largest(customers: Customers) -> np.ndarray:
    """Row numbers of about 240 customers with the largest volume."""

    def pick() -> np.ndarray:
        return np.sort(customers.ranked(volume(customers)).order[:SAMPLE])

    return customers.keep("largest", pick)


def points(segmentation: Segmentation, summary: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the bubble chart draws, as columns: sampled customers, then the segments at their mean.

    kind ("customer"/"segment"), name, segment, colour (palette slot as text), x (profit or revenue per customer),
    y (potential per customer), size (revenue, or profit where that alone is known), customers.
    summary   as `summarise` or `figures` give it
    """
    customers = segmentation.customers
    cloud = customers.keep("cloud", lambda: _cloud(customers))
    names, slots = [*segmentation.names, UNKNOWN], [*map(str, segmentation.colours), str(UNKNOWN_COLOUR)]
    codes = segmentation.placing.at(sample(customers)).tolist()
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
