"""What is asked of a good segmentation, each with the limit to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Asked(NamedTuple):
    """What is asked of a segmentation: title, the limit to begin with, whether the value must be at least so much (else at
    most), and what to do where it is not."""

    title: str
    limit: float
    least: bool
    advice: str


ASKED: Mapping[str, Asked] = {
    "distinct": Asked("Distinct", 0.06, True, "Cut by something that changes what customers do, or merge segments that act alike."),
    "substantial": Asked("Substantial", 0.07, True, "Merge the smallest with a neighbour, unless it pays for its own treatment."),
    "describable": Asked("Describable", 0.80, True, "Fewer groups, fewer columns, or rules of your own in place of clusters."),
    "reachable": Asked("Reachable", 0.50, True, "Bring a file with e-mail, telephone or channel, or ask them at the next order."),
    "stable": Asked("Stable", 0.05, False, "Put the line where few customers stand: the Segments page shows how many move at a step."),
    "responsive": Asked("Responsive", 1 / 3, True, "Make a difference that they notice in what is sold, served or charged; else merge."),
    "exclusive": Asked("Exclusive", 0.95, True, "Supply the figure that is missing, so that everybody has a place."),
    "balanced": Asked("Balanced", 0.70, False, "Divide the largest segment, or move a line into it."),
}  # fmt: skip
