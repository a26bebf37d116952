"""How good the segmentation at hand is, found once for each place of the thresholds."""

from __future__ import annotations

from typing import Any

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
    return judged(found, rows, study.limits, _campaign(study))


def _campaign(study: Study) -> tuple[float, str] | None:
    result = st.session_state.get(RESPONSES, {}).get(study.method)
    return None if result is None else responsive(result)


def key(study: Study) -> tuple[str, ...]:
    """What the measures depend on, beside the customers."""
    return ("good", study.method, repr(study.own.get(study.method)), repr(study.values()))


def beside(study: Study) -> tuple[Any, ...]:
    """What the answers depend on beside the measures: what a campaign did, the limits, the playbook."""
    return _campaign(study), repr(study.limits), repr(study.rows)
