"""How clearly customers stand in a group around a centre, where the method itself knows no degrees: k-means, personas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation.segments import groups
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

AROUND = ("kmeans", "personas")
CLEAR = 2.0  # times as far as its own is the next centre of who stands clearly in a group
MEANT = "Clearly: the centre of every other segment is at least twice as far away as that of its own. Else the two it stands between."


def between(method: Method, thresholds: Mapping[str, Any], made: Segmentation, last: int) -> list[str]:
    """Of the last customers of these, of whom all columns are known, how each stands: “clearly A”, or “between A and B”;
    nothing where the method has no centres, or one group alone.

    made   what the method makes of all customers at these thresholds
    """
    if method.name not in AROUND or len(made.names) < 2:
        return []
    how = [thresholds.get("columns", ()), thresholds.get("transform", "log"), thresholds.get("outliers", "cap")]
    points = groups.points(made.customers, *how)
    codes = made.codes[points.rows]
    centres = groups.centres_of(points.values, codes)
    away = np.sqrt(((points.values[-last:, None] - centres) ** 2).sum(axis=2))
    own = away[np.arange(last), codes[-last:]]
    away[np.arange(last), codes[-last:]] = np.inf
    return [
        f"clearly {made.names[code]}"
        if next_to.min() >= CLEAR * mine
        else f"between {made.names[code]} and {made.names[next_to.argmin()]}"
        for code, mine, next_to in zip(codes[-last:], own, away, strict=True)
    ]
