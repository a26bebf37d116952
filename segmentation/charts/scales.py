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

APART = 0.1  # of an axis, from one of its round numbers to the next
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
    """Where an axis has ticks: about so many (see `round_ticks`)."""
    return round_ticks(
        side.grid.scale, side.grid.unit, side.ends, many, whole=all(value % 1 == 0 for value in side.grid.values)
    )


def round_ticks(scale: str, unit: float, ends: Sequence[float], many: int, *, whole: bool = False) -> dict[str, Any]:
    """Where an axis from end to end has ticks: about so many; where it narrows, at zero, at powers of ten and, as far as
    there is room, at five times and twice those. The scale itself would put them at 800 and 7k, or nearly all at one end.

    unit   below which a symmetric logarithm is straight; whole: whether there is nothing between whole numbers
    """
    low, high = ends
    if scale == "linear":
        few = whole and high - low <= many
        return {"values": list(range(math.ceil(low), int(high) + 1))} if few else {"tickCount": many}
    taken: dict[float, float] = {}  # each with its place on the axis
    for value in _wanted(unit / 10 if scale == "symlog" else low, max(-low, high)):
        if not low <= value <= high or (whole and value % 1):
            continue
        there = place(value, ends, scale, unit)
        if all(abs(there - other) >= APART for other in taken.values()):
            taken[value] = there
    return {"values": sorted(taken)}


def _wanted(least: float, most: float) -> list[float]:
    """Round numbers of either sign up to some size, those first that an axis needs most: zero, and the largest powers of ten."""
    decades = range(math.ceil(math.log10(max(most, least))), math.floor(math.log10(least)) - 1, -1)
    sizes = [float(f"{digit}e{decade}") for digit in (1, 5, 2) for decade in decades]
    return [0.0, *(value for size in sizes for value in (size, -size))]


def place(value: float, ends: Sequence[float], scale: str, unit: float) -> float:
    """Where a value stands between the ends of an axis, as a share of its length."""
    low, high = (_bent(end, scale, unit) for end in ends)
    return (_bent(value, scale, unit) - low) / ((high - low) or 1.0)


def _bent(value: float, scale: str, unit: float) -> float:
    """Where a value lies on a scale, in the scale's own measure."""
    if scale == "linear":
        return value
    return math.log(value) if scale == "log" else math.copysign(math.log1p(abs(value) / unit), value)


def wrapped(names: Sequence[str], letters: int, lines: int) -> list[str]:
    """Names in lines of so many letters, what has no room left out; no two alike, since an axis would take them for one."""
    short = ["\n".join(textwrap.wrap(name, letters, max_lines=lines, placeholder="…")) for name in names]
    return [f"{name}{formats.JOINER * short[:at].count(name)}" for at, name in enumerate(short)]


def px(kind: type[Any], expression: str) -> Any:
    """A place that is calculated in the browser, from the parameters and the width: alt.XValue, or another such class.

    By its class, not by `alt.value`: of what is said in words Altair finds the class by a table it makes anew each time.
    """
    return kind(alt.expr(expression))
