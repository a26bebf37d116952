"""Scales and axes several charts share."""

from __future__ import annotations

import math
from collections.abc import Sequence

import altair as alt
import numpy as np

SLOTS = [str(slot) for slot in range(8)]
# Each number by itself, with k, m, bn: an axis format would turn 100 beside 100k into 0k, and call a million M
SHORT = (
    "abs(datum.value) < 1 ? format(datum.value, '~g') : "
    "replace(replace(replace(format(datum.value, '~s'), 'M', 'm'), 'G', 'bn'), 'T', 'tn')"
)


def slots(field: str = "colour") -> alt.Color:
    """Colour by palette slot; the theme owns the palette."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=SLOTS), legend=None)


def symlog(low: float, high: float) -> tuple[alt.Scale, list[float]]:
    """A symmetric-log scale that holds [low, high] and zero with some room, and round ticks for it."""
    domain, unit = _domain(low, high)
    return alt.Scale(type="symlog", constant=unit, domain=domain, nice=False), ticks(domain[0], domain[1], unit)


def place(values: Sequence[float], low: float, high: float) -> np.ndarray:
    """Where values stand on that scale, as shares of its length."""
    (start, end), unit = _domain(low, high)
    bend = lambda v: np.sign(v) * np.log1p(np.abs(v) / unit)  # noqa: E731
    return (bend(np.asarray(values, dtype=float)) - bend(start)) / (bend(end) - bend(start))


def _domain(low: float, high: float) -> tuple[list[float], float]:
    """Ends of the scale, and the size below which it is linear: a hundredth of the largest, as a power of ten."""
    low, high = min(low, 0.0), max(high, 0.0)
    unit = 10.0 ** (math.floor(math.log10(max(-low, high) or 1.0)) - 2)
    room = 1.6
    return [low * room - unit / 4, high * room + unit / 4], unit


def ticks(low: float, high: float, unit: float) -> list[float]:
    """Zero and ± powers of ten from `unit` within the range, at most about nine."""
    powers = [unit * 10**k for k in range(4)]
    return [*(-p for p in reversed(powers) if -p >= low), 0.0, *(p for p in powers if p <= high)]


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Smallest and largest finite value; (0, 1) where there is none."""
    finite = [value for value in values if value is not None and math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (0.0, 1.0)
