"""Profit now against potential: two cut lines, four sectors, and the points the bubble chart draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.cooperation import cooperation
from segmentation.customers.customers import Customers
from segmentation.segments.cuts import cross, cumulative_share, edges, quantile_cuts
from segmentation.segments.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

SECTORS = {
    ("profitable", "promising"): "Invest",
    ("profitable", "limited"): "Harvest",
    ("weak", "promising"): "Develop",
    ("weak", "limited"): "Let go",
}
NINE = {
    ("high", "high"): "Invest",
    ("high", "middle"): "Protect",
    ("high", "low"): "Harvest",
    ("middle", "high"): "Build",
    ("middle", "middle"): "Select",
    ("middle", "low"): "Keep going",
    ("low", "high"): "Develop",
    ("low", "middle"): "Watch",
    ("low", "low"): "Let go",
}
LEVELS = {1: (("profitable", "weak"), ("promising", "limited")), 2: (("high", "middle", "low"),) * 2}
THIRDS = (1 / 3, 2 / 3)
LINES = {
    "mean": "the average customer",
    "median": "the customer in the middle",
    "even": "break-even",
    "thirds": "thirds: nine fields",
    "amounts": "amounts of your own",
}
SAMPLE = 240
CENT = 0.01
Cuts = tuple[tuple[float, ...], tuple[float, ...]]  # of profit and of potential: one line each, or two
At = tuple[float | Sequence[float], float | Sequence[float]]
DROPPED = 0.95  # of profit: where an ABC begins to drop customers
WITHIN = (0.05, 0.95)  # the best and worst cooperation stand for no more than these shares' profit


def sectors(customers: Customers, profit: float, potential: float) -> Segmentation:
    """Invest, Harvest, Develop, Let go: customers by two cut lines, in money per customer.

    A customer on a line is on its better side. Profit is `customers.money` (revenue where no profit is known).
    """
    return matrix(customers, customers.money, ((profit,), (potential,)))


def matrix(customers: Customers, now: str, at: Cuts) -> Segmentation:
    """Four sectors by a line of profit (column `now`) and one of potential, or nine fields by two of each, ascending."""
    of_now, of_later = LEVELS[len(at[0])]
    good, promising = edges(customers, now, at[0], of_now), edges(customers, "potential", at[1], of_later)
    return cross(good, promising, SECTORS if len(at[0]) == 1 else NINE)


def line_cuts(customers: Customers, now: str, lines: str, profit: Sequence[float], potential: Sequence[float]) -> Cuts:
    """Where the lines of profit (column `now`) and potential stand: at a preset (see LINES), or at the amounts given.

    One line of each makes four sectors; where two of either are given there are nine fields, and a single line of
    the other leaves its middle empty.
    """
    if lines == "thirds":
        return _thirds(customers, now), _thirds(customers, "potential")
    if lines == "amounts":
        many = max(len(profit), len(potential))
        return tuple((*given, *given[-1:])[:many] for given in (profit, potential))  # type: ignore[return-value]
    x, y = preset(customers, now, lines)
    return (x,), (y,)


def _thirds(customers: Customers, column: str) -> tuple[float, ...]:
    """The cuts between thirds of the customers; one that nobody reaches is told as an amount a cent above all."""
    most = float(np.nanmax(customers.values(column))) if customers.known(column) else 0.0
    return tuple(min(cut, most + CENT) for cut in quantile_cuts(customers, column, THIRDS))


def axis_of_profit(customers: Customers, cooperation_weight: float = 0.0) -> str:
    """The column that stands on the horizontal axis: profit (or revenue), or profit blended with cooperation.

    Cooperation is told in money: a score of 80 counts as the profit that 80 % of customers stay below. The score is
    the customers' `cooperation` column where they have one, else made of what is known. Unknown where either is.
    """
    if not cooperation_weight:
        return customers.money
    weight = round(cooperation_weight, 2)
    return customers.derive(f"{customers.money}, {weight:.0%} of it cooperation", lambda: _blended(customers, weight))


def _blended(customers: Customers, weight: float) -> np.ndarray:
    profit = customers.values(customers.money)
    score = customers.values("cooperation") if "cooperation" in customers.frame else cooperation(customers)
    ladder = np.sort(profit[np.isfinite(profit)])
    if not len(ladder):
        return profit
    stands_for = np.interp(np.clip(score / 100, *WITHIN), np.linspace(0, 1, len(ladder)), ladder)
    return (1 - weight) * profit + weight * stands_for


def preset(customers: Customers, now: str, at: str) -> tuple[float, float]:
    """Where the lines of profit (column `now`) and potential stand: at the "mean", the "median" or break-even ("even")."""
    place = {"mean": _average, "median": _median, "even": lambda customers, column: 0.0}[at]
    return place(customers, now), place(customers, "potential")


def _median(customers: Customers, column: str) -> float:
    ranked = customers.ranked(column)
    return float(-ranked.negated[(ranked.known - 1) // 2]) if ranked.known else 0.0


def clear_cut(customers: Customers, at: At, now: str | None = None) -> np.ndarray:
    """How far each customer is from the nearest line, in steps of its slider: int16 (n,); −1 where unknown.

    at   the line of profit and the line of potential, or several of either
    0: the next step of a slider may change the decision; the larger, the easier it is.
    """
    both = zip((now or customers.money, "potential"), at, strict=True)
    return np.minimum.reduce([_steps(customers, column, line) for column, of in both for line in np.atleast_1d(of)])


def _steps(customers: Customers, column: str, line: float) -> np.ndarray:
    """Whole slider steps between each customer and a line: int16 (n,)."""
    stops = np.asarray(line_stops(customers, column))
    here = int(np.searchsorted(stops, line, side="right"))
    places = np.arange(len(stops) + 1)
    away = np.append(np.where(places >= here, places - here, here - places - 1), -1).astype(np.int16)
    return away.take(reached(customers, column))


def reached(customers: Customers, column: str) -> np.ndarray:
    """How many stops of a column's slider each customer has reached: int16 (n,); one more than there are: unknown."""

    def place() -> np.ndarray:
        stops, values = np.asarray(line_stops(customers, column)), customers.values(column)
        found = np.searchsorted(stops, values, side="right").astype(np.int16)
        found[np.isnan(values)] = len(stops) + 1
        return found

    return customers.keep(("stop of each", column), place)


def borderline(customers: Customers, at: At, steps: int = 1, now: str | None = None) -> pd.DataFrame:
    """The customers less than so many slider steps from a line, nearest first, largest first among these.

    Columns: profit (or what stands for it), potential, steps; indexed by customer id.
    """
    away = clear_cut(customers, at, now)
    rows = np.flatnonzero((away >= 0) & (away < steps))
    column = now or customers.money
    rows = rows[np.lexsort((-np.abs(customers.values(column)[rows]), away[rows]))]
    found = {name: customers.values(name)[rows] for name in (column, "potential")}
    return pd.DataFrame({**found, "steps": away[rows]}, index=customers.frame.index[rows])


def lost_by_one(customers: Customers, sectors: Segmentation) -> pd.DataFrame:
    """Whom one criterion would have lost: an ABC on profit drops them (its C), the portfolio does not let them go.

    Columns: profit (or revenue), potential, sector; indexed by customer id, largest potential first.
    """
    dropped = cumulative_share(customers, customers.money, [DROPPED], ("A and B", "C")).codes == 1
    kept = np.isin(sectors.codes, [at for at, name in enumerate(sectors.names) if name != "Let go"])
    rows = np.flatnonzero(dropped & kept)
    rows = rows[np.argsort(-customers.values("potential")[rows], kind="stable")]
    found = {name: customers.values(name)[rows] for name in dict.fromkeys((customers.money, "potential"))}
    names = np.asarray(sectors.names, dtype=object)
    return pd.DataFrame({**found, "sector": names[sectors.codes[rows]]}, index=customers.frame.index[rows])


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
