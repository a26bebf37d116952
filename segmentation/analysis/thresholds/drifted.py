"""Thresholds that no longer cut where they did: what share of the customers stands beyond each, then and with new data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation import formats
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.analysis.thresholds.places import orderings
from segmentation.analysis.thresholds.sensitivity import called, stated
from segmentation.segments.method import Method
from segmentation.segments.scores import Scored
from segmentation.segments.segmentation import Segmentation

DRIFTED = 0.05  # of the customers: less is said of no threshold


def cutting(method: Method, values: Mapping[str, Any], made: Segmentation) -> dict[str, float]:
    """Each threshold in words, with its value → the share of the customers above its line: those with a known value."""
    lines = lines_of(method, values, made)
    return {_named(method, values, one): round(_beyond(one, made), 6) for one in lines}


def _named(method: Method, values: Mapping[str, Any], line: Line) -> str:
    return stated(*called(method, values, line.threshold, line.at), float(line.stops[line.here]))


def _beyond(line: Line, made: Segmentation) -> float:
    """Of a threshold that moves several cuts that which lies nearest its own value."""
    known, value = _known(line, made), line.stops[line.here]
    nearest = min(line.cuts, key=lambda cut: abs(line.cuts[cut][line.here] - value))
    return float(line.places[nearest][line.here]) / max(known, 1)


def _known(line: Line, made: Segmentation) -> int:
    """How many customers have a value: those of the line's ordering, or of the score."""
    if isinstance(made.placing, Scored):
        return int(made.placing.counts[:-1].sum())
    return orderings(made)[line.run].ranked.known


def in_words(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """A sentence for each threshold that cuts elsewhere now, or no longer does; nothing of those that were moved meanwhile."""
    both = [name for name in now if name in before]
    return [
        _sentence(name, now[name], before[name])
        for name in both
        if abs(now[name] - before[name]) >= DRIFTED or _idle(now[name]) > _idle(before[name])
    ]


def _idle(share: float) -> bool:
    """Whether all customers stand on one side."""
    return share in (0, 1)


def _sentence(name: str, now: float, then: float) -> str:
    was = formats.share(then)
    if _idle(now):
        return f"“{name}” no longer cuts: all customers are on one side of it (then {was} were above it)."
    return f"“{name}” no longer cuts where it did: {formats.share(now)} of customers are above it (was {was})."
