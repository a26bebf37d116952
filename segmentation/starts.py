"""Thresholds to start from, read off the data: natural breaks, shares of customers, the business cycle. Only offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.bands import Merged, Placing, Runs
from segmentation.customers import Customers
from segmentation.method import Edges, Method
from segmentation.problems import Problem
from segmentation.segmentation import Segmentation

POINTS = 400  # quantiles that natural breaks are looked for among
MONTH = 365.25 / 12
Suggested = dict[str, tuple[Any, str]]


def suggest(method: Method, customers: Customers, thresholds: Mapping[str, Any] | None = None) -> Suggested:
    """{threshold: (value, why)} for those about which the data say something; nothing is applied.

    Every value can be given to the method as it is. Raises Problem as the method does.
    """
    values = method.complete(thresholds or {})
    result = method(customers, **values)
    found = {name: breaks for name in values if (breaks := _edges(method, name, values[name], result))}
    special = SPECIAL.get(method.name)
    found |= special(customers) if special else {}
    return _allowed(method, values, found)


def natural_breaks(values: np.ndarray, bands: int) -> tuple[float, ...]:
    """Cuts that part sorted values into bands as alike within as can be (Fisher 1958, Jenks): least squares.

    values  finite, ascending; at most POINTS of them are looked at. Fewer cuts where there are fewer different values.
    """
    points = values[np.linspace(0, len(values) - 1, min(len(values), POINTS)).round().astype(int)]
    bands = min(bands, len(np.unique(points)))
    one, two = (np.concatenate(([0.0], np.cumsum(powers))) for powers in (points, points * points))
    size = len(points) + 1
    start, end = np.triu_indices(size, 1)
    cost = np.full((size, size), np.inf)  # of a band from one place to another
    cost[start, end] = two[end] - two[start] - (one[end] - one[start]) ** 2 / (end - start)
    best, cuts = cost[0], []
    for _ in range(bands - 1):
        through = best[:, None] + cost
        cuts.append(through.argmin(axis=0))
        best = through.min(axis=0)
    place, found = size - 1, []
    for back in reversed(cuts):
        place = back[place]
        found.append(float(points[place]))
    return tuple(sorted(found))


def tidy(cut: float) -> float:
    """A cut with two digits that count: 1234.5 → 1200, 0.0567 → 0.057."""
    return float(f"{cut:.2g}")


def _edges(method: Method, name: str, cuts: Any, result: Segmentation) -> tuple[Any, str] | None:
    """Natural breaks, or shares of customers where values are lopsided, for edges that cut a column."""
    run = next((run for run in _runs(result.placing) if isinstance(cuts, tuple) and _same(run, cuts)), None)
    if not isinstance(method.controls[name], Edges) or run is None or not run.ranked.known:
        return None
    ascending = -run.ranked.negated[::-1]
    ascending = ascending[np.isfinite(ascending)]
    if len(np.unique(ascending[:: max(1, len(ascending) // POINTS)])) <= len(cuts):
        return None
    skewed = ascending[0] >= 0 and ascending.mean() > 2 * max(np.median(ascending), 1e-9)
    if skewed:
        shares = np.arange(1, len(cuts) + 1) / (len(cuts) + 1)
        at, why = (
            np.quantile(ascending, shares),
            "a few are far larger than the rest, so it parts equal numbers of customers",
        )
    else:
        at, why = np.array(natural_breaks(ascending, len(cuts) + 1)), "the customers have gaps there (natural breaks)"
    rounded = tuple(dict.fromkeys(tidy(cut) for cut in at))
    return (rounded, why) if len(rounded) == len(cuts) else None


def _runs(placing: Placing) -> tuple[Runs, ...]:
    return placing.runs if isinstance(placing, Merged) else (placing,) if isinstance(placing, Runs) else ()


def _same(run: Runs, cuts: tuple[Any, ...]) -> bool:
    return not run.share and sorted(run.cuts) == sorted(cuts)


def _cycle(customers: Customers) -> float | None:
    """The median number of days between purchases over all customers, or None."""
    cycle = customers.values("cycle_days") if "cycle_days" in customers.frame else np.array([])
    known = cycle[cycle > 0]
    return float(np.median(known)) if len(known) else None


def _step(customers: Customers) -> Suggested:
    cycle = _cycle(customers)
    if cycle is None:
        return {}
    step = int(np.clip(np.ceil(2 * cycle / MONTH), 1, 24))
    said = f"half of the customers buy every {formats.number(cycle)} days: two cycles of silence are {step} months"
    return {"step": (step, said)}


def _months(customers: Customers) -> Suggested:
    cycle = _cycle(customers)
    if cycle is None:
        return {}
    months = int(np.clip(np.ceil(2 * cycle / MONTH), 1, 24))
    return {
        "months": (
            months,
            f"a usual cycle is {formats.number(cycle)} days: after two of them a second purchase is overdue",
        )
    }


def _growth(customers: Customers) -> Suggested:
    from segmentation.methods.bcg import base_growth

    rate = float(np.clip(round(base_growth(customers) / 0.05) * 0.05, -0.95, 3.0)) + 0.0
    return {
        "growth": (
            round(rate, 2),
            f"all customers together grew by {formats.share(rate)}: above it is better than the base",
        )
    }


def _visits(customers: Customers) -> Suggested:
    column = "visits_last_quarter" if customers.has("visits_last_quarter") else "orders"
    came = customers.values(column)
    came = came[came > 0]
    if not len(came):
        return {}
    often = int(np.clip(np.ceil(np.quantile(came, 2 / 3)), 2, 60))
    return {"visits": (often, f"a third of those who came did so {often} times and more")}


SPECIAL: dict[str, Callable[[Customers], Suggested]] = {
    "lifecycle": _step,
    "new_churn": _months,
    "bcg": _growth,
    "spend_visits": _visits,
}


def _allowed(method: Method, values: Mapping[str, Any], found: Suggested) -> Suggested:
    """Those the method takes, alone and all together."""
    taken: Suggested = {}
    for name, (value, why) in found.items():
        try:
            complete = method.complete({**values, **{one: said[0] for one, said in taken.items()}, name: value})
        except Problem:
            continue
        taken[name] = (complete[name], why)
    return taken
