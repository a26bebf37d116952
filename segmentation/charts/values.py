"""Values one below the other: a bar each, and a line at the share below which they are gathered."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from segmentation.charts.layered import layered
from segmentation.charts.scales import PERCENT, px, slots

HIGH, LEAST, MOST = 250, 13, 26  # pixels: of all bars, if each has at least and at most so many
ROOM = 1.35  # of the longest bar, for what stands behind it
GRIP = 10  # pixels that the grip of a line at the beginning has left of it
LETTER = 6  # pixels that one takes
FINE = 0.04  # of the customers: shorter bars have tenths of a per cent below them


def values(
    bars: pd.DataFrame, colours: Sequence[str], line: float | None = None, *, title: str = "Share of customers"
) -> alt.LayerChart:
    """A bar for each value.

    bars      name, share (of the customers), words (what stands behind it), and where each is one of those who came
              further also reached (the share that came so far): drawn pale behind it
    colours   palette slots, one a bar; in the browser a parameter, as is line: the share a value needs, None: none does
    """
    bars = bars.assign(
        rank=range(len(bars)), end=bars[[one for one in ("share", "reached") if one in bars]].max(axis=1)
    )
    end = (float(bars["end"].max()) or 1.0) * ROOM
    y = alt.Y(
        "name:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=98, labelPadding=GRIP, ticks=False, domain=False, labelOverlap=True),
    )
    x = alt.Scale(domain=[0, end], nice=False, clamp=True)
    told = PERCENT if end > FINE else "format(datum.value, '.1%')"
    axis = alt.Axis(
        labelExpr=f"datum.value > 1 ? '' : {told}", tickCount=4, grid=False, labelOverlap=True, labelSeparation=6
    )
    whole = alt.Chart(bars).transform_calculate(colour="slots[datum.rank]").encode(y=y, color=slots())
    each = whole.mark_bar(cornerRadiusEnd=3).encode(x=alt.X("share:Q", title=title, scale=x, axis=axis))
    layers = [
        each,
        whole.mark_text(align="left", dx=4, color="currentColor").encode(
            x=px(alt.XValue, _behind("scale('x', datum.end)", "scale('x', line)")),
            text=alt.Text("words:N"),
            color=alt.ColorValue("currentColor"),
        ),
    ]
    if "reached" in bars:
        layers.insert(0, whole.mark_bar(cornerRadiusEnd=3, opacity=0.3).encode(x=alt.X("reached:Q")))
    rule = (
        alt.Chart(alt.Data(values=[{}]))
        .transform_calculate(share="line")
        .transform_filter("isValid(line)")
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(x=alt.X("share:Q"))
    )
    params, view = {"slots": list(colours), "line": line}, alt.ViewBackground(strokeOpacity=0)
    return layered(*layers, rule, params=params, height=high(len(bars)), width=400, view=view)


def _behind(bar: str, line: str) -> str:
    """Where what stands behind a bar begins: at its end, or behind the line that would go through it, if there is room."""
    wide = f"({LETTER} * length(datum.words))"
    within = f"{line} > {bar} + 2 && {line} < {bar} + {wide} + 8 && {line} + {wide} < width"
    return f"isValid(line) && {within} ? {line} : {bar}"


def high(many: int) -> int:
    """How high so many bars are together, in pixels."""
    return many * min(max(HIGH // max(many, 1), LEAST), MOST)
