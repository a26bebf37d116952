"""The scenario in hand: which one, and what moves a lever in it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.app import session
from pages.app.words import show
from pages.pieces.segments.shown import Shown
from segmentation import Problem, Study
from segmentation.analysis.action.pulled import Pulled, pulled_of
from segmentation.analysis.action.scenario import Facts, Ground
from segmentation.study.scenarios import FIRST, LONGEST

session.stale_with_data("scenario", "scenario problem")


class Moving:
    """One segment's levers in one scenario.

    scenario   segment → its levers, as they stand; levers: those of this segment
    """

    def __init__(self, shown: Shown, ground: Ground, name: str, segment: str) -> None:
        self.shown, self.ground, self.name, self.segment = shown, ground, name, segment
        self.scenario = shown.study.scenario(shown.method.name, name)
        self.held = self.scenario.get(segment, {})
        self.levers: Pulled = pulled_of(self.held, segment)
        self.facts: Facts = ground.facts(segment)

    def again(self) -> Moving:
        """The same segment and scenario, with the levers as they stand now."""
        return Moving(self.shown, self.ground, self.name, self.segment)

    def move(self, **levers: Any) -> None:
        """Move levers in the study; where that cannot be it is said, and nothing is moved."""
        _try(lambda: self.shown.study.move_lever(self.shown.method.name, self.name, self.segment, **levers))


def chosen(shown: Shown) -> str:
    """The scenario in hand, with what makes one more, renames or deletes it."""
    study, method = shown.study, shown.method.name
    names = study.scenarios_of(method) or [FIRST]
    if st.session_state.get("scenario") not in names:
        st.session_state["scenario"] = names[0]
    name = str(st.selectbox("Scenario", names, key="scenario", width=260))
    st.button("New scenario", key="new scenario", on_click=_new, args=(study, method), help="Nothing moved in it")
    st.button("Copy it", key="copy scenario", on_click=_new, args=(study, method, name))
    with st.popover("Rename"):
        st.text_input(
            "Name", name, max_chars=LONGEST, key=f"name of {name}", on_change=_rename, args=(study, method, name)
        )
    st.button("Delete it", key="drop scenario", on_click=_drop, args=(study, method, name), type="tertiary")
    return name


def trouble() -> None:
    """What could not be moved or named, once."""
    if problem := st.session_state.pop("scenario problem", None):
        show(problem)


def _drop(study: Study, method: str, name: str) -> None:
    if name in study.scenarios_of(method):
        study.drop_scenario(method, name)
    else:
        st.toast("Nothing is moved in it yet, so there is nothing to delete.")


def _new(study: Study, method: str, like: str = "") -> None:
    if not study.scenarios_of(method):
        study.new_scenario(method)  # the one in hand, in which nothing was moved yet
    if made := _try(lambda: study.new_scenario(method, like)):
        st.session_state["scenario"] = made


def _rename(study: Study, method: str, old: str) -> None:
    new = st.session_state[f"name of {old}"].strip()

    def rename() -> str:
        if not study.scenarios_of(method):
            study.new_scenario(method)  # as for `_new`
        study.rename_scenario(method, old, new)
        return new[:LONGEST]

    if made := _try(rename):
        st.session_state["scenario"] = made


def _try(do: Any) -> Any:
    """What it gives; None where it cannot be, which is said then."""
    try:
        return do()
    except Problem as problem:
        st.session_state["scenario problem"] = str(problem)
        return None
