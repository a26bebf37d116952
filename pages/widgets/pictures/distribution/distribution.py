"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from streamlit import config

from pages.widgets.pictures import card
from pages.widgets.pictures.lines import bands, marked, panel, title
from segmentation.analysis.lines import Line, grid_of, of_shares, spread
from segmentation.analysis.marks import Mark
from segmentation.charts.distribution import OTHER
from segmentation.charts.distribution import distribution as chart
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
    charts = [_kept(made, at, of_shares(runs[at], [line for line in lines if line.run == at])) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": f"{config.get_option('server.baseUrlPath').strip('/')}/vega.js".lstrip("/"),
        "panels": [_panel(made, at, lines, marks) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line, or press Enter to type a number", data, alt)


def _kept(made: Segmentation, at: int, percent: bool) -> str:
    key = ("distribution", id(runs_of(made.placing)[at].ranked), title(made, at), percent)
    return made.customers.remember(key, lambda: _chart(made, at, percent))


def _chart(made: Segmentation, at: int, percent: bool) -> str:
    """The chart of an ordering as JSON, compiled: what no line moves."""
    import vl_convert  # a tenth of a second, for the first chart

    run = runs_of(made.placing)[at]
    grid = grid_of(made.customers, run)
    bars = spread(made.customers, run)
    ends = [float(bars["x"].min()), float(bars["x2"].max())]
    drawn = chart(bars, ends, [OTHER], title=title(made, at), scale=grid.scale, unit=grid.unit, percent=percent)
    seen = {"ends": ends, "bars": bars["customers"].tolist(), "steps": [*bars["x"], ends[1]], "percent": percent}
    told = {"spikes": _spikes(run, bars), "beyond": _beyond(run, ends)}
    return json.dumps({"spec": vl_convert.vegalite_to_vega(drawn.to_dict()), **seen, **told})


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
    """An ordering with its lines, and the bands they make: name, colour."""
    return {**panel(made, at, lines, marks), "bands": bands(made, at)}
