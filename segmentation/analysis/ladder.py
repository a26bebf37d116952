"""The ladder of categories: how many stand on each rung, the step up, and the potential it would free."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from segmentation.problems import Problem
from segmentation.segments.segmentation import Segmentation

Steps = Mapping[str, tuple[str, str]]  # category → (the category above it, what moves a customer there)


def ladder(segmentation: Segmentation, steps: Steps | None = None, *, value: str = "potential") -> pd.DataFrame:
    """One row a rung, best first.

    steps   category → (next category, the step in words); default: each segment's next is the one above it
    value   the column that shows what a rung is worth (money per customer)
    Columns: category, customers, share_of_customers, worth (sum), each (mean of those known), next, step, gain_each
    (mean of the next rung less this one's, never below 0; missing where there is no next or nobody stands on
    either), gain (gain_each × customers).
    Raises Problem for a step from or to a category there is not, and for steps that go in a circle.
    """
    names = segmentation.names
    steps = steps if steps is not None else {low: (high, "") for high, low in pairwise(names)}
    _check(names, steps)
    counts, worth = segmentation.counts[:-1], segmentation.sums(value)[:-1]
    each = segmentation.means(value)[:-1]
    above = {name: each[names.index(steps[name][0])] if name in steps else np.nan for name in names}
    gain = np.maximum(np.array([above[name] for name in names]) - each, 0)
    return pd.DataFrame(
        {
            "category": names,
            "customers": counts,
            "share_of_customers": counts / max(segmentation.counts.sum(), 1),
            "worth": worth,
            "each": each,
            "next": [steps[name][0] if name in steps else "" for name in names],
            "step": [steps[name][1] if name in steps else "" for name in names],
            "gain_each": gain,
            "gain": gain * counts,
        }
    )


def _check(names: tuple[str, ...], steps: Steps) -> None:
    for low, (high, _) in steps.items():
        if low not in names or high not in names:
            raise Problem(f"The ladder goes from “{low}” to “{high}”; the categories are {', '.join(map(str, names))}.")
        seen = {low}
        while high in steps:
            if high in seen:
                raise Problem(f"The ladder goes in a circle at “{high}”: give one category no next.")
            seen.add(high)
            high = steps[high][0]
