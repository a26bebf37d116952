"""The weakest point of the segmentation, in a line above its pictures; a moved threshold does not wait for it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.app import session
from pages.app.judged import answers, beside, key
from pages.app.words import plain
from segmentation import Customers, Problem, Study
from segmentation.analysis.action.good import sentence, short
from segmentation.analysis.action.playbook import proposed

HELD = "weakest point"  # the segmentation it was last found for, the line, and what was measured
FOR = "weakest point of"  # the method, the customers and what stands beside the measures it was last found for unasked
UNASKED = 20_000  # customers for whom eight measures take no time that one notices
# It stands between the question and the pictures, where there was air: on a low screen they stay where they were
NO_ROOM = """<style>div:has(> .st-key-weakest) { max-height: 1.25rem; margin-block: -0.5rem }
.st-key-weakest button { min-height: 1.25rem; height: 1.25rem; padding: 0 }
.st-key-weakest button p { font-size: 0.875rem }
@media (max-height: 800px) and (min-width: 1101px) { div:has(> .st-key-weakest) { margin-block: -1.125rem -0.875rem } }</style>"""


session.stale_with_data(HELD, FOR)


def begin(study: Study, customers: Customers) -> None:
    """Look for it unasked where another method, other customers or responses, or another playbook come to the page."""
    st.html(NO_ROOM)
    of = (study.method, st.session_state.customers_key, beside(study))
    if st.session_state.get(FOR) != of:
        st.session_state[FOR] = of
        if len(customers) <= UNASKED:
            find(study, customers)


def find(study: Study, customers: Customers) -> None:
    """Look for it as the thresholds stand now."""
    try:
        made = study.segmentation(customers)
    except Problem:
        return  # said where the pictures would stand
    rows = {**proposed(study.chosen, made), **study.rows}
    found = answers(study, customers, made, {name: rows[name] for name in made.shown})
    st.session_state[HELD] = (*_of(study), short(found), sentence(found))


def _of(study: Study) -> tuple[Any, ...]:
    """What the line depends on."""
    return key(study), st.session_state.customers_key, beside(study)


def place() -> DeltaGenerator:
    """Where the line stands."""
    return st.container(key="weakest")


def weakest(study: Study, customers: Customers) -> None:
    """The line, where the thresholds stand as they did; else a button that asks for it."""
    *of, line, why = st.session_state.get(HELD, ("", "", ""))
    if tuple(of) == _of(study):
        st.caption(
            line, help=f"{plain(why)} Eight things are asked of a segmentation; all answers stand on the Playbook page."
        )
    else:
        st.button(
            "What is its weakest point now?", key="ask for it", type="tertiary", on_click=find, args=(study, customers)
        )
