"""What an ordering says of where to cut it: gaps, equal shares, where a curve bends; and the cycle of the business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers, Ranked

POINTS = 400  # quantiles that natural breaks are looked for among
CURVE = "there the curve bends: after it every further customer adds little"
ALIKE = "so customers within a group are as alike as can be (natural breaks)"
Start = tuple[Any, str]  # a value to start from, and why
Suggested = dict[str, Start]


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


def gaps(ranked: Ranked, cuts: int) -> Start | None:
    """So many natural breaks, or equal shares of customers where values are lopsided; None where values are too few."""
    ascending = -ranked.negated[::-1]
    ascending = ascending[np.isfinite(ascending)]
    if not len(ascending) or len(np.unique(ascending[:: max(1, len(ascending) // POINTS)])) <= cuts:
        return None
    lopsided = ascending[0] >= 0 and ascending.mean() > 2 * max(np.median(ascending), 1e-9)
    if lopsided and cuts == 1:
        at = values_at(ascending, (0.8,))
        why = "a few are far larger than the rest, so it leaves the largest fifth of customers above"
    elif lopsided:
        at = values_at(ascending, np.arange(1, cuts + 1) / (cuts + 1))
        why = "a few are far larger than the rest, so it parts equal numbers of customers"
    else:
        at, why = natural_breaks(ascending, cuts + 1), ALIKE
    rounded = tuple(dict.fromkeys(map(formats.two_digits, at)))
    return (rounded, why) if len(rounded) == cuts else None


def values_at(ascending: np.ndarray, shares: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    """Values that somebody has, with so many shares of the (ascending) values below them; none of none."""
    return tuple(np.quantile(ascending, shares, method="higher").tolist()) if len(ascending) else ()


def shares_below(ranked: Ranked, cuts: int) -> Start | None:
    """Natural breaks, as shares of the customers below them."""
    ascending = -ranked.negated[::-1]
    ascending = ascending[np.isfinite(ascending)]
    at = natural_breaks(ascending, cuts + 1) if len(ascending) else ()
    shares = tuple(round(float(np.searchsorted(ascending, cut)) / len(ascending), 2) for cut in at)
    said = formats.listed([formats.number(formats.two_digits(cut)) for cut in at]) if at else ""
    return (shares, f"it parts them at {said}, {ALIKE}") if len(shares) == cuts else None


def bends(ranked: Ranked) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Two places of the Pareto curve as (share of customers, share of the total): where it bends, and where the rest does.

    A curve bends where it comes nearest to everything from nobody (the A of the computed ABC of Ultsch and Lötsch,
    2015). None where too few customers bring anything.
    """
    if ranked.positive < 3:
        return None
    reached = np.append(ranked.before[1:], 1.0)
    first = _bend(reached)
    if first + 2 >= len(reached):
        return None
    rest = (reached[first + 1 :] - reached[first]) / (1 - reached[first])
    one, two = ((float((at + 1) / ranked.known), float(reached[at])) for at in (first, first + 1 + _bend(rest)))
    return one, two


def _bend(reached: np.ndarray) -> int:
    people = np.arange(1, len(reached) + 1) / len(reached)
    return int(np.argmin(people**2 + (1 - reached) ** 2))


def usual_cycle(customers: Customers) -> float | None:
    """The median number of days between purchases over all customers, or None."""
    cycle = customers.values("cycle_days") if "cycle_days" in customers.frame else np.array([])
    known = cycle[cycle > 0]
    return float(np.median(known)) if len(known) else None
