"""Scales and axes several charts share."""

from __future__ import annotations

from typing import Any

import altair as alt

from segmentation.charts.axis import Axis

SLOTS = [str(slot) for slot in range(8)]
# Each number by itself, with k, m, bn: an axis format would turn 100 beside 100k into 0k, and call a million M
SHORT = (
    "abs(datum.value) < 1 ? format(datum.value, '~g') : "
    "replace(replace(replace(format(datum.value, '~s'), 'M', 'm'), 'G', 'bn'), 'T', 'tn')"
)


def slots(field: str = "colour") -> alt.Color:
    """Colour by palette slot; the theme owns the palette."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=SLOTS), legend=None)


def along(axis: Axis) -> dict[str, Any]:
    """Scale and ticks of an axis of money, for a chart's x or y."""
    return {
        "scale": alt.Scale(type="symlog", constant=axis.unit, domain=axis.domain, nice=False),
        "axis": alt.Axis(values=axis.ticks, labelExpr=SHORT, labelOverlap=True),
    }
