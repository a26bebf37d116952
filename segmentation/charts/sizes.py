"""Segment sizes: share of customers against share of revenue and of profit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

from segmentation import formats
from segmentation.charts.layered import Layered
from segmentation.charts.scales import slots

MEASURES = {"share_of_customers": "customers", "share_of_revenue": "revenue", "share_of_profit": "profit"}
ROOM = 106  # pixels beside the longest bar, in which its number has its place on a telephone too


def sizes_data(summary: Mapping[str, Any]) -> pa.Table:
    """One row a segment and measure: segment, rank, colour, measure, share, label, beside (where the label stands).

    summary   as `summarise` or `figures` give it; a name of a segment may have several lines
    """
    measures = {column: word for column, word in MEASURES.items() if column in summary}
    segments, shares = len(summary["segment"]), [float(share) for column in measures for share in summary[column]]
    words = [word for word in measures.values() for _ in range(segments)]
    return pa.table(
        {
            "segment": list(summary["segment"]) * len(measures),
            "rank": list(range(segments)) * len(measures),
            "colour": list(map(str, summary["colour"])) * len(measures),
            "measure": words,
            "share": pa.array(shares, from_pandas=True),
            "beside": [max(share, 0.0) for share in shares],  # the label of a loss stands right of its bar
            "label": [f"{formats.share(share, 1)} of {word}" for share, word in zip(shares, words, strict=True)],
        }
    )


def sizes(data: pa.Table | pd.DataFrame, *, many: bool = False) -> alt.LayerChart:
    """Bars of `sizes_data`: customers faint, revenue full, profit between, each with its number beside it.

    many   so many segments that their bars are drawn closer
    """
    measures = list(MEASURES.values())
    whole = (
        alt.Chart()
        .transform_joinaggregate(most="max(beside)")
        .transform_calculate(end=f"datum.most * width / max(width - {ROOM}, width / 4)")
    )
    base = whole.encode(
        y=alt.Y(
            "segment:N",
            sort=alt.EncodingSortField("rank", op="min", order="ascending"),
            title=None,
            axis=alt.Axis(labelFontWeight="bold", labelLimit=130, labelExpr="split(datum.label, '\\n')"),
        ),
        yOffset=alt.YOffset("measure:N", sort=measures),  # no place is kept for what is not known
        x=alt.X(
            "share:Q",
            title="Share of all",
            axis=alt.Axis(format="%", tickCount=5, labelExpr="datum.value > 1 ? '' : datum.label"),
            scale=alt.Scale(zero=True, nice=False, padding=0),
        ),
    )
    strength = alt.Opacity(
        "measure:O",
        scale=alt.Scale(type="ordinal", domain=measures, range=[0.35, 1.0, 0.65]),
        sort=measures,
        legend=None,
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height={"band": 0.86}).encode(
        color=slots(),
        opacity=strength,
        tooltip=[
            alt.Tooltip("segment:N", title="Segment"),
            alt.Tooltip("measure:N", title="Share of"),
            alt.Tooltip("share:Q", title="Share", format=".1%"),
        ],
    )
    labels = base.mark_text(color="currentColor", align="left", dx=4, fontSize=10 if many else 11)
    labels = labels.encode(text=alt.Text("label:N"), x=alt.X("beside:Q", title="Share of all"))
    room = base.mark_point(opacity=0, size=0).encode(x=alt.X("end:Q", title="Share of all"))
    return Layered(data, [bars, labels, room], height=alt.Step(12 if many else 17))
