"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from streamlit import config

from pages.widgets.pictures import card
from segmentation.analysis.lines import Grid, Line, grid_of, ground, lines_of, values_at
from segmentation.charts.distribution import OTHER
from segmentation.charts.distribution import distribution as chart
from segmentation.columns.metrics import label
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MOST = 3  # orderings drawn below each other
FIRST = 90  # what a method opens on: asked in this order, and any method made of cuts has this one


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card with each ordering that lines cut; None where the method cuts none, or by share of the total alone."""
    lines = lines_of(method, values, made)
    runs = runs_of(made.placing)
    cut = [at for at in range(len(runs)) if any(line.run == at for line in lines)][:MOST]
    if not cut or [run.share for run in runs] == [True]:
        return None
    charts = [_kept(made, at, any(_is_share(line) for line in lines if line.run == at)) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": f"{config.get_option('server.baseUrlPath').strip('/')}/vega.js".lstrip("/"),
        "panels": [_panel(made, at, lines) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {_title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line to move a threshold", data, alt)


def _title(made: Segmentation, at: int) -> str:
    said = label(made.columns[at]) if len(made.columns) == len(runs_of(made.placing)) else "what is cut"
    return said[:1].upper() + said[1:]


def _is_share(line: Line) -> bool:
    """Whether a line's value is a share that stands on the axis itself, as a rate of growth does."""
    return line.unit == "%" and all(np.array_equal(cuts, line.stops) for cuts in line.cuts.values())


def _kept(made: Segmentation, at: int, percent: bool) -> str:
    key = ("distribution", id(runs_of(made.placing)[at].ranked), _title(made, at), percent)
    return made.customers.remember(key, lambda: _chart(made, at, percent))


def _chart(made: Segmentation, at: int, percent: bool) -> str:
    """The chart of an ordering as JSON, compiled: what no line moves."""
    import vl_convert  # a tenth of a second, for the first chart

    run = runs_of(made.placing)[at]
    grid = grid_of(made.customers, run)
    bars = _bars(grid, run)
    ends = [float(bars["x"].min()), float(bars["x2"].max())]
    drawn = chart(bars, ends, [OTHER], title=_title(made, at), scale=grid.scale, unit=grid.unit, percent=percent)
    return json.dumps({"spec": vl_convert.vegalite_to_vega(drawn.to_dict()), "ends": ends})


def _bars(grid: Grid, run: Runs) -> pd.DataFrame:
    """Customers between the values of a grid; those beyond it stand in the outermost."""
    edges = np.asarray(grid.values if len(grid.values) > 1 else [*grid.values, grid.values[0] + 1])
    before = [run.ranked.at_least(edge) for edge in edges]
    before[0], before[-1] = run.ranked.known, 0
    return pd.DataFrame({"x": edges[:-1], "x2": edges[1:], "customers": -np.diff(before)})


def _panel(made: Segmentation, at: int, lines: list[Line]) -> dict[str, Any]:
    """Where the cuts of an ordering stand, the lines that move them, and what lies between all places they can have."""
    run = runs_of(made.placing)[at]
    mine = [(number, line) for number, line in enumerate(lines) if line.run == at]
    under = ground(made, at, lines)
    alone = isinstance(made.placing, Runs)
    order = np.argsort(run.order).tolist()
    panel: dict[str, Any] = {
        "cuts": values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist(),
        "bands": [[made.names[segment], made.colours[segment]] for segment in order[:-1]] if alone else [],
        "lines": [
            {
                "number": number,
                "label": line.label,
                "unit": line.unit,
                "stands": line.unit != "%" or _is_share(line),  # whether its value is the one on the axis
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
        panel |= {
            "bounds": np.searchsorted(under.ends, run.bounds).tolist(),
            "held": {name: held.ravel().tolist() for name, held in under.held.items()},
            "segment": under.segment.ravel().tolist(),
        }
    return panel
