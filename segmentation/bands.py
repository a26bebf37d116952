"""How segments lie on the customers: as runs of one ordering, as cells where several cross, or as marks of each.

All answer counts and sums from what is kept. Runs need two places in a running total; cells are carried over from
the last threshold to the next by looking only at the customers who stand between the two. Money is kept in whole
units, so adding and taking away is exact and a carried sum equals a fresh one to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any, Protocol

import numpy as np

from segmentation.customers import Customers, Ranked

RECENT = 6  # states of one crossing kept: a room of people has its thresholds in different places
MANY = 12  # runs from which they are laid out along the ordering, instead of each bound being compared
NEAR = 0.25  # a state is carried over when at most this share of customers changes place


@dataclass(frozen=True)
class Runs:
    """Bands that follow each other in one ordering.

    bounds     places in the ordering at which bands begin and end: 0, …, known, n; the last run is *Unknown*
    low_first  whether the band of the smallest values is the best segment
    share      whether the bounds are cuts of the cumulative share
    cuts       the values, or shares, at which the inner bounds lie, largest values first
    """

    ranked: Ranked
    bounds: np.ndarray
    low_first: bool = False
    share: bool = False
    cuts: tuple[float, ...] = ()

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def order(self) -> list[int]:
        """The runs (0 = largest values) in the order of segments, *Unknown* last."""
        known = range(len(self) - 1)
        return [*(reversed(known) if self.low_first else known), len(self) - 1]

    @cached_property
    def counts(self) -> np.ndarray:
        return np.diff(self.bounds)[self.order]

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.diff(self.ranked.running(column)[self.bounds])[self.order]

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,), not to be written into."""
        key = (len(self), self.low_first)
        near, codes = self.ranked.recent.get(key, (None, None))
        moved = None if near is None else self.moved(near)
        if codes is None or moved is None or len(moved) > NEAR * len(codes):
            codes = self._segments(self.runs_at(self.ranked.position))
        elif len(moved):  # only those who stand between the last cuts and these change
            codes = codes.copy()
            codes[moved] = self.at(moved)
        self.ranked.recent[key] = (self, codes)
        return codes

    def at(self, rows: np.ndarray, near: Any = None) -> np.ndarray:
        """The segment of some rows: int8."""
        return self._segments(self.runs_at(self.ranked.position[rows]))

    def _segments(self, runs: np.ndarray) -> np.ndarray:
        if self.low_first:  # the order is turned round by arithmetic: looking it up takes four times as long
            unknown = np.int8(len(self) - 1)
            runs = unknown - np.int8(1) - runs
            runs[runs < 0] = unknown
        return runs

    def runs_at(self, positions: np.ndarray) -> np.ndarray:
        """The run in which places of the ordering lie: int8."""
        if len(self) > MANY and len(positions) == len(self.ranked.order):
            runs = np.empty(len(positions), np.int8)
            runs[self.ranked.order] = np.repeat(np.arange(len(self), dtype=np.int8), np.diff(self.bounds))
            return runs
        runs = np.zeros(len(positions), np.int8)
        for bound in self.bounds[1:-1]:
            runs += positions >= bound
        return runs

    def moved(self, other: Runs) -> np.ndarray:
        """Row numbers of the customers whose run differs between two positions of the same cuts, once each."""
        spans = sorted((min(a, b), max(a, b)) for a, b in zip(self.bounds, other.bounds, strict=True) if a != b)
        pieces, reached = [], 0
        for low, high in spans:
            pieces.append(self.ranked.order[max(low, reached) : high])
            reached = max(reached, high)
        return np.concatenate(pieces) if pieces else np.empty(0, np.int32)

    def candidates(self, other: Any) -> np.ndarray | None:
        """Those who may stand elsewhere at another place of the same cuts; None where it has other cuts."""
        return self.moved(other) if isinstance(other, Runs) and self.same_cuts(other) else None

    def same_cuts(self, other: Runs) -> bool:
        return self.ranked is other.ranked and len(self) == len(other)


@dataclass(frozen=True)
class Cells:
    """Where several runs cross: every customer in one cell of their product, *Unknown* runs included.

    codes   uint8 or uint16 (n,): the cell, first factor slowest; counts: int64 (cells,)
    """

    customers: Customers
    factors: tuple[Runs, ...]
    codes: np.ndarray
    counts: np.ndarray
    _sums: dict[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, customers: Customers, factors: tuple[Runs, ...]) -> Cells:
        """The cells of these factors: as kept, carried over from a state near by, or made anew."""
        key = ("cells", *((id(factor.ranked), len(factor)) for factor in factors))
        recent: list[Cells] = customers.remember(key, list)
        near = min(recent, key=lambda cells: cells._distance(factors), default=None)
        if near is not None and near._distance(factors) == 0:
            return near
        carried = near is not None and near._distance(factors) <= NEAR * len(customers)
        made = near._carry(factors) if near is not None and carried else cls._fresh(customers, factors)
        recent[:] = [made, *recent][:RECENT]
        return made

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per cell, in its exact unit: float64 (cells,)."""
        if column not in self._sums:
            values = self.customers.exact(column)[0]
            self._sums[column] = np.bincount(self.codes, weights=values, minlength=len(self.counts))
        return self._sums[column]

    def _distance(self, factors: tuple[Runs, ...]) -> int:
        """How many customers change place at most."""
        pairs = zip(self.factors, factors, strict=True)
        return sum(int(np.abs(mine.bounds - theirs.bounds).sum()) for mine, theirs in pairs)

    @classmethod
    def _fresh(cls, customers: Customers, factors: tuple[Runs, ...]) -> Cells:
        size = int(np.prod([len(factor) for factor in factors]))
        codes = _cells(factors, None, np.min_scalar_type(size))
        return cls(customers, factors, codes, np.bincount(codes, minlength=size))

    def _carry(self, factors: tuple[Runs, ...]) -> Cells:
        changed = [mine.moved(theirs) for mine, theirs in zip(self.factors, factors, strict=True)]
        changed = [rows for rows in changed if len(rows)]
        rows = np.unique(np.concatenate(changed)) if len(changed) > 1 else changed[0]
        before, after = self.codes[rows].astype(np.intp), _cells(factors, rows, np.dtype(np.intp))
        codes, size = self.codes.copy(), len(self.counts)
        codes[rows] = after

        def shift(weights: np.ndarray | None) -> np.ndarray:
            return np.bincount(after, weights, size) - np.bincount(before, weights, size)

        sums = {name: held + shift(self.customers.exact(name)[0][rows]) for name, held in self._sums.items()}
        return Cells(self.customers, factors, codes, self.counts + shift(None), sums)


def _cells(factors: tuple[Runs, ...], rows: np.ndarray | None, dtype: np.dtype) -> np.ndarray:
    """The cell of each row (of all rows where None is given)."""
    places = [factor.ranked.position if rows is None else factor.ranked.position[rows] for factor in factors]
    codes = np.zeros(len(places[0]), dtype)
    for factor, positions in zip(factors, places, strict=True):
        codes *= dtype.type(len(factor))
        codes += factor.runs_at(positions).astype(dtype, copy=False)
    return codes


@dataclass(frozen=True)
class Merged:
    """Cells of crossing runs gathered into segments: table gives each cell's segment (int8, in the cells' order).

    The cells are only looked for when somebody counts: who changes between two thresholds is known from the runs.
    """

    customers: Customers
    runs: tuple[Runs, ...]
    table: np.ndarray
    segments: int

    @cached_property
    def cells(self) -> Cells:
        return Cells.of(self.customers, self.runs)

    @cached_property
    def counts(self) -> np.ndarray:
        return np.bincount(self.table, self.cells.counts, self.segments).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.bincount(self.table, self.cells.sums(column), self.segments)

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.cells.codes)

    def at(self, rows: np.ndarray, near: Any = None) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(_cells(self.runs, rows, np.dtype(np.intp)))

    def candidates(self, other: Any) -> np.ndarray | None:
        """Those who may stand elsewhere at another place of the same cuts; None where it has other cuts."""
        if not isinstance(other, Merged) or not np.array_equal(self.table, other.table):
            return None
        pairs = list(zip(self.runs, other.runs, strict=False))
        if len(self.runs) != len(other.runs) or not all(mine.same_cuts(theirs) for mine, theirs in pairs):
            return None
        moved = [rows for mine, theirs in pairs if len(rows := mine.moved(theirs))]
        return np.unique(np.concatenate(moved)) if len(moved) > 1 else moved[0] if moved else np.empty(0, np.int32)


@dataclass(frozen=True)
class Coded:
    """Segments by a mark each customer bears: what no single ordering gives (rules, scores).

    marks      unsigned integers (n,); table gives each mark's segment (int8) out of so many
    key        names the marks: their counts and sums are kept under it while thresholds only change the table
    """

    customers: Customers
    marks: np.ndarray
    table: np.ndarray
    segments: int
    key: Hashable = None

    @cached_property
    def counts(self) -> np.ndarray:
        held = self._kept("counts", lambda: np.bincount(self.marks, minlength=len(self.table)))
        return np.bincount(self.table, held, self.segments).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        weights = self.customers.exact(column)[0]
        held = self._kept(column, lambda: np.bincount(self.marks, weights, len(self.table)))
        return np.bincount(self.table, held, self.segments)

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.marks)

    def at(self, rows: np.ndarray, near: Any = None) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(self.marks[rows])

    def candidates(self, other: Any) -> np.ndarray | None:
        """Those whose mark leads elsewhere; None where the marks are others."""
        if not isinstance(other, Coded) or self.marks is not other.marks:
            return None
        return np.flatnonzero((self.table != other.table).take(self.marks))

    def _kept(self, what: str, make: Callable[[], np.ndarray]) -> np.ndarray:
        return make() if self.key is None else self.customers.remember((self.key, what), make)


class Placing(Protocol):
    """Where everybody is. Segments are numbered as the segmentation names them, *Unknown* last."""

    @property
    def counts(self) -> np.ndarray: ...
    def sums(self, column: str) -> np.ndarray: ...
    def codes(self) -> np.ndarray: ...
    def at(self, rows: np.ndarray, near: Any = None) -> np.ndarray: ...
    def candidates(self, other: Any) -> np.ndarray | None: ...


def as_merged(customers: Customers, placing: Runs | Merged) -> Merged:
    """Runs seen as cells of one ordering; cells as they are."""
    if isinstance(placing, Merged):
        return placing
    size = len(placing)
    return Merged(customers, (placing,), table_of((placing,), np.arange(size, dtype=np.int8)), size)


def changed(before: Placing, after: Placing) -> np.ndarray:
    """Row numbers, in no order, of the customers whose segment differs between two places of one method's thresholds."""
    rows = before.candidates(after)
    if rows is None:
        return np.flatnonzero(before.codes() != after.codes())
    return rows[before.at(rows) != after.at(rows, before)]


def table_of(factors: tuple[Runs, ...], segments: np.ndarray) -> np.ndarray:
    """Segments laid out by the factors' own segments (one axis each, *Unknown* last), flattened by their runs."""
    by_run = reduce(lambda grid, axis: grid.take(np.argsort(factors[axis].order), axis), range(len(factors)), segments)
    return np.ascontiguousarray(by_run, np.int8).ravel()
