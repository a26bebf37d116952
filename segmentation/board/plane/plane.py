"""Profit × potential, whose cut lines are moved in the picture.

It tells "line" (the axis, and where its lines now stand, in money), "picked" (name and place in the list of the bubble
that was clicked) and, where there is a box to draw, "boxed" (the ranges of x and y, in money, or none).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from segmentation.analysis.scales import potential_title
from segmentation.analysis.thresholds import positions
from segmentation.charts.axis import axis
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.segments.plane import Cuts, costing
from segmentation.segments.segmentation import Segmentation


def ground(sectors: Segmentation, horizontal: str, at: Cuts, title: str) -> dict[str, Any]:
    """What lies under the bubbles: both axes with their lines, and what the sectors hold wherever a line is put.

    horizontal   the column on that axis, title what it is called; at: the lines of both axes
    Of the fields the lines make the corner below all of them is two sectors, the last two: "costing" says what those
    who are let go hold of each field; "parted" whether break-even of the horizontal axis is what parts them.
    """
    customers = sectors.customers
    known = len(sectors.names)  # whoever has no place is in no sector
    along = positions.along(customers, horizontal, at)
    return {
        "profit": _axis(customers, horizontal, at[0], f"{label(customers.money)} now", title),
        "potential": _axis(customers, "potential", at[1], "Potential", potential_title(customers)),
        "names": list(sectors.names),
        "colours": list(sectors.colours),
        "held": {name: held[:known].tolist() for name, held in positions.held(sectors).items()},
        "costing": {name: held.tolist() for name, held in positions.of_costing(customers, horizontal, at).items()},
        "parted": horizontal == "profit",
        "along": {axis: {name: table.ravel().tolist() for name, table in held.items()} for axis, held in along.items()},
    }


def costs(customers: Customers, rows: np.ndarray) -> list[bool]:
    """Whether each of some customers costs more than they bring: in the corner they have another colour."""
    return np.isin(rows, costing(customers)).tolist()


def _axis(customers: Customers, column: str, lines: Sequence[float], said: str, title: str) -> dict[str, Any]:
    levels = ("middling", "high") if len(lines) > 1 else ("good",)
    return {
        **customers.keep(("plane scale", column), lambda: asdict(axis(customers.values(column)))),
        "at": lines,
        "positions": positions.positions_of(customers, column),
        "title": title,
        "says": [f"{said} is {level} from" for level in levels],
    }
