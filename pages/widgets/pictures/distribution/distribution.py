"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pages.widgets.pictures import card
from pages.widgets.pictures.lines import is_share, marked, panel, script, spread, title
from segmentation.analysis.lines import Line
from segmentation.analysis.marks import Mark
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MOST = 3  # orderings drawn below each other
FIRST = 90  # what a method opens on: asked in this order, and any method made of cuts has this one


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card with each ordering that lines cut; None where the method cuts none, or by share of the total alone."""
    lines, marks = marked(method, values, made)
    runs = runs_of(made.placing)
    cut = [at for at in range(len(runs)) if any(line.run == at for line in lines)][:MOST]
    if not cut or [run.share for run in runs] == [True]:
        return None
    charts = [spread(made, at, percent=any(is_share(line) for line in lines if line.run == at)) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": script(),
        "panels": [_panel(made, at, lines, marks) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line, or press Enter on it to type a number", data, alt)


def _panel(made: Segmentation, at: int, lines: list[Line], marks: list[Mark]) -> dict[str, Any]:
    """An ordering with its lines, and the bands they make where it is the only one: name, colour."""
    order = np.argsort(runs_of(made.placing)[at].order).tolist()
    alone = isinstance(made.placing, Runs)
    bands = [[made.names[segment], made.colours[segment]] for segment in order[:-1]] if alone else []
    return {**panel(made, at, lines, marks), "bands": bands}
