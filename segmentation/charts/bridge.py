"""A bridge from one amount to another: what each step adds or takes, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import SHORT

KINDS = {"total": "0", "more": "2", "less": "1"}  # kind of a step → its slot of the palette
SLOTS = [str(slot) for slot in range(8)]


def bridge_data(
    first: tuple[str, float], steps: Mapping[str, float], last: str, currency: str = "", *, from_zero: bool = False
) -> pd.DataFrame:
    """`bridge_columns` as a frame."""
    return pd.DataFrame(bridge_columns(first, steps, last, currency, from_zero=from_zero))


def bridge_columns(
    first: tuple[str, float], steps: Mapping[str, float], last: str, currency: str = "", *, from_zero: bool = False
) -> dict[str, Any]:
    """Columns step, rank, start, end, kind, colour, label, beside: an amount, what each step adds, and what is left.

    first   what the bridge begins with and its amount; last: what it ends with
    from_zero   both ends are bars from zero; else they are marks alone, so that small steps beside large ends can be seen
    """
    begins, ends_with = formats.apart(first[1], first[1] + sum(steps.values()), currency)
    rows, at = [_end(*first, begins, from_zero)], first[1]
    for name, change in steps.items():
        kind = "more" if change >= 0 else "less"
        rows.append((name, at, at + change, kind, f"{'+' if change > 0 else ''}{formats.compact(change, currency)}"))
        at += change
    rows.append(_end(last, at, ends_with, from_zero))
    names, starts, ends, kinds, labels = zip(*rows, strict=True)
    held = {"step": names, "start": starts, "end": ends, "kind": kinds, "label": labels, "rank": [*range(len(rows))]}
    colours, beside = [KINDS[kind] for kind in kinds], [*map(max, starts, ends)]
    return {**held, "colour": colours, "beside": beside, "next": [*range(1, len(rows)), len(rows) - 1]}


def _end(name: str, amount: float, told: str, from_zero: bool) -> tuple[str, float, float, str, str]:
    return name, 0.0 if from_zero else amount, amount, "total", told


def bridge(data: pd.DataFrame, *, title: str = "Profit", height: int = 30) -> alt.LayerChart:
    """The bridge of `bridge_data`, read from above; height is that of one step in px."""
    y = alt.Y(
        "step:N",
        sort=alt.EncodingSortField("rank", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(labelLimit=150, labelFontWeight="bold"),
    )
    # both ends of the axis lie a good part beyond the bars, so that labels have room and nothing stands on its edge
    base = (
        alt.Chart(data)
        .transform_joinaggregate(most="max(beside)", low="min(start)", lower="min(end)")
        .transform_calculate(span="max(datum.most - min(datum.low, datum.lower), abs(datum.most) * 0.02, 1e-9)")
        .transform_calculate(
            right="datum.most + 0.3 * datum.span",
            left="min(datum.low, datum.lower) - (min(datum.low, datum.lower) == 0 ? 0 : 0.08 * datum.span)",
        )
        .encode(y=y)
    )
    scale = alt.Scale(zero=False, nice=False)
    axis = alt.Axis(labelExpr=SHORT, tickCount=4, labelOverlap=True)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=scale)

    colour = alt.Color("colour:N", scale=alt.Scale(domain=SLOTS), legend=None)
    tip = [alt.Tooltip("step:N", title="Step"), alt.Tooltip("label:N", title=title)]
    ends = base.transform_filter("datum.kind == 'total'")
    return (
        base.mark_point(opacity=0, size=0).encode(x=x("right"))
        + base.mark_point(opacity=0, size=0).encode(x=x("left"))
        + base.mark_bar(height={"band": 0.7}, cornerRadius=2).encode(
            x=x("start"), x2=alt.X2("end:Q"), color=colour, tooltip=tip
        )
        + ends.mark_tick(thickness=4, size=height * 0.8).encode(x=x("end"), color=colour, tooltip=tip)
        + base.mark_text(align="left", dx=7, fontSize=12, color="currentColor").encode(
            x=x("beside"), text=alt.Text("label:N")
        )
    ).properties(height=alt.Step(height))
