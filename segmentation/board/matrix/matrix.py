"""Two crossed orderings as the matrix of their cells, with both distributions beside it and every cut a line there.

It tells "moved" for a line (see `pictures.own`), and "listed" with the name of a cell's segment when it is clicked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.analysis.thresholds.crossing import is_plane, sides
from segmentation.board import card
from segmentation.board.crossing import crossing, gap, named
from segmentation.charts.matrix import matrix, turned
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

FIRST = 40


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the cells; None where the method crosses no two orderings, or makes regions of a plane of them."""
    both = sides(made)
    if both is None or is_plane(made, both):
        return None
    data = crossing(method, values, made, both, matrix, currency, turned(both))
    title = named(both)
    drag = "drag a line, " if any(one["lines"] for one in data["panels"]) else ""
    hint = f"{drag}click a cell"
    return card("matrix", title, hint, data, f"Customers by {title}", gap(made, both))
