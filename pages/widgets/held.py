"""A widget that shows what the study says, where pictures and undo move the same thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

SHOWN = "shown by widgets"  # under each key how often something else moved what is shown, and what was shown last
TOLD = object()  # in place of that: its user has just moved it, and whatever is made of it is shown in place


def held(key: str, value: Any, tell: Callable[[Any], object]) -> dict[str, Any]:
    """What a widget is given to show `value`; `tell` is called with what its user makes of it.

    key   of what is shown; the widget's own key begins with it
    Every message of a browser brings each widget as it stands there. Where something else has moved what this one shows, and
    the browser has not drawn that yet, the message brings the old value, which Streamlit takes for a move back. So what
    something else moved is shown under a new key, and a widget that only repeats what it was given has not been moved.
    On another page a widget of the same key is another widget, of which the browser knows nothing: it is told anew.
    """
    shown: dict[str, tuple[int, Any, str]] = st.session_state.setdefault(SHOWN, {})
    page = _page()
    turn, last, where = shown.get(key, (0, value, page))
    turn += last is not TOLD and last != value
    own = f"{key}--{turn}" if turn else key
    shown[key] = turn, value, page
    known = where == page and own in st.session_state
    if not known or st.session_state[own] != value:  # what is set here takes back what is moved meanwhile
        st.session_state[own] = value

    def hear() -> None:
        given = st.session_state.get(own, value)
        if given != value:
            shown[key] = (shown[key][0], TOLD, page)
            tell(given)

    return {"key": own, "on_change": hear}


def _page() -> str:
    """The page that is being drawn; "" where none is."""
    here = get_script_run_ctx()
    return here.page_script_hash if here else ""
