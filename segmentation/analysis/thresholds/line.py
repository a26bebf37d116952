"""A cut line: a threshold as it stands on the ordering it cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from segmentation.analysis.thresholds.sensitivity import put
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Runs


@dataclass(frozen=True, eq=False)
class Line:
    """A threshold as a line of the ordering it cuts; or as several that move together.

    threshold, at   its name, and which of its cuts (as `sensitivity.ledger` says it); label, unit: what it is called
    run             number of the ordering among those of the segmentation
    stops           float64 (s,), ascending: the values it can be put to; here: which of them it stands at
    cuts            number of a cut (from 0, largest values first) → float64 (s,): where on the column each stop puts it
    places          the same → int64 (s,): how many customers of the ordering stand before it then
    step            what two values lie apart at least; 0: any value between the outermost stops will do
    number          which of the numbers that the method cuts by it is, the same wherever the others stand
    by              whose slider or field moves it alone: see `lines.slider_of`
    """

    threshold: str
    at: Any
    label: str
    unit: str
    run: int
    stops: np.ndarray
    here: int
    cuts: dict[int, np.ndarray]
    places: dict[int, np.ndarray]
    step: float = 0.0
    number: int = 0
    by: tuple[str, int] | None = None

    def put(self, values: Mapping[str, Any], value: float) -> dict[str, Any]:
        """The threshold with this line elsewhere, as a setting."""
        return {self.threshold: put(values[self.threshold], self.at, value)}


def on_axis(line: Line, run: Runs) -> bool:
    """Whether a line's value is the one on the axis of its ordering: not a share that cuts where some customer stands."""
    equal = all(np.array_equal(cuts, line.stops) for cuts in line.cuts.values())
    return line.unit != "%" or (equal and not run.share)


def of_shares(run: Runs, lines: Sequence[Line]) -> bool:
    """Whether an ordering's own values are shares, as these lines of it tell: rates of growth."""
    return any(line.unit == "%" and on_axis(line, run) for line in lines)
