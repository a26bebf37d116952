"""Places among the customers as points, so that columns of any unit can be compared."""

from __future__ import annotations

import numpy as np


def points(values: np.ndarray, *, best: str = "high") -> np.ndarray:
    """Place of each value as points 0–100 (100 = best); equal values share the mean of their places; NaN stays NaN.

    best   "high" where large values are best, "low" where small ones are. One customer, or all alike: 50 points.
    """
    known = ~np.isnan(values)
    found = np.full(len(values), np.nan)
    different, place, count = np.unique(values[known], return_inverse=True, return_counts=True)
    if not len(different):
        return found
    before = np.cumsum(count) - count
    middle = (before + (count - 1) / 2) / max(known.sum() - 1, 1) * 100 if len(different) > 1 else np.full(1, 50.0)
    found[known] = middle[place]
    return 100 - found if best == "low" else found


def mean_of(parts: dict[str, np.ndarray], weights: dict[str, float]) -> np.ndarray:
    """Weighted mean of parts (name → float64 (n,)), over those known of each customer; NaN where none is.

    A weight of 0 leaves a part out; a part without a weight counts as one of 0.
    """
    size = len(next(iter(parts.values())))
    total, held = np.zeros(size), np.zeros(size)
    for name, values in parts.items():
        known = ~np.isnan(values)
        total[known] += weights.get(name, 0.0) * values[known]
        held[known] += weights.get(name, 0.0)
    return np.divide(total, held, out=np.full(size, np.nan), where=held > 0)
