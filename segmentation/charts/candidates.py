"""Every number of groups in one picture: how clearly they are parted, what chance alone would give, whether they come back."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import pyarrow as pa

APART, BACK, CHANCE = "clearly apart", "come back", "by chance"
WAYS = [APART, BACK, CHANCE]  # in the order of the palette
ROW = pa.schema(
    [
        ("k", "int64"),
        ("what", "string"),
        ("value", "double"),
        ("value2", "double"),
        ("chosen", "bool"),
        ("text", "string"),
    ]
)
NUMBER = "number"  # the selection: the number of groups that was clicked
NUMBERED = 0.1  # of the axis a number takes, with room around it
BAND = 0.95  # of the best: candidates


def candidates_data(table: pd.DataFrame, near: Sequence[int], chosen: int | None) -> pa.Table:
    """Rows k, what (one of WAYS, "band" or "column"), value, value2 (where a band ends; above which a number stands), chosen, text.

    table   as `Quality.table`; near: the numbers nearly as good as the best, with it; chosen: the one that is looked at
    """
    rows = []
    best = max((one for k, one in zip(table["k"], table["silhouette"], strict=True) if k in near), default=None)
    for one in table.itertuples(index=False):
        k, looked_at, above = int(one.k), one.k == chosen, max(one.silhouette, one.chance)
        if 0 <= one.stability - above < NUMBERED:  # else the point would lie on the number
            above = one.stability
        rows += [
            (k, "column", 1.0, None, looked_at, ""),
            (k, APART, one.silhouette, above, looked_at, f"{round(one.silhouette, 2) + 0.0:.2f}"),
            (k, BACK, one.stability, None, looked_at, ""),
            (k, CHANCE, one.chance, None, looked_at, ""),
        ]
        if k in near and best is not None:
            rows.append((k, "band", best, best * BAND, looked_at, ""))
    return pa.Table.from_pylist([dict(zip(ROW.names, row, strict=True)) for row in rows], ROW)


def candidates(data: pa.Table | pd.DataFrame, *, height: int = 270) -> alt.LayerChart:
    """The picture of `candidates_data`; a click on a number or its bar selects it as `NUMBER`."""
    click = alt.selection_point(name=NUMBER, fields=["k"], on="click", clear=False, toggle=False)
    x = alt.X("k:O", title="Number of groups", axis=alt.Axis(labelAngle=0, labelFontSize=13))
    y = alt.Y(
        "value:Q", title=None, scale=alt.Scale(domain=[0, 1], clamp=True), axis=alt.Axis(tickCount=5, format=".1f")
    )
    shade = alt.Color(
        "what:N", title=None, scale=alt.Scale(domain=WAYS), legend=alt.Legend(orient="top", labelLimit=240, columns=3)
    )
    base = alt.Chart(data)

    def rows(what: str) -> alt.Chart:
        return base.transform_filter(f"datum.what == '{what}'")

    back = rows(BACK).encode(x, y, color=shade)
    marked = alt.condition("datum.chosen", alt.value(1.0), alt.value(0.4))
    tip = [
        alt.Tooltip("k:O", title="Groups"),
        alt.Tooltip("what:N", title="What"),
        alt.Tooltip("value:Q", title="0 to 1", format=".2f"),
    ]
    return (
        rows("column")
        .mark_bar(color="#808895", width={"band": 0.96}, cursor="pointer")
        .encode(x, y, opacity=alt.condition("datum.chosen", alt.value(0.2), alt.value(0.001)))
        .add_params(click)
        + rows("band").mark_bar(color="#808895", opacity=0.45, width={"band": 0.96}).encode(x, y, y2=alt.Y2("value2:Q"))
        + rows(APART)
        .mark_bar(width={"band": 0.5}, cursor="pointer", cornerRadiusEnd=3)
        .encode(x, y, shade, opacity=marked, tooltip=tip)
        + back.mark_line(strokeWidth=2, opacity=0.8)
        + back.mark_point(filled=True, size=45, opacity=1).encode(tooltip=tip)
        + rows(CHANCE).mark_tick(thickness=3, width={"band": 0.6}, opacity=1).encode(x, y, shade, tooltip=tip)
        + rows(APART)
        .mark_text(color="currentColor", dy=-7, fontSize=11)
        .encode(x, alt.Y("value2:Q", title=None), text=alt.Text("text:N"))
    ).properties(height=height)
