"""The Pareto curve, whose cuts are moved in the picture: "cut" tells which threshold was let go, and where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from segmentation.analysis import pareto as concentration
from segmentation.analysis.portfolio import drawn
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.lines import slider_of
from segmentation.board import card
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.segments.controls import Slider
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation


def pareto(
    segmentation: Segmentation, method: Method, values: dict[str, Any], said: Sequence[str] = ()
) -> dict[str, Any]:
    """The curve of the column that is cut (else of revenue), with the method's cuts as handles."""
    customers = segmentation.customers
    cumulative = segmentation.cuts_share
    column = concentration.column_of(segmentation)
    word = label(column).lower()
    parts = concentration.parts(segmentation, column)
    parts["name"] = parts.pop("segment")
    data = {
        "still": customers.keep(("pareto", column, cumulative), lambda: _still(customers, column, cumulative)),
        "top": max(1.0, *(round(one, 9) for one in parts["y1"])),  # without the dust of sums
        "parts": [dict(zip(parts, row, strict=True)) for row in zip(*parts.values(), strict=True)],
        "cuts": _cuts(segmentation, method, values) if cumulative else [],
        "x": "Customers, largest first" if cumulative else "Customers, segment by segment",
        "y": f"Share of {word}",
    }
    hint = "drag a line to move a cut" if cumulative else "segment by segment; dashed: customer by customer"
    alt = f"Share of {word} against share of customers, with the segments' parts"
    return card("pareto", "Pareto curve", hint, data, alt, said)


def _still(customers: Customers, column: str, cumulative: bool) -> str:
    """What no cut moves, as JSON."""
    curve = concentration.curve(customers, column).round(5).to_numpy().tolist()
    ranks = customers.ranked(column).position[drawn(customers)].tolist() if cumulative else []
    along = _along(customers, column) if cumulative else {}
    return json.dumps({"n": len(customers), "curve": curve, "along": along, "ranks": ranks})


def _along(customers: Customers, column: str) -> dict[str, list[float]]:
    """What lies before a cut at each whole per cent, and, as the last, what all customers hold whose value is known."""
    return positions.up_to(
        customers, column, [*concentration.reach(customers, column).tolist(), customers.ranked(column).known]
    )


def _cuts(segmentation: Segmentation, method: Method, values: dict[str, Any]) -> list[dict[str, Any]]:
    """One line per cut: a handle where a threshold of the method is that very cut, else a line that follows it.

    held   what lies before it, by measure
    """
    before = _before(segmentation.customers, segmentation.columns[0], segmentation.cuts)
    lines: list[dict[str, Any]] = []
    for place, (cut, threshold) in enumerate(zip(segmentation.cuts, segmentation.thresholds, strict=True)):
        held = {name: sums[place] for name, sums in before.items()}
        line: dict[str, Any] = {"name": segmentation.names[place], "cut": cut, "held": held}
        if threshold:
            low, high = _limits(method, threshold)
            line |= {"param": threshold, "low": low, "high": high, "by": slider_of(method, threshold, 0)}
        else:
            follows = any(segmentation.thresholds)  # where no cut is a threshold, none moves
            line |= {"param": None, "follow": _follow(segmentation, method, values, place) if follows else None}
        lines.append(line)
    return lines


def _before(customers: Customers, column: str, cuts: Sequence[float]) -> dict[str, list[float]]:
    ranked = customers.ranked(column)
    return positions.up_to(customers, column, [ranked.reach(cut) for cut in cuts])


def _limits(method: Method, threshold: str) -> tuple[int, int]:
    control = method.controls[threshold]
    assert isinstance(control, Slider)
    return round(control.low * 100), round(control.high * 100)


def _follow(segmentation: Segmentation, method: Method, values: dict[str, Any], place: int) -> dict[str, Any]:
    """Where a following cut stands for each whole per cent (0–100) of the first handle, and what lies before it."""
    customers, first = segmentation.customers, next(name for name in segmentation.thresholds if name)
    low, high = _limits(method, first)
    others = {name: value for name, value in values.items() if name != first}

    def ask() -> dict[str, Any]:
        percents = [min(max(percent, low), high) for percent in range(101)]
        cuts = [method(customers, **others, **{first: percent / 100}).cuts[place] for percent in percents]
        return {"cut": cuts, "held": _before(customers, segmentation.columns[0], cuts)}

    return customers.remember(("follow", method.name, tuple(others.items()), place), ask)
