"""The numbers that rules compare with, as cuts: each row's comparisons of one column are cuts of that column's ordering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

import numpy as np

from segmentation.analysis.thresholds import positions
from segmentation.customers import attributes
from segmentation.dataclass import dataclass
from segmentation.segments.bands import NEAR, Runs, Tally
from segmentation.segments.rules import SIDES, Condition, Rule, Ruled, shape

FINER = 4  # times as many ends as are asked for: from there on those of long ago are forgotten


@dataclass(frozen=True, eq=False)
class Compared:
    """A row's comparisons of one column with numbers.

    row       its number, from 0; column: what it compares
    literals  for each cut, largest value first: the comparison's number in the row, and the value's in the comparison
    run       the ordering of the column, cut at these numbers
    fits      bool (bands,): for each band, largest values first and last those of whom it is missing, whether the
              comparisons hold there
    """

    row: int
    column: str
    literals: tuple[tuple[int, int], ...]
    run: Runs
    fits: np.ndarray


@dataclass(frozen=True)
class _Cut:
    """A number a row compares with: where it stands in the row, its value, and where it cuts the ordering."""

    at: tuple[int, int]
    value: float
    place: int
    above: bool  # whether those above it fit


def compared(placing: Ruled) -> list[Compared]:
    """Every column that each row compares with numbers, in the order of the rows."""
    return placing.customers.remember(("compared", placing.conditions), lambda: _all_compared(placing))  # type: ignore[no-any-return]


def _all_compared(placing: Ruled) -> list[Compared]:
    return [
        _compared(placing, row, column)
        for row, rule in enumerate(placing.rules)
        for column in dict.fromkeys(one.column for one in rule.conditions if _numeric(placing, one))
    ]


def _numeric(placing: Ruled, one: Condition) -> bool:
    """Whether a comparison is with numbers, which a line can stand for; dates and words are none."""
    if one.operator not in (*SIDES, "between") or attributes.kind(placing.customers, one.column) != "number":
        return False
    with suppress(ValueError):
        return bool(list(map(float, one.values)))
    return False


def _compared(placing: Ruled, row: int, column: str) -> Compared:
    ranked = placing.customers.ranked(attributes.numbers(placing.customers, column))
    cuts = sorted(_cuts(placing, placing.rules[row], column), key=lambda cut: (cut.place, -cut.value))
    bounds = np.array([0, *(cut.place for cut in cuts), ranked.known, len(placing.customers)])
    run = Runs(ranked, bounds, cuts=tuple(cut.value for cut in cuts))
    bands = np.arange(len(cuts) + 2)
    fits = np.logical_and.reduce([(bands <= at) == cut.above for at, cut in enumerate(cuts)]) & (bands <= len(cuts))
    return Compared(row, column, tuple(cut.at for cut in cuts), run, fits)


def _cuts(placing: Ruled, rule: Rule, column: str) -> Iterator[_Cut]:
    for number, one in enumerate(rule.conditions):
        if one.column == column and _numeric(placing, one):
            for place, text in enumerate(one.values):
                found, above = placed(placing, one, place, np.array([float(text)]))
                yield _Cut((number, place), float(text), int(found[0]), above)


def placed(placing: Ruled, one: Condition, place: int, values: np.ndarray) -> tuple[np.ndarray, bool]:
    """How many customers stand before a comparison's number at each of these values, and whether they are those who fit."""
    negated = placing.customers.ranked(attributes.numbers(placing.customers, one.column)).negated
    above = one.operator in (">", ">=") or (one.operator == "between" and place == 0)
    counts_in = one.operator in (">=", "<") or (one.operator == "between" and place == 0)
    return np.searchsorted(negated, -values, side="right" if counts_in else "left"), above


@dataclass(frozen=True, eq=False)
class Decided:
    """Who is decided by which row, along one column that a row compares.

    ends     int64 (e,), ascending places of the ordering
    held     measure → float64 (e − 1, others): what the customers between two ends hold, by what else is known of them:
    without  intp (others,): the row that would decide without this one; as many as there are rows: none, one more:
             none, as a value is missing
    rest     bool (others,): whether all else this row asks for holds
    """

    ends: np.ndarray
    held: dict[str, np.ndarray]
    without: np.ndarray
    rest: np.ndarray

    @property
    def known(self) -> np.ndarray:
        """Each of the others as one number, ascending: see `known_of`."""
        return 2 * self.without + self.rest

    def winner(self, one: Compared) -> np.ndarray:
        """The row that decides in each band: intp (bands, others)."""
        taken = one.fits[:, None] & (self.rest & (one.row < self.without))[None, :]
        return np.where(taken, one.row, self.without[None, :])


def decided(placing: Ruled, one: Compared, ends: np.ndarray) -> Decided:
    """Along these ends or finer ones: all customers are counted again only for a new end, and where another number was
    moved those whom it moves."""
    ends, stretch = _laid_out(placing, one, ends)
    key = ("decided", one.row, one.column, *(shape(rule) for rule in placing.rules))
    kept: list[_Told] = placing.customers.remember(key, list)
    near = kept[0] if kept and kept[0].ends is ends else None
    rows = near.placing.between(placing) if near else None
    if near and rows is not None and len(rows) <= NEAR * len(stretch):
        tally = near.tally.moved(rows, _told(placing, one, stretch, rows)) if len(rows) else near.tally
    else:
        tally = Tally.of(placing.customers, _told(placing, one, stretch), (len(ends) - 1) * _wide(placing))
    kept[:] = [_Told(placing, ends, tally)]  # visitors ask at once: what is kept is replaced, never changed
    return _decided(placing, ends, tally)


@dataclass(frozen=True, eq=False)
class _Told:
    """Of each customer between which ends it stands and what else is known of it, as one number."""

    placing: Ruled
    ends: np.ndarray
    tally: Tally


def _wide(placing: Ruled) -> int:
    """How many different things can be known of a customer beside where it stands: see `Decided`."""
    return 2 * (len(placing.rules) + 2)


def _laid_out(placing: Ruled, one: Compared, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """These ends or finer ones, the same as long as they do; and between which of them each customer stands."""
    kept: list[tuple[np.ndarray, np.ndarray]] = placing.customers.remember(("laid out", one.run.ranked), list)
    if not kept or not np.isin(ends, kept[0][0]).all():
        also = kept[0][0] if kept and len(kept[0][0]) < FINER * len(ends) else ends
        finer = np.union1d(ends, also)
        stretch = np.repeat(np.arange(len(finer) - 1, dtype=np.uint16), np.diff(finer))
        kept[:] = [(finer, stretch[one.run.ranked.position])]
    return kept[0]


def _told(placing: Ruled, one: Compared, stretch: np.ndarray, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
    """The number of `_Told`, of all or of some rows: uint32."""
    return stretch[rows] * np.uint32(_wide(placing)) + known_of(placing, one, rows)


def known_of(placing: Ruled, one: Compared, rows: np.ndarray | slice) -> np.ndarray:
    """What is known of some rows beside where they stand along a column: small whole numbers, as `Decided.known` has them."""
    patterns = placing.tally.codes[rows]
    found = _doubled(len(placing.rules))[patterns & np.uint16(~(1 << one.row) & 0xFFFF)]
    return found + placing.match(_others(placing, one), rows)  # type: ignore[no-any-return]


def _decided(placing: Ruled, ends: np.ndarray, tally: Tally) -> Decided:
    customers, size = placing.customers, (len(ends) - 1, _wide(placing))
    counts = tally.counts.reshape(size)
    found = np.flatnonzero(counts.any(axis=0))
    money = {
        name: tally.sums(name).reshape(size)[:, found] / customers.exact(name)[1]
        for name in positions.measures(customers)[1:]
    }
    return Decided(ends, {"customers": counts[:, found].astype(float), **money}, found // 2, found % 2 == 1)


@lru_cache(maxsize=16)
def _doubled(size: int) -> np.ndarray:
    """Twice what `_first` gives."""
    return _first(size) * np.uint8(2)


def _first(size: int) -> np.ndarray:
    """For each pattern of matches the first row among them; without any: as many as there are rows, one more if a value lacks."""
    patterns = np.arange(2 << size)
    first = np.where(patterns >> size, size + 1, size).astype(np.uint8)
    for row in reversed(range(size)):
        first[(patterns >> row) & 1 == 1] = row
    return first


def _others(placing: Ruled, one: Compared) -> tuple[Condition, ...]:
    """All else a row asks for."""
    conditions = placing.rules[one.row].conditions
    return tuple(other for other in conditions if other.column != one.column or not _numeric(placing, other))


def segments(placing: Ruled, rows: np.ndarray) -> np.ndarray:
    """The segment of each deciding row, as `Decided.winner` gives it: int8, the same shape."""
    none = [placing.table[0], placing.table[1 << len(placing.rules)]]
    names = [placing.names.index(rule.segment) for rule in placing.rules]
    return np.array([*names, *none], np.int8)[rows]
