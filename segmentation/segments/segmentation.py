"""Segmentation: who is in which segment, with counts and sums that cost as little as they can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments.bands import Placing, Runs, of_columns, runs_of
from segmentation.segments.spans import Spans

UNKNOWN = "Unknown"
UNKNOWN_COLOUR = 7  # the grey slot of the palette


class Segmentation:
    """Every customer in exactly one segment.

    names    the segments, best first; code len(names) is *Unknown*: customers whose input is missing
    codes    small integers (n,), one per row of `customers`
    colours  for each segment a slot of the palette (0–6; 7 is the grey of *Unknown*)
    detail   further columns that say where a customer stands (scores, flags), or None
    columns  the metric columns that are cut, or by which customers are compared; cuts: where, for a cut of one column
    thresholds  for each cut the method's threshold that is that very cut (a handle in the picture), or None
    spans    that the names follow from where the one ordering is cut, where they do
    bands    the names of each ordering's bands, best first, where they are known: for one ordering its segments

    placing  where everybody is: runs of one ordering, cells of several, or marks (see `bands.py`)
    """

    def __init__(
        self,
        customers: Customers,
        names: Sequence[str],
        placing: Placing,
        *,
        colours: Sequence[int] | None = None,
        detail: Callable[[], pd.DataFrame] | None = None,
        columns: Sequence[str] = (),
        cuts: Sequence[float] = (),
        thresholds: Sequence[str | None] = (),
        bands: Sequence[Sequence[object]] = (),
        spans: Spans | None = None,
    ) -> None:
        self.customers = customers
        self.names = tuple(names)
        self.placing = placing
        self.colours = tuple(colours) if colours is not None else tuple(i % 7 for i in range(len(self.names)))
        self.columns = tuple(columns)
        self.cuts = tuple(cuts)
        self.thresholds = tuple(thresholds)
        self.spans = spans
        self._bands = tuple(tuple(map(str, names)) for names in bands)
        self._detail = detail

    @cached_property
    def codes(self) -> np.ndarray:
        return self.placing.codes()

    @property
    def counts(self) -> np.ndarray:
        """Customers per segment, *Unknown* last: int64 (len(names) + 1,)."""
        return self.placing.counts

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, *Unknown* last, missing values as 0: float64 (len(names) + 1,)."""
        return self.placing.sums(column) / self.customers.exact(column)[1]

    def known(self, column: str) -> np.ndarray:
        """How many customers of each segment have a value in the column, *Unknown* last."""
        if self.customers.known(column) == len(self.customers):
            return self.counts
        return self.sums(self.customers.known_of(column))

    def means(self, column: str) -> np.ndarray:
        """Mean of a column per segment, over those of whom it is known, *Unknown* last; NaN where nobody is."""
        known = self.known(column)
        return np.divide(self.sums(column), known, out=np.full(len(known), np.nan), where=known > 0)

    @property
    def bands(self) -> tuple[tuple[str, ...], ...]:
        return (self.names,) if isinstance(self.placing, Runs) else self._bands

    @property
    def along(self) -> tuple[str, ...]:
        """The column of each ordering it is made of; none where one is by something else, or where it is of no orderings."""
        named = of_columns(self.placing) and len(self.columns) == len(runs_of(self.placing))
        return self.columns if named else ()

    @property
    def cuts_share(self) -> bool:
        """Whether the cuts are shares of a running total (ABC): cuts that can be dragged along the Pareto curve."""
        return isinstance(self.placing, Runs) and self.placing.share

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
