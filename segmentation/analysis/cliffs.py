"""Where a line cuts deep: what would change segment, step by step along what is cut, if a line stood there."""

from __future__ import annotations

import numpy as np

from segmentation.analysis.lines import Ground, grid_of, place_of_values
from segmentation.segments.bands import runs_of
from segmentation.segments.segmentation import Segmentation


def cliffs(made: Segmentation, number: int, under: Ground) -> list[dict[str, np.ndarray]]:
    """For each cut of an ordering (0 = largest values): measure → float64 (steps,), what it passes at each step.

    A step leads from one round value of the ordering's grid to the next. Where orderings cross, those alone are counted
    who would be in another segment on the other side.
    """
    run = runs_of(made.placing)[number]
    steps = np.searchsorted(under.ends, place_of_values(run, np.array(grid_of(made.customers, run).values)))
    so_far = {
        name: np.vstack([np.zeros(held.shape[1]), held.cumsum(axis=0)])[steps] for name, held in under.held.items()
    }
    changes = [under.segment[cut] != under.segment[cut + 1] for cut in range(len(run.cuts))]
    return [{name: -np.diff(held[:, other].sum(axis=1)) for name, held in so_far.items()} for other in changes]
