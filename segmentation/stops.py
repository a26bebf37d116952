"""What each sector holds wherever a cut line is put: exact counts and sums for every stop of its slider.

The customers are counted once into the cells between the stops of both axes; every position is then a few sums of
that small table, so a picture can follow the hand without asking anybody.
"""

from __future__ import annotations

import numpy as np

from segmentation.customers import Customers
from segmentation.portfolio import Cuts, line_stops, reached

MEASURES = ("customers", "revenue", "profit", "potential")
Table = dict[str, np.ndarray]


def measures(customers: Customers) -> list[str]:
    """What is told of a sector, as far as it is known."""
    return [name for name in MEASURES if name == "customers" or name in customers.frame]


def along(customers: Customers, now: str, at: Cuts) -> dict[str, Table]:
    """Axis ("profit", "potential") → measure → float64 (stops, bands): those at or above each stop of the axis.

    now   the column on the horizontal axis; at: the lines of both. The bands are those the lines of the other axis
          make, best first. Customers of whom either is unknown are in none.
    """
    x, y = _banded(customers, now, "potential", at[1]), _banded(customers, "potential", now, at[0])
    both = {"profit": x, "potential": y}
    return {axis: {name: _above(cells) for name, cells in table.items()} for axis, table in both.items()}


def borderline_count(customers: Customers, now: str, at: Cuts) -> int:
    """How many customers are within one slider step of a line: as many as `portfolio.borderline` lists."""
    counts = _cells(customers, now)["customers"]
    near = []
    for column, lines, size in zip((now, "potential"), at, counts.shape, strict=True):
        here = np.searchsorted(line_stops(customers, column), lines, side="right")
        places = {int(place) + step for place in here for step in (-1, 0)}
        near.append(sorted(place for place in places if 0 <= place < size))
    rows, columns = near
    return int(counts[rows].sum() + counts[:, columns].sum() - counts[np.ix_(rows, columns)].sum())


def _above(cells: np.ndarray) -> np.ndarray:
    """Cells along an axis (cells, bands) → what lies at or above each stop (stops, bands)."""
    return cells[::-1].cumsum(axis=0)[::-1][1:]


def _banded(customers: Customers, column: str, other: str, lines: tuple[float, ...]) -> Table:
    """Measure → float64 (cells along a column, bands): the bands that lines of the other column make, best first."""
    stops = line_stops(customers, other)
    if not set(lines) <= set(stops):
        return customers.remember(("bands", column, other, lines), lambda: _counted(customers, column, other, lines))
    ends = [0, *(stops.index(line) + 1 for line in lines), len(stops) + 1]
    upright = other == "potential"
    found = {}
    for name, table in _cells(customers, column if upright else other).items():
        running = np.zeros((table.shape[0 if upright else 1], len(stops) + 2))
        np.cumsum(table if upright else table.T, axis=1, out=running[:, 1:])
        found[name] = np.diff(running[:, ends], axis=1)[:, ::-1]
    return found


def _counted(customers: Customers, column: str, other: str, lines: tuple[float, ...]) -> Table:
    """The same counted over all customers, for lines between two stops."""
    size, bands, beside = len(line_stops(customers, column)) + 2, len(lines) + 1, customers.values(other)
    band = sum((beside >= line).astype(np.int32) for line in lines)
    cell = np.where(np.isnan(beside), size - 1, reached(customers, column)) * bands + band
    summed = _summed(customers, cell, bands * size)
    return {name: table.reshape(size, bands)[:-1, ::-1] for name, table in summed.items()}


def _cells(customers: Customers, now: str) -> Table:
    """Measure → float64 (stops of `now` + 1, stops of potential + 1): the customers between the stops, kept."""

    def count() -> Table:
        high, wide = (len(line_stops(customers, column)) + 2 for column in (now, "potential"))
        cell = reached(customers, now).astype(np.int32) * wide + reached(customers, "potential")
        summed = _summed(customers, cell, high * wide)
        return {name: table.reshape(high, wide)[:-1, :-1] for name, table in summed.items()}

    return customers.keep(("sector cells", now), count)


def _summed(customers: Customers, cell: np.ndarray, size: int) -> Table:
    """Every measure added up by cell."""
    found = {"customers": np.bincount(cell, minlength=size).astype(np.float64)}
    for name in measures(customers)[1:]:
        values, scale = customers.exact(name)
        found[name] = np.bincount(cell, weights=values, minlength=size) / scale
    return found
