"""The whale curve before and after levers are pulled, in money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.pareto import Whale
from segmentation.charts.scales import SHORT

if TYPE_CHECKING:
    from segmentation.analysis.levers import Pulled


def levers_data(pulled: Pulled, customers: int, currency: str = "") -> pd.DataFrame:
    """Rows kind "before" and "after" (x: share of today's customers, y: money) and "end" with the totals as labels.

    customers   how many there are today
    """
    size = max(customers, 1)
    before = _curve(pulled.before, 1.0).assign(kind="before")
    after = _curve(pulled.after, pulled.customers / size).assign(kind="after")
    moved = round(pulled.gain, 2) != 0 or pulled.customers != customers
    ends = [
        (before, f"today {formats.compact(pulled.before.total, currency)}"),
        *([(after, f"then {formats.compact(pulled.after.total, currency)}")] if moved else []),
    ]
    marks = [curve.tail(1).assign(kind="end", label=said, of=curve["kind"].iloc[0]) for curve, said in ends]
    return pd.concat([before, *([after] if moved else []), *marks], ignore_index=True)


def _curve(whale: Whale, part: float) -> pd.DataFrame:
    curve = whale.curve.rename(columns={"share_of_customers": "x", "cumulative": "y"})[["x", "y"]]
    return curve.assign(x=curve["x"] * part)


def levers(data: pd.DataFrame, *, title: str = "Cumulative profit", height: int = 300) -> alt.LayerChart:
    """The curves of `levers_data`: today's dashed, the one after the levers full, each with its total at the end."""
    x = alt.X("x:Q", title="Customers, best first", axis=alt.Axis(format="%", tickCount=5), scale=alt.Scale(nice=False))
    y = alt.Y("y:Q", title=title, axis=alt.Axis(labelExpr=SHORT, tickCount=5))
    base = alt.Chart(data)
    tip = [alt.Tooltip("x:Q", title="Customers", format=".1%"), alt.Tooltip("y:Q", title=title, format=",.0f")]
    before = base.transform_filter("datum.kind == 'before'")
    after = base.transform_filter("datum.kind == 'after'")
    end = base.transform_filter("datum.kind == 'end'")
    return (
        after.mark_area(opacity=0.15).encode(x, y)
        + before.mark_line(strokeWidth=2, strokeDash=[5, 4], color="currentColor").encode(x, y, tooltip=tip)
        + after.mark_line(strokeWidth=2.5).encode(x, y, tooltip=tip)
        + end.mark_point(filled=True, size=60, color="currentColor").encode(x, y)
        + end.transform_filter("datum.of == 'before'")
        .mark_text(align="right", dy=14, dx=-4, color="currentColor", fontSize=12)
        .encode(x, y, text=alt.Text("label:N"))
        + end.transform_filter("datum.of == 'after'")
        .mark_text(align="right", dy=-12, dx=-4, color="currentColor", fontWeight="bold", fontSize=12)
        .encode(x, y, text=alt.Text("label:N"))
    ).properties(height=height)
