"""One customer's purchases as ticks along the calendar."""

from __future__ import annotations

import datetime as dt

import altair as alt
import numpy as np
import pandas as pd


def strip_data(days: np.ndarray, as_of: dt.date, start: dt.date) -> pd.DataFrame:
    """Rows day, bought: a tick for each purchase, so many days before the last day; the two ends of the calendar are none."""
    bought = pd.to_datetime(as_of) - pd.to_timedelta(days, unit="D")
    ends = pd.to_datetime([start, as_of])
    return pd.DataFrame({"day": [*bought, *ends], "bought": [True] * len(bought) + [False] * len(ends)})


def strip(data: pd.DataFrame) -> alt.LayerChart:
    """The ticks of `strip_data`."""
    axis = alt.Axis(format="%b %y", tickCount=6, grid=False, labelOverlap=True, labelFlush=True)
    base = alt.Chart(data).encode(x=alt.X("day:T", title=None, axis=axis, scale=alt.Scale(nice=False)))
    tip = [alt.Tooltip("day:T", title="Bought on", format="%d %b %Y")]
    ticks = base.transform_filter("datum.bought").mark_tick(thickness=2, size=22, opacity=1)
    return (base.mark_point(opacity=0, size=0) + ticks.encode(tooltip=tip)).properties(height=64)
