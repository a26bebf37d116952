"""A widget that shows what the study says, where pictures and undo move the same thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

_TOLD = object()  # its user has just moved it: whatever is made of that is shown in place


def held(key: str, value: Any, tell: Callable[[Any], object]) -> dict[str, Any]:
    """What a widget is given to show `value`; `tell` is called with what its user makes of it.

    key   of what is shown; the widget's own key begins with it
    Every message of a browser brings each widget as it stands there. Where something else has moved what this one shows, and
    the browser has not drawn that yet, the message brings the old value, which Streamlit takes for a move back. So what
    something else moved is shown under a new key, and who only repeats what the widget was given has not moved it.
    """
    own = _own(key, value)
    st.session_state[own] = value

    def hear() -> None:
        given = st.session_state.get(own, value)
        if given != value:
            _shown()[key] = (_shown()[key][0], _TOLD)
            tell(given)

    return {"key": own, "on_change": hear}


def _own(key: str, value: Any) -> str:
    turn, last = _shown().get(key, (0, value))
    turn += last is not _TOLD and last != value
    _shown()[key] = (turn, value)
    return f"{key}--{turn}" if turn else key


def _shown() -> dict[str, tuple[int, Any]]:
    """Under each key how often something else moved what is shown, and what was shown last."""
    return st.session_state.setdefault("shown by widgets", {})
