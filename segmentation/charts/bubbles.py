"""Profit against potential: segments as labelled bubbles over faint customers, cut lines, named sectors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd
import pyarrow as pa

from segmentation.charts import naming
from segmentation.charts.axis import Axis
from segmentation.charts.layered import Layered
from segmentation.charts.scales import along, slots

Corner = tuple[Literal["left", "right"], Literal["top", "bottom"]]
CORNERS: dict[str, Corner] = {
    "Invest": ("right", "top"),
    "Harvest": ("right", "bottom"),
    "Develop": ("left", "top"),
    "Serve cheaply": ("left", "bottom"),
}
RADIUS = "sqrt(scale('size', datum.size) / PI)"
AREAS = (80, 3000)  # of the smallest and the largest bubble, in square pixels
PLANE = (300.0, 240.0)  # the least it is wide and high in pixels, beside another picture
LETTER, LINE = 7.5, 15.0  # width of a letter of a name, height of a line


def bubbles_data(
    points: Mapping[str, list[Any]],
    lines: tuple[float, float],
    corners: dict[str, str],
    x_axis: Axis,
    y_axis: Axis,
) -> pa.Table:
    """Everything that moves, as rows: customers, segments, both cut lines, and what each corner says.

    points    as `portfolio.points` gives them, the segments last
    corners   sector → its label (name and live count); the axes are those given to `bubbles`
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
    across, up = x_axis.place(segments["x"]).tolist(), y_axis.place(segments["y"]).tolist()
    labels, sides = _labels(segments["name"], segments["size"], across, up, corners)
    held = {**points, "label": [None] * first + labels, "side": [None] * first + sides}
    # a number that is missing travels as missing, not as NaN, which the chart would draw at zero
    return pa.table(
        {name: pa.array(values + further.get(name, empty), from_pandas=True) for name, values in held.items()}
    )


def _labels(
    names: Sequence[str],
    sizes: Sequence[float],
    across: Sequence[float],
    up: Sequence[float],
    corners: Mapping[str, str],
) -> tuple[list[str], list[str]]:
    """The names of the bubbles, and on which side each stands: the larger first, where it covers nothing.

    A name without a place free of other names and of all bubbles is left out: who points at the bubble reads it.
    across, up   where the bubbles stand, as shares of the plane
    """
    wide, high = PLANE
    radii = [_radius(size / (sum(filter(None, sizes)) or 1.0)) for size in sizes]
    centres = [(x * wide, y * high) for x, y in zip(across, up, strict=True)]
    written = [_corner_box(label, *CORNERS[name]) for name, label in corners.items() if name in CORNERS]
    lengths = [len(name) for name in names]
    found = naming.sides(lengths, centres, radii, wide, letter=LETTER, line=LINE, taken=written)
    return [name if side else "" for name, side in zip(names, found, strict=True)], found


def _radius(share: float) -> float:
    """Of a bubble of this share of the total, in pixels."""
    low, high = AREAS
    return math.sqrt((low + (high - low) * min(max(share, 0.0), 1.0)) / math.pi)


def _corner_box(label: str, side: str, edge: str) -> naming.Box:
    wide, high = PLANE
    left = wide - 6 - LETTER * len(label) if side == "right" else 6
    low = high - 6 - LINE if edge == "top" else 6
    return left, low, left + LETTER * len(label), low + LINE


def bubbles(
    data: pa.Table | pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    x_axis: Axis,
    y_axis: Axis,
    largest: float,
    height: int = 380,
) -> alt.LayerChart:
    """The portfolio chart of `bubbles_data`.

    x_axis, y_axis   of all customers, so that they stand still
    largest          revenue of all customers: the bubble it would have sets the scale of sizes
    """
    x = alt.X("x:Q", title=x_title, **along(x_axis))
    y = alt.Y("y:Q", title=y_title, **along(y_axis))
    size = alt.Size("size:Q", scale=alt.Scale(domain=[0, max(largest, 1)], range=list(AREAS), clamp=True), legend=None)
    base = alt.Chart()
    return Layered(
        data,
        [
            _cloud(base, x, y),
            _rule(base, "x line", x=x),
            _rule(base, "y line", y=y),
            _bubbles(base, x, y, size),
            _names(base, x, y),
            Layered(layer=[_corner(base, name, *place) for name, place in CORNERS.items()]),
        ],
        height=height,
        resolve=alt.Resolve(scale=alt.ScaleResolveMap(size="shared")),
    )


def _cloud(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return (
        base.transform_filter("datum.kind == 'customer'")
        .mark_circle(size=18, opacity=0.35)
        .encode(x, y, slots(), tooltip=_tip("Customer"))
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
    )


def _names(base: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return (
        base.transform_filter("datum.kind == 'segment'")
        .mark_text(
            color="currentColor",
            fontWeight="bold",
            fontSize=13,
            align={"expr": "datum.side == 'right' ? 'left' : datum.side == 'left' ? 'right' : 'center'"},
            baseline={"expr": "datum.side == 'above' ? 'bottom' : datum.side == 'below' ? 'top' : 'middle'"},
            dx={"expr": f"datum.side == 'right' ? {RADIUS} + 3 : datum.side == 'left' ? -{RADIUS} - 3 : 0"},
            dy={"expr": f"datum.side == 'above' ? -{RADIUS} - 3 : datum.side == 'below' ? {RADIUS} + 3 : 0"},
            clip=False,
        )
        .encode(x, y, text=alt.Text("label:N"))
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
        .encode(x=alt.XValue("width" if right else 0), y=alt.YValue(0 if top else "height"), text=alt.Text("label:N"))
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
