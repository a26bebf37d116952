"""Customers on a map: the two directions in which they differ most (principal components), and what each direction means."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from segmentation.analysis.groups.factors import directions, meaning
from segmentation.dataclass import dataclass
from segmentation.segments.groups import SEED, Points

DRAWN = 1_500  # customers who are drawn
DIGITS = 3  # of a place: what is told apart on a map


@dataclass(frozen=True)
class Crowd:
    """Where everybody stands of whom all columns are known.

    rows      row numbers of these customers (m,)
    places    float64 (m, 2): across and up
    weights   float64 (2, columns): how much each column counts in each direction
    shares    float64 (2,): of all differences between customers, those that show in each direction
    drawn     places among the rows of those who are drawn, in their order
    """

    rows: np.ndarray
    places: np.ndarray
    columns: tuple[str, ...]
    weights: np.ndarray
    shares: np.ndarray
    drawn: np.ndarray

    @cached_property
    def ends(self) -> np.ndarray:
        """Where the map begins and ends across and up: float64 (2, 2)."""
        each = [(one.min(initial=np.inf), one.max(initial=-np.inf)) for one in self.places.T]
        return np.array(each).T

    def meaning(self, direction: int) -> str:
        """What has grown where one goes on in a direction: “higher Revenue and Orders, lower Days since last order”."""
        return meaning(self.weights[direction], self.columns)

    def middles(self, codes: np.ndarray, groups: int) -> np.ndarray:
        """Where the middle of each of so many groups is: float64 (groups, 2), NaN of a group that nobody is in.

        codes   the group of each row of the customers
        """
        held = codes[self.rows].astype(np.intp)
        sizes = np.bincount(held, minlength=groups)[:groups]
        sums = np.array([np.bincount(held, one, groups)[:groups] for one in self.places.T])
        return np.divide(sums, sizes, out=np.full(sums.shape, np.nan), where=sizes > 0).T

    def within(self, across: tuple[float, float], up: tuple[float, float]) -> np.ndarray:
        """Row numbers of the customers in a box."""
        inside = [
            (one >= min(ends)) & (one <= max(ends)) for one, ends in zip(self.places.T, (across, up), strict=True)
        ]
        return self.rows[inside[0] & inside[1]]

    def at(self, row: int) -> np.ndarray | None:
        """Where the customer of a row number stands, across and up; None for one of whom a column is missing."""
        at = int(np.searchsorted(self.rows, row))
        return self.places[at] if at < len(self.rows) and self.rows[at] == row else None


def crowd(made: Points) -> Crowd:
    """The map of these points; each direction goes up with the column that counts most in it."""
    values = made.values - made.values.mean(axis=0) if len(made.values) else made.values
    size = values.shape[1]
    spread, axes = directions(values)
    weights = np.zeros((2, size))
    weights[: min(size, 2)] = axes.T[:2]
    places = np.round(values @ weights.T, DIGITS) + 0.0
    drawn = np.arange(len(values))
    if len(drawn) > DRAWN:
        drawn = np.sort(np.random.default_rng(SEED).choice(drawn, DRAWN, replace=False))
    shares = np.zeros(2)
    shares[: min(size, 2)] = spread[:2] / (spread.sum() or 1.0)
    return Crowd(made.rows, places, made.facts.columns, weights, shares, drawn)
