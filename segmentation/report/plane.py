"""Native bubble charts: axes with even ends, as far apart as the segments are, and a name beside each bubble that has room for one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from segmentation.charts import naming
from segmentation.report.figures import Bubbles, Column

SCALE = 60  # per cent: the largest bubble is so much of a quarter of the shorter side across
SHORT = 44  # letters a segment's name has in a chart at most
FAR = 8.0  # times the smallest value: such an axis is logarithmic, as that of the app's plane
STEPS = 5  # of a straight axis, about
CROWDED = 2.0  # times the smallest value: closer together, with zero on the axis, they would lie upon each other
EDGE = 1.25  # times: what a logarithmic axis leaves free on either side


class Axis(NamedTuple):
    """Where an axis begins and ends, and how far its ticks are apart; None: those are its powers of ten, equally far apart."""

    low: float
    high: float
    step: float | None

    @property
    def is_logarithmic(self) -> bool:
        return self.step is None

    def place(self, value: float) -> float:
        """Where a value stands, as a share of the axis' length."""
        low, high, at = map(math.log10, (self.low, self.high, value)) if self.is_logarithmic else (*self[:2], value)
        return (at - low) / (high - low)


class Drawn(NamedTuple):
    """Both axes, and on which side of each placed bubble its name stands: above, right, left, below, or "" for nowhere."""

    across: Axis
    up: Axis
    sides: list[str]


def drawn(bubbles: Bubbles, columns: Sequence[Column], wide: float, high: float, letter: float) -> Drawn:
    """How these bubbles are drawn where the axes are so wide and high, and a letter so wide, all in points."""
    held = {one.heading: one.values for one in columns}
    rows = [row for row, _ in bubbles.placed]
    x, y, size = ([float(held[heading][row]) for row in rows] for heading in (bubbles.across, bubbles.up, bubbles.size))
    across, up = axis(x), axis(y)
    centres = [(across.place(one) * wide, up.place(two) * high) for one, two in zip(x, y, strict=True)]
    largest = max([*size, 0.0]) or 1.0
    radii = [min(wide, high) * SCALE / 800 * math.sqrt(max(one, 0.0) / largest) for one in size]
    lengths = [len(short(held["Segment"][row])) for row in rows]
    return Drawn(across, up, naming.sides(lengths, centres, radii, wide, letter=letter, line=2.2 * letter))


def axis(values: Sequence[float]) -> Axis:
    """An axis that holds them all, and zero unless they are crowded far from it; logarithmic where they are above it and far apart."""
    low, high = min(values), max(values)
    if low > 0 and high > FAR * low:
        return Axis(10.0 ** math.floor(math.log10(low / EDGE)), 10.0 ** math.ceil(math.log10(high * EDGE)), None)
    if not 0 < low < high < CROWDED * low:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _even((high - low or 1.0) / STEPS)
    return Axis((math.ceil(low / step) - 1) * step if low else 0.0, (math.floor(high / step) + 1) * step, step)


def _even(step: float) -> float:
    """The next larger of 1, 2, 5, 10, 20 …"""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))


def short(name: object) -> str:
    """A segment's name in a chart, where one that is endless would leave no room for anything else."""
    text = str(name)
    return text if len(text) <= SHORT else f"{text[: SHORT - 1].rstrip()}…"
