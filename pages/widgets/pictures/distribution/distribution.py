"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pages.widgets.pictures import card
from pages.widgets.pictures.lines import drawn, marked, panel, script
from segmentation.analysis.axes import bands, slots, title
from segmentation.analysis.lines import Line
from segmentation.analysis.marks import Mark
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

SPIKE = 0.05  # of the customers: so many who share a value are told apart
MOST = 3  # orderings drawn below each other
FIRST = 90  # what a method opens on: asked in this order, and any method made of cuts has this one


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card with each ordering that lines cut; None where the method cuts none, or by share of the total alone."""
    lines, marks = marked(method, values, made)
    runs = runs_of(made.placing)
    cut = [at for at in range(len(runs)) if any(line.run == at for line in lines)][:MOST]
    if not cut or [run.share for run in runs] == [True]:
        return None
    charts = [_kept(made, at, lines) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": script(),
        "panels": [_panel(made, at, lines, marks) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line, or press Enter to type a number", data, alt)


def _kept(made: Segmentation, at: int, lines: list[Line]) -> str:
    mine = [(line.threshold, line.unit) for line in lines if line.run == at]
    key = ("distribution", id(runs_of(made.placing)[at].ranked), title(made, at), *mine)
    return made.customers.remember(key, lambda: _chart(made, at, lines))


def _chart(made: Segmentation, at: int, lines: list[Line]) -> str:
    """The chart of an ordering as JSON, compiled, with what is told of its bars: what no line moves."""
    found, bars = drawn(made, at, lines)
    run = runs_of(made.placing)[at]
    seen = {"bars": bars["customers"].tolist(), "steps": [*bars["x"], found["ends"][1]]}
    return json.dumps({**found, **seen, "spikes": _spikes(run, bars), "beyond": _beyond(run, found["ends"])})


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


def _panel(made: Segmentation, at: int, lines: list[Line], marks: list[Mark]) -> dict[str, Any]:
    """An ordering with its lines, and the bands they make: name, colour; and the colours of their pieces."""
    return {**panel(made, at, lines, marks), "bands": bands(made, at), "slots": slots(made, at, lines)}
