"""How much each column explains: a bar a column, with the line of how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.portraits.drivers import Driver, called
from segmentation.charts.scales import wrapped

LETTERS, LINES = 24, 2  # of a name beside its bar


def drivers_data(ranked: Sequence[Driver]) -> pd.DataFrame:
    """Rows driver, rank, effect, low, high, label: the share of differences that each explains."""
    sure = [f"{formats.share(one.low).removesuffix('%')}–{formats.share(one.high)}" for one in ranked]
    labels = [f"{formats.share(one.effect)} ({said})" for one, said in zip(ranked, sure, strict=True)]
    return pd.DataFrame(
        {
            "driver": wrapped([called(one.column) for one in ranked], LETTERS, LINES),
            "rank": range(len(ranked)),
            "effect": [one.effect for one in ranked],
            "low": [one.low for one in ranked],
            "high": [one.high for one in ranked],
            "label": labels,
        }
    )


def drivers(data: pd.DataFrame) -> alt.LayerChart:
    """The bars of `drivers_data`, the longest on top."""
    y = alt.Y(
        "driver:N",
        sort=alt.EncodingSortField("rank", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(labelLimit=190, labelExpr="split(datum.label, '\\n')"),
    )
    base = (
        alt.Chart(data)
        .transform_joinaggregate(most="max(high)")
        .transform_calculate(beside="datum.high + 0.01 * datum.most", end="datum.most * 1.6")
        .encode(y=y)
    )

    def x(field: str) -> alt.X:
        axis = alt.Axis(format="%", tickCount=5, labelExpr="datum.value > 1 ? '' : datum.label")  # no more than all
        return alt.X(
            f"{field}:Q",
            title="Share explained",
            axis=axis,
            scale=alt.Scale(zero=True, nice=False),
        )

    tip = [alt.Tooltip("driver:N", title="What"), alt.Tooltip("label:N", title="Explains")]
    return (
        base.mark_point(opacity=0, size=0).encode(x=x("end"))
        + base.mark_bar(cornerRadiusEnd=3, height={"band": 0.6}).encode(x=x("effect"), tooltip=tip)
        + base.mark_rule(strokeWidth=2, color="currentColor", opacity=0.6).encode(x=x("low"), x2=alt.X2("high:Q"))
        + base.mark_text(align="left", dx=4, fontSize=11, color="currentColor").encode(
            x=x("beside"), text=alt.Text("label:N")
        )
    ).properties(height=alt.Step(34))
