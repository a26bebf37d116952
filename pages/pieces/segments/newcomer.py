"""A new customer: type its figures, and see the segment and why."""

from __future__ import annotations

import streamlit as st

from pages.app.masking import hidden
from pages.app.words import listed, plain, show
from pages.pieces.segments.shown import Shown
from segmentation import Problem
from segmentation.analysis.portraits.newcomer import Newcomer, asked, moved_too, placed, usual
from segmentation.columns.metrics import label

SIDES = (1, 2)


def newcomer(shown: Shown) -> None:
    """Fields for what the method cuts by; the answer beside them follows each figure and each moved line."""
    with st.expander("A new customer: which segment?", key="newcomer", on_change="rerun") as opened:
        if not opened.open:
            return
        if not (columns := asked(shown.segmentation)) or hidden() & set(columns):
            st.caption(
                "Here a customer can be typed in who is not in the file yet. It needs a method that goes by numbers of the "
                "file alone and on screen, such as ABC, RFM, Personas or k-means: choose one above."
            )
            return
        left, right = st.columns(SIDES, gap="medium")
        with left:
            given = {name: _figure(shown, name) for name in columns}
        with right:
            _answer(shown, given)


def _figure(shown: Shown, name: str) -> float:
    key, of = f"newcomer {name}", f"newcomer {name} in"
    if key not in st.session_state or st.session_state.get(of) != shown.study.file:  # what is usual in another file
        st.session_state[key], st.session_state[of] = usual(shown.customers, name), shown.study.file
    return float(st.number_input(plain(label(name)), key=key, format="%.10g") or 0.0)


def _answer(shown: Shown, given: dict[str, float]) -> None:
    try:
        found = _found(shown, given)
    except Problem as problem:
        show(problem)
        return
    st.markdown(f"It would be in **{plain(found.segment)}**.")
    listed(found.why)
    if found.ways:
        listed(found.ways)
    if also := moved_too(found):
        st.caption(also)


def _found(shown: Shown, given: dict[str, float]) -> Newcomer:
    study, method = shown.study, shown.method
    key = ("newcomer", method.name, repr(study.own.get(method.name)), repr(shown.values), repr(given), study.currency)
    return shown.customers.remember(
        key, lambda: placed(method, shown.values, method(shown.customers, **shown.values), given, study.currency)
    )
