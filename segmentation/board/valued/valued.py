"""Values as ordered bars, those below a line gathered; or stages with who has come so far.

It tells "cut" with the threshold the line is and its value, and "listed" with a bar's segment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.analysis.portfolio import drawn
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.asked import slider_stops
from segmentation.analysis.thresholds.lines import slider_of
from segmentation.analysis.thresholds.marks import starts
from segmentation.analysis.thresholds.valued import Valued, bars_of, valued
from segmentation.board import card
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT
from segmentation.charts.distribution import OTHER as GREY
from segmentation.charts.values import high
from segmentation.charts.values import values as values_chart
from segmentation.columns.metrics import label
from segmentation.customers.attributes import RANKED
from segmentation.segments.method import Method
from segmentation.segments.rules import OTHER
from segmentation.segments.segmentation import Segmentation

FIRST = 80


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the values; None where the segments are none, or nobody has one."""
    found = valued(method, values, made)
    if found is None or not found.known or not found.size:
        return None
    measures = positions.held(found.each)
    data = {
        "still": made.customers.remember(("values", *found.key), lambda: _kept(found)),
        "script": SCRIPT,
        "panels": [_line(method, values, made, found)] if found.rare else [],
        "param": found.rare,
        "held": {name: held[: found.size].tolist() for name, held in measures.items()},
        "gathered": {name: float(held[found.size]) for name, held in measures.items()} if found.gathered else None,
        "unknown": {name: float(held[-1]) for name, held in measures.items()} if found.each.counts[-1] else None,
        "known": found.known,
        "other": OTHER,
        "colours": list(made.colours),
        "currency": currency,
    }
    if found.rare:
        title = label(made.columns[0].removesuffix(RANKED))
        hint = f"drag the line: rarer values become {OTHER}"
        return card(
            "valued", f"Customers by {title[:1].lower()}{title[1:]}", hint, data, f"Customers by {title}", _more(found)
        )
    hint = "pale are those who went further"
    return card("valued", "How far customers have come", hint, data, "Customers by stage")


def _kept(found: Valued) -> str:
    """What no line moves, as JSON: the chart, compiled, its height, what each bar says, and the value of each customer
    that is drawn on the board, −1 where it is not known."""
    bars, seats = bars_of(found), found.each.placing.at(drawn(found.each.customers)).astype(int)
    chart = values_chart(bars, [GREY] * len(bars))
    return json.dumps(
        {
            "spec": compiled(chart),
            "high": high(len(bars)),
            "bars": bars["words"].tolist(),
            "names": bars["name"].tolist(),
            "seats": np.where(seats == len(found.each.names), -1, seats).tolist() if found.rare else None,
        }
    )


def _line(method: Method, values: Mapping[str, Any], made: Segmentation, found: Valued) -> dict[str, Any]:
    """The line below which values are gathered, as lines.js takes it."""
    assert found.rare
    control, here = method.controls[found.rare], values[found.rare]
    start, why = starts(method, made.customers, values).get((found.rare, 0), (None, ""))
    stops = sorted({*slider_stops(control), here, *([start] if start is not None else [])})
    line = {
        "number": 0,
        "by": slider_of(method, found.rare, 0),
        "label": control.label,
        "unit": control.unit,
        "step": getattr(control, "step", 0.0),
        "marks": [[stops.index(start), f"{why[:1].upper()}{why[1:]}"]] if start is not None else [],
        "stands": True,
        "stops": stops,
        "here": stops.index(here),
        "told": {},
        "cuts": {"0": stops},
        "at": {},
    }
    return {"ordering": None, "cuts": [here], "lines": [line]}  # its cuts are no shares


def _more(found: Valued) -> Sequence[str]:
    """Of values that can have no segment of their own, that there are some."""
    many = int(found.each.counts[found.size]) if found.gathered else 0
    return [
        f"{formats.plural(many, 'customer has', 'customers have')} still rarer values, which are always {OTHER}."
    ] * (many > 0)
