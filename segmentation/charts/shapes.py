"""How customers spread in each column, as it is and as it is compared, in small pictures beside each other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation.charts.scales import wrapped

STAGES = ("as it is", "as compared")  # above, below
WIDE, HIGH = 0.9, 0.72  # of the place each picture has
LETTERS, LINES = 22, 2


def shapes_data(found: pd.DataFrame) -> pd.DataFrame:
    """Rows kind "bar" (left, right, bottom, top, stage), "column" and "stage" (text at left, bottom); found as `bases.shapes`."""
    columns = list(dict.fromkeys(found["column"]))
    place = found["column"].map(columns.index)
    ground = found["stage"].map({stage: 1.0 - at for at, stage in enumerate(STAGES)})
    bars = pd.DataFrame(
        {
            "kind": "bar",
            "stage": found["stage"],
            "left": place + WIDE * found["low"],
            "right": place + WIDE * found["high"],
            "bottom": ground,
            "top": ground + HIGH * found["share"],
        }
    )
    heads = [
        {"kind": "column", "left": at + WIDE / 2, "bottom": 2.0, "text": text}
        for at, text in enumerate(wrapped(columns, LETTERS, LINES))
    ]
    sides = [{"kind": "stage", "left": 0.0, "bottom": 1.9 - at, "text": stage} for at, stage in enumerate(STAGES)]
    return pd.concat([bars, pd.DataFrame([*heads, *sides])], ignore_index=True)


def shapes(data: pd.DataFrame, *, height: int = 190) -> alt.LayerChart:
    """The bars of `shapes_data`, a column beside the other, as it is above, as it is compared below."""
    base = alt.Chart(data)
    x = alt.X("left:Q", axis=None, scale=alt.Scale(zero=True, nice=False))
    y = alt.Y("bottom:Q", axis=None, scale=alt.Scale(domain=[0, 2.05]))
    bars = (
        base.transform_filter("datum.kind == 'bar'")
        .mark_rect(stroke=None)
        .encode(
            x,
            y,
            x2=alt.X2("right:Q"),
            y2=alt.Y2("top:Q"),
            color=alt.Color("stage:N", scale=alt.Scale(domain=STAGES[::-1]), legend=None),
        )
    )
    heads = base.transform_filter("datum.kind == 'column'").mark_text(
        color="currentColor", fontWeight="bold", fontSize=12, baseline="bottom", lineBreak="\n"
    )
    sides = base.transform_filter("datum.kind == 'stage'").mark_text(
        color="currentColor", opacity=0.7, fontSize=11, align="left", baseline="top", dx=4
    )
    return (
        bars + heads.encode(x, y, text=alt.Text("text:N")) + sides.encode(x, y, text=alt.Text("text:N"))
    ).properties(height=height)
