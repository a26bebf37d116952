"""What lies between the places where lines can stand: from it a picture counts while one is held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.cells import cells_between
from segmentation.analysis.thresholds.grid import grid_of, places_along
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.places import place_of_values
from segmentation.analysis.thresholds.ruled import Decided, compared, decided, segments
from segmentation.customers.customers import Customers, Ranked
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.rules import Ruled
from segmentation.segments.segmentation import Segmentation

OTHERS = 64  # cells of the other orderings, up to which it is told what lies between


@dataclass(frozen=True, eq=False)
class Ground:
    """What lies between the places of one ordering, from which every count under every stop of its lines follows.

    ends     int64 (e,), ascending, from 0 to all customers: places in the ordering where a cut can stand, those of the
             round values it is laid out in, and the end of those whose value is known
    held     measure → float64 (e − 1, others): what the customers between two ends hold, by their cell of the others
    segment  int8 (bands, others): the segment of a band of this ordering (0 = largest values, the last is unknown)
    known    of rules the number of each of the others, ascending: see `ruled.known_of`
    """

    ends: np.ndarray
    held: dict[str, np.ndarray]
    segment: np.ndarray
    known: np.ndarray | None = None


def ground(made: Segmentation, number: int, lines: Sequence[Line]) -> Ground | None:
    """What the customers hold along an ordering that lines cut; None where the other orderings have too many cells."""
    customers, placing = made.customers, made.placing
    if isinstance(placing, Ruled):
        found = decided_along(made, placing, number, lines)
        segment = segments(placing, found.winner(compared(placing)[number]))
        return Ground(found.ends, found.held, segment, found.known)
    runs = runs_of(placing)
    run, ends = runs[number], [_ends(customers, one, at, lines) for at, one in enumerate(runs)]
    if isinstance(placing, Runs):
        segment = np.empty((len(run), 1), np.int8)
        segment[run.order, 0] = np.arange(len(run))
        return Ground(ends[0], _along(customers, run.ranked, ends[0]), segment)
    assert isinstance(placing, Merged)
    sizes = [len(one) for one in runs]
    others = int(np.prod(sizes)) // len(run)
    if others > OTHERS:
        return None
    held = cells_between(customers, runs, ends).along(number, ends[number], runs)
    segment = np.moveaxis(placing.table.reshape(sizes), number, 0).reshape(len(run), others)
    return Ground(ends[number], held, segment)


def decided_along(made: Segmentation, placing: Ruled, number: int, lines: Sequence[Line]) -> Decided:
    """Which row decides along a column that a row compares, between all places its lines can stand at."""
    one = compared(placing)[number]
    steps = [places_along(made, number, cut) for cut in range(len(one.run.cuts))]
    ends = [_ends(made.customers, one.run, number, lines), *steps]
    return decided(placing, one, np.unique(np.concatenate(ends)))


def _ends(customers: Customers, run: Runs, number: int, lines: Sequence[Line]) -> np.ndarray:
    stands = [places for line in lines if line.run == number for places in line.places.values()]
    steps = place_of_values(run, np.array(grid_of(customers, run).values))
    return np.unique(np.concatenate([run.bounds, steps, *stands]))


def _along(customers: Customers, ranked: Ranked, ends: np.ndarray) -> dict[str, np.ndarray]:
    names = positions.measures(customers)[1:]
    money = {name: np.diff(ranked.running(name)[ends]) / customers.exact(name)[1] for name in names}
    return {name: held[:, None] for name, held in {"customers": np.diff(ends).astype(float), **money}.items()}


@dataclass(frozen=True, eq=False)
class Joint:
    """Where several orderings cross: the cells between the ends of all (see `ground`) that hold anybody.

    at      for each ordering intp (m,): between which of its ends a cell lies
    bounds  for each ordering which of its ends are the bounds of its bands now
    held    measure → float64 (m,): what each cell holds
    """

    at: Sequence[np.ndarray]
    bounds: Sequence[np.ndarray]
    held: dict[str, np.ndarray]


def joint(made: Segmentation, lines: Sequence[Line], most: int) -> Joint | None:
    """Where the orderings of a segmentation cross; None where fewer than two do, or in more cells than `most`."""
    runs = runs_of(made.placing)
    if len(runs) < 2:
        return None
    ends = [_ends(made.customers, run, at, lines) for at, run in enumerate(runs)]
    found = cells_between(made.customers, runs, ends)
    if len(found.held["customers"]) > most:
        return None
    sizes = [len(one) for one in ends]
    within = [found.within(at, one) for at, one in enumerate(ends)]
    place, which = np.unique(np.ravel_multi_index(within, sizes), return_inverse=True)
    held = {name: np.bincount(which, sums) / found.units[name] for name, sums in found.held.items()}
    bounds = [np.searchsorted(one, run.bounds) for run, one in zip(runs, ends, strict=True)]
    return Joint(np.unravel_index(place, sizes), bounds, held)
