"""Scales and axes several charts share."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt

SLOTS = [str(slot) for slot in range(8)]


def slots(field: str = "colour") -> alt.Color:
    """Colour by palette slot; the theme owns the palette."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=SLOTS), legend=None)


def symlog(low: float, high: float) -> tuple[alt.Scale, list[float]]:
    """A symmetric-log scale that holds [low, high] and zero with some room, and round ticks for it."""
    low, high = min(low, 0.0), max(high, 0.0)
    largest = max(-low, high) or 1.0
    unit = 10.0 ** (math.floor(math.log10(largest)) - 2)  # linear up to a hundredth of the largest, log beyond
    room = 1.6
    scale = alt.Scale(type="symlog", constant=unit, domain=[low * room - unit / 4, high * room + unit / 4], nice=False)
    return scale, ticks(low, high, unit)


def ticks(low: float, high: float, unit: float) -> list[float]:
    """Zero and ± powers of ten from `unit` within the range, at most about nine."""
    powers = [unit * 10**k for k in range(4)]
    both = [-p for p in reversed(powers) if -p >= low] + [0.0] + [p for p in powers if p <= high]
    return both


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest finite value; (0, 1) where there is none."""
    finite = [value for value in values if value is not None and math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (0.0, 1.0)
