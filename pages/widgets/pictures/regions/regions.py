"""The plane of two metrics with the regions a method makes of it, every cut a line across the plane.

It tells "moved" for a line (see `pictures.own`), and "listed" with the name of a region's segment when it is clicked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.widgets.pictures import card
from pages.widgets.pictures.crossing import crossing, gap, named
from segmentation.analysis.crossing import is_plane, sides
from segmentation.charts.regions import regions
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

FIRST = 30


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the plane; None where the method makes no regions of two metrics, or their lines cannot be moved.

    Four quadrants may have a line that stands by itself; where cells are gathered a metric without a line of its own is
    only a condition.
    """
    both = sides(made)
    if both is None or not is_plane(made, both):
        return None
    data = crossing(method, values, made, both, regions, currency)
    lined = [bool(one["lines"]) for one in data["panels"]]
    quadrants = len(made.names) == len(data["held"]["customers"])
    along_time = any(
        line["unit"] == "months" for one in data["panels"] for line in one["lines"]
    )  # told in bars by month
    if along_time or not (any(lined) if quadrants else all(lined)):
        return None
    title = named(both)
    return card("regions", title, "drag a line, click a region", data, f"Customers by {title}", gap(made, both))
