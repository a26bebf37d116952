"""How good the segmentation at hand is, found once for each place of the thresholds."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.app import session
from segmentation import Customers, Study
from segmentation.analysis.action.campaign import responsive
from segmentation.analysis.action.good import Judged, judged, measured
from segmentation.segments.pinning import Pinned
from segmentation.segments.segmentation import Segmentation

RESPONSES = "responses"  # method → what a campaign did in its segments
session.stale_with_data(RESPONSES)


def responded(method: str, result: pd.DataFrame) -> None:
    """What a campaign did, as `campaign.effect` has it, counts from now on."""
    st.session_state.setdefault(RESPONSES, {})[method] = result


def answers(study: Study, customers: Customers, made: Segmentation, rows: dict[str, dict[str, str]]) -> list[Judged]:
    """The eight answers under the study's limits; what the customers answer is kept.

    made, rows   the chosen segmentation, and its playbook. The rule is judged, without those who are pinned
    """
    rule = made.rule if isinstance(made, Pinned) else made
    found = customers.remember(key(study), lambda: measured(study.chosen, study.values(), rule))
    result = st.session_state.get(RESPONSES, {}).get(study.method)
    return judged(found, rows, study.limits, responsive(result) if result is not None else None)


def key(study: Study) -> tuple[str, ...]:
    """What the measures depend on, beside the customers."""
    return ("good", study.method, repr(study.own.get(study.method)), repr(study.values()))
