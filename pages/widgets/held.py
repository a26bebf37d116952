"""A widget that shows what the study says, where pictures and undo move the same thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.app import told

KNOWN = (
    "known of widgets"  # what the widget under each of its keys stands at in the browser, from the first to the last
)


def held(key: str, value: Any, tell: Callable[[Any], object], among: Sequence[Any] | None = None) -> dict[str, Any]:
    """What a widget is given to show `value`; `tell` is called with what its user makes of it.

    key    of what is shown; the widget's own key begins with it
    value  a list for a widget in which several can be chosen
    among  of a select box: its options
    A widget begins at what it is to show and is never set afterwards: by that time its user may have chosen something else,
    which would be taken back. So what something else moved, or what its user asked for and did not get, is shown by a new
    widget under a new key. The one before may still stand in the browser, and each message brings what it stands at: one that
    only repeats what is known of it has not been moved.
    """
    known: list[Any] = st.session_state.setdefault(KNOWN, {}).setdefault(key, [value])
    if known[-1] != value:
        known.append(value)
    turn = len(known) - 1
    own = f"{key}--{turn}" if turn else key

    def hear() -> None:
        given = st.session_state.get(own, known[turn])
        if given != known[turn]:
            told.first()
            known[turn] = given
            tell(given)

    begins = {"default" if isinstance(value, list) else "value": value}
    return {"key": own, "on_change": hear, **(begins if among is None else {"index": among.index(value)})}
