"""What else a page shows of the segmentation: one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from pages.app import session, work
from pages.pieces.segments.shown import Shown, segmentation
from segmentation import Customers


@st.fragment
def parts(customers: Customers, asked: str, held: Mapping[str, Callable[[Shown], None]], key: str) -> None:
    """One of the parts, chosen by its name, in a fragment: what is moved in it repaints nothing else.

    asked   what a screen reader is asked; key: of the choice
    """
    st.session_state.setdefault(key, next(iter(held)))
    part = st.pills(asked, list(held), key=key, required=True, label_visibility="collapsed")
    if shown := segmentation(session.study(), customers):
        held[str(part)](shown)
    work.keep()
