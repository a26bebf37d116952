"""Segmentation: who is in which segment, with counts and sums that cost as little as they can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from segmentation.customers import Customers, Ranked

UNKNOWN = "Unknown"


class Segmentation:
    """Every customer in exactly one segment.

    names    the segments, best first; code len(names) is *Unknown*: customers whose input is missing
    codes    small integers (n,), one per row of `customers`
    colours  for each segment a slot of the palette (0–6; 7 is the grey of *Unknown*)
    detail   further columns that say where a customer stands (scores, flags), or None
    columns  the metric columns the thresholds cut, for the pictures and tables

    A cut of one ordering is held as `runs`: the ordering and where each segment begins, so that counts and
    sums need no pass over the customers; codes are then made only when someone asks for them.
    """

    def __init__(
        self,
        customers: Customers,
        names: Sequence[str],
        codes: np.ndarray | None = None,
        *,
        runs: tuple[Ranked, np.ndarray] | None = None,
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
        if self._codes is not None:
            return self._codes
        assert self.runs is not None
        ranked, bounds = self.runs
        codes = np.empty(len(self.customers), np.int8)
        codes[ranked.order] = np.repeat(np.arange(len(bounds) - 1, dtype=np.int8), np.diff(bounds))
        return codes

    @cached_property
    def counts(self) -> np.ndarray:
        """Customers per segment, *Unknown* last: int64 (len(names) + 1,)."""
        if self.runs is not None:
            return np.diff(self.runs[1])
        return np.bincount(self.codes, minlength=len(self.names) + 1)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, *Unknown* last, missing values as 0: float64 (len(names) + 1,)."""
        scaled, scale = self.customers.exact(column)
        if self.runs is not None:
            ranked, bounds = self.runs
            return np.diff(ranked.running(column)[bounds]) / scale
        return np.bincount(self._wide, weights=scaled, minlength=len(self.names) + 1) / scale

    @cached_property
    def _wide(self) -> np.ndarray:
        return self.codes.astype(np.intp)  # bincount would make this copy for every column

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
        code = (*self.names, UNKNOWN).index(name)
        if self.runs is not None:
            ranked, bounds = self.runs
            return np.sort(ranked.order[bounds[code] : bounds[code + 1]])
        return np.flatnonzero(self.codes == code)
