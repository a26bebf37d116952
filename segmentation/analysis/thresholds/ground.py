"""What lies between the places where lines can stand: from it a picture counts while one is held."""

from __future__ import annotations

import math
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
FEW = 20_000  # customers, up to which few cells can be hoped for, however many there could be
LIKELY = 2  # times as many cells as are wanted, up to which so few can be hoped for with any number of customers


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
    steps = place_of_values(run, np.array(grid_of(customers, run).values))
    return np.union1d(_stands(run, number, lines), steps)


def _stands(run: Runs, number: int, lines: Sequence[Line]) -> np.ndarray:
    """The bounds of an ordering's bands, and all places where one of its lines can stand."""
    places = [places for line in lines if line.run == number for places in line.places.values()]
    return np.unique(np.concatenate([run.bounds, *places]))


def _along(customers: Customers, ranked: Ranked, ends: np.ndarray) -> dict[str, np.ndarray]:
    names = positions.measures(customers)[1:]
    money = {name: np.diff(ranked.running(name)[ends]) / customers.exact(name)[1] for name in names}
    return {name: held[:, None] for name, held in {"customers": np.diff(ends).astype(float), **money}.items()}


@dataclass(frozen=True, eq=False)
class Joint:
    """Where several orderings cross, as a line of one of them moves: the cells that hold anybody between the places where
    that one's lines can stand, and all ends (see `ground`) of the others.

    at      for each ordering intp (m,): from which of its ends on a cell lies
    bounds  for each ordering which of its ends are the bounds of its bands now
    held    measure → float64 (m,): what each cell holds
    """

    at: Sequence[np.ndarray]
    bounds: Sequence[np.ndarray]
    held: dict[str, np.ndarray]


def joint(made: Segmentation, lines: Sequence[Line], moved: int, most: int) -> Joint | None:
    """Where the orderings of a segmentation cross, as a line of one moves; None where fewer than two do, or in more cells than
    `most`, or where more are likely: to count them all takes time."""
    runs, places = runs_of(made.placing), places_of(made, lines)
    if len(runs) < 2:
        return None
    ends = [every for every, _ in places]
    between = [stands if at == moved else every for at, (every, stands) in enumerate(places)]
    sizes = [len(one) - 1 for one in between]
    if math.prod(sizes) > LIKELY * most and len(made.customers) > FEW:
        return None
    found = cells_between(made.customers, runs, ends)
    within = [found.within(at, one) for at, one in enumerate(between)]
    place, which = np.unique(np.ravel_multi_index(within, sizes), return_inverse=True)
    if len(place) > most:
        return None
    held = {name: np.bincount(which, sums) / found.units[name] for name, sums in found.held.items()}
    begin = [np.searchsorted(every, one) for every, one in zip(ends, between, strict=True)]
    at = [one[cell] for one, cell in zip(begin, np.unravel_index(place, sizes), strict=True)]
    return Joint(at, [np.searchsorted(one, run.bounds) for run, one in zip(runs, ends, strict=True)], held)


def places_of(made: Segmentation, lines: Sequence[Line]) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each ordering its ends (see `ground`), and those of them where its lines can stand or its bands end."""
    runs = enumerate(runs_of(made.placing))
    return [(_ends(made.customers, run, at, lines), _stands(run, at, lines)) for at, run in runs]
