"""How good the segmentation at hand is, found once for each place of the thresholds."""

from __future__ import annotations

from segmentation import Customers, Study
from segmentation.analysis.action.good import Judged, judged, measured
from segmentation.segments.pinning import Pinned
from segmentation.segments.segmentation import Segmentation


def answers(study: Study, customers: Customers, made: Segmentation, rows: dict[str, dict[str, str]]) -> list[Judged]:
    """The eight answers under the study's limits; what the customers answer is kept.

    made, rows   the chosen segmentation, and its playbook. The rule is judged, without those who are pinned
    """
    rule = made.rule if isinstance(made, Pinned) else made
    found = customers.remember(key(study), lambda: measured(study.chosen, study.values(), rule))
    return judged(found, rows, study.limits)


def key(study: Study) -> tuple[str, ...]:
    """What the measures depend on, beside the customers."""
    return ("good", study.method, repr(study.own.get(study.method)), repr(study.values()))
