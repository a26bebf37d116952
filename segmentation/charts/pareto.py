"""The Pareto picture for paper: the curve, each segment's part of it, and where the cuts stand."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import slots


def pareto_data(curve: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Rows kind "curve" (x, y) and "part" (x, x2, y, y2, name, label, colour)."""
    line = curve.rename(columns={"share_of_customers": "x", "share_of_total": "y"}).assign(kind="curve")
    held = parts[parts["customers"] > 0]
    areas = pd.DataFrame(
        {
            "kind": "part",
            "name": held["segment"],
            "colour": held["colour"].astype(str),
            "x": held["x0"],
            "x2": held["x1"],
            "middle": (held["x0"] + held["x1"]) / 2,
            "y": held["y1"],
            "label": [f"{name} {formats.count(n)}" for name, n in zip(held["segment"], held["customers"], strict=True)],
        }
    )
    return pd.concat([line, areas], ignore_index=True)


def pareto(data: pd.DataFrame, *, title: str = "Share of revenue", height: int = 320) -> alt.LayerChart:
    """The Pareto chart of `pareto_data`: x is the share of customers, so any number of them fits."""
    percent = alt.Axis(format="%", tickCount=5)
    x = alt.X("x:Q", title="Customers, largest first", axis=percent, scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("y:Q", title=title, axis=percent)
    base = alt.Chart(data)
    part = base.transform_filter("datum.kind == 'part'")
    return (
        part.mark_rect(opacity=0.18).encode(x=x, x2="x2:Q", color=slots())
        + part.mark_rule(strokeWidth=1.5).encode(x=alt.X("x2:Q"), color=slots())
        + part.mark_text(color="currentColor", baseline="top", y=4, fontWeight="bold").encode(
            x=alt.X("middle:Q"), text="name:N"
        )
        + base.transform_filter("datum.kind == 'curve'").mark_line(strokeWidth=2.5, color="currentColor").encode(x, y)
    ).properties(height=height)
