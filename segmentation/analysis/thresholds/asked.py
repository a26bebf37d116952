"""Where a threshold puts its cuts: the method is asked, at each value the threshold can have."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.analysis.thresholds.grid import grid_of
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.places import place_of
from segmentation.analysis.thresholds.sensitivity import called, put
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.controls import Control, Edges, Slider
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MOST = 200  # stops of a slider

Cuts = tuple[float, ...]


@dataclass
class Asked:
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
