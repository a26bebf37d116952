"""The tree of joins, cut by a line: "cut" tells into how many groups it falls where the line was let go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.analysis.groups.branches import grown
from segmentation.analysis.thresholds.lines import slider_of
from segmentation.board import card
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

FIRST = 10


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card of the tree; None where the method joins nobody, or there is nobody to join."""
    if not method.grows or (found := grown(made.customers, values)) is None:
        return None
    drawn, group, groups = found
    control = method.controls["k"]
    least, most = control.low, min(control.high, len(drawn.sizes))  # type: ignore[attr-defined]
    data = {
        "joins": np.round(drawn.joins, 4).tolist(),
        "sizes": drawn.sizes.tolist(),
        "slots": [made.colours[at] for at in group.tolist()],
        "cuts": {str(k): drawn.between(k) for k in range(least, most + 1)},
        "k": groups.count,
        "by": slider_of(method, "k", 0),
    }
    facts = groups.facts
    sample = (
        f" The tree joins {formats.count(facts.fitted)} of {formats.count(facts.known)} customers; the others go to the nearest group."
        if facts.fitted < facts.known
        else ""
    )
    said = [
        f"The longer the stretch that the line can move in without meeting a join, the clearer that number of groups.{sample}"
    ]
    return card("tree", "Tree of joins", "drag the line", data, "Who was joined with whom", said)
