"""What each segment earns: a bar of money for each, below zero to the left."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import SHORT, slots


def earned_data(table: pd.DataFrame, money: str, currency: str = "") -> pd.DataFrame:
    """One row a segment: segment, rank, colour, money, label, and beside (where the label stands).

    table   as `pnl.profit_and_loss` gives it; money: its line that counts, profit or revenue
    """
    rows = zip(table[money], table.get("margin", pd.Series(np.nan, table.index)), strict=True)
    labels = [
        formats.compact(amount, currency) + (f" ({formats.share(margin)})" if np.isfinite(margin) else "")
        for amount, margin in rows
    ]
    return pd.DataFrame(
        {
            "segment": table["segment"].astype("str"),
            "rank": np.arange(len(table)),
            "colour": table["colour"].astype("str"),
            "money": table[money],
            "beside": np.maximum(table[money], 0.0),
            "label": labels,
        }
    )


def earned(data: pd.DataFrame, *, title: str = "Profit") -> alt.LayerChart:
    """The bars of `earned_data`, each with its number behind it."""
    y = alt.Y(
        "segment:N",
        sort=alt.EncodingSortField("rank", op="min", order="ascending"),
        title=None,
        axis=alt.Axis(labelFontWeight="bold", labelLimit=130),
    )
    # the axis ends a good part behind the longest bar, so that its label has room
    base = (
        alt.Chart(data)
        .transform_joinaggregate(most="max(money)", least="min(money)")
        .transform_calculate(end="datum.beside + 0.45 * (max(datum.most, 0) - min(datum.least, 0))")
        .encode(y=y)
    )
    axis = alt.Axis(labelExpr=SHORT, tickCount=4)
    x = alt.X("money:Q", title=title, axis=axis, scale=alt.Scale(zero=True, nice=False))
    tip = [alt.Tooltip("segment:N", title="Segment"), alt.Tooltip("money:Q", title=title, format=",.0f")]
    return (
        base.mark_bar(opacity=0).encode(x=alt.X("end:Q", title=title, axis=axis))
        + base.mark_bar(cornerRadiusEnd=3, height={"band": 0.72}).encode(x, slots(), tooltip=tip)
        + base.mark_text(color="currentColor", align="left", dx=5, fontSize=12).encode(
            x=alt.X("beside:Q", title=title), text=alt.Text("label:N")
        )
        + alt.Chart(data)
        .transform_filter("datum.rank == 0")
        .mark_rule(aria=False, color="currentColor", opacity=0.5)
        .encode(x=alt.XDatum(0))
    ).properties(height=alt.Step(34))
