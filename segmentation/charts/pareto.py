"""The Pareto picture for paper: the curve, each segment's part of it, and where the cuts stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from segmentation.charts.layered import Layered
from segmentation.charts.scales import slots


def pareto_data(curve: pd.DataFrame, parts: Mapping[str, list[Any]], *, along: bool) -> pd.DataFrame:
    """Rows kind "curve" (x, y: the line), "ideal" (the same, dashed) and "part" (x, x2, middle, name, colour).

    along   whether the segments lie along the curve itself (ABC); else the line joins the ends of their parts and
            the curve is the ideal beside it
    """
    line = curve.rename(columns={"share_of_customers": "x", "share_of_total": "y"})
    held = pd.DataFrame(parts).query("customers > 0")
    wide = held["x1"] - held["x0"] > 0.02 * held["segment"].str.len()
    areas = pd.DataFrame(
        {
            "kind": "part",
            "name": held["segment"].where(wide, ""),  # a narrow part has no room for its name
            "colour": held["colour"].astype(str),
            "x": held["x0"],
            "x2": held["x1"],
            "middle": (held["x0"] + held["x1"]) / 2,
        }
    )
    if along:
        return pd.concat([line.assign(kind="curve"), areas], ignore_index=True)
    joined = pd.DataFrame({"kind": "curve", "x": [0.0, *held["x1"]], "y": [0.0, *held["y1"]]})
    return pd.concat([line.assign(kind="ideal"), joined, areas], ignore_index=True)


def pareto(data: pd.DataFrame, *, title: str = "Share of revenue", height: int = 320) -> alt.LayerChart:
    """The Pareto chart of `pareto_data`: x is the share of customers, so any number of them fits."""
    percent = alt.Axis(format="%", tickCount=5)
    x = alt.X("x:Q", title="Share of customers", axis=percent, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:Q", title=title, axis=percent)
    base = alt.Chart()
    part = base.transform_filter("datum.kind == 'part'")
    names = part.mark_text(color="currentColor", baseline="bottom", y=height - 6, fontWeight="bold")
    ideal = base.transform_filter("datum.kind == 'ideal'").mark_line(
        strokeWidth=1.2, strokeDash=[4, 4], color="currentColor"
    )
    own = base.transform_filter("datum.kind == 'curve'").mark_line(strokeWidth=2.5, color="currentColor")
    return Layered(
        data,
        [
            part.mark_rect(opacity=0.18).encode(x=x, x2=alt.X2("x2:Q"), color=slots()),
            names.encode(x=alt.X("middle:Q"), text=alt.Text("name:N")),
            ideal.encode(x, y),
            own.encode(x, y),
        ],
        height=height,
    )
