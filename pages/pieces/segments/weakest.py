"""The weakest point of the segmentation, in a line above its pictures; a moved threshold does not wait for it."""

from __future__ import annotations

import streamlit as st

from pages.app.judged import answers, key
from pages.app.words import plain
from segmentation import Customers, Problem, Study
from segmentation.analysis.good import sentence, short
from segmentation.analysis.playbook import proposed

HELD = "weakest point"  # the segmentation it was last found for, the line, and what was measured
# It stands between the question and the pictures, where there was air: they stay where they were on the screen
NO_ROOM = """<style>div:has(> .st-key-weakest) { max-height: 1.25rem; margin-block: -1.125rem }
.st-key-weakest button { min-height: 1.25rem; height: 1.25rem; padding: 0 }
.st-key-weakest button p { font-size: 0.875rem }</style>"""


def find(study: Study, customers: Customers) -> None:
    """Look for it as the thresholds stand now: when the page is opened, another method chosen, or somebody asks."""
    try:
        made = study.segmentation(customers)
    except Problem:
        return  # said where the pictures would stand
    rows = {**proposed(study.chosen, made), **study.rows}
    found = answers(study, customers, made, {name: rows[name] for name in made.shown})
    st.session_state[HELD] = (key(study), id(customers), short(found), sentence(found))


def weakest(study: Study, customers: Customers) -> None:
    """The line, where the thresholds stand as they did; else a button that asks for it."""
    *of, line, why = st.session_state.get(HELD, ("", "", ""))
    st.html(NO_ROOM)
    with st.container(key="weakest"):
        if of == [key(study), id(customers)]:
            st.caption(
                line,
                help=f"{plain(why)} Eight things are asked of a segmentation; all answers stand on the Playbook page.",
            )
        else:
            st.button(
                "What is its weakest point now?",
                key="ask for it",
                type="tertiary",
                on_click=find,
                args=(study, customers),
            )
