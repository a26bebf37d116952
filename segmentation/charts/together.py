"""How far columns say the same: a field for each two of them, the fuller the more alike they run."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.charts.scales import slots
from segmentation.columns.metrics import label

LEAST = 0.05  # of the colour, where two columns have nothing to do with each other


def together_data(pairs: pd.DataFrame) -> pd.DataFrame:
    """Rows one, other (in words), at (order), shade (0–1), colour (palette slot), text; pairs as `bases.together` gives them."""
    apart = pairs[pairs["one"] != pairs["other"]]
    how = apart["correlation"]
    return pd.DataFrame(
        {
            "one": apart["one"].map(label),
            "other": apart["other"].map(label),
            "at": range(len(apart)),
            "shade": how.abs().clip(LEAST, 1.0),
            "colour": ["0" if one >= 0 else "1" for one in how],
            "text": [formats.share(one) for one in how],
        }
    ).reset_index(drop=True)


def together(data: pd.DataFrame) -> alt.LayerChart:
    """The fields of `together_data`: blue where one grows with the other, orange where it shrinks."""
    by = alt.EncodingSortField("at", op="min", order="ascending")
    axis = alt.Axis(labelLimit=150, labelAngle=0, ticks=False, domain=False, labelExpr="split(datum.label, ' ')")
    base = alt.Chart(data).encode(
        x=alt.X("one:N", sort=by, title=None, axis=axis),
        y=alt.Y("other:N", sort=by, title=None, axis=alt.Axis(labelLimit=150, ticks=False, domain=False)),
        tooltip=[
            alt.Tooltip("one:N", title="Column"),
            alt.Tooltip("other:N", title="beside"),
            alt.Tooltip("text:N", title="Alike"),
        ],
    )
    fields = base.mark_rect(cornerRadius=3).encode(
        color=slots(), opacity=alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 0.6]), legend=None)
    )
    words = base.mark_text(color="currentColor", fontSize=12).encode(text=alt.Text("text:N"))
    return (fields + words).properties(height=alt.Step(34))
