"""What each sector or segment holds wherever a line is put: exact counts and sums for every position of its slider.

The customers are counted once into the cells between the positions of both axes; each position is then a few sums of
that small table, so a picture can follow the hand without asking anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise

import numpy as np

from segmentation.analysis.summary import MONEY
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.formats import two_digits
from segmentation.segments.bands import Merged
from segmentation.segments.plane import LEAST, Cuts, above_nothing, costing
from segmentation.segments.segmentation import Segmentation

Table = dict[str, np.ndarray]
COSTING = ", costing"  # behind a measure: of those alone who cost more than they bring


def positions_of(customers: Customers, column: str) -> list[float]:
    """Positions a cut line moves through, ascending: just above nothing, then about a hundred round values, spread as
    the customers are who bring something."""

    def positions() -> list[float]:
        values = customers.values(column)[customers.values(column) > 0]
        spread = np.quantile(values, np.linspace(0.0, 1.0, 101)) if len(values) else []
        return sorted({LEAST, *map(two_digits, spread)})

    return customers.keep(("positions", column), positions)


def reached(customers: Customers, column: str) -> np.ndarray:
    """How many positions of a column's slider each customer has reached: int16 (n,); one more than there are: unknown."""

    def place() -> np.ndarray:
        positions, values = np.asarray(positions_of(customers, column)), customers.values(column)
        found = np.searchsorted(positions, values, side="right").astype(np.int16)
        found[np.isnan(values)] = len(positions) + 1
        return found

    return customers.keep(("position of each", column), place)


def measures(customers: Customers) -> list[str]:
    """What is told of a segment: customers, their money as far as it is known, and where not all have it how many do.

    The last is called "<money> is known", after the column `Customers.known_of` makes.
    """
    money = [name for name in MONEY if name in customers.frame]
    known = [customers.known_of(name) for name in money if customers.known(name) < len(customers)]
    return ["customers", *money, *known]


def held(segmentation: Segmentation) -> Table:
    """Measure → what each segment holds, *Unknown* last."""
    names = measures(segmentation.customers)
    return {name: segmentation.counts if name == "customers" else segmentation.sums(name) for name in names}


def up_to(customers: Customers, column: str, counts: Sequence[int]) -> dict[str, list[float]]:
    """Measure → what the first so many customers of a column's ordering hold: what lies before a cut, wherever it is."""
    ranked, (_, *money) = customers.ranked(column), measures(customers)
    sums = {name: ranked.running(name)[counts] / customers.exact(name)[1] for name in money}
    return {"customers": list(counts), **{name: held.tolist() for name, held in sums.items()}}


def along(customers: Customers, now: str, at: Cuts) -> dict[str, Table]:
    """Axis ("profit", "potential") → measure → float64 (positions, bands): those at or above each position of the axis.

    now   the column on the horizontal axis; at: the lines of both. The bands are those the lines of the other axis
          make, best first. Customers of whom either is unknown are in none. Behind each measure comes the same of
          those alone who cost more than they bring: they part the corner below all lines.
    """
    x, y = _banded(customers, now, "potential", at[1]), _banded(customers, "potential", now, at[0])
    both = {"profit": x, "potential": y}
    return {
        axis: {name: _above(held) / _unit(customers, name) for name, held in table.items()}
        for axis, table in both.items()
    }


def of_costing(customers: Customers, now: str, at: Cuts) -> Table:
    """Measure → what those who cost more than they bring hold in each field the lines make, best first, float64 (fields,)."""
    rows, size = costing(customers), len(at[0]) + 1
    x, y = (
        np.searchsorted(lines, customers.values(column)[rows], side="right")
        for column, lines in zip((now, "potential"), at, strict=True)
    )
    known = ~np.isnan(customers.values(now)[rows] + customers.values("potential")[rows])
    field_ = ((size - 1 - x) * size + size - 1 - y)[known]
    return {
        name: np.bincount(field_, held[rows[known]], size**2) / _unit(customers, name)
        for name, held in _whole(customers).items()
    }


def _unit(customers: Customers, name: str) -> float:
    """What a measure is told in: money in whole units of this size."""
    measure = name.removesuffix(COSTING)
    return 1.0 if measure == "customers" else customers.exact(measure)[1]


@dataclass(frozen=True)
class Told(Merged):
    """A placing on the plane whose counts and sums are known: measure → whole units by sector, *Unknown* last."""

    known: Table = field(default_factory=dict)

    @cached_property
    def counts(self) -> np.ndarray:
        return self.known["customers"].astype(np.int64)

    def sums(self, column: str) -> np.ndarray:
        """Sum of a column per segment, in its exact unit."""
        return self.known[column] if column in self.known else super().sums(column)


def told(made: Segmentation, now: str, at: Cuts) -> Segmentation:
    """The segmentation `plane.matrix` makes of these lines, its counts and sums read off the cells between the positions.

    Who is where is found when it is asked for. Where no axis has all its lines at positions it is left as it is.
    """
    known, placing = _sectors(made.customers, now, at), made.placing
    if known is None or not isinstance(placing, Merged):
        return made
    placing = Told(placing.customers, placing.runs, placing.table, placing.segments, known)
    return Segmentation(made.customers, made.names, placing, colours=made.colours, columns=made.columns)


def _sectors(customers: Customers, now: str, at: Cuts) -> Table | None:
    """Measure → what each sector holds, in whole units, *Unknown* last; None where no axis has its lines at positions."""
    for column, other, lines, across in ((now, "potential", *at), ("potential", now, *at[::-1])):
        if set(lines) <= set(positions_of(customers, column)):
            found = {
                name: _between(customers, column, lines, t)
                for name, t in _banded(customers, column, other, across).items()
            }
            fields = {name: (grid if column == now else grid.T).ravel() for name, grid in found.items()}
            return {name: _in_sectors(customers, fields, name) for name in measures(customers)}
    return None


def _in_sectors(customers: Customers, fields: Table, name: str) -> np.ndarray:
    """A measure of the fields by sector: the last field is parted, and *Unknown* stands last."""
    held, let_go = fields[name], fields[name + COSTING][-1]
    return np.array([*held[:-1], held[-1] - let_go, let_go, _whole_total(customers, name) - held.sum()])


def _whole_total(customers: Customers, name: str) -> float:
    if name == "customers":
        return float(len(customers))
    return customers.keep(("whole total", name), lambda: float(customers.exact(name)[0].sum()))


def borderline_count(customers: Customers, now: str, at: Cuts) -> int:
    """How many customers one step of a line would pass, up or down: as many as `portfolio.borderline` lists."""
    near = [
        _passed(customers, column, line)
        for column, lines in zip((now, "potential"), at, strict=True)
        for line in above_nothing(lines)
    ]
    rows = np.unique(np.concatenate(near))
    return int(np.count_nonzero(~np.isnan(customers.values(now)[rows] + customers.values("potential")[rows])))


def _passed(customers: Customers, column: str, line: float) -> np.ndarray:
    """Row numbers of the customers between the positions next to a line, below and above; who is beyond all stays."""
    stands = positions_of(customers, column)
    low = max((one for one in stands if one < line), default=line)
    high = min((one for one in stands if one > line), default=line)
    return customers.ranked(column).between(low, high, open=False)


def _above(cells: np.ndarray) -> np.ndarray:
    """Cells along an axis (cells, bands) → what lies at or above each position (positions, bands)."""
    return cells[::-1].cumsum(axis=0)[::-1][1:]


def _banded(customers: Customers, column: str, other: str, lines: tuple[float, ...]) -> Table:
    """Measure → whole units (cells along a column, bands): the bands that lines of the other column make, best first."""
    positions = positions_of(customers, other)
    if not set(lines) <= set(positions):
        return customers.remember(("bands", column, other, lines), lambda: _counted(customers, column, other, lines))
    upright = other == "potential"
    cells = _cells(customers, column if upright else other)
    return {name: _between(customers, other, lines, table.T if upright else table).T for name, table in cells.items()}


def _between(customers: Customers, column: str, lines: tuple[float, ...], cells: np.ndarray) -> np.ndarray:
    """Cells along a column (cells, …) → the bands that lines at its positions make, best first (bands, …)."""
    positions = positions_of(customers, column)
    ends = [0, *(positions.index(line) + 1 for line in lines), len(positions) + 1]
    bands = [cells[low:high].sum(axis=0) for low, high in pairwise(ends)]
    return np.stack(bands[::-1])


def _counted(customers: Customers, column: str, other: str, lines: tuple[float, ...]) -> Table:
    """The same counted over all customers, for lines between two positions."""
    size, bands, beside = len(positions_of(customers, column)) + 2, len(lines) + 1, customers.values(other)
    band = sum((beside >= line).astype(np.int32) for line in lines)
    cell = np.where(np.isnan(beside), size - 1, reached(customers, column)) * bands + band
    summed = _summed(customers, cell, bands * size)
    return {name: table.reshape(size, bands)[:-1, ::-1] for name, table in summed.items()}


def _cells(customers: Customers, now: str) -> Table:
    """Measure → whole units (positions of `now` + 1, positions of potential + 1): the customers between the positions, kept."""

    def count() -> Table:
        high, wide = (len(positions_of(customers, column)) + 2 for column in (now, "potential"))
        cell = reached(customers, now).astype(np.int32) * wide + reached(customers, "potential")
        summed = _summed(customers, cell, high * wide)
        return {name: table.reshape(high, wide)[:-1, :-1] for name, table in summed.items()}

    return customers.keep(("sector cells", now), count)


def _summed(customers: Customers, cell: np.ndarray, size: int) -> Table:
    """Every measure added up by cell, in whole units (see `Customers.exact`), so that sums of sums are exact."""
    rows = costing(customers)
    there, summed = cell[rows], {}
    for name, held in _whole(customers).items():
        summed[name] = np.bincount(cell, held, size)
        summed[name + COSTING] = np.bincount(there, held[rows], size)
    return summed


def _whole(customers: Customers) -> Table:
    """Measure → what each customer adds to it, in whole units: float64 (n,)."""
    money = {name: customers.exact(name)[0] for name in measures(customers)[1:]}
    return {"customers": np.ones(len(customers)), **money}
