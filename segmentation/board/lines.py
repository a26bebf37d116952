"""An ordering with its lines, as a picture is sent it: see lines.js; and the chart of how customers spread along it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.portfolio import drawn as drawn_customers
from segmentation.analysis.thresholds.axes import spread_of
from segmentation.analysis.thresholds.cliffs import cliffs
from segmentation.analysis.thresholds.grid import grid_of, places_along
from segmentation.analysis.thresholds.ground import Ground, ground, joint
from segmentation.analysis.thresholds.line import Line, on_axis
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.analysis.thresholds.marks import Mark, marks, starts
from segmentation.analysis.thresholds.places import orderings, values_at
from segmentation.analysis.thresholds.seats import seats
from segmentation.board.compiled import compiled
from segmentation.charts import distribution
from segmentation.customers.attributes import RANKED
from segmentation.customers.outlook import MONTH
from segmentation.segments.bands import runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

STRIP = ("customers", "revenue", "profit")  # what a strip can show
SCRIPT = "vega.js"  # what draws a chart in the browser: where it is found there, whoever shows the board says


def marked(method: Method, values: Mapping[str, Any], made: Segmentation) -> tuple[list[Line], list[Mark]]:
    """The lines of a method, and the places on them that are worth a look."""
    also = {threshold: value for threshold, (value, _) in starts(method, made.customers, values).items()}
    lines = lines_of(method, values, made, also)
    return lines, marks(made, method, values, lines)


def panel(made: Segmentation, at: int, lines: Sequence[Line], marked: Sequence[Mark] = ()) -> dict[str, Any]:
    """Where the cuts of an ordering stand, the lines that move them, and what lies between all places they can have.

    at   its number among the orderings of the segmentation; lines: all of the method's; marked: the marks on them
    """
    run = orderings(made)[at]
    mine = [(place, line) for place, line in enumerate(lines) if line.run == at]
    under = ground(made, at, lines)
    found: dict[str, Any] = {
        "ordering": at,
        "cuts": values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist(),
        "lines": [
            {
                **sent(line, place, marked),
                "stands": on_axis(line, run),  # whether its value is the one on the axis
                "told": told(made, line),
                "cuts": {
                    str(cut): values_at(run, where, line.places[cut]).tolist() for cut, where in line.cuts.items()
                },
                "at": {str(cut): np.searchsorted(under.ends, where).tolist() for cut, where in line.places.items()}
                if under
                else {},
            }
            for place, line in mine
        ],
    }
    words = at < len(made.along) and made.along[at].endswith(RANKED)  # no line can stand between two words
    if under:
        found |= {
            "bounds": np.searchsorted(under.ends, run.bounds).tolist(),
            "held": {name: held.ravel().tolist() for name, held in under.held.items()},
            "segment": under.segment.ravel().tolist(),
            "strip": None if words else _strip(made, at, under),
            "seats": seats(made, at, under, drawn_customers(made.customers)).tolist(),
        }
    if made.spans:
        found["spans"] = {**asdict(made.spans), "falls": not run.low_first}
    return found | {"words": words}


def sent(line: Line, place: int, marked: Sequence[Mark]) -> dict[str, Any]:
    """What is sent of every line, wherever its axis lies; place: its own among those that are marked."""
    return {
        "number": line.number,
        "by": line.by,
        "label": line.label,
        "unit": line.unit,
        "step": line.step,
        "marks": [[mark.stop, mark.why] for mark in marked if mark.line == place],
        "stops": line.stops.tolist(),
        "here": line.here,
    }


def _strip(made: Segmentation, at: int, under: Ground) -> dict[str, Any]:
    """What would change segment step by step: the steps' ends, and what each passes; once for all cuts if they are alike.

    at   for each cut between which ends of the ground the steps lie, where that changes with the cuts of another ordering
    """
    found = [{name: held.tolist() for name, held in one.items() if name in STRIP} for one in cliffs(made, at, under)]
    alike = all(one == found[0] for one in found)
    run = orderings(made)[at]
    steps = grid_of(made.customers, run).values
    merged = (under.segment[:-2] == under.segment[1:-1]).any()
    lie = [np.searchsorted(under.ends, places_along(made, at, cut)).tolist() for cut in range(len(run.cuts))]
    return {"steps": steps, "cuts": found[:1] if alike else found, "at": lie if merged else None}


def together(made: Segmentation, lines: Sequence[Line], most: int = sys.maxsize) -> list[dict[str, Any] | None]:
    """For each ordering what the cells hold in which it meets all others, from which these are counted wherever its lines
    are; None where more than so many hold anybody, or there is no other."""
    return [_meeting(made, lines, at, most) for at in range(len(runs_of(made.placing)))]


def _meeting(made: Segmentation, lines: Sequence[Line], moved: int, most: int) -> dict[str, Any] | None:
    if (found := joint(made, lines, moved, most)) is None:
        return None
    told = {name: np.round(sums, 6).tolist() for name, sums in found.held.items()}
    each = {"at": [one.tolist() for one in found.at], "bounds": [one.tolist() for one in found.bounds]}
    return {**each, "held": told}


def told(made: Segmentation, line: Line) -> dict[str, list[str]]:
    """Of a span in months, told in days on the axis: how many months each cut is at each stop; nothing else needs words."""
    if line.unit != "months":
        return {}
    most = int(max(cuts.max() for cuts in line.cuts.values()) // MONTH) + 2
    months = {made.customers.days_back(k): formats.plural(k, "month") for k in range(1, most)}
    return {str(cut): [months.get(float(day), "") for day in days] for cut, days in line.cuts.items()}


def drawn(made: Segmentation, at: int, lines: Sequence[Line], **looks: Any) -> tuple[dict[str, Any], pd.DataFrame]:
    """The distribution of an ordering: its chart, compiled ("spec"), with the ends of its axis; and its bars, x, x2, customers.

    looks   what else the chart is told of how it looks
    """
    found = spread_of(made, at, lines)
    chart = distribution.spread(found, **looks)
    told = {
        "spec": compiled(chart),
        "ends": found.ends,
        "percent": found.percent,
        "title": found.title,
    }
    return {**told, "months": bool(found.months)}, found.bars
