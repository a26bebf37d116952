"""How much of each group came back when customers were drawn anew, and where it begins to be reliable."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.groups.holds import GRADES, Holds, grade
from segmentation.charts.scales import slots, wrapped


def overlaps_data(found: Holds, names: Sequence[str], colours: Sequence[int]) -> pd.DataFrame:
    """Rows kind "group" (name, at, overlap 0–1, colour, text) and kind "grade" (overlap: where a better grade begins)."""
    groups = [
        {
            "kind": "group",
            "name": name,
            "at": at,
            "overlap": float(one),
            "colour": str(colour),
            "text": f"{formats.share(float(one))}: {grade(float(one))[0]}",
        }
        for at, (name, one, colour) in enumerate(zip(wrapped(names, 24, 2), found.each, colours, strict=True))
    ]
    lines = [{"kind": "grade", "overlap": least} for least, *_ in GRADES if least]
    return pd.DataFrame([*groups, *lines])


def overlaps(data: pd.DataFrame) -> alt.LayerChart:
    """Bars of `overlaps_data` with their grade in words, and a line where each grade begins."""
    base = alt.Chart(data)
    x = alt.X(
        "overlap:Q",
        title="Came back",
        axis=alt.Axis(format="%", tickCount=5),
        scale=alt.Scale(domain=[0, 1]),
    )
    y = alt.Y(
        "name:N", title=None, sort=alt.EncodingSortField("at", op="min", order="ascending"),
        axis=alt.Axis(labelLimit=180, ticks=False, domain=False, labelExpr="split(datum.label, '\\n')"),
    )  # fmt: skip
    groups = base.transform_filter("datum.kind == 'group'")
    return (
        groups.mark_bar(cornerRadiusEnd=3, opacity=0.55, height={"band": 0.7}).encode(x, y, slots())
        + base.transform_filter("datum.kind == 'grade'")
        .mark_rule(strokeDash=[4, 4], color="#808895", strokeWidth=1.5)
        .encode(x)
        + groups.mark_text(align="left", color="currentColor", fontSize=12, fontWeight="bold").encode(
            y=y, x=alt.XValue(8), text=alt.Text("text:N")
        )
    ).properties(height=alt.Step(38))
