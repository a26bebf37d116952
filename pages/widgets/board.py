"""The board of pictures on a page: one component, whose lines, bubbles and buttons tell what was done with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.app import sent, told, vega
from pages.app.script import script
from segmentation.board import data_of
from segmentation.segments.segmentation import Segmentation

_BOARD = st.components.v2.component("board", html='<div class="board"></div>', js=script())


def board(
    key: str,
    columns: Sequence[Sequence[dict[str, Any]]],
    events: Mapping[str, Callable[[Any], None]],
    of: Segmentation,
    *,
    below: Sequence[dict[str, Any]] = (),
    **shown: Any,
) -> None:
    """Cards in columns side by side, and below them: see `data_of`, which says what else can be shown.

    events   what a picture tells (see its module) → called with what it told
    Where "remember" is among the events it is offered in the head: it tells whether to remember or ("on": False) let go.
    """

    def hear(*each: str) -> None:
        given = st.session_state.get(key) or {}  # nothing where the board has gone, as another method was chosen
        for event in each:
            if one := given.get(event):
                _act(f"{key} heard", events, one["unheard"])

    events = {**events, "lacking": lambda _: sent.forget()}
    callbacks: dict[str, Any] = {f"on_{event}_change": partial(hear, event) for event in events}
    data = data_of(columns, of, below=below, remembers="remember" in events, **shown)
    told.by_board(partial(hear, *events))
    data["heard"] = st.session_state.get(f"{key} heard", 0)
    _place([card["data"] for card in (*(one for column in columns for one in column), *below)])
    written = json.dumps(sent.briefly(data), separators=(",", ":"))
    _BOARD(key=key, data=written.encode(), **callbacks)  # a dict Streamlit would search for tables, and write twice


def _act(kept: str, events: Mapping[str, Callable[[Any], None]], unheard: Sequence[Mapping[str, Any]]) -> None:
    """Do what the browser told since it was last heard, in order: Streamlit hands on the last alone, so it tells all anew."""
    for one in unheard:
        if one["at"] > st.session_state.get(kept, 0):
            st.session_state[kept] = one["at"]
            if one["event"] in events:
                events[one["event"]](one["told"])


def _place(drawn: Sequence[dict[str, Any] | None]) -> None:
    """Where the browser finds what draws a chart: under the address the app is served at."""
    if waiting := [one for one in drawn if one and "script" in one]:
        script = vega.place()
        for one in waiting:
            one["script"] = script
