"""A widget that shows what the study says, where pictures and undo move the same thing."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.app import told

SHOWN = "shown by widgets"  # under each key how often something else moved what is shown, what was shown last, where, since when
DRAWN = 5.0  # seconds in which a slow browser has drawn a widget
TOLD = object()  # in place of that: its user has just moved it, and whatever is made of it is shown in place


def held(key: str, value: Any, tell: Callable[[Any], object]) -> dict[str, Any]:
    """What a widget is given to show `value`; `tell` is called with what its user makes of it.

    key   of what is shown; the widget's own key begins with it
    Every message of a browser brings each widget as it stands there. Where something else has moved what this one shows, and
    the browser has not drawn that yet, the message brings the old value, which Streamlit takes for a move back. So what
    something else moved is shown under a new key, and a widget that only repeats what it was given has not been moved.
    On another page a widget of the same key is another widget, of which the browser knows nothing: it is told anew, as is one
    that comes with a method. And of answers that come at once a browser draws the last alone: until a widget that is new to
    it is surely drawn each says what it shows, else it would be drawn at its first choice, and tell that as a move.
    """
    shown: dict[str, tuple[int, Any, str, float]] = st.session_state.setdefault(SHOWN, {})
    page = _page()
    turn, last, where, since = shown.get(key, (0, value, page, -math.inf))
    if last is not TOLD and last != value:
        turn, since = turn + 1, time.monotonic()
    own = f"{key}--{turn}" if turn else key
    if where != page or own not in st.session_state:
        since = time.monotonic()
    shown[key] = turn, value, page, since
    if st.session_state.get(own, TOLD) != value or time.monotonic() - since < DRAWN:
        # what is set here takes back what is moved meanwhile: not later than has to be
        st.session_state[own] = value

    def hear() -> None:
        given = st.session_state.get(own, value)
        if given != value:
            told.first()
            shown[key] = shown[key][0], TOLD, page, -math.inf
            tell(given)

    return {"key": own, "on_change": hear}


def _page() -> str:
    """The page that is being drawn; "" where none is."""
    here = get_script_run_ctx()
    return here.page_script_hash if here else ""
