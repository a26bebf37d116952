"""Two crossed orderings: how each lies along a picture, and what stands in the cells where their bands meet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
import pandas as pd

from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.grid import Grid, grid_of, spread
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.places import values_at
from segmentation.columns.metrics import label
from segmentation.customers.attributes import RANKED
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.segmentation import Segmentation

QUADRANTS = 4  # cells which are told as regions of a plane, though each has its own name
FIELDS = 60  # of a plane along an axis, at most


@dataclass(frozen=True, eq=False)
class Side:
    """An ordering with its bands, best first.

    title     what is cut; bands: their names
    order     int (bands,): for each band its number in the ordering, where 0 has the largest values
    bars      how the customers spread: see `spread`; grid: the scale on which they do
    cuts      ascending: where on the column the bands meet
    measured  whether values say how much; values that are words say only which band they are of
    """

    title: str
    bands: tuple[str, ...]
    order: np.ndarray
    bars: pd.DataFrame
    grid: Grid
    cuts: list[float]
    measured: bool

    @property
    def ends(self) -> list[float]:
        """The values the picture begins and ends at."""
        return [float(self.bars["x"].min()), float(self.bars["x2"].max())]

    @property
    def falls(self) -> bool:
        """Whether the best band has the largest values."""
        return bool(self.order[0] < self.order[-1])

    @property
    def inside(self) -> list[float]:
        """Both ends, and between them the cuts, as far as the picture shows them."""
        low, high = self.ends
        return [low, *(min(max(cut, low), high) for cut in self.cuts), high]


def sides(made: Segmentation) -> tuple[Side, Side] | None:
    """The two orderings a segmentation crosses; None where it is made of fewer or more, or their bands have no names."""
    runs = runs_of(made.placing)
    if len(made.along) != 2 or len(made.bands) != 2:
        return None
    first, second = (_side(made, at, run) for at, run in enumerate(runs))
    return first, second


def _side(made: Segmentation, at: int, run: Runs) -> Side:
    column, order = made.columns[at], np.array(run.order[:-1])
    said = label(column.removesuffix(RANKED))
    title = said[:1].upper() + said[1:]
    if column.endswith(RANKED):
        ends = np.arange(len(order) + 1.0)
        bars = pd.DataFrame({"x": ends[:-1], "x2": ends[1:], "customers": run.counts[:-1]})
        return Side(title, made.bands[at], order, bars, Grid(ends.tolist()), ends[1:-1].tolist(), False)
    cuts = sorted(values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist())
    bars, grid = spread(made.customers, run), grid_of(made.customers, run)
    return Side(title, made.bands[at], order, bars, grid, cuts, True)


def is_plane(made: Segmentation, both: tuple[Side, Side]) -> bool:
    """Whether the cells are best seen as regions of a plane: several make one segment, or they are four quadrants.

    Else every cell has its own name and they are a matrix; so they are where words are crossed, which have no axis.
    """
    many = len(both[0].bands) * len(both[1].bands)
    return all(side.measured for side in both) and (len(made.names) < many or many <= QUADRANTS)


def moved_plane(made: Segmentation, lines: Sequence[Line]) -> bool:
    """Whether a plane is what these lines are best moved in.

    Four quadrants may have a line that stands by itself; where cells are gathered a metric without a line of its own is
    only a condition. What is told in months has bars by month.
    """
    lined = [any(line.run == at for line in lines) for at in (0, 1)]
    quadrants = len(made.names) == len(cells(made))
    return all(line.unit != "months" for line in lines) and (any(lined) if quadrants else all(lined))


def cells(made: Segmentation) -> pd.DataFrame:
    """What stands where two orderings' bands meet: one row a cell, best first, those of the first ordering slowest.

    first, second   the bands' numbers, best first
    name, colour    of the segment a cell belongs to; customers and money: what it holds
    """
    placing = made.placing
    assert isinstance(placing, Merged)
    shape, orders = [len(run) for run in placing.runs], [run.order[:-1] for run in placing.runs]

    def laid_out(cells: np.ndarray) -> np.ndarray:
        return reduce(lambda grid, at: grid.take(orders[at], at), (0, 1), cells.reshape(shape)).ravel()

    segment, tally = laid_out(placing.table), placing.cells.tally
    first, second = np.indices([len(order) for order in orders])
    money = [name for name in positions.measures(made.customers)[1:] if name in made.customers.frame]
    return pd.DataFrame(
        {
            "first": first.ravel(),
            "second": second.ravel(),
            "name": [made.names[one] for one in segment],
            "colour": [str(made.colours[one]) for one in segment],
            "customers": laid_out(tally.counts),
            **{name: laid_out(tally.sums(name)) / made.customers.exact(name)[1] for name in money},
        }
    )


def density(made: Segmentation, both: tuple[Side, Side]) -> pd.DataFrame:
    """How the customers lie on the plane of two orderings: fields x–x2, y–y2 with the customers in them, none empty.

    Those beyond the ends of an axis stand in its outermost fields; a customer of whom either is unknown in none.
    """
    edges = [_few(side.bars) for side in both]
    values = [made.customers.values(column) for column in made.columns]
    known = ~np.isnan(values[0]) & ~np.isnan(values[1])
    x, y = (
        np.clip(np.searchsorted(ends, held[known], side="right") - 1, 0, len(ends) - 2)
        for ends, held in zip(edges, values, strict=True)
    )
    high = len(edges[1]) - 1
    many = np.bincount(x * high + y, minlength=(len(edges[0]) - 1) * high)
    at = np.flatnonzero(many)
    x, y = at // high, at % high
    places = {"x": edges[0][x], "x2": edges[0][x + 1], "y": edges[1][y], "y2": edges[1][y + 1]}
    return pd.DataFrame({**places, "customers": many[at]})


def _few(bars: pd.DataFrame) -> np.ndarray:
    """Ends of fields along an axis, ascending: FIELDS at most, each as many bars; of a single bar, which would fill the plane
    where nobody but those of one value are, even parts."""
    ends = np.append(bars["x"].to_numpy(), bars["x2"].iloc[-1])
    if len(bars) == 1:
        return np.linspace(ends[0], ends[-1], FIELDS + 1)
    step = -(-len(bars) // FIELDS)
    return np.append(ends[:-1:step], ends[-1])
