"""In which cell of what lies along an ordering some customers stand: so a picture that shows them knows, while a line is
held, in which segment each of them is."""

from __future__ import annotations

import numpy as np

from segmentation.analysis.thresholds import scored
from segmentation.analysis.thresholds.ground import Ground
from segmentation.analysis.thresholds.places import orderings
from segmentation.analysis.thresholds.ruled import compared, known_of
from segmentation.segments.bands import Runs, runs_of
from segmentation.segments.rules import Ruled
from segmentation.segments.scores import UNSCORED, Scored
from segmentation.segments.segmentation import Segmentation


def seats(made: Segmentation, number: int, under: Ground, rows: np.ndarray) -> np.ndarray:
    """The cell of each of these row numbers: int64 (r,), between which ends it stands × others + which of the others."""
    place = _between(under.ends, orderings(made)[number], rows)
    return place * under.segment.shape[1] + _other(made, number, under, rows)


def _between(ends: np.ndarray, run: Runs, rows: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.searchsorted(ends, run.ranked.position[rows], side="right") - 1
    return found


def _other(made: Segmentation, number: int, under: Ground, rows: np.ndarray) -> np.ndarray:
    """Which of the others: of rules what else is known of a customer, else its band in each other ordering."""
    placing = made.placing
    if isinstance(placing, Ruled) and under.known is not None:
        return np.searchsorted(under.known, known_of(placing, compared(placing)[number], rows))
    other = np.zeros(len(rows), np.int64)
    for at, run in enumerate(runs_of(placing)):
        if at != number:
            other = other * len(run) + _between(run.bounds, run, rows)
    return other


def seats_of_score(placing: Scored, ends: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Between which ends, places in the order of scores, each of these row numbers stands: int64 (r,); last, without a score."""
    points = placing.marks[rows].astype(np.int64)
    before = np.concatenate([[0], scored.ahead(placing)])[UNSCORED - 1 - np.minimum(points, UNSCORED - 1)]
    found = np.searchsorted(ends, before, side="right") - 1
    return np.where(points == UNSCORED, len(ends) - 1, found)
