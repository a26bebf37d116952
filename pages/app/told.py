"""What was done in a picture goes before what is done after it elsewhere on the page, though both may come in one message."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

BOARD = "told by the board"


def by_board(hear: Callable[[], None]) -> None:
    """How what the board of this page told is heard; what was heard already changes nothing."""
    st.session_state[BOARD] = hear


def first() -> None:
    """Hear the board: a browser tells what was done there before anything else is begun, but Streamlit calls widgets before it."""
    if hear := st.session_state.get(BOARD):
        hear()
