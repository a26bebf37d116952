"""Segmentation: who is in which segment, with counts and sums that cost as little as they can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from segmentation.customers import Customers, Ranked

UNKNOWN = "Unknown"
UNKNOWN_COLOUR = 7  # the grey slot of the palette


@dataclass(frozen=True)
class Runs:
    """Bands that follow each other in one ordering.

    bounds     places in the ordering at which bands begin and end: 0, …, known, n; the last run is *Unknown*
    low_first  whether the band of the smallest values is the best segment
    share      whether the bounds are cuts of the cumulative share
    """

    ranked: Ranked
    bounds: np.ndarray
    low_first: bool = False
    share: bool = False

    def per_segment(self, values: np.ndarray) -> np.ndarray:
        """Values per run (largest values first) in the order of segments."""
        return np.concatenate((values[-2::-1], values[-1:])) if self.low_first else values

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        runs = np.zeros(len(self.ranked.position), np.int8)
        for bound in self.bounds[1:-1]:
            runs += self.ranked.position >= bound
        if self.low_first:
            last = np.int8(len(self.bounds) - 3)
            runs = np.where(runs <= last, last - runs, runs)
        return runs


class Segmentation:
    """Every customer in exactly one segment.

    names    the segments, best first; code len(names) is *Unknown*: customers whose input is missing
    codes    small integers (n,), one per row of `customers`
    colours  for each segment a slot of the palette (0–6; 7 is the grey of *Unknown*)
    detail   further columns that say where a customer stands (scores, flags), or None
    columns  the metric columns the thresholds cut, for the pictures and tables

    Bands of one ordering are held as `runs`, so that counts and sums need no pass over the customers; codes are
    then made only when someone asks for them.
    """

    def __init__(
        self,
        customers: Customers,
        names: Sequence[str],
        codes: np.ndarray | None = None,
        *,
        runs: Runs | None = None,
        colours: Sequence[int] | None = None,
        detail: Callable[[], pd.DataFrame] | None = None,
        columns: Sequence[str] = (),
        cuts: Sequence[float] = (),
    ) -> None:
        if (codes is None) == (runs is None):
            raise ValueError("a segmentation is given by codes or by runs")
        self.customers = customers
        self.names = tuple(names)
        self.runs = runs
        self.colours = tuple(colours) if colours is not None else tuple(i % 7 for i in range(len(self.names)))
        self.columns = tuple(columns)
        self.cuts = tuple(cuts)
        self._codes = codes
        self._detail = detail

    @cached_property
    def codes(self) -> np.ndarray:
        if self.runs is not None:
            return self.runs.codes()
        assert self._codes is not None
        return self._codes

    @cached_property
    def counts(self) -> np.ndarray:
        """Customers per segment, *Unknown* last: int64 (len(names) + 1,)."""
        if self.runs is not None:
            return self.runs.per_segment(np.diff(self.runs.bounds))
        return np.bincount(self._wide, minlength=len(self.names) + 1)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, *Unknown* last, missing values as 0: float64 (len(names) + 1,)."""
        scaled, scale = self.customers.exact(column)
        if self.runs is not None:
            return self.runs.per_segment(np.diff(self.runs.ranked.running(column)[self.runs.bounds])) / scale
        return np.bincount(self._wide, weights=scaled, minlength=len(self.names) + 1) / scale

    @cached_property
    def _wide(self) -> np.ndarray:
        return self.codes.astype(np.intp)  # bincount would make this copy for every column

    @property
    def cuts_share(self) -> bool:
        """Whether the cuts are shares of a running total (ABC): cuts that can be dragged along the Pareto curve."""
        return self.runs is not None and self.runs.share

    @property
    def shown(self) -> tuple[str, ...]:
        """The names, with *Unknown* only where somebody is in it."""
        return (*self.names, UNKNOWN) if self.counts[-1] else self.names

    @property
    def detail(self) -> pd.DataFrame | None:
        return self._detail() if self._detail else None

    def labels(self) -> pd.Series:
        """Categorical Series named `segment`, indexed by customer id; categories best first."""
        dtype = pd.CategoricalDtype(list(self.shown), ordered=True)
        return pd.Series(
            pd.Categorical.from_codes(self.codes, dtype=dtype), index=self.customers.frame.index, name="segment"
        )

    def rows(self, name: str) -> np.ndarray:
        """Row numbers of one segment's customers, in the order of `customers`."""
        return np.flatnonzero(self.codes == (*self.names, UNKNOWN).index(name))
