"""The cut lines of a method: which threshold moves which cut of which ordering, and where it can stand.

Nothing is declared: a threshold is moved a little, and the cuts that went along are its own (see `asked.py`). So every
method made of cuts has lines, a new one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from segmentation.analysis.thresholds import scored
from segmentation.analysis.thresholds.asked import Asked, Cuts, slider_stops
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.ruled import compared, placed
from segmentation.analysis.thresholds.sensitivity import called, numbers
from segmentation.problems import Problem
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.controls import Edges
from segmentation.segments.method import Method
from segmentation.segments.rules import Ruled
from segmentation.segments.scores import UNSCORED, Scored, among
from segmentation.segments.segmentation import Segmentation


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
        asked = (Asked(method, values, made, *one, also.get(one[:2])) for one in numbers(method, values))
        yield from (line for one in asked if (line := one.line()))


def _of_rules(method: Method, values: Mapping[str, Any], made: Segmentation, placing: Ruled) -> Iterator[Line]:
    """A line for each number that a row compares with."""
    each = compared(placing)
    where = {(one.row, *at): (run, cut) for run, one in enumerate(each) for cut, at in enumerate(one.literals)}
    for name, at, control, here in numbers(method, values):
        if at in where:
            number, cut = where[at]
            run, asked = each[number].run, Asked(method, values, made, name, at, control, here)
            stops = np.array(sorted({*asked.usual_stops(run), here}))
            places = placed(placing, placing.rules[at[0]].conditions[at[1]], at[2], stops)[0]
            kept = (run.bounds[cut] <= places) & (places <= run.bounds[cut + 2]) & _between(run.cuts, cut, stops)
            stops, label = stops[kept], called(method, values, name, at)[0]
            if len(stops) > 1:
                stands = int(np.flatnonzero(stops == here)[0])
                yield Line(name, at, label, "", number, stops, stands, {cut: stops}, {cut: places[kept]})


def _of_score(method: Method, values: Mapping[str, Any], made: Segmentation, placing: Scored) -> Iterator[Line]:
    """A line for each share that cuts a score; its cuts stand at the shares of the customers below them."""
    now = placing.counts[:-2].cumsum()
    for name, at, control, here in numbers(method, values):
        asked = Asked(method, values, made, name, at, control, here)
        stops = asked.possible(sorted({*slider_stops(control), here}))
        cut, known = _known_of_score(asked, placing, stops, now, (method.name, name, at, placing.key))
        if cut is not None and len(stops) > 1:
            places = np.array([known[stop] for stop in stops])
            label, unit = called(method, values, name, at)
            cuts = {cut: scored.below(placing, places)}
            yield Line(name, at, label, unit, 0, np.array(stops), stops.index(here), cuts, {cut: places})


def _known_of_score(
    asked: Asked, placing: Scored, stops: Sequence[float], now: np.ndarray, key: tuple[Any, ...]
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
    that cross in cells (see `ground.joint`)."""
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
        if isinstance(control, Edges) and control.when and not control.chosen(values):
            ways.setdefault(control.when, []).append(name)
    for (choice, way), names in ways.items():
        if len(names) == len(runs):
            edges = {name: _finite(run) for name, run in zip(names, runs, strict=True)}
            try:
                given = method.complete({**values, choice: way, **edges})
                found = method.run(made.customers, **given)
            except Problem:
                continue
            if found.columns == made.columns and np.array_equal(found.counts, made.counts):
                return given, found
    return None


def _finite(run: Runs) -> Cuts:
    """The cuts of an ordering, ascending; one above everybody as a number just above the largest value."""
    above = float(np.floor(-run.ranked.negated[0])) + 1 if run.ranked.known else 0.0
    return tuple(cut if np.isfinite(cut) else above for cut in reversed(run.cuts))
