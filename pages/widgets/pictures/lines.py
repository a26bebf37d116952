"""An ordering with its lines, as a picture is sent it: see lines.js; and the chart of how customers spread along it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from streamlit import config

from segmentation import charts
from segmentation.analysis.cliffs import cliffs
from segmentation.analysis.lines import Grid, Ground, Line, grid_of, ground, lines_of, values_at
from segmentation.analysis.marks import Mark, marks, starts
from segmentation.columns.metrics import label
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

STRIP = ("customers", "revenue", "profit")  # what a strip can show


def marked(method: Method, values: Mapping[str, Any], made: Segmentation) -> tuple[list[Line], list[Mark]]:
    """The lines of a method, and the places on them that are worth a look."""
    also = {threshold: value for threshold, (value, _) in starts(method, made.customers, values).items()}
    lines = lines_of(method, values, made, also)
    return lines, marks(made, method, values, lines)


def title(made: Segmentation, at: int) -> str:
    """What an ordering is called on its axis."""
    said = label(made.columns[at]) if len(made.columns) == len(runs_of(made.placing)) else "what is cut"
    return said[:1].upper() + said[1:]


def is_share(line: Line) -> bool:
    """Whether a line's value is a share that stands on the axis itself, as a rate of growth does."""
    return line.unit == "%" and all(np.array_equal(cuts, line.stops) for cuts in line.cuts.values())


def panel(made: Segmentation, at: int, lines: Sequence[Line], marked: Sequence[Mark] = ()) -> dict[str, Any]:
    """Where the cuts of an ordering stand, the lines that move them, and what lies between all places they can have.

    at   its number among the orderings of the segmentation; lines: all of the method's; marked: the marks on them
    """
    run = runs_of(made.placing)[at]
    mine = [(number, line) for number, line in enumerate(lines) if line.run == at]
    under = ground(made, at, lines)
    found: dict[str, Any] = {
        "cuts": values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist(),
        "lines": [
            {
                "number": number,
                "label": line.label,
                "unit": line.unit,
                "step": line.step,
                "marks": [[mark.stop, mark.why] for mark in marked if mark.line == number],
                "stands": line.unit != "%" or is_share(line),  # whether its value is the one on the axis
                "stops": line.stops.tolist(),
                "here": line.here,
                "cuts": {
                    str(cut): values_at(run, where, line.places[cut]).tolist() for cut, where in line.cuts.items()
                },
                "at": {str(cut): np.searchsorted(under.ends, where).tolist() for cut, where in line.places.items()}
                if under
                else {},
            }
            for number, line in mine
        ],
    }
    if under:
        found |= {
            "bounds": np.searchsorted(under.ends, run.bounds).tolist(),
            "held": {name: held.ravel().tolist() for name, held in under.held.items()},
            "segment": under.segment.ravel().tolist(),
            "strip": _strip(made, at, under),
        }
    return found


def _strip(made: Segmentation, at: int, under: Ground) -> dict[str, Any]:
    """What would change segment step by step: the steps' ends, and what each passes; once for all cuts if they are alike."""
    found = [{name: held.tolist() for name, held in one.items() if name in STRIP} for one in cliffs(made, at, under)]
    alike = all(one == found[0] for one in found)
    return {"steps": grid_of(made.customers, runs_of(made.placing)[at]).values, "cuts": found[:1] if alike else found}


def script() -> str:
    """Where the browser finds what draws a chart."""
    return f"{config.get_option('server.baseUrlPath').strip('/')}/vega.js".lstrip("/")


def spread(made: Segmentation, at: int, **looks: Any) -> str:
    """The distribution of an ordering as JSON, kept: {"spec": compiled, "ends": of its axis}.

    looks   what else the chart is told of how it looks
    """
    key = ("spread", id(runs_of(made.placing)[at].ranked), title(made, at), repr(looks))
    return made.customers.remember(key, lambda: _spread(made, at, looks))


def _spread(made: Segmentation, at: int, looks: dict[str, Any]) -> str:
    import vl_convert  # a tenth of a second, for the first chart

    run = runs_of(made.placing)[at]
    grid = grid_of(made.customers, run)
    bars = _bars(grid, run)
    ends = [float(bars["x"].min()), float(bars["x2"].max())]
    drawn = charts.distribution(
        bars, ends, [charts.OTHER], title=title(made, at), scale=grid.scale, unit=grid.unit, **looks
    )
    return json.dumps({"spec": vl_convert.vegalite_to_vega(drawn.to_dict()), "ends": ends})


def _bars(grid: Grid, run: Runs) -> pd.DataFrame:
    """Customers between the values of a grid; those beyond it stand in the outermost."""
    edges = np.asarray(grid.values if len(grid.values) > 1 else [*grid.values, grid.values[0] + 1])
    before = [run.ranked.at_least(edge) for edge in edges]
    before[0], before[-1] = run.ranked.known, 0
    return pd.DataFrame({"x": edges[:-1], "x2": edges[1:], "customers": -np.diff(before)})
