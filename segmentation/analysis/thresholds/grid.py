"""The round values an ordering is laid out in, the scale they stand on, and how customers spread along them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.places import orderings, place_of_values
from segmentation.analysis.thresholds.ruled import compared, placed
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Runs
from segmentation.segments.rules import Ruled
from segmentation.segments.segmentation import Segmentation

MANY = 30  # of whole numbers side by side, above which one of them has too little room for a line beside it
CELLS = 120  # round values a column is laid out in
SERIES = (  # round numbers that lie about evenly within a power of ten: those resistors are made in (E24)
    1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5, 8.2, 9.1,
)  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """Round values an ordering is laid out in, ascending, about CELLS; and the scale on which they stand evenly.

    scale   "linear", "log", or "symlog" where there are zeros or losses too; unit: below it that one is straight
    """

    values: list[float]
    scale: Literal["linear", "log", "symlog"] = "linear"
    unit: float = 1.0


def grid_of(customers: Customers, run: Runs) -> Grid:
    """Values a line of this ordering can stand at: whole numbers, round steps, or a round series times powers of ten.

    Days, of which few are better, are told in even steps, however few customers have many; counts of which most have few
    and some have many, in steps that narrow: where most are is where a line is put. The outermost half per
    cent of the customers at either end has none beyond: one far customer is no part of the picture.
    """
    key = ("grid", run.ranked, run.closed)
    return customers.remember(key, lambda: _grid(run.ranked.negated, even=run.closed == "right"))


def _grid(negated: np.ndarray, even: bool) -> Grid:
    known = -negated[np.isfinite(negated)][::-1]
    if not len(known):
        return Grid([0.0, 1.0])
    low, high = (float(known[round(share * (len(known) - 1))]) for share in (0.005, 0.995))
    some = np.abs(known[known != 0])  # however many have nothing, the others are told apart
    middle = formats.two_digits(float(np.median(some))) if len(some) else 0.0
    if high - low <= CELLS and np.array_equal(known, np.rint(known)):
        narrowing = not even and low >= 0 and high > max(MANY, 3 * middle)
        return Grid([float(value) for value in range(int(low), int(high) + 2)], "symlog" if narrowing else "linear")
    if middle and max(-low, high) > 10 * middle and not (even and high > CELLS):
        least = middle / 1000
        if low > 0:
            return Grid(_powers(max(low, least), high), "log")
        losses = [-value for value in reversed(_powers(10 * least, -low))]
        return Grid([*losses, 0.0, *_powers(10 * least, high)], "symlog", 100 * least)
    step = formats.two_digits((high - low) / CELLS) or 1.0
    return Grid([round(at * step, 10) for at in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)])


def _powers(low: float, high: float) -> list[float]:
    """Numbers of a round series times powers of ten, from just below a value above zero to just above another."""
    if high <= 0:
        return []
    decades = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    whole = [float(f"{digit}e{decade}") for decade in decades for digit in SERIES]
    return [value for value in whole if low / 1.1 <= value <= high * 1.12]


def spread(customers: Customers, run: Runs, values: Sequence[float] | None = None) -> pd.DataFrame:
    """How many customers stand between the values of an ordering's grid: x, x2, customers; the outermost hold those beyond.

    values   ascending, others than the grid's
    """
    if values is None:
        key = ("spread", run.ranked, run.closed)
        return customers.remember(key, lambda: spread(customers, run, grid_of(customers, run).values))
    edges = np.asarray(values if len(values) > 1 else [*values, values[0] + 1])
    before = place_of_values(run, edges)
    before[0], before[-1] = run.ranked.known, 0
    return pd.DataFrame({"x": edges[:-1], "x2": edges[1:], "customers": -np.diff(before)})


def places_along(made: Segmentation, number: int, cut: int) -> np.ndarray:
    """How many customers stand before a cut of an ordering at each round value it is laid out in: int64."""
    run = orderings(made)[number]
    values = np.array(grid_of(made.customers, run).values)
    if not isinstance(made.placing, Ruled):
        return place_of_values(run, values)
    one = compared(made.placing)[number]
    at, place = one.literals[cut]
    return placed(made.placing, made.placing.rules[one.row].conditions[at], place, values)[0]
