"""What a board was sent: a text that no threshold moves goes to a browser once, and then its sign alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import streamlit as st

SENT = "texts sent"  # the signs of those this visitor's page was sent
MOST = 50  # of them, then all are sent anew: a page keeps twice as many (see board.js)


def forget() -> None:
    """Count on nothing: the page is drawn anew, or a text was lost on the way."""
    st.session_state.pop(SENT, None)


def briefly(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a board is sent, without the texts its page has; a page that lacks one tells so, and is sent them all."""
    sent: set[str] = st.session_state.setdefault(SENT, set())
    if len(sent) >= MOST:
        sent.clear()
    return {
        **data,
        "columns": [[_brief(card, sent) for card in column] for column in data["columns"]],
        "below": [_brief(card, sent) for card in data["below"]],
    }


def _brief(card: dict[str, Any], sent: set[str]) -> dict[str, Any]:
    drawn = card["data"]
    if not drawn or "still" not in drawn:
        return card
    sign = hashlib.blake2b(drawn["still"].encode(), digest_size=16).hexdigest()
    left = {name: one for name, one in drawn.items() if name != "still"} if sign in sent else drawn
    sent.add(sign)
    return {**card, "data": {**left, "sign": sign}}
