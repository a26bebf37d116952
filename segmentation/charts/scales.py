"""Scales and axes several charts share."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd
from altair.typing import Optional

from segmentation import formats
from segmentation.analysis.thresholds.crossing import Side
from segmentation.charts.axis import Axis

SLOTS = [str(slot) for slot in range(8)]
FEW = 3  # ticks, with fewer than which an axis has others too
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
    """Where an axis has ticks: about so many, where it is not straight at `steps`."""
    return steps(side.grid.scale, side.grid.unit, *side.ends) or {"tickCount": many, **whole(side.grid.values)}


def whole(values: Iterable[float]) -> dict[str, Any]:
    """No ticks between whole numbers along an axis that is laid out in them: there are no parts of days or orders."""
    return {"tickMinStep": 1} if all(float(value).is_integer() for value in values) else {}


def steps(scale: str, unit: float, low: float, high: float) -> dict[str, Any]:
    """Ticks at powers of ten, on both sides of zero where an axis has it: the scale itself would name 400 and 7k, and leave out
    1k. Nothing where the axis is straight, or too short for them."""
    values = _round(low, high) if scale == "log" else _mirrored(unit, low, high) if scale == "symlog" else []
    return {"values": values} if len(values) > 1 else {}


def _mirrored(unit: float, low: float, high: float) -> list[float]:
    """Zero, and powers of ten on both of its sides."""
    powers = [10.0**power for power in range(math.ceil(math.log10(unit)), 16)]
    return [*(-one for one in reversed(powers) if low <= -one), 0.0, *(one for one in powers if one <= high)]


def _round(low: float, high: float) -> list[float]:
    """Powers of ten between two amounts; with twice and five times as much, where they are few."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    tens = [10.0**power for power in powers]
    inside = [one for one in tens if low <= one <= high]
    return (
        inside if len(inside) >= FEW else [one for ten in tens for one in (ten, 2 * ten, 5 * ten) if low <= one <= high]
    )


def wrapped(names: Sequence[str], letters: int, lines: int) -> list[str]:
    """Names in lines of so many letters, what has no room left out; no two alike, since an axis would take them for one."""
    short = ["\n".join(textwrap.wrap(name, letters, max_lines=lines, placeholder="…")) for name in names]
    return [f"{name}{formats.JOINER * short[:at].count(name)}" for at, name in enumerate(short)]


def px(kind: type[Any], expression: str) -> Any:
    """A place that is calculated in the browser, from the parameters and the width: alt.XValue, or another such class.

    By its class, not by `alt.value`: of what is said in words Altair finds the class by a table it makes anew each time.
    """
    return kind(alt.expr(expression))
