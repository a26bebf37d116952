"""Where cuts stand in the orderings of a segmentation: how many customers stand before them, and at which value."""

from __future__ import annotations

import numpy as np

from segmentation.analysis.thresholds import scored
from segmentation.analysis.thresholds.ruled import compared
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.rules import Ruled
from segmentation.segments.scores import Scored
from segmentation.segments.segmentation import Segmentation


def orderings(made: Segmentation) -> tuple[Runs, ...]:
    """The orderings whose cuts a segmentation is made of; of rules one for each column that each row compares."""
    placing = made.placing
    return tuple(one.run for one in compared(placing)) if isinstance(placing, Ruled) else runs_of(placing)


def same_orderings(one: Segmentation, other: Segmentation) -> bool:
    """Whether the orderings of two segmentations by one method answer each other: rules may have got other rows."""
    both = [made.placing for made in (one, other) if isinstance(made.placing, Ruled)]
    rows = [[(part.row, part.column, len(part.literals)) for part in compared(placing)] for placing in both]
    return len(rows) < 2 or rows[0] == rows[1]


def standing(made: Segmentation) -> list[list[float]]:
    """For each ordering where its cuts stand on the axis, largest values first; of a score the shares of those below."""
    if isinstance(made.placing, Scored):
        return [scored.below(made.placing, made.placing.counts[:-2].cumsum()).tolist()]
    return [values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist() for run in orderings(made)]


def place_of(run: Runs, cuts: np.ndarray) -> np.ndarray:
    """How many customers of an ordering stand before each of these cuts: int64."""
    return np.searchsorted(run.ranked.before, cuts, side="left") if run.share else place_of_values(run, cuts)


def place_of_values(run: Runs, values: np.ndarray) -> np.ndarray:
    """How many customers of an ordering stand before a line at each of these values of its column: int64."""
    return np.searchsorted(run.ranked.negated, -values, side="right" if run.closed == "left" else "left")


def values_at(run: Runs, cuts: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Where cuts stand on the column itself: float64; a share of the total at the value of the customer who crosses it."""
    if not run.share or not run.ranked.known:
        return cuts
    return -run.ranked.negated[np.clip(places - 1, 0, run.ranked.known - 1)]
