"""The cut lines of a method: which threshold moves which cut of which ordering, where it can stand, what lies between.

Nothing is declared: a threshold is moved a little, and the cuts that went along are its own. So every method made of cuts
has lines, a new one too. From what lies between the places where lines can stand a picture counts while one is held.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds import positions, scored
from segmentation.analysis.thresholds.ruled import Decided, compared, decided, placed, segments
from segmentation.analysis.thresholds.sensitivity import called, numbers, put
from segmentation.customers.customers import Customers, Ranked
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.controls import Control, Edges, Slider
from segmentation.segments.method import Method
from segmentation.segments.rules import Ruled
from segmentation.segments.scores import UNSCORED, Scored, among
from segmentation.segments.segmentation import Segmentation

MOST = 200  # stops of a slider
CELLS = 120  # round values a column is laid out in
FINER = 4  # times as many ends as are asked for: from there on those of long ago are forgotten
DENSE = 5_000_000  # cells, up to which all of them are counted, those of nobody too
OTHERS = 64  # cells of the other orderings, up to which it is told what lies between
SERIES = (
    1.0,
    1.1,
    1.2,
    1.3,
    1.5,
    1.6,
    1.8,
    2.0,
    2.2,
    2.4,
    2.7,
    3.0,
    3.3,
    3.6,
    3.9,
    4.3,
    4.7,
    5.1,
    5.6,
    6.2,
    6.8,
    7.5,
    8.2,
    9.1,
)
Cuts = tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Line:
    """A threshold as a line of the ordering it cuts; or as several that move together.

    threshold, at   its name, and which of its cuts (as `sensitivity.ledger` says it); label, unit: what it is called
    run             number of the ordering among those of the segmentation
    stops           float64 (s,), ascending: the values it can be put to; here: which of them it stands at
    cuts            number of a cut (from 0, largest values first) → float64 (s,): where on the column each stop puts it
    places          the same → int64 (s,): how many customers of the ordering stand before it then
    step            what two values lie apart at least; 0: any value between the outermost stops will do
    number          which of the numbers that the method cuts by it is, the same wherever the others stand
    by              whose slider or field moves it alone: see `slider_of`
    """

    threshold: str
    at: Any
    label: str
    unit: str
    run: int
    stops: np.ndarray
    here: int
    cuts: dict[int, np.ndarray]
    places: dict[int, np.ndarray]
    step: float = 0.0
    number: int = 0
    by: tuple[str, int] | None = None

    def put(self, values: Mapping[str, Any], value: float) -> dict[str, Any]:
        """The threshold with this line elsewhere, as a setting."""
        return {self.threshold: put(values[self.threshold], self.at, value)}


def lines_of(
    method: Method, values: Mapping[str, Any], made: Segmentation, also: Mapping[tuple[str, Any], float] | None = None
) -> list[Line]:
    """Every threshold that moves cuts of one ordering, in the method's order.

    values   all thresholds, complete; made: the segmentation under them
    also     threshold and which of its cuts → a further value it can be put to
    """
    numbered = {(name, at): number for number, (name, at, *_) in enumerate(numbers(method, values))}
    return [
        replace(line, number=numbered[line.threshold, line.at], by=slider_of(method, line.threshold, line.at))
        for line in _lines(method, values, made, also or {})
    ]


def slider_of(method: Method, threshold: str, at: Any) -> tuple[str, int] | None:
    """The threshold whose slider, or row of fields, has this one too, and which of its handles or fields it is; None: a
    number within a table's row, or of another method."""
    if not isinstance(at, int):
        return None
    lower = next((name for name, control in method.controls.items() if control.with_ == threshold), None)
    return (lower, 1) if lower else (threshold, at)


def _lines(
    method: Method, values: Mapping[str, Any], made: Segmentation, also: Mapping[tuple[str, Any], float]
) -> Iterator[Line]:
    if isinstance(made.placing, Ruled):
        yield from _of_rules(method, values, made, made.placing)
    elif isinstance(made.placing, Scored):
        yield from _of_score(method, values, made, made.placing)
    elif runs_of(made.placing):
        asked = (_Asked(method, values, made, *one, also.get(one[:2])) for one in numbers(method, values))
        yield from (line for one in asked if (line := one.line()))


def orderings(made: Segmentation) -> tuple[Runs, ...]:
    """The orderings whose cuts a segmentation is made of; of rules one for each column that each row compares."""
    placing = made.placing
    return tuple(one.run for one in compared(placing)) if isinstance(placing, Ruled) else runs_of(placing)


def standing(made: Segmentation) -> list[list[float]]:
    """For each ordering where its cuts stand on the axis, largest values first; of a score the shares of those below."""
    if isinstance(made.placing, Scored):
        return [scored.below(made.placing, made.placing.counts[:-2].cumsum()).tolist()]
    return [values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist() for run in orderings(made)]


def _of_rules(method: Method, values: Mapping[str, Any], made: Segmentation, placing: Ruled) -> Iterator[Line]:
    """A line for each number that a row compares with."""
    each = compared(placing)
    where = {(one.row, *at): (run, cut) for run, one in enumerate(each) for cut, at in enumerate(one.literals)}
    for name, at, control, here in numbers(method, values):
        if at in where:
            number, cut = where[at]
            run, asked = each[number].run, _Asked(method, values, made, name, at, control, here)
            stops = np.array(sorted({*asked.usual_stops(run), here}))
            places = placed(placing, placing.rules[at[0]].conditions[at[1]], at[2], stops)[0]
            kept = (run.bounds[cut] <= places) & (places <= run.bounds[cut + 2]) & _between(run.cuts, cut, stops)
            stops, label = stops[kept], called(method, values, name, at)[0]
            if len(stops) > 1:
                here_ = int(np.flatnonzero(stops == here)[0])
                yield Line(name, at, label, "", number, stops, here_, {cut: stops}, {cut: places[kept]})


def _of_score(method: Method, values: Mapping[str, Any], made: Segmentation, placing: Scored) -> Iterator[Line]:
    """A line for each share that cuts a score; its cuts stand at the shares of the customers below them."""
    now = placing.counts[:-2].cumsum()
    for name, at, control, here in numbers(method, values):
        asked = _Asked(method, values, made, name, at, control, here)
        stops = asked.possible(sorted({*slider_stops(control), here}))
        cut, known = _known_of_score(asked, placing, stops, now, (method.name, name, at, placing.key))
        if cut is not None and len(stops) > 1:
            places = np.array([known[stop] for stop in stops])
            label, unit = called(method, values, name, at)
            cuts = {cut: scored.below(placing, places)}
            yield Line(name, at, label, unit, 0, np.array(stops), stops.index(here), cuts, {cut: places})


def _known_of_score(
    asked: _Asked, placing: Scored, stops: Sequence[float], now: np.ndarray, key: tuple[Any, ...]
) -> tuple[int | None, dict[float, int]]:
    """The one cut of a score that a threshold moves, and how many customers stand before it at each stop; None: no one.

    What was asked once is kept, as long as it says the truth of where the line stands. Three stops are asked: where the
    threshold is the top share there, it is at all of them.
    """
    held: list[tuple[int | None, dict[float, int]]] = asked.made.customers.remember(key, lambda: [(None, {})])
    cut, known = held[0]  # visitors ask at once: what is kept is replaced, never changed
    if cut is None or known.get(asked.here, now[cut]) != now[cut]:
        cut, known = None, {}

    def ask(some: Iterable[float]) -> tuple[dict[float, np.ndarray], set[int]]:
        found = {stop: places for stop in some if (places := asked.places(stop)) is not None}
        moved = {at for places in found.values() for at in np.flatnonzero(places != now).tolist()}
        return found, moved if cut is None else moved | {cut}

    missing = [stop for stop in stops if stop not in known]
    probes = {missing[at] for at in (0, len(missing) // 2, -1)} if missing else set()
    top = dict(zip(missing, among(placing.histogram()[:UNSCORED], np.array(missing)).tolist(), strict=True))
    found, moved = ask(probes)
    if len(moved) == 1 and len(found) == len(probes) and all(top[stop] == found[stop][min(moved)] for stop in probes):
        known = known | top
    else:
        found, moved = ask(missing)
    if len(moved) != 1:
        return None, {}
    (only,) = moved
    known = {**known, **{stop: int(places[only]) for stop, places in found.items()}, asked.here: int(now[only])}
    held[0] = (only, known)
    return only, known


def _between(cuts: Cuts, cut: int, stops: np.ndarray) -> np.ndarray:
    """Which of these values lie between the cuts beside one, largest first."""
    high, low = (np.inf, *cuts)[cut], (*cuts, -np.inf)[cut + 1]
    return (low <= stops) & (stops <= high)


def stated(method: Method, values: Mapping[str, Any], made: Segmentation) -> tuple[Mapping[str, Any], Segmentation]:
    """The thresholds whose lines can be moved here, and what they make: those given, or else the cuts as own edges."""
    if any(_lines(method, values, made, {})):
        return values, made
    found = as_edges(method, values, made)
    return found if found and any(_lines(method, *found, {})) else (values, made)


def stays_exact(made: Segmentation, lines: Sequence[Line]) -> bool:
    """Whether all that lines can be put to can be counted from what is known at once: they cut one ordering, or several
    that cross in cells (see `joint`)."""
    return bool(lines) and not isinstance(made.placing, Ruled)


def as_edges(
    method: Method, values: Mapping[str, Any], made: Segmentation
) -> tuple[dict[str, Any], Segmentation] | None:
    """The same segments with edges of one's own where a choice works the cuts out: all thresholds, and what they make.

    So a cut that fell where shares of the customers have it can be moved like any other. None where nothing is worked
    out that the method also takes as edges.
    """
    runs = runs_of(made.placing)
    ways: dict[tuple[str, str], list[str]] = {}
    for name, control in method.controls.items():
        if isinstance(control, Edges) and control.when and values[control.when[0]] != control.when[1]:
            ways.setdefault(control.when, []).append(name)
    for (choice, way), names in ways.items():
        if len(names) == len(runs):
            edges = {name: _finite(run) for name, run in zip(names, runs, strict=True)}
            try:
                given = method.complete({**values, choice: way, **edges})
                found = method.run(made.customers, **given)
            except Problem:
                continue
            if np.array_equal(found.counts, made.counts):
                return given, found
    return None


def _finite(run: Runs) -> Cuts:
    """The cuts of an ordering, ascending; one above everybody as a number just above the largest value."""
    above = float(np.floor(-run.ranked.negated[0])) + 1 if run.ranked.known else 0.0
    return tuple(cut if np.isfinite(cut) else above for cut in reversed(run.cuts))


@dataclass
class _Asked:
    """A threshold that is asked where it puts its cuts, by running the method."""

    method: Method
    values: Mapping[str, Any]
    made: Segmentation
    name: str
    at: Any
    control: Control
    here: float
    also: float | None = None

    def line(self) -> Line | None:
        """The line; None where nothing goes along, or cuts of several orderings do."""
        before = runs_of(self.made.placing)
        after = next((found for value in self._near() if (found := self._runs(value)) and _moved(before, found)), None)
        orderings = {run for run, _ in _moved(before, after)} if after else set()
        if len(orderings) != 1:
            return None
        number = orderings.pop()
        run = before[number]
        stops = self._stops(run)
        stops = self.possible(stops) if isinstance(self.control, Slider) else stops
        at, known = self._known(stops, number)
        kept = [stop for stop in stops if stop in known and _in_order(run, at, known[stop])]
        if not at or self.here not in kept:
            return None
        cuts = {cut: np.array([known[stop][cut] for stop in kept]) for cut in at}
        places = {cut: place_of(run, where) for cut, where in cuts.items()}
        label, unit = called(self.method, self.values, self.name, self.at)
        here = kept.index(self.here)
        step = float(self.control.step) if isinstance(self.control, Slider) else 0.0
        return Line(self.name, self.at, label, unit, number, np.array(kept), here, cuts, places, step)

    def _runs(self, value: float) -> tuple[Runs, ...] | None:
        """The orderings with the threshold there; None where it cannot be."""
        customers, given = self.made.customers, {**self.values, self.name: put(self.values[self.name], self.at, value)}
        try:
            found = runs_of(self.method.run(customers, **self.method.complete(given)).placing)
        except Problem:
            return None
        return found if len(found) == len(runs_of(self.made.placing)) else None

    def _near(self) -> Iterator[float]:
        """Values beside the present one, to see what goes along."""
        if isinstance(self.control, Slider):
            low, high, step = self.control.low, self.control.high, self.control.step
            near = [self.here + step * sign * size for size in (1, 5) for sign in (1, -1)]
            far = [low + round((high - low) / step * tenths / 10) * step for tenths in range(11)]
            # far too: where many share a value a small step moves nothing
            yield from (round(value, 10) for value in (*near, *far) if low <= value <= high)
        else:
            size = abs(self.here) or 1.0
            yield from (self.here + size * share for share in (0.001, -0.001))

    def _stops(self, run: Runs) -> list[float]:
        also = () if self.also is None else (self.also,)
        return sorted({*self.usual_stops(run), self.here, *also})

    def usual_stops(self, run: Runs) -> list[float]:
        """Every step of a slider, or as many as can be told apart; of other numbers round values of the ordering."""
        if isinstance(self.control, Slider):
            found, whole = slider_stops(self.control), float(self.control.step).is_integer()
            return [*map(int, found)] if whole and float(self.control.low).is_integer() else found
        low, high = self._between()
        grid = grid_of(self.made.customers, run).values
        return [stop for stop in (*grid, *self._about(grid)) if low <= stop <= high]

    def _about(self, grid: Sequence[float]) -> list[float]:
        """Round numbers about a value that lies outside the data: with them its line can still be moved."""
        if grid[0] < self.here < grid[-1]:
            return []
        return [formats.two_digits(self.here * tenths / 10) for tenths in range(5, 21)]

    def possible(self, stops: Sequence[float]) -> list[float]:
        """Of ascending stops those the threshold can be at beside the others, which leave it one stretch about where it is."""

        def can(at: int) -> bool:
            try:
                self.method.complete({**self.values, self.name: put(self.values[self.name], self.at, stops[at])})
            except Problem:
                return False
            return True

        here = stops.index(self.here)
        low = bisect_left(range(here), True, key=can)
        high = bisect_left(range(here + 1, len(stops)), True, key=lambda at: not can(at))
        return list(stops[low : here + 1 + high])

    def places(self, stop: float) -> np.ndarray | None:
        """How many customers stand before each cut of a score with the threshold there; None where it cannot be."""
        given = {**self.values, self.name: put(self.values[self.name], self.at, stop)}
        try:
            return self.method.run(self.made.customers, **self.method.complete(given)).counts[:-2].cumsum()
        except Problem:
            return None

    def _between(self) -> tuple[float, float]:
        """What it cannot be moved beyond: its lowest, and the cuts beside it."""
        low, value = self.control.low if isinstance(self.control, Edges) else -np.inf, self.values[self.name]
        if not isinstance(self.control, Edges) or not isinstance(self.at, int):
            return low, np.inf
        cuts = (low, *value, np.inf)
        return cuts[self.at], cuts[self.at + 2]

    def _known(self, stops: Sequence[float], number: int) -> tuple[list[int], dict[float, Cuts]]:
        """Which cuts of the ordering go along, and the cuts at each stop; a stop that cannot be now is missing.

        What was asked once is kept, as long as it says the truth of where the line stands.
        """
        mine = runs_of(self.made.placing)[number].cuts
        choices = {name: value for name, value in self.values.items() if isinstance(value, str)}
        key = ("line", self.method.name, self.name, self.at, repr(choices), number, len(mine))
        held: list[tuple[set[int], dict[float, Cuts]]] = self.made.customers.remember(key, lambda: [(set(), {})])
        at, kept = held[0][0].copy(), held[0][1].copy()  # visitors ask at once: what is kept is replaced, never changed
        if any(kept.get(self.here, mine)[cut] != mine[cut] for cut in at):
            at, kept = set(), {}  # it hangs on another threshold, which was moved

        def ask(stop: float) -> Cuts | None:
            found = self._runs(stop)
            if found is None or len(found[number].cuts) != len(mine):
                return None
            at.update(cut for cut, pair in enumerate(zip(mine, found[number].cuts, strict=True)) if pair[0] != pair[1])
            return found[number].cuts

        kept[self.here] = mine
        if missing := [stop for stop in stops if stop not in kept]:
            kept |= _proportional(ask, mine, self.here, missing)
        for stop in stops:
            if stop not in kept and (found := ask(stop)):
                kept[stop] = found
        held[0] = (at, kept)
        return sorted(at), kept


def slider_stops(control: Control) -> list[float]:
    """The values a slider can be put to: every step, or as many as can be told apart."""
    if not isinstance(control, Slider):
        return []
    low, high, step = control.low, control.high, control.step
    every = max(1, -(-round((high - low) / step) // MOST))
    return [round(low + at * step, 10) for at in range(0, round((high - low) / step) + 1, every)]


def _moved(before: Sequence[Runs], after: Sequence[Runs]) -> list[tuple[int, int]]:
    """Which cuts differ: number of the ordering, number of the cut."""
    return [
        (number, cut)
        for number, (mine, theirs) in enumerate(zip(before, after, strict=True))
        if mine.ranked is theirs.ranked and len(mine.cuts) == len(theirs.cuts)
        for cut, (one, other) in enumerate(zip(mine.cuts, theirs.cuts, strict=True))
        if one != other
    ]


def _proportional(
    ask: Callable[[float], Cuts | None], mine: Cuts, here: float, stops: Sequence[float]
) -> dict[float, Cuts]:
    """The cuts at all these stops, where each follows the threshold by a factor or not at all; else nothing."""
    probes = dict.fromkeys((stops[0], stops[len(stops) // 2], stops[-1]))
    found = {here: mine} | {stop: cuts for stop in probes if (cuts := ask(stop))}
    if len(found) < 3 or not here:
        return {}
    factors = [
        None if all(cuts[at] == mine[at] for cuts in found.values()) else mine[at] / here for at in range(len(mine))
    ]
    exact = all(
        factor is None or cuts[at] == factor * stop for stop, cuts in found.items() for at, factor in enumerate(factors)
    )

    def follow(stop: float) -> Cuts:
        return tuple(cut if factor is None else factor * stop for cut, factor in zip(mine, factors, strict=True))

    return {stop: follow(stop) for stop in stops} if exact else {}


def _in_order(run: Runs, at: list[int], cuts: Cuts) -> bool:
    """Whether the cuts of the ordering stay in order with these of them moved."""
    whole = [cuts[number] if number in at else cut for number, cut in enumerate(run.cuts)]
    return all(low <= high for low, high in pairwise(whole if run.share else whole[::-1]))


def place_of(run: Runs, cuts: np.ndarray) -> np.ndarray:
    """How many customers of an ordering stand before each of these cuts: int64."""
    return np.searchsorted(run.ranked.before, cuts, side="left") if run.share else place_of_values(run, cuts)


def place_of_values(run: Runs, values: np.ndarray) -> np.ndarray:
    """How many customers of an ordering stand before a line at each of these values of its column: int64."""
    return np.searchsorted(run.ranked.negated, -values, side="right" if run.closed == "left" else "left")


def places_along(made: Segmentation, number: int, cut: int) -> np.ndarray:
    """How many customers stand before a cut of an ordering at each round value it is laid out in: int64."""
    run = orderings(made)[number]
    values = np.array(grid_of(made.customers, run).values)
    if not isinstance(made.placing, Ruled):
        return place_of_values(run, values)
    one = compared(made.placing)[number]
    at, place = one.literals[cut]
    return placed(made.placing, made.placing.rules[one.row].conditions[at], place, values)[0]


def values_at(run: Runs, cuts: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where cuts stand on the column itself: float64; a share of the total at the value of the customer who crosses it."""
    if not run.share or not run.ranked.known:
        return cuts
    return -run.ranked.negated[np.clip(places - 1, 0, run.ranked.known - 1)]


def on_axis(line: Line, run: Runs) -> bool:
    """Whether a line's value is the one on the axis of its ordering: not a share that cuts where some customer stands."""
    equal = all(np.array_equal(cuts, line.stops) for cuts in line.cuts.values())
    return line.unit != "%" or (equal and not run.share)


@dataclass(frozen=True)
class Grid:
    """Round values an ordering is laid out in, ascending, about CELLS; and the scale on which they stand evenly.

    scale   "linear", "log", or "symlog" where values are on both sides of zero; unit: below it that one is straight
    """

    values: list[float]
    scale: Literal["linear", "log", "symlog"] = "linear"
    unit: float = 1.0


def grid_of(customers: Customers, run: Runs) -> Grid:
    """Values a line of this ordering can stand at: whole numbers, round steps, or a round series times powers of ten.

    Days, of which few are better, are told in even steps, however few customers have many. The outermost half per
    cent of the customers at either end has none beyond: one far customer is no part of the picture.
    """
    key = ("grid", id(run.ranked), run.closed)
    return customers.remember(key, lambda: _grid(run.ranked.negated, even=run.closed == "right"))


def _grid(negated: np.ndarray, even: bool) -> Grid:
    known = -negated[np.isfinite(negated)][::-1]
    if not len(known):
        return Grid([0.0, 1.0])
    low, high = (float(known[round(share * (len(known) - 1))]) for share in (0.005, 0.995))
    if high - low <= CELLS and np.array_equal(known, np.rint(known)):
        return Grid([float(value) for value in range(int(low), int(high) + 2)])
    middle = formats.two_digits(float(np.median(np.abs(known))))
    if middle and max(-low, high) > 10 * middle and not (even and high > CELLS):
        least = middle / 1000
        if low > 0:
            return Grid(_powers(max(low, least), high), "log")
        losses = [-value for value in reversed(_powers(10 * least, -low))]
        return Grid([*losses, 0.0, *_powers(10 * least, high)], "symlog", 100 * least)
    step = formats.two_digits((high - low) / CELLS) or 1.0
    return Grid([round(at * step, 10) for at in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)])


def _powers(low: float, high: float) -> list[float]:
    """Numbers of a round series times powers of ten, from just below a value above zero to just above another."""
    if high <= 0:
        return []
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    whole = [float(f"{digit}e{decade}") for decade in decades for digit in SERIES]
    return [value for value in whole if low / 1.1 <= value <= high * 1.12]


def spread(customers: Customers, run: Runs, values: Sequence[float] | None = None) -> pd.DataFrame:
    """How many customers stand between the values of an ordering's grid: x, x2, customers; the outermost hold those beyond.

    values   ascending, others than the grid's
    """
    if values is None:
        key = ("spread", id(run.ranked), run.closed)
        return customers.remember(key, lambda: spread(customers, run, grid_of(customers, run).values))
    edges = np.asarray(values if len(values) > 1 else [*values, values[0] + 1])
    before = place_of_values(run, edges)
    before[0], before[-1] = run.ranked.known, 0
    return pd.DataFrame({"x": edges[:-1], "x2": edges[1:], "customers": -np.diff(before)})


def of_shares(run: Runs, lines: Sequence[Line]) -> bool:
    """Whether an ordering's own values are shares, as these lines of it tell: rates of growth."""
    return any(line.unit == "%" and on_axis(line, run) for line in lines)


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
    held = _crossing(customers, runs, ends).along(number, ends[number], runs)
    segment = np.moveaxis(placing.table.reshape(sizes), number, 0).reshape(len(run), others)
    return Ground(ends[number], held, segment)


def same_orderings(one: Segmentation, other: Segmentation) -> bool:
    """Whether the orderings of two segmentations by one method answer each other: rules may have got other rows."""
    both = [made.placing for made in (one, other) if isinstance(made.placing, Ruled)]
    rows = [[(part.row, part.column, len(part.literals)) for part in compared(placing)] for placing in both]
    return len(rows) < 2 or rows[0] == rows[1]


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
class _Crossing:
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


def _crossing(customers: Customers, runs: Sequence[Runs], ends: Sequence[np.ndarray]) -> _Crossing:
    """The cells between these ends, or finer ones: all customers are counted again only for an end that is not among them."""
    key = ("crossing", *(id(run.ranked) for run in runs))
    kept: list[_Crossing] = customers.remember(key, list)
    near = kept[0] if kept else None
    if near is None or not all(np.isin(mine, known).all() for mine, known in zip(ends, near.ends, strict=True)):
        also = near.ends if near and sum(map(len, near.ends)) < FINER * sum(map(len, ends)) else ends
        near = _counted(customers, runs, [np.union1d(*both) for both in zip(ends, also, strict=True)])
        kept[:] = [near]  # visitors ask at once: what is kept is replaced, never changed
    return near


def _counted(customers: Customers, runs: Sequence[Runs], ends: Sequence[np.ndarray]) -> _Crossing:
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
    return _Crossing(ends, np.unravel_index(cells, sizes), held, units)


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
    found = _crossing(made.customers, runs, ends)
    if len(found.held["customers"]) > most:
        return None
    sizes = [len(one) for one in ends]
    within = [found.within(at, one) for at, one in enumerate(ends)]
    place, which = np.unique(np.ravel_multi_index(within, sizes), return_inverse=True)
    held = {name: np.bincount(which, sums) / found.units[name] for name, sums in found.held.items()}
    bounds = [np.searchsorted(one, run.bounds) for run, one in zip(runs, ends, strict=True)]
    return Joint(np.unravel_index(place, sizes), bounds, held)


def _renumbered(place: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The different numbers below a size, ascending, and of each number which of them it is."""
    if size > DENSE:
        return np.unique(place, return_inverse=True)
    cells = np.flatnonzero(np.bincount(place, minlength=size))
    which = np.zeros(size, np.intp)
    which[cells] = np.arange(len(cells))
    return cells, which[place]
