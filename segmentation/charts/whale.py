"""The whale curve: cumulative profit, most profitable customer first."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.pareto import Whale
from segmentation.charts.layered import Layered
from segmentation.charts.scales import SHORT, slots

NARROW = 230  # px, below which fifths would run into each other


def whale_data(whale: Whale, currency: str = "") -> pd.DataFrame:
    """Rows kind "curve" and "peak": x, y (share of total profit, or money where the total is not above zero), label, colour."""
    column = "share_of_total" if whale.peak_share is not None else "cumulative"
    curve = whale.curve.rename(columns={"share_of_customers": "x", column: "y"})[["x", "y"]].assign(kind="curve")
    n = max(len(curve), 1)
    peak = curve.loc[[curve["y"].idxmax()]] if n and curve["y"].notna().any() else curve.head(0)
    top = formats.share(whale.peak_share) if whale.peak_share is not None else formats.compact(whale.peak, currency)
    return pd.concat([curve, peak.assign(kind="peak", label=f"peak {top}")], ignore_index=True).assign(colour="0")


def whale(
    data: pd.DataFrame, *, percent: bool = True, title: str = "Cumulative profit", height: int = 240
) -> alt.LayerChart:
    """The whale curve of `whale_data`; percent tells whether y is a share of the total or money."""
    x = alt.X(
        "x:Q",
        title="Customers, best first",
        axis=alt.Axis(format="%", tickCount=alt.expr(f"width < {NARROW} ? 2 : 5")),
        scale=alt.Scale(nice=False),
    )
    shown: dict[str, Any] = {"format": "%"} if percent else {"labelExpr": SHORT}
    y = alt.Y("y:Q", title=title, axis=alt.Axis(**shown, tickCount=5))
    base = alt.Chart()
    curve = base.transform_filter("datum.kind == 'curve'")
    peak = base.transform_filter("datum.kind == 'peak'")
    tip = [
        alt.Tooltip("x:Q", title="Customers", format=".1%"),
        alt.Tooltip("y:Q", title=title, format=".1%" if percent else ",.0f"),
    ]
    words = peak.mark_text(
        color="currentColor",
        dy=-10,
        fontWeight="bold",
        fontSize=12,
        align={"expr": "datum.x > 0.85 ? 'right' : 'center'"},
    )
    return Layered(
        data,
        [
            curve.mark_area(opacity=0.15).encode(x, y, color=slots()),
            curve.mark_line(strokeWidth=2.5).encode(x, y, color=slots(), tooltip=tip),
            peak.mark_point(filled=True, size=70, opacity=1).encode(x, y, color=slots()),
            words.encode(x, y, text="label:N"),
        ],
        height=height,
        view=alt.ViewBackground(strokeOpacity=0),
    )
