"""One step of k-means: customers in the colour of the point they joined, the points, and the way these have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from segmentation.analysis.groups.stepping import Step
from segmentation.board import card


def stepper(values: np.ndarray, made: Sequence[Step], at: int, titles: tuple[str, str]) -> dict[str, Any]:
    """The step at a place; it tells "placed" (which point, and its place across and up, 0–1) where a start was moved."""
    now, movable = made[at], at == 0
    data = {
        "points": values.tolist(),
        "slots": now.groups.tolist(),
        "centres": now.centres.round(4).tolist(),
        "trails": [one.centres.round(4).tolist() for one in made[: at + 1] if one.kind in ("start", "moved")],
        "titles": titles,
        "movable": movable,
    }
    hint = "drag a point" if movable else ""
    return card(
        "stepper", f"Step {at} of {len(made) - 1}", hint, data, "Customers by two columns, and the points they join"
    )
