"""Profit × potential, whose cut lines are moved in the picture.

It tells "line" (the axis, and where its lines now stand, in money), "picked" (name and place in the list of the bubble
that was clicked) and, where there is a box to draw, "boxed" (the ranges of x and y, in money, or none). What is the
same from one answer to the next can be sent as JSON, under "still".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from segmentation import Customers
from segmentation.analysis import portfolio, positions
from segmentation.analysis.portfolio import Cuts
from segmentation.segments.segmentation import Segmentation

ROOM = 2.5  # beyond the outermost bubble, on the bent scale's money
DECADES = 6  # below the largest: nearer to zero the axis is straight


def ground(sectors: Segmentation, horizontal: str, at: Cuts, title: str) -> dict[str, Any]:
    """What lies under the bubbles: both axes with their lines, and what the sectors hold wherever a line is put.

    horizontal   the column on that axis, title what it is called; at: the lines of both axes
    """
    customers = sectors.customers
    known = len(sectors.names)  # whoever has no place is in no sector
    along = positions.along(customers, horizontal, at)
    return {
        "profit": _axis(customers, horizontal, at[0], "Profit now", title),
        "potential": _axis(customers, "potential", at[1], "Potential", "Potential, per customer"),
        "names": list(sectors.names),
        "colours": list(sectors.colours),
        "held": {name: held[:known].tolist() for name, held in positions.held(sectors).items()},
        "along": {axis: {name: table.ravel().tolist() for name, table in held.items()} for axis, held in along.items()},
    }


def _axis(customers: Customers, column: str, lines: Sequence[float], said: str, title: str) -> dict[str, Any]:
    levels = ("middling", "high") if len(lines) > 1 else ("good",)
    return {
        **customers.keep(("plane scale", column), lambda: scale(customers.values(column))),
        "at": lines,
        "stops": portfolio.line_stops(customers, column),
        "title": title,
        "says": [f"{said} is {level} from" for level in levels],
    }


def scale(values: np.ndarray) -> dict[str, Any]:
    """A symmetric-log axis that holds all values and zero: domain, unit (straight below it) and ticks.

    The unit follows the middle of the values, so that the many small customers are not squeezed by a few large ones.
    """
    held = values[np.isfinite(values)]
    known = np.abs(held)
    low, high = float(held.min(initial=0.0)), float(held.max(initial=0.0))
    largest = max(-low, high) or 1.0
    middle = float(np.median(known[known > 0])) if (known > 0).any() else largest
    unit = 10.0 ** max(math.floor(math.log10(middle)), math.ceil(math.log10(largest)) - DECADES)
    domain = [low * ROOM - unit / 4, high * ROOM + unit / 4]
    powers = [unit * 10**power for power in range(DECADES + 1)]
    ticks = [
        *(-one for one in reversed(powers) if -one >= domain[0]),
        0.0,
        *(one for one in powers if one <= domain[1]),
    ]
    return {"domain": domain, "unit": unit, "ticks": ticks}
