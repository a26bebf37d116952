"""What so many segments explain, from all of them down to two."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.fewer import Fewer


def fewer_data(steps: Sequence[Fewer], now: Fewer) -> pd.DataFrame:
    """Rows segments, explained, chosen, label: a row for each number of segments."""
    return pd.DataFrame(
        [(len(one.groups), one.explained, one is now, formats.share(one.explained or 0.0)) for one in steps],
        columns=["segments", "explained", "chosen", "label"],
    )


def fewer(data: pd.DataFrame) -> alt.LayerChart:
    """The bars of `fewer_data`, the number that is looked at in full colour."""
    axis = alt.Axis(format="%", tickCount=4)
    base = alt.Chart(data).encode(
        x=alt.X("segments:O", title="Number of segments", sort="descending", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("explained:Q", title="Differences explained", axis=axis, scale=alt.Scale(zero=True)),
    )
    tip = [alt.Tooltip("segments:O", title="Segments"), alt.Tooltip("label:N", title="Explain")]
    strength = alt.condition("datum.chosen", alt.value(1.0), alt.value(0.4))
    return (
        base.mark_bar(cornerRadiusEnd=3, width={"band": 0.7}).encode(opacity=strength, tooltip=tip)
        + base.mark_text(dy=-7, fontSize=11, color="currentColor").encode(text=alt.Text("label:N"))
    ).properties(height=200)
