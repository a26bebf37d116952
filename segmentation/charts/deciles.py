"""The held-back check: what was predicted and what came, by tenth of customers."""

from __future__ import annotations

import altair as alt
import pandas as pd

WORDS = {"predicted": "predicted", "actual": "came"}


def deciles_data(deciles: pd.DataFrame) -> pd.DataFrame:
    """Rows decile, which ("predicted", "came"), money per customer and customers; deciles as `holdout.Check` has them."""
    long = deciles.melt(["decile", "customers"], list(WORDS), var_name="which", value_name="money")
    return long.assign(which=long["which"].map(WORDS))


def deciles(data: pd.DataFrame, *, title: str = "Profit per customer", height: int = 260) -> alt.LayerChart:
    """Bars of what came, with what was predicted as a point on each; the first tenth was predicted highest."""
    x = alt.X("decile:O", title="Tenths of customers, predicted highest first", axis=alt.Axis(labelAngle=0))
    y = alt.Y("money:Q", title=title, axis=alt.Axis(format="~s", tickCount=5))
    shade = alt.Color(
        "which:N", title=None, scale=alt.Scale(domain=["came", "predicted"]), legend=alt.Legend(orient="top")
    )
    base = alt.Chart(data).encode(
        tooltip=[
            alt.Tooltip("decile:O", title="Tenth"),
            alt.Tooltip("which:N", title=title),
            alt.Tooltip("money:Q", title="Money", format=",.2f"),
            alt.Tooltip("customers:Q", title="Customers", format=","),
        ]
    )
    came = base.transform_filter("datum.which == 'came'").mark_bar(opacity=0.75)
    said = base.transform_filter("datum.which == 'predicted'")
    return (
        came.encode(x, y, shade)
        + said.mark_line(strokeWidth=2).encode(x, y, shade)
        + said.mark_point(filled=True, size=70).encode(x, y, shade)
    ).properties(height=height)
