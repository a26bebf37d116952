"""The distribution of an ordering with its lines, as a picture is sent it: see spread.js."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from segmentation.analysis.thresholds.axes import bands, slots, title
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.marks import Mark
from segmentation.analysis.thresholds.places import orderings
from segmentation.board.lines import drawn, panel
from segmentation.segments.bands import Runs
from segmentation.segments.segmentation import Segmentation

HIGH = 230  # pixels
SPIKE = 0.05  # of the customers: so many who share a value are told apart


def kept(made: Segmentation, at: int, lines: list[Line], high: int = HIGH) -> str:
    """What no line moves, kept: see `_chart`."""
    mine = [(line.threshold, line.unit) for line in lines if line.run == at]
    key = ("spread", orderings(made)[at].ranked, title(made, at), high, *mine)
    return made.customers.remember(key, lambda: _chart(made, at, lines, high))


def _chart(made: Segmentation, at: int, lines: list[Line], high: int = HIGH) -> str:
    """The chart of an ordering as JSON, compiled, so many pixels high, with what is told of its bars: what no line moves."""
    found, bars = drawn(made, at, lines, height=high)
    run = orderings(made)[at]
    seen = {"bars": bars["customers"].tolist(), "steps": [*bars["x"], found["ends"][1]]}
    return json.dumps(
        {**found, **seen, "high": high, "spikes": _spikes(run, bars), "beyond": _beyond(run, found["ends"])}
    )


def _spikes(run: Runs, bars: pd.DataFrame) -> list[list[float]]:
    """Values that many share, where a bar holds others too: value, customers."""
    ties = [tie for tie in run.ranked.ties(SPIKE) if np.isfinite(tie[0])]
    step = np.searchsorted(bars["x2"], [value for value, _ in ties], side="right")
    return [[*tie] for tie, at in zip(ties, step, strict=True) if at < len(bars) and tie[1] < bars["customers"][at]]


def _beyond(run: Runs, ends: list[float]) -> list[list[float | None] | None]:
    """How many customers stand beyond the lower and the upper end of the axis, and how far the farthest does, if at all."""
    ranked = run.ranked
    if not ranked.known:
        return [None, None]
    low, high = ranked.known - ranked.at_least(ends[0]), ranked.more_than(ends[1])
    farthest = -float(ranked.negated[-1]), -float(ranked.negated[0])
    return [
        [many, far if np.isfinite(far) else None] if many else None
        for many, far in zip((low, high), farthest, strict=True)
    ]


def panel_of(made: Segmentation, at: int, lines: list[Line], marks: list[Mark]) -> dict[str, Any]:
    """An ordering with its lines, and the bands they make: name, colour; and the colours of their pieces."""
    return {**panel(made, at, lines, marks), "bands": bands(made, at), "slots": slots(made, at, lines)}
