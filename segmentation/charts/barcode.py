"""Purchases of some customers as ticks, a row each, beside how long they have been silent."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.distribution import MONTHS, some
from segmentation.charts.layered import layered
from segmentation.charts.scales import SHORT, slots


def barcode(
    bought: pd.DataFrame,
    silent: pd.DataFrame,
    end: float,
    *,
    title: str,
    months: Sequence[float] = (),
    days: bool = False,
    cuts: Sequence[float] = (),
    places: Sequence[int] = (),
    colours: Sequence[str] = (),
    height: int = 300,
) -> alt.LayerChart:
    """Rows of ticks, now at the left.

    bought   row, x: a purchase of the customer in that row, so long before now
    silent   row, x: since the last purchase of each
    months   days that many months are at, where the axis is told in months; days: whether it counts days, which are whole
    cuts, places, colours   where silence is cut; at which height each row stands (0 = top); its palette slot. In the
             browser these are parameters
    """
    given = {"cuts": cuts, "places": places, "slots": colours}
    params = {name: list(value) for name, value in given.items()}
    axis = alt.Axis(
        labelExpr=MONTHS if months else SHORT,
        labelOverlap=True,
        grid=False,
        tickCount=8,
        values=some(months) if months else alt.Undefined,
        tickMinStep=1 if days else alt.Undefined,
    )
    x = alt.X("x:Q", title=title, scale=alt.Scale(domain=[0, end], nice=False, clamp=True), axis=axis)
    y = alt.Y("y:Q", title=None, axis=None, scale=alt.Scale(domain=[len(silent), 0], nice=False))
    silence = (
        _placed(silent, 0.15, 0.85)
        .transform_calculate(zero="0")
        .mark_rect(stroke=None, opacity=0.2)
        .encode(x=x, x2=alt.X2("zero:Q"), y=y, y2=alt.Y2("y2:Q"), color=slots())
    )
    ticks = (
        _placed(bought, 0.15, 0.85)
        .mark_rule(strokeWidth=1.5)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q"), color=slots())
    )
    rules = (
        alt.Chart(alt.Data(values=[{}]))
        .transform_calculate(x="cuts")
        .transform_flatten(["x"])
        .transform_filter("isValid(datum.x)")
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(x=alt.X("x:Q"))
    )
    return layered(silence, ticks, rules, params=params, height=height, width=400)


def _placed(rows: pd.DataFrame, top: float, bottom: float) -> alt.Chart:
    return alt.Chart(rows).transform_calculate(
        y=f"places[datum.row] + {top}", y2=f"places[datum.row] + {bottom}", colour="slots[datum.row]"
    )
