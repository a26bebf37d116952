"""A score by its parts, from the lowest customers to the highest, each cut by share a line: "moved" as in `pictures.own`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.portfolio import drawn
from segmentation.analysis.thresholds import scored
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.marks import Mark
from segmentation.analysis.thresholds.seats import seats_of_score
from segmentation.board import card
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT, STRIP, marked, sent
from segmentation.board.spread import HIGH
from segmentation.charts.distribution import score as score_chart
from segmentation.segments.method import Method
from segmentation.segments.scores import Scored
from segmentation.segments.segmentation import Segmentation

FIRST = 25


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the score; None where the method cuts none, or nobody has one."""
    placing = made.placing
    if not isinstance(placing, Scored) or not placing.counts[:-1].sum():
        return None
    lines, marks = marked(method, values, made)
    still, filled = placing.customers.remember(("score drawn", placing.key), lambda: _drawn(placing))
    data = {
        "still": still,
        "filled": filled,
        "script": SCRIPT,
        "panels": [_panel(made, placing, lines, marks)],
        "currency": currency,
    }
    missing = int(placing.counts[-1])
    gap = f"{formats.plural(missing, 'customer has', 'customers have')} no score: all its parts are missing." * (
        missing > 0
    )
    hint = "drag a line; the sliders say what counts"
    return card("score", "What the score is made of", hint, data, "The mean score by its parts", [gap] if gap else [])


def _drawn(placing: Scored) -> tuple[str, dict[str, Any]]:
    """What neither a line nor a weight changes, as JSON: the chart, compiled, and its parts. And what weights do: its bars, the
    data of the chart that they are, and what each says."""
    bars = scored.parts(placing)
    names, parts = list(bars), tuple(dict.fromkeys(bars["part"]))
    steps = (*sorted(set(bars["x"].tolist())), 1.0)
    source, still = placing.customers.keep(("score compiled", parts, steps), lambda: _compiled(bars, parts, steps))
    rows = [dict(zip(names, row, strict=True)) for row in zip(*(bars[name].tolist() for name in names), strict=True)]
    words = [_told(list(one)) for _, one in groupby(sorted(rows, key=_begins), _begins)]
    return still, {"source": source, "rows": rows, "words": words}


def _begins(row: Mapping[str, Any]) -> float:
    return float(row["x"])


def _compiled(bars: pd.DataFrame, parts: Sequence[str], steps: Sequence[float]) -> tuple[str, str]:
    """The chart's name for its bars, and the chart with what belongs to it, as JSON: for the parts there are, whatever they weigh."""
    spec = compiled(score_chart(bars, height=HIGH))
    source = next(one["name"] for one in spec["data"] if len(one.get("values", ())) > 1)
    chart = {
        "spec": spec,
        "ends": [0.0, 1.0],
        "percent": True,
        "months": False,
        "high": HIGH,
        "steps": steps,
        "bars": [0] * (len(steps) - 1),
        "spikes": [],
        "beyond": [None, None],
    }
    return source, json.dumps({"charts": [chart], "parts": parts})


def _told(pieces: list[dict[str, Any]]) -> str:
    """A bar, given the piece of each part, in words: from where to where, its mean score and what each part brings."""
    low, high = (formats.share(pieces[0][end]) for end in ("x", "x2"))
    each = ", ".join(f"{one['part']} {one['customers']:.0f}" for one in pieces if one["customers"] >= 1)
    whole = sum(one["customers"] for one in pieces)
    return f"{low} to {high}: score {whole:.0f} of 1,000{f' ({each})' if each else ''}"


def _panel(made: Segmentation, placing: Scored, lines: Sequence[Line], marks: Sequence[Mark]) -> dict[str, Any]:
    """The cuts as shares of those below, the lines that move them, and what lies between all places they can have."""
    known, now = int(scored.ahead(placing)[-1]), placing.counts[:-2].cumsum()
    ends = np.unique(np.concatenate([[0, known], now, *(one for line in lines for one in line.places.values())]))
    whole = [*ends.tolist(), len(placing.customers)]
    bounds = [*np.searchsorted(ends, [0, *now, known]).tolist(), len(ends)]
    steps, passed = scored.passed(placing)
    return {
        "ordering": 0,
        "cuts": scored.below(placing, now).tolist(),
        "lines": [
            {
                **sent(line, place, marks),
                "stands": True,
                "told": {},
                "cuts": {str(cut): where.tolist() for cut, where in line.cuts.items()},
                "at": {str(cut): np.searchsorted(ends, places).tolist() for cut, places in line.places.items()},
            }
            for place, line in enumerate(lines)
        ],
        "bounds": bounds,
        "held": {name: sums.tolist() for name, sums in scored.held(placing, whole).items()},
        "segment": list(range(len(made.names) + 1)),
        "seats": seats_of_score(placing, ends, drawn(placing.customers)).tolist(),
        "strip": {
            "steps": steps.tolist(),
            "cuts": [{name: sums.tolist() for name, sums in passed.items() if name in STRIP}],
        },
        "bands": list(zip(made.names, made.colours, strict=True)),
        "slots": [[str(slot)] for slot in made.colours],
    }
