"""Customers on a map: the two directions in which they differ most (principal components), and what each direction means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.segments.groups import SEED, Points

DRAWN = 1_500  # customers who are drawn
LEAST = 0.4  # of the heaviest column's weight: what counts less is not told
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

    def meaning(self, direction: int) -> str:
        """What has grown where one goes on in a direction: “more Revenue and more Orders, less Days since last order”."""
        weights = self.weights[direction]
        order = np.argsort(-np.abs(np.round(weights, 6)), kind="stable")
        told = [at for at in order if abs(weights[at]) >= LEAST * np.abs(weights).max() > 0]
        more = [label(self.columns[at]) for at in told if weights[at] > 0]
        less = [label(self.columns[at]) for at in told if weights[at] < 0]
        parts = [f"{word} {formats.listed(names)}" for word, names in (("more", more), ("less", less)) if names]
        return ", ".join(parts) or "nothing more to see"

    def within(self, across: tuple[float, float], up: tuple[float, float]) -> np.ndarray:
        """Row numbers of the customers in a box."""
        inside = [
            (one >= min(ends)) & (one <= max(ends)) for one, ends in zip(self.places.T, (across, up), strict=True)
        ]
        return self.rows[inside[0] & inside[1]]


def crowd(made: Points) -> Crowd:
    """The map of these points; each direction goes up with the column that counts most in it."""
    values = made.values - made.values.mean(axis=0) if len(made.values) else made.values
    size = values.shape[1]
    spread, axes = np.linalg.eigh(values.T @ values / max(len(values), 1)) if size else (np.zeros(0), np.zeros((0, 0)))
    axes, spread = axes[:, ::-1][:, :2], np.maximum(spread[::-1], 0.0)
    axes = (
        axes * np.sign(np.take_along_axis(axes, np.abs(np.round(axes, 6)).argmax(axis=0)[None], axis=0))
        if size
        else axes
    )
    weights = np.zeros((2, size))
    weights[: axes.shape[1]] = axes.T
    places = np.round(values @ weights.T, DIGITS) + 0.0
    drawn = np.arange(len(values))
    if len(drawn) > DRAWN:
        drawn = np.sort(np.random.default_rng(SEED).choice(drawn, DRAWN, replace=False))
    shares = np.zeros(2)
    shares[: min(size, 2)] = spread[:2] / (spread.sum() or 1.0)
    return Crowd(made.rows, places, made.facts.columns, weights, shares, drawn)
