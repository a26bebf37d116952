"""How customers spread in each column, as it is and as it is compared, in small pictures."""

from __future__ import annotations

import altair as alt
import pandas as pd


def shapes(data: pd.DataFrame, *, columns: int = 3) -> alt.FacetChart:
    """Small bars of `bases.shapes`, the column as it is above, as it is compared below."""
    bars = (
        alt.Chart(data)
        .mark_rect()
        .encode(
            x=alt.X("low:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
            x2="high:Q",
            y=alt.Y("share:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
            y2=alt.datum(0),
            color=alt.Color("stage:N", title=None, scale=alt.Scale(domain=["as compared", "as it is"]), legend=None),
        )
        .properties(width=150, height=54)
    )
    return bars.facet(
        column=alt.Column("column:N", title=None, sort=None, header=alt.Header(labelFontWeight="bold", labelLimit=150)),
        row=alt.Row(
            "stage:N", title=None, sort=["as it is", "as compared"], header=alt.Header(labelAngle=0, labelAlign="left")
        ),
        spacing=8,
    )
