"""What the method means and how it was computed."""

from __future__ import annotations

import streamlit as st

from pages.app.words import listed, plain
from pages.pieces.segments.shown import Shown
from pages.widgets.call import call
from segmentation.analysis.remarks import moved_from_usual


def explanation(shown: Shown) -> None:
    """What it means, when it misleads, where it comes from, and the Python call that gives the same numbers."""
    st.markdown(plain(shown.method.doc).replace("  ", " "))
    if elsewhere := moved_from_usual(shown.method, shown.values):
        st.markdown(plain(elsewhere))
    _meanings(shown)
    if shown.method.source:
        st.caption(f"Source: {plain(shown.method.source)}")
    listed(shown.customers.notes)
    st.code(call(shown.study, shown.method.name), language="python")


def _meanings(shown: Shown) -> None:
    """Each segment's meaning and the attention it usually gets."""
    said = [(name, shown.method.meaning(name)) for name in shown.segmentation.shown]
    lines = [f"| {plain(name)} | {plain(one.meaning)} | {plain(one.attention)} |" for name, one in said if one]
    if lines:
        st.markdown("\n".join(["| Segment | Who they are | What they usually get |", "|---|---|---|", *lines]))
