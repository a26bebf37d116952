"""What a segment buys beside what all buy: two bars a product, and how many times the share of all it is."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import slots

MEASURES = ("this segment", "all customers")
TITLE = ["Share of revenue", "(faint: all customers)"]
ROOM = 118.0  # px beside the longest bar: what stands there is as long everywhere


def lift_data(lifted: pd.DataFrame) -> pd.DataFrame:
    """Rows word, rank, measure, share, label of `mix.lifted` or `mix.largest`."""
    parts = []
    for measure, column in zip(MEASURES, ("share", "base"), strict=True):
        shares = lifted[column].to_numpy(np.float64)
        labels = [formats.share(one, 1) for one in shares]
        if column == "share":
            labels = [f"{said}, {times(lift)}" for said, lift in zip(labels, lifted["lift"], strict=True)]
        parts.append(
            pd.DataFrame(
                {"word": lifted["word"].astype("str"), "rank": range(len(lifted)), "measure": measure, "share": shares}
            ).assign(label=labels, beside=np.maximum(shares, 0.0))
        )
    return pd.concat(parts, ignore_index=True)


def times(lift: float) -> str:
    """How many times the share of all: 3.1 × the usual."""
    if abs(lift - 1) < 0.05:
        return "as usual"
    return f"{lift:.2g} × the usual" if np.isfinite(lift) and lift > 0 else "none of the usual"


def lift(data: pd.DataFrame) -> alt.LayerChart:
    """The bars of `lift_data`: the segment's full, that of all faint."""
    y = alt.Y(
        "word:N",
        sort=alt.EncodingSortField("rank", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(labelLimit=150),
    )
    base = (
        alt.Chart(data)
        .transform_joinaggregate(most="max(share)")
        .transform_calculate(end=f"datum.most * width / max(width - {ROOM}, width / 3)", colour="'0'")
        .encode(y=y, yOffset=alt.YOffset("measure:N", sort=list(MEASURES), scale=alt.Scale(domain=list(MEASURES))))
    )
    axis = alt.Axis(format="%", tickCount=4)
    x = alt.X("share:Q", title=TITLE, axis=axis, scale=alt.Scale(zero=True, nice=False))
    strength = alt.Opacity("measure:N", scale=alt.Scale(domain=list(MEASURES), range=[1.0, 0.35]), legend=None)
    tip = [alt.Tooltip("word:N", title="What"), alt.Tooltip("measure:N", title="Of"), alt.Tooltip("label:N", title="")]
    return (
        base.mark_bar(opacity=0).encode(x=alt.X("end:Q", title=TITLE, axis=axis))
        + base.mark_bar(cornerRadiusEnd=3, height={"band": 0.9}).encode(x, slots(), opacity=strength, tooltip=tip)
        + base.mark_text(align="left", dx=4, fontSize=11, color="currentColor").encode(
            x=alt.X("beside:Q", title=TITLE), text=alt.Text("label:N")
        )
    ).properties(height=alt.Step(15))
