"""The cells between the ends of several orderings that hold anybody, counted once for all places their lines can stand at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.analysis.thresholds import positions
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Runs

FINER = 4  # times as many ends as are asked for: from there on those of long ago are forgotten
DENSE = 5_000_000  # cells, up to which all of them are counted, those of nobody too


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells between the ends of several orderings that hold anybody.

    cells    for each ordering intp (m,): between which of its ends a cell lies
    held     measure → float64 (m,), in whole units; units: the size of each
    """

    ends: Sequence[np.ndarray]
    cells: Sequence[np.ndarray]
    held: dict[str, np.ndarray]
    units: dict[str, float]

    def along(self, number: int, ends: np.ndarray, runs: Sequence[Runs]) -> dict[str, np.ndarray]:
        """Measure → what lies between these ends of one ordering, by the cells of the bands of all others."""
        place, others = self.within(number, ends), 1
        for at, run in enumerate(runs):
            if at != number:
                place = place * len(run) + self.within(at, run.bounds)
                others *= len(run)
        size = (len(ends) - 1) * others
        return {
            name: np.bincount(place, held, size).reshape(-1, others) / self.units[name]
            for name, held in self.held.items()
        }

    def within(self, number: int, bounds: np.ndarray) -> np.ndarray:
        """Between which of some of the ends of an ordering each cell lies."""
        return (np.searchsorted(bounds, self.ends[number][:-1], side="right") - 1)[self.cells[number]]


def cells_between(customers: Customers, runs: Sequence[Runs], ends: Sequence[np.ndarray]) -> Cells:
    """The cells between these ends, or finer ones: all customers are counted again only for an end that is not among them."""
    key = ("crossing", *(run.ranked for run in runs))
    kept: list[Cells] = customers.remember(key, list)
    near = kept[0] if kept else None
    if near is None or not all(np.isin(mine, known).all() for mine, known in zip(ends, near.ends, strict=True)):
        also = near.ends if near and sum(map(len, near.ends)) < FINER * sum(map(len, ends)) else ends
        near = _counted(customers, runs, [np.union1d(*both) for both in zip(ends, also, strict=True)])
        kept[:] = [near]  # visitors ask at once: what is kept is replaced, never changed
    return near


def _counted(customers: Customers, runs: Sequence[Runs], ends: Sequence[np.ndarray]) -> Cells:
    """All customers counted, along the first ordering: to look up what each brings takes far longer."""
    first, sizes = runs[0].ranked, [len(one) - 1 for one in ends]
    place = np.zeros(len(first.order), np.intp)
    for run, size, one in zip(runs, sizes, ends, strict=True):
        stretch = np.repeat(np.arange(size, dtype=np.int32), np.diff(one))
        place *= size
        place += stretch if run.ranked is first else stretch[run.ranked.position[first.order]]
    cells, place = _renumbered(place, int(np.prod(sizes)))
    names = positions.measures(customers)[1:]
    money = {name: np.bincount(place, np.diff(first.running(name)), len(cells)) for name in names}
    held = {"customers": np.bincount(place, minlength=len(cells)).astype(float), **money}
    units = {"customers": 1.0, **{name: customers.exact(name)[1] for name in names}}
    return Cells(ends, np.unravel_index(cells, sizes), held, units)


def _renumbered(place: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The different numbers below a size, ascending, and of each number which of them it is."""
    if size > DENSE:
        return np.unique(place, return_inverse=True)
    cells = np.flatnonzero(np.bincount(place, minlength=size))
    which = np.zeros(size, np.intp)
    which[cells] = np.arange(len(cells))
    return cells, which[place]
