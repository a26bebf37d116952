"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pages.widgets.pictures import card
from pages.widgets.pictures.lines import beside, marked, panel, script, spread, title
from segmentation.analysis.lines import Line
from segmentation.analysis.marks import Mark
from segmentation.charts.distribution import OTHER
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

MOST = 3  # orderings drawn below each other
FIRST = 90  # what a method opens on: asked in this order, and any method made of cuts has this one


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card with each ordering that lines cut; None where the method cuts none, or by share of the total alone."""
    lines, marks = marked(method, values, made)
    runs = runs_of(made.placing)
    cut = [at for at in range(len(runs)) if any(line.run == at for line in lines)][:MOST]
    if not cut or [run.share for run in runs] == [True]:
        return None
    charts = [spread(made, at, lines) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": script(),
        "panels": [_panel(made, at, lines, marks) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line, or press Enter on it to type a number", data, alt)


def _panel(made: Segmentation, at: int, lines: list[Line], marks: list[Mark]) -> dict[str, Any]:
    """An ordering with its lines; of each of its bands the colours, and the names where it is the only ordering."""
    runs = runs_of(made.placing)
    order = np.argsort(runs[at].order).tolist()
    alone = isinstance(made.placing, Runs)
    bands = [[made.names[segment], made.colours[segment]] for segment in order[:-1]] if alone else []
    return {**panel(made, at, lines, marks), "bands": bands, "slots": _slots(made, at, lines)}


def _slots(made: Segmentation, at: int, lines: list[Line]) -> list[list[str]]:
    """For each band, largest values first, the palette's slots of its pieces; grey where several segments are in one."""
    placing, colours = made.placing, np.array([*made.colours, UNKNOWN_COLOUR])
    if isinstance(placing, Runs):
        return [[str(colours[segment])] for segment in np.argsort(placing.order)[:-1]]
    runs = runs_of(placing)
    if beside(made, at, lines) is None or not isinstance(placing, Merged):
        return [[OTHER]] * (len(runs[at]) - 1)
    segments = np.moveaxis(placing.table.reshape([len(run) for run in runs]), at, 0)[:-1]
    return colours[segments].astype(str).tolist()
