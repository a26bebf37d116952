"""Profit against potential: segments as labelled bubbles over faint customers, cut lines, four named sectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd
import pyarrow as pa

from segmentation.charts.scales import SHORT, place, slots, symlog

Corner = tuple[Literal["left", "right"], Literal["top", "bottom"]]
CORNERS: dict[str, Corner] = {
    "Invest": ("right", "top"),
    "Harvest": ("right", "bottom"),
    "Develop": ("left", "top"),
    "Let go": ("left", "bottom"),
}
RADIUS = "sqrt(scale('size', datum.size) / PI)"


def bubbles_data(
    points: Mapping[str, list[Any]],
    lines: tuple[float, float],
    corners: dict[str, str],
    x_range: Sequence[float],
    y_range: Sequence[float],
) -> pa.Table:
    """Everything that moves, as rows: customers, segments, both cut lines, and what each corner says.

    points    as `portfolio.points` gives them, the segments last
    corners   sector → its label (name and live count); the ranges are those given to `bubbles`
    """
    first = points["kind"].count("customer")
    segments = {name: values[first:] for name, values in points.items()}
    further: dict[str, list[Any]] = {
        "kind": ["x line", "y line", *("corner" for _ in corners)],
        "name": [None, None, *corners],
        "label": [None, None, *corners.values()],
        "x": [lines[0], None, *(None for _ in corners)],
        "y": [None, lines[1], *(None for _ in corners)],
    }
    empty = [None] * (len(corners) + 2)
    held = {**points, "label": [None] * first + _labels(segments, x_range, y_range)}
    # a number that is missing travels as missing, not as NaN, which the chart would draw at zero
    return pa.table(
        {name: pa.array(values + further.get(name, empty), from_pandas=True) for name, values in held.items()}
    )


def _labels(segments: Mapping[str, list[Any]], x_range: Sequence[float], y_range: Sequence[float]) -> list[str]:
    """The names of the bubbles; where two would lie on each other only the larger bubble's is written."""
    across, up = place(segments["x"], *x_range).tolist(), place(segments["y"], *y_range).tolist()
    names, sizes = segments["name"], segments["size"]
    reach = 0.011 * max(map(len, names), default=0) + 0.02
    written: list[int] = []
    for one in sorted(range(len(names)), key=lambda at: -sizes[at]):
        if all(abs(across[one] - across[other]) > reach or abs(up[one] - up[other]) > 0.06 for other in written):
            written.append(one)
    return [name if at in written else "" for at, name in enumerate(names)]


def bubbles(
    data: pa.Table | pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    x_range: Sequence[float],
    y_range: Sequence[float],
    largest: float,
    height: int = 380,
) -> alt.LayerChart:
    """The portfolio chart of `bubbles_data`.

    x_range, y_range   smallest and largest value that can ever appear, so that the axes stand still
    largest            revenue of all customers: the bubble it would have sets the scale of sizes
    Selections: `pick` (a clicked segment) and `box` (ranges of x and y).
    """
    x_scale, x_ticks = symlog(*x_range)
    y_scale, y_ticks = symlog(*y_range)
    x = alt.X("x:Q", title=x_title, scale=x_scale, axis=alt.Axis(values=x_ticks, labelExpr=SHORT, labelOverlap=True))
    y = alt.Y("y:Q", title=y_title, scale=y_scale, axis=alt.Axis(values=y_ticks, labelExpr=SHORT, labelOverlap=True))
    size = alt.Size("size:Q", scale=alt.Scale(domain=[0, max(largest, 1)], range=[80, 3000], clamp=True), legend=None)
    base = alt.Chart(data)
    return (
        (
            _cloud(base, x, y)
            + _rule(base, "x line", x=x)
            + _rule(base, "y line", y=y)
            + _bubbles(base, x, y, size)
            + _names(base, x, y)
            + alt.layer(*(_corner(base, name, *place) for name, place in CORNERS.items()))
        )
        .resolve_scale(size="shared")
        .properties(height=height)
    )


def _cloud(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return (
        base.transform_filter("datum.kind == 'customer'")
        .mark_circle(size=18, opacity=0.35)
        .encode(x, y, slots(), tooltip=_tip("Customer"))
        .add_params(alt.selection_interval(name="box"))
    )


def _rule(base: alt.Chart, kind: str, **at: alt.X | alt.Y) -> alt.Chart:
    return (
        base.transform_filter(f"datum.kind == '{kind}'")
        .mark_rule(strokeDash=[5, 4], strokeWidth=1.5, opacity=0.75, color="#808895")
        .encode(**at)
    )


def _bubbles(base: alt.Chart, x: alt.X, y: alt.Y, size: alt.Size) -> alt.Chart:
    return (
        base.transform_filter("datum.kind == 'segment'")
        .mark_circle(opacity=0.88, stroke="white", strokeWidth=1.2, cursor="pointer")
        .encode(x, y, slots(), size, tooltip=_tip("Segment"))
        .add_params(alt.selection_point(name="pick", fields=["segment"], on="click", clear="dblclick"))
    )


def _names(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return (
        base.transform_filter("datum.kind == 'segment'")
        .mark_text(
            color="currentColor",
            fontWeight="bold",
            fontSize=13,
            baseline="bottom",
            dy={"expr": f"-{RADIUS} - 3"},
            clip=False,
        )
        .encode(x, y, text="label:N")
    )


def _corner(base: alt.Chart, name: str, side: Literal["left", "right"], edge: Literal["top", "bottom"]) -> alt.Chart:
    right, top = side == "right", edge == "top"
    return (
        base.transform_filter(f"datum.kind == 'corner' && datum.name == '{name}'")
        .mark_text(
            color="currentColor",
            align=side,
            baseline=edge,
            dx=-6 if right else 6,
            dy=6 if top else -6,
            fontSize=12,
            fontWeight=600,
            opacity=0.75,
        )
        .encode(x=alt.value("width" if right else 0), y=alt.value(0 if top else "height"), text="label:N")
    )


def _tip(kind: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=kind),
        alt.Tooltip("segment:N", title="Segment"),
        alt.Tooltip("customers:Q", title="Customers", format=","),
        alt.Tooltip("x:Q", title="Per customer now", format=",.0f"),
        alt.Tooltip("y:Q", title="Potential per customer", format=",.0f"),
        alt.Tooltip("size:Q", title="Revenue", format=",.0f"),
    ]
