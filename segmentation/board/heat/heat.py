"""Three scored orderings as a heat map of two, the third by a switch; the names of the cells are painted on it.

"moved" tells which line of the distributions below was let go, and at which value; "painted" which cells were given
which name, or that all are to have their usual ones.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from segmentation.analysis.thresholds.axes import title
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.lines import stated
from segmentation.analysis.thresholds.marks import Mark
from segmentation.board import card
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT, drawn, marked, panel
from segmentation.charts.heat import heat as heat_chart
from segmentation.segments.bands import runs_of
from segmentation.segments.controls import Choice, Names
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

FIRST = 20  # a map of cells comes before the distributions of what makes them
LOW = 64  # pixels a distribution is high


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card for a method that scores three orderings and names their cells; None for any other."""
    name, runs = table_of(method), runs_of(made.placing)
    if name is None or len(runs) != 3:
        return None
    given, stands = stated(method, values, made)
    lines, marks = marked(method, given, stands)
    titles = [title(made, at) for at in range(3)]
    data = {
        "still": _kept(stands, titles, lines),
        "script": SCRIPT,
        "currency": currency,
        "panels": [_panel(stands, at, lines, marks) for at in range(3)],
        "titles": titles,
        "money": _money(made),
        "colours": [*made.colours, UNKNOWN_COLOUR],
        "cells": _cells(method.controls[name], stands),  # type: ignore[arg-type]
        "painted": bool(values[name]),
    }
    alt = f"{titles[0]} against {titles[1].lower()}: customers by cell, each in the colour of its segment"
    return card(
        "heat", "Cells of scores", "choose a segment, then paint cells", data, alt, _said(method, values, given, lines)
    )


def table_of(method: Method) -> str | None:
    """The threshold that names the cells of a method's scores."""
    return next((name for name, control in method.controls.items() if isinstance(control, Names)), None)


def painted(method: Method, values: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The thresholds after cells were painted: told as `cells`, `name`; the usual names where no cells are told."""
    name = table_of(method)
    assert name is not None
    control = method.controls[name]
    assert isinstance(control, Names)
    return {name: control.painted(name, values, told["cells"], told["name"]) if told["cells"] else {}}


def _said(method: Method, values: Mapping[str, Any], given: Mapping[str, Any], lines: Sequence[Line]) -> list[str]:
    """Where the cuts are worked out: by what, and what becomes of them when one is dragged; or why none can be."""
    if not lines:
        return ["What is scored within other scores has no one edge, so these lines stay where they fell."]
    for name, control in method.controls.items():
        if isinstance(control, Choice) and given[name] != values[name]:
            now, then = control.options[values[name]], control.options[given[name]]
            return [f"{control.label} {now}", f": the lines stand where these fell. Drag one and all become {then}."]
    return []


def _kept(made: Segmentation, titles: Sequence[str], lines: Sequence[Line]) -> str:
    """The charts as JSON, compiled: all of them that no line and no brush moves."""
    runs = runs_of(made.placing)
    across, up = (len(run) - 1 for run in runs[:2])

    def written() -> str:
        cells = compiled(heat_chart((across, up), (titles[0], titles[1])))
        return json.dumps(
            {"map": cells, "charts": [drawn(made, at, lines, height=LOW, plain=True)[0] for at in range(3)]}
        )

    return made.customers.remember(("heat", *(run.ranked for run in runs), across, up, *titles), written)


def _panel(made: Segmentation, at: int, lines: Sequence[Line], marks: Sequence[Mark]) -> dict[str, Any]:
    """An ordering with its lines; its least and largest value, whether all are whole, and how its bands are scored."""
    run = runs_of(made.placing)[at]
    negated = run.ranked.negated
    whole = made.customers.remember(("whole", run.ranked), lambda: bool(np.array_equal(negated, np.rint(negated))))
    return {
        **panel(made, at, lines, marks),
        "reach": [-float(negated[-1]), -float(negated[0])] if len(negated) else [0.0, 0.0],
        "whole": whole,
        "closed": run.closed,
        "low_first": run.low_first,
    }


def _money(made: Segmentation) -> str | None:
    """What money is told in: the third ordering's where it is money, else what customers bring."""
    wanted = (made.columns[2], "revenue", "profit")
    return next((name for name in wanted if name in ("revenue", "profit") and name in made.customers.frame), None)


def _cells(control: Names, made: Segmentation) -> list[str]:
    """What names each cell, by the bands of each ordering (0 = largest values, unknown last); "" where nothing does."""
    runs = runs_of(made.placing)
    sizes = [len(run) - 1 for run in runs]
    best = [np.argsort(run.order).tolist() for run in runs]

    def cell(bands: tuple[int, ...]) -> str:
        codes = [order[band] for order, band in zip(best, bands, strict=True)]
        return control.cell(codes, sizes) if all(c < s for c, s in zip(codes, sizes, strict=True)) else ""

    def named() -> list[str]:
        return [cell(bands) for bands in itertools.product(*(range(len(run)) for run in runs))]

    return made.customers.remember(("cells", control.label, *map(tuple, best)), named)
