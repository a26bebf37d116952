"""A score of several parts, cut into segments: each part counts by the share of customers who have less of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import partial
from typing import Any

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
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
    held = {column: weight for column, weight in parts.items() if weight}
    # narrow numbers take a fifth of the time of wide ones
    narrow = np.dtype(np.uint16 if (POINTS + 1) * sum(held.values()) <= np.iinfo(np.uint16).max else np.uint32).type
    total = np.zeros(len(customers), narrow)
    for column, weight in held.items():
        total += points_of(customers, column)[0] * narrow(weight)
    weighed = weights_of(customers, held).astype(narrow, copy=False)
    total += weighed // narrow(2)
    if not weighed.ndim:
        return (total // weighed).astype(np.uint16, copy=False)
    marks = np.full(len(customers), UNSCORED, np.uint16)
    return np.divide(total, weighed, out=marks, where=weighed > 0, casting="unsafe", dtype=np.float32)


def weights_of(customers: Customers, parts: Mapping[str, int]) -> np.ndarray:
    """The weights of all parts that are known of each customer, added: whole numbers (n,), or () where it is one number."""
    some = {column: known for column in parts if (known := points_of(customers, column)[1]) is not None}
    whole = np.uint32(sum(weight for column, weight in parts.items() if column not in some))
    return np.asarray(sum((known * np.uint32(parts[column]) for column, known in some.items()), whole))


def points_of(customers: Customers, column: str) -> tuple[np.ndarray, np.ndarray | None]:
    """What `_points` gives, kept."""
    return customers.keep(("points", column), partial(_points, customers, column))  # type: ignore[no-any-return]


def _points(customers: Customers, column: str) -> tuple[np.ndarray, np.ndarray | None]:
    """Share of customers with less, in thousandths (0 where unknown): uint16; and whether it is known: bool, None where
    it is of everybody."""
    if column not in customers.numeric:
        raise Problem(f"“{column}” holds no numbers: give it as a number to let it count.")
    ranked = customers.ranked(column)
    begins, lengths = ranked.runs()
    points = (ranked.known - begins - lengths) * POINTS // max(ranked.known - 1, 1)  # of how many have less
    found = np.zeros(len(customers), np.uint16)
    found[ranked.order[: ranked.known]] = np.repeat(points.astype(np.uint16), lengths)
    return found, None if ranked.known == len(customers) else ranked.position < ranked.known


def above(counts: np.ndarray, share: Any) -> Any:
    """The lowest score of those above a share of the customers (type 7 quantile), ties left below; or of each share."""
    reached, place = np.cumsum(counts), share * (counts.sum() - 1)
    low, high = (np.searchsorted(reached, np.floor(place) + side, side="right") for side in (0, place % 1 > 1e-9))
    return (low + (high - low) * (place % 1)).astype(int) + 1


def among(counts: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """How many customers the top share by score is, for each of these shares: int64."""
    reached = np.cumsum(counts)
    return np.asarray(reached[-1] - reached[above(counts, 1 - shares) - 1])
