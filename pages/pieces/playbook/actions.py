"""What can be done with the whole playbook: keep the proposal, go back to it, begin with a worked example."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain
from pages.pieces.playbook.shown import Shown
from segmentation import formats
from segmentation.analysis.action.playbook import of_case
from segmentation.analysis.action.plays import CASES, Case
from segmentation.methods import METHODS
from segmentation.report.ics import MIME, calendar, dated


def actions(shown: Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="playbook actions"):
        if shown.decided:
            st.button(
                "Back to the proposal",
                key="propose",
                on_click=shown.study.undecide,
                help="What was written for these segments goes; Undo brings it back.",
            )
        else:
            st.button(
                "Keep this playbook",
                key="keep playbook",
                type="primary",
                on_click=shown.keep,
                help="It goes into every report, and into the settings you save and share.",
            )
        if dates := dated(shown.entries if shown.decided else []):
            title, entries = shown.method.title, list(dates)
            st.download_button(
                f"{formats.plural(len(dates), 'date')} for the calendar",
                lambda: calendar([(title, entries)]),
                file_name="playbook.ics",
                mime=MIME,
                on_click="ignore",
                key="playbook dates",
                help="The day on which each row is looked at again, as every calendar takes it.",
            )
        with st.popover("Worked examples", key="cases", on_change="rerun") as opened:
            if opened.open:
                for name, case in CASES.items():
                    _case(shown, name, case)


def _case(shown: Shown, name: str, case: Case) -> None:
    st.markdown(f"**{plain(case.title)}**  \n{plain(case.shows)}")
    method = METHODS.get(case.method)
    lacking = (
        method.missing(shown.customers, method.complete(shown.study.thresholds.get(case.method, {}))) if method else []
    )
    if method and lacking:
        st.caption(plain(method.lacks(lacking)))
    else:
        st.button("Load it", key=f"case {name}", on_click=_load, args=(shown, case))


def _load(shown: Shown, case: Case) -> None:
    """Its rows in place of those that were written; those of other segments are proposed anew."""
    study = shown.study
    if case.method:
        study.choose(case.method)
        rows = case.rows
    else:
        largest = sorted(shown.here, key=lambda one: -(one.customers or 0))
        rows = dict(zip([one.segment for one in largest], case.rows.values(), strict=False))
    study.undecide()
    study.decide(of_case(rows, shown.segmentation))
