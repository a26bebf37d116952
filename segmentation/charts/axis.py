"""The axis of money per customer, the same on screen and on paper: straight around zero, logarithmic beyond."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from segmentation.dataclass import dataclass

ROOM = 2.5  # beyond the outermost value, in money
DECADES = 6  # below the largest value: nearer to zero the axis is straight


@dataclass(frozen=True)
class Axis:
    """A symmetric-log axis: its two ends, the size below which it is straight, and zero and powers of ten as ticks."""

    domain: list[float]
    unit: float
    ticks: list[float]

    def place(self, values: Sequence[float]) -> np.ndarray:
        """Where values stand, as shares of the axis' length."""
        low, high = self._bent(self.domain)
        return (self._bent(values) - low) / (high - low)

    def _bent(self, values: Sequence[float]) -> np.ndarray:
        held = np.asarray(values, dtype=float)
        return np.sign(held) * np.log1p(np.abs(held) / self.unit)


def axis(values: np.ndarray | Sequence[float]) -> Axis:
    """An axis that holds all values and zero; NaN is no value.

    The unit follows the middle of the values, so that the many small customers are not squeezed by a few large ones.
    """
    held = np.asarray(values, dtype=float)
    held = held[np.isfinite(held)]
    known = np.abs(held)
    low, high = float(held.min(initial=0.0)), float(held.max(initial=0.0))
    largest = max(-low, high) or 1.0
    middle = float(np.median(known[known > 0])) if (known > 0).any() else largest
    unit = 10.0 ** max(math.floor(math.log10(middle)), math.ceil(math.log10(largest)) - DECADES)
    ends = [low * ROOM - unit / 4, high * ROOM + unit / 4]
    powers = [unit * 10**power for power in range(DECADES + 1)]
    below, above = [-one for one in reversed(powers) if -one >= ends[0]], [one for one in powers if one <= ends[1]]
    return Axis(ends, unit, [*below, 0.0, *above])
