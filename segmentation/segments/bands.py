"""How segments lie on the customers: as runs of one ordering, as cells where several cross, or as marks of each.

All answer counts and sums from what is kept. Runs need two places in a running total; cells are carried over from
the last threshold to the next by looking only at the customers who stand between the two. Money is kept in whole
units, so adding and taking away is exact and a carried sum equals a fresh one to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import field
from functools import cached_property, reduce
from typing import Any, Protocol

import numpy as np

from segmentation.customers.customers import Customers, Ranked
from segmentation.dataclass import dataclass

RECENT = 6  # states of one crossing kept: a room of people has its thresholds in different places
MANY = 12  # runs from which they are laid out along the ordering, instead of each bound being compared
COUNTED = 8  # places of cuts at which sums are counted
NEAR = 0.25  # a state is carried over when at most this share of customers changes place


class Some(Protocol):
    """Some of the customers: how many, their row numbers, and what they bring in whole units of a column."""

    def __len__(self) -> int: ...
    @property
    def rows(self) -> np.ndarray: ...
    def brought(self, column: str) -> float: ...
    def each(self, column: str) -> np.ndarray: ...


@dataclass(frozen=True)
class Stretch:
    """Those who stand together in an ordering, from a place to a place (not included): its totals know what they bring."""

    ranked: Ranked
    low: int
    high: int

    def __len__(self) -> int:
        return self.high - self.low

    @property
    def rows(self) -> np.ndarray:
        return self.ranked.order[self.low : self.high]

    def brought(self, column: str) -> float:
        running = self.ranked.running(column)
        return float(running[self.high] - running[self.low])

    def each(self, column: str) -> np.ndarray:
        return np.diff(self.ranked.running(column)[self.low : self.high + 1])


@dataclass(frozen=True)
class Scattered:
    """Those of some row numbers, each looked up."""

    customers: Customers
    rows: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def brought(self, column: str) -> float:
        return float(self.each(column).sum())

    def each(self, column: str) -> np.ndarray:
        return self.customers.exact(column)[0][self.rows]


@dataclass(frozen=True)
class Runs:
    """Bands that follow each other in one ordering.

    bounds     places in the ordering at which bands begin and end: 0, …, known, n; the last run is *Unknown*
    low_first  whether the band of the smallest values is the best segment
    share      whether the bounds are cuts of the cumulative share
    cuts       the values, or shares, at which the inner bounds lie, largest values first
    closed     whether a value on a cut belongs to the band above it ("left") or below it ("right")
    """

    ranked: Ranked
    bounds: np.ndarray
    low_first: bool = False
    share: bool = False
    cuts: tuple[float, ...] = ()
    closed: str = "left"

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
        """Sum of a column per segment, in its exact unit: counted for the first places of the cuts, which takes a tenth of
        what running totals take that any place is read from."""
        held = self.ranked.recent.setdefault(("sums", column), {})
        here = (self.bounds.tobytes(), self.low_first)
        if here in held:
            return held[here]
        values = self.ranked.counted(column) if len(held) < COUNTED else None
        if values is None:
            return np.diff(self.ranked.running(column)[self.bounds])[self.order]
        held[here] = np.bincount(self.codes(), values, len(self))
        return held[here]

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

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The segment of some rows: int8."""
        return self._segments(self.runs_at(self.ranked.position[rows]))

    def _segments(self, runs: np.ndarray) -> np.ndarray:
        if self.low_first:  # the order is turned round by arithmetic: looking it up takes four times as long
            unknown = np.int8(len(self) - 1)
            runs = unknown - np.int8(1) - runs
            if self.bounds[-2] < self.bounds[-1]:
                runs[runs < 0] = unknown
        return runs

    def runs_at(self, positions: np.ndarray) -> np.ndarray:
        """The run in which places of the ordering lie: int8."""
        if len(self) > MANY and len(positions) == len(self.ranked.order):
            runs = np.empty(len(positions), np.int8)
            runs[self.ranked.order] = np.repeat(np.arange(len(self), dtype=np.int8), np.diff(self.bounds))
            return runs
        runs = np.zeros(len(positions), np.int8)
        for bound in self.bounds[1:-1].tolist():  # plain numbers: one of numpy's would widen every comparison
            if bound < len(self.ranked.order):
                runs += (positions >= bound).view(np.int8)  # truth as numbers: to add it as such converts each
        return runs

    def pieces(self, other: Runs) -> list[tuple[int, int, int, int]]:
        """Stretches of the ordering whose run differs between two positions of the same cuts.

        Each from a place, to a place (not included), the run here, the run there.
        """
        ends = np.unique(np.concatenate((self.bounds, other.bounds)))
        mine, theirs = (np.searchsorted(one.bounds[1:-1], ends[:-1], side="right").tolist() for one in (self, other))
        return [
            piece
            for piece in zip(ends[:-1].tolist(), ends[1:].tolist(), mine, theirs, strict=True)
            if piece[2] != piece[3]
        ]

    def moved(self, other: Runs) -> np.ndarray:
        """Row numbers of the customers whose run differs between two positions of the same cuts, once each."""
        return joined([self.ranked.order[low:high] for low, high, *_ in self.pieces(other)])

    def changed(self, other: Any) -> list[Some] | None:
        """Those in another segment there; None where it has other cuts."""
        if not isinstance(other, Runs) or not self.same_cuts(other):
            return None
        return [Stretch(self.ranked, low, high) for low, high, *_ in self.pieces(other)]

    def same_cuts(self, other: Runs) -> bool:
        return self.ranked is other.ranked and len(self) == len(other)


@dataclass(frozen=True)
class Tally:
    """A small number each customer bears: how many bear each, and what they bring.

    codes   unsigned integers (n,); counts: int64, one per number
    """

    customers: Customers
    codes: np.ndarray
    counts: np.ndarray
    _sums: dict[str, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, customers: Customers, codes: np.ndarray, size: int) -> Tally:
        return cls(customers, codes, np.bincount(codes, minlength=size))

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per number, in its exact unit: float64."""
        if column not in self._sums:
            values = self.customers.exact(column)[0]
            self._sums[column] = np.bincount(self.codes, weights=values, minlength=len(self.counts))
        return self._sums[column]

    def moved(self, rows: np.ndarray, after: np.ndarray) -> Tally:
        """The same with other numbers for some rows, each named once: only they are counted again."""
        codes, size = self.codes.copy(), len(self.counts)
        before, after = codes[rows].astype(np.intp), after.astype(np.intp)
        codes[rows] = after

        def shift(weights: np.ndarray | None) -> np.ndarray:
            return np.bincount(after, weights, size) - np.bincount(before, weights, size)

        sums = {name: held + shift(self.customers.exact(name)[0][rows]) for name, held in self._sums.items()}
        return Tally(self.customers, codes, self.counts + shift(None), sums)


@dataclass(frozen=True)
class Cells:
    """Where several runs cross: every customer in one cell of their product, *Unknown* runs included.

    tally   the cell of each customer (uint8 or uint16), first factor slowest
    """

    factors: tuple[Runs, ...]
    tally: Tally

    @classmethod
    def of(cls, customers: Customers, factors: tuple[Runs, ...]) -> Cells:
        """The cells of these factors: as kept, carried over from a state near by, or made anew."""
        key = ("cells", *((factor.ranked, len(factor)) for factor in factors))
        recent: list[Cells] = customers.remember(key, list)
        near = min(recent, key=lambda cells: cells._distance(factors), default=None)
        if near is not None and near._distance(factors) == 0:
            return near
        carried = near is not None and near._distance(factors) <= NEAR * len(customers)
        made = near._carry(factors) if near is not None and carried else cls._fresh(customers, factors)
        recent[:] = [made, *recent][:RECENT]
        return made

    def _distance(self, factors: tuple[Runs, ...]) -> int:
        """How many customers change place at most."""
        pairs = zip(self.factors, factors, strict=True)
        return sum(int(np.abs(mine.bounds - theirs.bounds).sum()) for mine, theirs in pairs)

    @classmethod
    def _fresh(cls, customers: Customers, factors: tuple[Runs, ...]) -> Cells:
        size = int(np.prod([len(factor) for factor in factors]))
        return cls(factors, Tally.of(customers, _cells(factors, None, np.min_scalar_type(size)), size))

    def _carry(self, factors: tuple[Runs, ...]) -> Cells:
        changed = [rows for one, two in zip(self.factors, factors, strict=True) if len(rows := one.moved(two))]
        rows = once(changed, len(self.tally.codes))
        return Cells(factors, self.tally.moved(rows, _cells(factors, rows, np.dtype(np.intp))))


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
        return np.bincount(self.table, self.cells.tally.counts, self.segments).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.bincount(self.table, self.cells.tally.sums(column), self.segments)

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.cells.tally.codes)

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(_cells(self.runs, rows, np.dtype(np.intp)))

    def changed(self, other: Any) -> list[Some] | None:
        """Those in another segment there; None where it has other cuts, or several runs have moved."""
        if not isinstance(other, Merged) or not np.array_equal(self.table, other.table):
            return None
        pairs = list(zip(self.runs, other.runs, strict=False))
        if len(self.runs) != len(other.runs) or not all(mine.same_cuts(theirs) for mine, theirs in pairs):
            return None
        moved = [at for at, (mine, theirs) in enumerate(pairs) if not np.array_equal(mine.bounds, theirs.bounds)]
        if len(moved) > 1:
            return None
        return [some for at in moved for some in self._across(at, other.runs[at])]

    def _across(self, axis: int, moved: Runs) -> Iterator[Some]:
        """Those in another segment where one of the runs is moved, stretch by stretch.

        All of a stretch leave one run for another, so whether they change segment depends on their cell alone.
        """
        mine, sizes = self.runs[axis], [len(run) for run in self.runs]
        shape = (-1, sizes[axis], int(np.prod(sizes[axis + 1 :])))
        table, held = self.table.reshape(shape), self.cells.tally.counts.reshape(shape) > 0
        for low, high, here, there in mine.pieces(moved):
            flips = np.zeros(table.shape, bool)
            flips[:, here] = table[:, here] != table[:, there]
            if flips[:, here][held[:, here]].all():
                yield Stretch(mine.ranked, low, high)
            elif flips.any():
                rows = mine.ranked.order[low:high]
                yield Scattered(self.customers, rows[flips.ravel().take(self.cells.tally.codes[rows])])


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
        return np.bincount(self.table, self.histogram(), self.segments).astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return np.bincount(self.table, self.histogram(column), self.segments)

    def histogram(self, column: str | None = None) -> np.ndarray:
        """How many customers bear each mark; or the sum of a column over them, in its exact unit."""
        if column is None:
            return self._kept("counts", lambda: np.bincount(self.marks, minlength=len(self.table)))
        weights = self.customers.exact(column)[0]
        return self._kept(column, lambda: np.bincount(self.marks, weights, len(self.table)))

    def codes(self) -> np.ndarray:
        """The segment of each row: int8 (n,)."""
        return self.table.take(self.marks)

    def at(self, rows: np.ndarray) -> np.ndarray:
        """The segment of some rows: int8."""
        return self.table.take(self.marks[rows])

    def changed(self, other: Any) -> list[Some] | None:
        """Those whose mark leads elsewhere there; None where the marks are others."""
        if not isinstance(other, Coded) or self.marks is not other.marks:
            return None
        return [Scattered(self.customers, np.flatnonzero((self.table != other.table).take(self.marks)))]

    def _kept(self, what: str, make: Callable[[], np.ndarray]) -> np.ndarray:
        return make() if self.key is None else self.customers.remember((self.key, what), make)


class Placing(Protocol):
    """Where everybody is. Segments are numbered as the segmentation names them, *Unknown* last."""

    @property
    def counts(self) -> np.ndarray: ...
    def sums(self, column: str) -> np.ndarray: ...
    def codes(self) -> np.ndarray: ...
    def at(self, rows: np.ndarray) -> np.ndarray: ...
    def changed(self, other: Any) -> list[Some] | None: ...


def as_merged(customers: Customers, placing: Runs | Merged) -> Merged:
    """Runs seen as cells of one ordering; cells as they are."""
    if isinstance(placing, Merged):
        return placing
    size = len(placing)
    return Merged(customers, (placing,), table_of((placing,), np.arange(size, dtype=np.int8)), size)


def runs_of(placing: Placing) -> tuple[Runs, ...]:
    """The runs it is made of; none where no ordering gives it."""
    return placing.runs if isinstance(placing, Merged) else (placing,) if isinstance(placing, Runs) else ()


def of_columns(placing: Placing) -> bool:
    """Whether it is made of orderings, all of them by columns: who is where can be said by values of these."""
    runs = runs_of(placing)
    return bool(runs) and not any(run.ranked.called for run in runs)


def changed(customers: Customers, before: Placing, after: Placing) -> list[Some]:
    """The customers, once each, whose segment differs between two places of one method's thresholds."""
    found = before.changed(after)
    return [Scattered(customers, np.flatnonzero(before.codes() != after.codes()))] if found is None else found


def joined(pieces: Sequence[np.ndarray]) -> np.ndarray:
    """Row numbers in pieces as one array."""
    return np.concatenate(pieces) if len(pieces) > 1 else pieces[0] if pieces else np.empty(0, np.int32)


def once(pieces: Sequence[np.ndarray], size: int) -> np.ndarray:
    """Row numbers in pieces, each below a size, once each: to find out by marks takes a fiftieth of what sorting does."""
    if len(pieces) < 2:
        return joined(pieces)
    named = np.zeros(size, bool)
    for rows in pieces:
        named[rows] = True
    return np.flatnonzero(named)


def table_of(factors: tuple[Runs, ...], segments: np.ndarray) -> np.ndarray:
    """Segments laid out by the factors' own segments (one axis each, *Unknown* last), flattened by their runs."""
    by_run = reduce(lambda grid, axis: grid.take(np.argsort(factors[axis].order), axis), range(len(factors)), segments)
    return np.ascontiguousarray(by_run, np.int8).ravel()
