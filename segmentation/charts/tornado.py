"""Which lever matters most: what each does to profit moved one way and the other, the widest on top."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import SHORT


def tornado_data(table: pd.DataFrame, currency: str = "") -> pd.DataFrame:
    """Rows lever, rank, change, way, label of `scenario.tornado`: a row for each way a lever can be moved."""
    parts = []
    for way, column in (("down", "low"), ("up", "high")):
        known = table[table[column].notna()]
        parts.append(
            pd.DataFrame({"lever": known["lever"], "rank": known["rank"], "change": known[column]}).assign(
                way=way,
                label=[
                    f"{said}: {_signed(one, currency)}"
                    for said, one in zip(known[f"{column}_said"], known[column], strict=True)
                ],
            )
        )
    frame = pd.concat(parts, ignore_index=True)
    frame["colour"] = frame["change"].map(lambda one: "2" if one >= 0 else "1")
    return frame


def _signed(value: float, currency: str) -> str:
    return ("+" if value > 0 else "") + formats.compact(value, currency)


def tornado(data: pd.DataFrame, *, title: str = "Change of profit") -> alt.LayerChart:
    """The bars of `tornado_data` to both sides of today's profit, with what was moved and what it does."""
    y = alt.Y(
        "lever:N",
        sort=alt.EncodingSortField("rank", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(labelLimit=150, labelFontWeight="bold"),
    )
    base = (
        alt.Chart(data)
        .transform_joinaggregate(most="max(change)", least="min(change)")
        .transform_calculate(span="max(datum.most - datum.least, 1e-9)")
        .transform_calculate(right="datum.most + 0.65 * datum.span", left="datum.least - 0.65 * datum.span")
        .encode(y=y)
    )
    axis, scale = alt.Axis(labelExpr=SHORT, tickCount=4, labelOverlap=True), alt.Scale(zero=True, nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=scale)

    colour = alt.Color("colour:N", scale=alt.Scale(domain=[str(slot) for slot in range(8)]), legend=None)
    narrow = "width < 330"  # there what was moved and what it does stand below each other
    said = base.transform_calculate(label=f"{narrow} ? replace(datum.label, ': ', ':\\n') : datum.label")
    looks: dict[str, Any] = {
        "fontSize": 11,
        "color": "currentColor",
        "lineBreak": "\n",
        "lineHeight": 12,
        "baseline": "middle",
    }
    looks["dy"] = {"expr": f"{narrow} ? -6 : 0"}
    return (
        base.mark_point(opacity=0, size=0).encode(x=x("right"))
        + base.mark_point(opacity=0, size=0).encode(x=x("left"))
        + base.mark_bar(height={"band": 0.66}, cornerRadiusEnd=2).encode(
            x=x("change"),
            color=colour,
            tooltip=[alt.Tooltip("lever:N", title="Lever"), alt.Tooltip("label:N", title="Moved")],
        )
        + said.transform_filter("datum.change >= 0")
        .mark_text(align="left", dx=5, **looks)
        .encode(x=x("change"), text=alt.Text("label:N"))
        + said.transform_filter("datum.change < 0")
        .mark_text(align="right", dx=-5, **looks)
        .encode(x=x("change"), text=alt.Text("label:N"))
        + alt.Chart(data)
        .transform_filter("datum.rank == 0")
        .mark_rule(aria=False, color="currentColor", opacity=0.5)
        .encode(x=alt.XDatum(0))
    ).properties(height=alt.Step(32))
