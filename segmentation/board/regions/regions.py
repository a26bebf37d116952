"""The plane of two metrics with the regions a method makes of it, every cut a line across the plane.

It tells "moved" for a line (see `pictures.own`), and "listed" with the name of a region's segment when it is clicked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.analysis.thresholds.crossing import is_plane, moved_plane, sides
from segmentation.analysis.thresholds.lines import lines_of
from segmentation.board import card
from segmentation.board.crossing import crossing, gap, named
from segmentation.charts.regions import regions
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

FIRST = 30


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the plane; None where the method makes no regions of two metrics, or their lines cannot be moved there."""
    both = sides(made)
    if both is None or not is_plane(made, both) or not moved_plane(made, lines_of(method, values, made)):
        return None
    data = crossing(method, values, made, both, regions, currency)
    title = named(both)
    return card("regions", title, "drag a line, click a region", data, f"Customers by {title}", gap(made, both))
