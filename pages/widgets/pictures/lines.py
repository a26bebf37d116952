"""An ordering with its lines, as a picture is sent it: see lines.js."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from segmentation.analysis.lines import Line, ground, values_at
from segmentation.columns.metrics import label
from segmentation.segments.bands import runs_of
from segmentation.segments.segmentation import Segmentation


def title(made: Segmentation, at: int) -> str:
    """What an ordering is called on its axis."""
    said = label(made.columns[at]) if len(made.columns) == len(runs_of(made.placing)) else "what is cut"
    return said[:1].upper() + said[1:]


def is_share(line: Line) -> bool:
    """Whether a line's value is a share that stands on the axis itself, as a rate of growth does."""
    return line.unit == "%" and all(np.array_equal(cuts, line.stops) for cuts in line.cuts.values())


def panel(made: Segmentation, at: int, lines: Sequence[Line]) -> dict[str, Any]:
    """Where the cuts of an ordering stand, the lines that move them, and what lies between all places they can have.

    at   its number among the orderings of the segmentation; lines: all of the method's
    """
    run = runs_of(made.placing)[at]
    mine = [(number, line) for number, line in enumerate(lines) if line.run == at]
    under = ground(made, at, lines)
    found: dict[str, Any] = {
        "cuts": values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist(),
        "lines": [
            {
                "number": number,
                "label": line.label,
                "unit": line.unit,
                "stands": line.unit != "%" or is_share(line),  # whether its value is the one on the axis
                "stops": line.stops.tolist(),
                "here": line.here,
                "cuts": {
                    str(cut): values_at(run, where, line.places[cut]).tolist() for cut, where in line.cuts.items()
                },
                "at": {str(cut): np.searchsorted(under.ends, where).tolist() for cut, where in line.places.items()}
                if under
                else {},
            }
            for number, line in mine
        ],
    }
    if under:
        found |= {
            "bounds": np.searchsorted(under.ends, run.bounds).tolist(),
            "held": {name: held.ravel().tolist() for name, held in under.held.items()},
            "segment": under.segment.ravel().tolist(),
        }
    return found
