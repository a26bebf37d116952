"""What each sector holds wherever a cut line is put: exact counts and sums for every stop of its slider.

The customers are counted once into the cells between the stops of both lines; every position is then a few sums of
that small table, so a picture can follow the hand without asking anybody.
"""

from __future__ import annotations

import numpy as np

from segmentation.customers import Customers
from segmentation.portfolio import line_stops, reached

MEASURES = ("customers", "revenue", "profit", "potential")
Table = dict[str, np.ndarray]


def measures(customers: Customers) -> list[str]:
    """What is told of a sector, as far as it is known."""
    return [name for name in MEASURES if name == "customers" or name in customers.frame]


def along(customers: Customers, now: str, at: tuple[float, float]) -> dict[str, Table]:
    """Axis ("profit", "potential") → measure → float64 (stops, 4): the sectors with its line there and the other as it is.

    now   the column on the horizontal axis; at: both lines. The sectors stand in the order of `portfolio.SECTORS`.
    Customers of whom either is unknown are in none.
    """
    x, y = _halves(customers, now, "potential", at[1]), _halves(customers, "potential", now, at[0])
    return {
        "profit": {name: _at_stops(halves) for name, halves in x.items()},
        "potential": {name: _at_stops(halves)[:, [0, 2, 1, 3]] for name, halves in y.items()},
    }


def borderline_count(customers: Customers, now: str, at: tuple[float, float]) -> int:
    """How many customers are within one slider step of a line: as many as `portfolio.borderline` lists."""
    counts = _cells(customers, now)["customers"]
    near = []
    for column, line, size in zip((now, "potential"), at, counts.shape, strict=True):
        here = int(np.searchsorted(line_stops(customers, column), line, side="right"))
        near.append([place for place in (here - 1, here) if 0 <= place < size])
    rows, columns = near
    return int(counts[rows].sum() + counts[:, columns].sum() - counts[np.ix_(rows, columns)].sum())


def _at_stops(halves: np.ndarray) -> np.ndarray:
    """Cells along one axis by half of the other (cells, 2: high, low) → the four sectors at each stop."""
    above = halves[::-1].cumsum(axis=0)[::-1][1:]
    return np.hstack((above, halves.sum(axis=0) - above))


def _halves(customers: Customers, column: str, other: str, line: float) -> Table:
    """Measure → float64 (cells along a column, 2): those at or above a line of the other column, and those below."""
    stops = line_stops(customers, other)
    if line not in stops:
        return customers.remember(("halves", column, other, line), lambda: _counted(customers, column, other, line))
    first = stops.index(line) + 1
    lies = other == "potential"
    tables = _cells(customers, column if lies else other)
    found = {}
    for name, table in tables.items():
        along = table if lies else table.T
        found[name] = np.column_stack((along[:, first:].sum(axis=1), along[:, :first].sum(axis=1)))
    return found


def _counted(customers: Customers, column: str, other: str, line: float) -> Table:
    """The same counted over all customers, for a line between two stops."""
    size, beside = len(line_stops(customers, column)) + 2, customers.values(other)
    low = np.where(np.isnan(beside), False, beside < line)
    cell = np.where(np.isnan(beside), size - 1, reached(customers, column)) * 2 + low
    return {name: table.reshape(size, 2)[:-1] for name, table in _summed(customers, cell, 2 * size).items()}


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
