"""How good the segmentation at hand is, found once for each place of the thresholds."""

from __future__ import annotations

from segmentation import Customers, Study
from segmentation.analysis.good import Judged, judged, measured
from segmentation.segments.segmentation import Segmentation


def answers(study: Study, customers: Customers, made: Segmentation, rows: dict[str, dict[str, str]]) -> list[Judged]:
    """The eight answers under the study's limits; what the customers answer is kept.

    made, rows   the chosen segmentation, and its playbook
    """
    found = customers.remember(key(study), lambda: measured(study.chosen, study.values(), made))
    return judged(found, rows, study.limits)


def key(study: Study) -> tuple[str, ...]:
    """What the measures depend on, beside the customers."""
    return ("good", study.method, repr(study.own.get(study.method)), repr(study.values()))
