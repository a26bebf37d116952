"""Scales and axes several charts share."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import Optional

from segmentation import formats
from segmentation.analysis.thresholds.crossing import Side
from segmentation.charts.axis import Axis

SLOTS = [str(slot) for slot in range(8)]
# Each number by itself, with k, m, bn: an axis format would turn 100 beside 100k into 0k, and call a million M
SHORT = (
    "abs(datum.value) < 1 ? format(datum.value, '~g') : "
    "replace(replace(replace(format(datum.value, '~s'), 'M', 'm'), 'G', 'bn'), 'T', 'tn')"
)

PERCENT = "format(datum.value, ',.0%')"


def slots(field: str = "colour") -> alt.Color:
    """Colour by palette slot; the theme owns the palette."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=SLOTS), legend=None)


def along(axis: Axis) -> dict[str, Any]:
    """Scale and ticks of an axis of money, for a chart's x or y."""
    return {
        "scale": alt.Scale(type="symlog", constant=axis.unit, domain=axis.domain, nice=False),
        "axis": alt.Axis(values=axis.ticks, labelExpr=SHORT, labelOverlap=True),
    }


def banded(bars: pd.DataFrame, cuts: str, colours: Sequence[str]) -> alt.Chart:
    """Bars (x, x2 and more) cut where bands meet: low, high, and the colour of the band.

    cuts      the parameter that holds, ascending, the lower end, every cut and the upper end
    colours   palette slots, one a band, the lowest first
    """
    return (
        alt.Chart(bars)
        .transform_calculate(band=f"sequence(0, length({cuts}) - 1)")
        .transform_flatten(["band"])
        .transform_calculate(
            low=f"max(datum.x, {cuts}[datum.band])",
            high=f"min(datum.x2, {cuts}[datum.band + 1])",
            colour=f"{[str(int(slot)) for slot in colours]}[datum.band]",
        )
        .transform_filter("datum.low < datum.high")
        .mark_rect(stroke=None)
    )


def stretched(side: Side, place: Optional[Sequence[Any]] = alt.Undefined) -> alt.Scale:
    """The scale an ordering lies on, from where to where in px."""
    constant = side.grid.unit if side.grid.scale == "symlog" else alt.Undefined
    return alt.Scale(
        type=side.grid.scale,
        domain=side.ends,
        range=place,
        nice=False,
        clamp=True,
        constant=constant,  # type: ignore[arg-type]
    )


def ticks(side: Side, many: int) -> dict[str, Any]:
    """Where an axis has ticks: about so many; on both sides of zero at powers of ten, which the scale itself leaves out."""
    if side.grid.scale != "symlog":
        return {"tickCount": many}
    low, high = side.ends
    powers = [10.0**power for power in range(math.ceil(math.log10(side.grid.unit)), 16)]
    below = [-one for one in powers if low <= -one]
    return {"values": [*reversed(below), 0.0, *(one for one in powers if one <= high)]}


def wrapped(names: Sequence[str], letters: int, lines: int) -> list[str]:
    """Names in lines of so many letters, what has no room left out; no two alike, since an axis would take them for one."""
    short = ["\n".join(textwrap.wrap(name, letters, max_lines=lines, placeholder="…")) for name in names]
    return [f"{name}{formats.JOINER * short[:at].count(name)}" for at, name in enumerate(short)]


def px(kind: type[Any], expression: str) -> Any:
    """A place that is calculated in the browser, from the parameters and the width: alt.XValue, or another such class.

    By its class, not by `alt.value`: of what is said in words Altair finds the class by a table it makes anew each time.
    """
    return kind(alt.expr(expression))
