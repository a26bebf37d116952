"""A score of several parts, cut into segments: each part counts by the share of customers who have less of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.bands import Coded

POINTS = 1000  # a score goes from 0 to this
UNSCORED = POINTS + 1


@dataclass(frozen=True)
class Scored(Coded):
    """Marks that are points from 0 to POINTS, or UNSCORED; `table` leads higher ones to better segments.

    parts   the columns that count, and how much
    """

    parts: Mapping[str, int] = field(default_factory=dict)


def score(customers: Customers, parts: Mapping[str, int]) -> np.ndarray:
    """Points of each customer, uint16; UNSCORED where nothing is known."""
    total, weighed = np.zeros(len(customers), np.int32), np.zeros(len(customers), np.int32)
    for column, weight in parts.items():
        if weight:
            less, known = points_of(customers, column)
            total += less * np.int32(weight)
            weighed += known * np.int32(weight)
    marks = np.full(len(customers), UNSCORED, np.uint16)
    return np.divide(total + weighed // 2, weighed, out=marks, where=weighed > 0, casting="unsafe", dtype=np.float32)


def points_of(customers: Customers, column: str) -> tuple[np.ndarray, np.ndarray]:
    """What `_points` gives, kept."""
    return customers.keep(("points", column), partial(_points, customers, column))


def _points(customers: Customers, column: str) -> tuple[np.ndarray, np.ndarray]:
    """Share of customers with less, in thousandths (0 where unknown), and whether it is known: int32 both."""
    if column not in customers.numeric:
        raise Problem(f"“{column}” holds no numbers: give it as a number to let it count.")
    ranked = customers.ranked(column)
    less = ranked.known - np.searchsorted(ranked.negated, ranked.negated, side="right")
    found = np.zeros(len(customers), np.int32)
    found[ranked.order[: ranked.known]] = less * POINTS // max(ranked.known - 1, 1)
    return found, (ranked.position < ranked.known).astype(np.int32)


def above(counts: np.ndarray, share: float) -> int:
    """The lowest score of those above a share of the customers (type 7 quantile), ties left below."""
    reached, place = np.cumsum(counts), share * (counts.sum() - 1)
    low, high = (np.searchsorted(reached, np.floor(place) + side, side="right") for side in (0, place % 1 > 1e-9))
    return int(low + (high - low) * (place % 1)) + 1
