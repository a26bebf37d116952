"""What both parts of the page stand on: who is written to, as the study says, and the list taken away earlier."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from pages.app import derived, session
from pages.app.files import source_of
from pages.app.words import show
from pages.pieces.segments.shown import Shown
from pages.widgets.held import held
from segmentation import Problem
from segmentation.analysis.action.recipients import Action, action, earlier_of
from segmentation.apart.pool import POOL
from segmentation.reading.read import read
from segmentation.table import Table

session.stale_with_data("earlier list", "came back")


def planned(shown: Shown) -> Action:
    """Who is written to: worked out once as long as the segments and the settings of the campaign stay."""
    state = st.session_state
    before = state.get("earlier list")
    key = json.dumps(
        [state.get("customers_key"), shown.method.name, shown.study.own.get(shown.method.name), shown.study.campaign]
    )
    values = json.dumps(shown.values, default=str, sort_keys=True)
    which = before[0] if before else ""
    with st.spinner("Checking addresses: who can be reached, and who stands there twice"):
        return derived.kept(
            "action", lambda: action(shown.segmentation, shown.study.plan(), before and before[1]), key, values, which
        )


def setting(shown: Shown, name: str, value: Any, of: Any = None) -> dict[str, Any]:
    """What a widget of a setting of the campaign is given, so that it shows this value and what is changed goes into the study."""
    return held(f"campaign.{name}", value, lambda given: _send(shown, name, of(given) if of else given))


def _send(shown: Shown, name: str, value: Any) -> None:
    """Take a setting into the study; where it cannot be that is said."""
    try:
        shown.study.send(**{name: value})
    except Problem as problem:
        st.session_state["campaign problem"] = str(problem)


def problem() -> None:
    """What could not be set."""
    if said := st.session_state.pop("campaign problem", None):
        show(said)


def brought(label: str, key: str, help: str) -> Table | None:
    """A file somebody brings beside those in hand, as a table; None without one, or after saying why it cannot be read."""
    file = st.file_uploader(label, type=("csv", "xlsx", "tsv", "txt", "zip", "gz"), key=key, help=help)
    if file is None:
        return None
    held = st.session_state.get(f"{key} table")
    if held and held[0] == file.file_id:
        return held[1]
    try:
        table = POOL.do(read, source_of(file.getvalue(), file.name).content, name=file.name)
    except Problem as problem:
        show(problem)
        return None
    st.session_state[f"{key} table"] = (file.file_id, table)
    return table


def earlier(shown: Shown) -> bool:
    """The list taken away earlier, by which it is known who entered; whether there is one."""
    table = brought(
        "Your last list (everybody.csv from the pack before)",
        "earlier file",
        "With it the lists say who is new to a segment, which one they came from, and who has gone: "
        "in mail tools a flow starts when somebody joins.",
    )
    if table is None:
        st.session_state.pop("earlier list", None)
        return False
    try:
        file = st.session_state["earlier file table"][0]
        if st.session_state.get("earlier list", ("",))[0] != file:
            st.session_state["earlier list"] = (file, earlier_of(table))
    except Problem as problem:
        st.session_state.pop("earlier list", None)
        show(problem)
        return False
    return True
