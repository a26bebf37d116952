"""How much of each group came back when customers were drawn anew, and where it begins to be reliable."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation import formats
from segmentation.analysis.groups.holds import GRADES, Holds, grade
from segmentation.charts.scales import slots, wrapped

NARROW_PICTURE = "width < 240"  # there a grade in one line would run out of the picture
NARROW = 21  # letters of a grade in a line there


def overlaps_data(found: Holds, names: Sequence[str], colours: Sequence[int]) -> pd.DataFrame:
    """Rows kind "group" (name, at, overlap 0–1, colour, text, its lines) and kind "grade" (overlap: where a better grade begins)."""
    texts = [f"{formats.share(float(one))}: {grade(float(one))[0]}" for one in found.each]
    groups = [
        {
            "kind": "group",
            "name": name,
            "at": at,
            "overlap": float(one),
            "colour": str(colour),
            "text": texts[at],
            "lines": "\n".join(textwrap.wrap(texts[at], NARROW)),
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
        + groups.mark_text(
            align="left", color="currentColor", fontSize={"expr": f"{NARROW_PICTURE} ? 11 : 12"}, fontWeight="bold", lineHeight=12,
            text={"expr": f"{NARROW_PICTURE} ? split(datum.lines, '\\n') : datum.text"},
            dy={"expr": f"{NARROW_PICTURE} && indexof(datum.lines, '\\n') > 0 ? -6 : 0"},
        ).encode(y=y, x=alt.XValue(8))
    ).properties(height=alt.Step(38))  # fmt: skip
