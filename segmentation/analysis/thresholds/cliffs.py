"""Where a line cuts deep: what would change segment, step by step along what is cut, if a line stood there."""

from __future__ import annotations

import numpy as np

from segmentation.analysis.thresholds.grid import places_along
from segmentation.analysis.thresholds.ground import Ground
from segmentation.analysis.thresholds.places import orderings
from segmentation.segments.segmentation import Segmentation


def cliffs(made: Segmentation, number: int, under: Ground) -> list[dict[str, np.ndarray]]:
    """For each cut of an ordering (0 = largest values): measure → float64 (steps,), what it passes at each step.

    A step leads from one round value of the ordering's grid to the next. Where orderings cross, those alone are counted
    who would be in another segment on the other side.
    """
    so_far = {name: np.vstack([np.zeros(held.shape[1]), held.cumsum(axis=0)]) for name, held in under.held.items()}
    return [_passed(made, number, under, so_far, cut) for cut in range(len(orderings(made)[number].cuts))]


def _passed(
    made: Segmentation, number: int, under: Ground, so_far: dict[str, np.ndarray], cut: int
) -> dict[str, np.ndarray]:
    steps = np.searchsorted(under.ends, places_along(made, number, cut))
    changes = under.segment[cut] != under.segment[cut + 1]
    return {name: -np.diff(held[steps][:, changes].sum(axis=1)) for name, held in so_far.items()}
