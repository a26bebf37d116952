"""An ordering with its lines, as a picture is sent it: see lines.js."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from segmentation.analysis.cliffs import cliffs
from segmentation.analysis.lines import Ground, Line, grid_of, ground, lines_of, on_axis, values_at
from segmentation.analysis.marks import Mark, marks, starts
from segmentation.columns.metrics import label
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

FEW = 4  # names that can stand together
STRIP = ("customers", "revenue", "profit")  # what a strip can show


def marked(method: Method, values: Mapping[str, Any], made: Segmentation) -> tuple[list[Line], list[Mark]]:
    """The lines of a method, and the places on them that are worth a look."""
    also = {threshold: value for threshold, (value, _) in starts(method, made.customers, values).items()}
    lines = lines_of(method, values, made, also)
    return lines, marks(made, method, values, lines)


def title(made: Segmentation, at: int) -> str:
    """What an ordering is called on its axis."""
    said = label(made.columns[at]) if len(made.columns) == len(runs_of(made.placing)) else "what is cut"
    return said[:1].upper() + said[1:]


def bands(made: Segmentation, at: int) -> list[tuple[str, int]]:
    """What each band of an ordering is called, largest values first, and its slot of the palette.

    Where orderings cross it is called after what its segments have in common; it has their colour where that is one.
    """
    runs = runs_of(made.placing)
    if isinstance(made.placing, Runs):
        return [(made.names[one], made.colours[one]) for one in np.argsort(runs[at].order).tolist()[:-1]]
    assert isinstance(made.placing, Merged)
    table = np.moveaxis(made.placing.table.reshape([len(run) for run in runs]), at, 0)
    held = [[one for one in np.unique(row).tolist() if one < len(made.names)] for row in table[:-1]]
    colours = [{made.colours[one] for one in band} for band in held]
    return [
        (_in_common([made.names[one] for one in band]), colour.pop() if len(colour) == 1 else UNKNOWN_COLOUR)
        for band, colour in zip(held, colours, strict=True)
    ]


def _in_common(names: Sequence[str]) -> str:
    """The part all these names have, as A of AX, AY, AZ or of A × Active, A × Closed; else the names, where they are few."""
    parts = [name.split(" × ") if " × " in name else list(name) if len(name) == 2 else [name] for name in names]
    shared = [part for part in (parts[0] if parts else []) if all(part in other for other in parts)]
    return shared[0] if shared else " / ".join(names) if len(names) < FEW else ""


def panel(made: Segmentation, at: int, lines: Sequence[Line], marked: Sequence[Mark] = ()) -> dict[str, Any]:
    """Where the cuts of an ordering stand, the lines that move them, and what lies between all places they can have.

    at   its number among the orderings of the segmentation; lines: all of the method's; marked: the marks on them
    """
    run = runs_of(made.placing)[at]
    mine = [(number, line) for number, line in enumerate(lines) if line.run == at]
    under = ground(made, at, lines)
    found: dict[str, Any] = {
        "ordering": at,
        "cuts": values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist(),
        "lines": [
            {
                "number": number,
                "label": line.label,
                "unit": line.unit,
                "step": line.step,
                "marks": [[mark.stop, mark.why] for mark in marked if mark.line == number],
                "stands": on_axis(line, run),  # whether its value is the one on the axis
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
            "strip": _strip(made, at, under),
        }
    return found


def _strip(made: Segmentation, at: int, under: Ground) -> dict[str, Any]:
    """What would change segment step by step: the steps' ends, and what each passes; once for all cuts if they are alike."""
    found = [{name: held.tolist() for name, held in one.items() if name in STRIP} for one in cliffs(made, at, under)]
    alike = all(one == found[0] for one in found)
    return {"steps": grid_of(made.customers, runs_of(made.placing)[at]).values, "cuts": found[:1] if alike else found}
