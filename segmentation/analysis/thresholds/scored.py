"""A score along its customers, lowest first: what its parts bring, and what lies between the places it can be cut at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation.analysis.thresholds import positions
from segmentation.columns.metrics import label
from segmentation.segments.scores import POINTS, UNSCORED, Scored, points_of, weights_of

BARS = 20  # of equally many customers
APART = 2.0**26  # so far apart two sums stand in one number
STEPS = 50  # of equally many customers, by which it is told what a line would pass


def ahead(placing: Scored) -> np.ndarray:
    """How many customers have as many points or more: int64 (points,), the highest first; the last has all with a score."""
    return np.cumsum(placing.histogram()[:UNSCORED][::-1])


def below(placing: Scored, places: np.ndarray) -> np.ndarray:
    """The share of those with a score who stand below a place: float64."""
    known = int(ahead(placing)[-1])
    return 1 - places / known if known else np.zeros(len(places))


def held(placing: Scored, ends: Sequence[int]) -> dict[str, np.ndarray]:
    """Measure → float64 (ends − 1,): what the customers between two places hold; places in which equal scores stay together."""
    at = np.searchsorted(ahead(placing), ends[:-1])  # the last end has those without a score too
    names = positions.measures(placing.customers)
    found = {}
    for name in names:
        sums = placing.histogram(None if name == "customers" else name).astype(float)
        so_far = np.concatenate([[0.0], np.cumsum(sums[:UNSCORED][::-1])])
        unit = 1.0 if name == "customers" else placing.customers.exact(name)[1]
        reached = so_far[np.where(np.asarray(ends[:-1]) > 0, at + 1, 0)]
        found[name] = np.diff([*reached, sums.sum()]) / unit
    return found


def parts(placing: Scored) -> pd.DataFrame:
    """What each part brings to the mean score of every twentieth of the customers: x, x2 (shares of the customers,
    lowest scores first), part, customers (the points it brings), below (the points of the parts under it).

    Customers of one score who stand in two bars are shared between both.
    """
    each = placing.customers.remember(("parts of a score", placing.key), lambda: _by_points(placing))
    counts = placing.histogram()[:UNSCORED]
    known = max(int(counts.sum()), 1)
    edges = np.linspace(0, 1, min(BARS, known) + 1)
    so_far = np.concatenate([[0], np.cumsum(counts)])
    bars, many = len(edges) - 1, len(each)
    reached = [np.interp(edges * known, so_far, np.concatenate([[0.0], np.cumsum(sums)])) for sums in each.values()]
    means = np.diff(np.reshape(reached, (many, bars + 1))) / (np.diff(edges) * known)
    below = np.concatenate([np.zeros((1, bars)), np.cumsum(means, axis=0)[:-1]])
    ends = {"x": np.tile(edges[:-1], many), "x2": np.tile(edges[1:], many), "part": np.repeat([*each], bars)}
    return pd.DataFrame({**ends, "customers": means.ravel(), "below": below.ravel()})


def _by_points(placing: Scored) -> dict[str, np.ndarray]:
    """Part → float64 (points,): what it brings to the scores of all who have so many points."""
    counted = {column: weight for column, weight in placing.parts.items() if weight}
    weighed = np.maximum(weights_of(placing.customers, counted), 1)
    marks = placing.marks.astype(np.intp)
    if not weighed.ndim:  # all is known of everybody, so each bears the same weight
        brought = _sums(placing, marks)
        return {label(column): brought[column] * weight / weighed for column, weight in counted.items()}
    each = {c: points_of(placing.customers, c)[0] * weight / weighed for c, weight in counted.items()}
    return {label(c): np.bincount(marks, points, UNSCORED + 1)[:UNSCORED] for c, points in each.items()}


def _sums(placing: Scored, marks: np.ndarray) -> dict[str, np.ndarray]:
    """Column that counts → float64 (points,): its points in all, of those of each mark.

    Two are added up in one number, the second so many digits further left, where both sums have room: whole numbers up to
    2⁵³ are exact.
    """
    room = placing.histogram().max() * POINTS < APART
    found: dict[str, np.ndarray] = {}

    def points(column: str) -> np.ndarray:
        return points_of(placing.customers, column)[0].astype(float)

    def added(points: np.ndarray) -> np.ndarray:
        return np.bincount(marks, points, UNSCORED + 1)[:UNSCORED]

    def both(one: str, other: str) -> np.ndarray:
        key = ("points of both", one, other)
        return placing.customers.keep(key, lambda: points(one) + APART * points(other))  # type: ignore[no-any-return]

    columns = list(placing.parts)
    for pair in (columns[at : at + 2] for at in range(0, len(columns), 2)):  # always the same ones, since they are kept
        held = [column for column in pair if placing.parts[column]]
        if len(held) == 2 and room:
            sums = added(both(*held))
            found[held[1]] = np.floor(sums / APART)
            found[held[0]] = sums - APART * found[held[1]]
        else:
            found |= {column: added(points(column)) for column in held}
    return found


def passed(placing: Scored) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Shares of the customers below, ascending; and measure → what a line passes from each to the next."""
    reached = ahead(placing)
    known = int(reached[-1])
    wanted = np.searchsorted(reached, np.linspace(0, known, STEPS + 1))
    places = np.unique(np.concatenate([[0], reached[np.minimum(wanted, len(reached) - 1)]]))
    each = held(placing, [*places.tolist(), len(placing.customers)])
    return below(placing, places)[::-1], {name: sums[:-1][::-1] for name, sums in each.items()}
