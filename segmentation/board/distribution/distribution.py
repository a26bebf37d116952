"""What a method cuts, with every cut as a line that is dragged: "moved" tells which line was let go, and at which value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation.analysis.thresholds.axes import title
from segmentation.analysis.thresholds.lines import stated
from segmentation.board import card
from segmentation.board.lines import SCRIPT, marked
from segmentation.board.spread import kept, panel_of
from segmentation.segments.bands import runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MOST = 3  # orderings drawn below each other
FIRST = 90  # what a method opens on: asked in this order, and any method made of cuts has this one


def own(method: Method, values: Mapping[str, Any], made: Segmentation, currency: str) -> dict[str, Any] | None:
    """A card with each ordering that lines cut; None where the method cuts none, or by share of the total alone."""
    if [run.share for run in runs_of(made.placing)] in ([], [True]):
        return None
    values, made = stated(method, values, made)
    lines, marks = marked(method, values, made)
    runs = runs_of(made.placing)
    cut = [at for at in range(len(runs)) if any(line.run == at for line in lines)][:MOST]
    if not cut:
        return None
    charts = [kept(made, at, lines) for at in cut]
    data = {
        "still": f'{{"charts": [{", ".join(charts)}]}}',
        "script": SCRIPT,
        "panels": [panel_of(made, at, lines, marks) for at in cut],
        "currency": currency,
    }
    alt = " and ".join(f"Customers by {title(made, at).lower()}" for at in cut)
    return card("distribution", "What is cut", "drag a line, or press Enter to type a number", data, alt)
