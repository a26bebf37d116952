"""Is it a good segmentation? Eight answers, each with a limit that can be moved."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.app.judged import answers
from pages.app.words import plain
from pages.pieces.playbook.shown import Shown
from pages.widgets.held import held
from segmentation import Study, formats
from segmentation.analysis.action.asked import ASKED
from segmentation.analysis.action.good import Judged, sentence

COLOURS = {"Good": "green", "Weak": "orange", "Not known": "gray"}


def good(shown: Shown) -> None:
    """The weakest point first, then all eight, side by side; behind a button their limits."""
    found = answers(shown.study, shown.customers, shown.segmentation, shown.rows)
    with st.container(horizontal=True, vertical_alignment="center", key="good"):
        st.header("Is it a good segmentation?", width="stretch")
        with st.popover("Move a limit", key="limits", on_change="rerun") as opened:
            if opened.open:
                _limits(shown.study, found)
    st.markdown(plain(sentence(found)))
    half = (len(found) + 1) // 2
    for column, part in zip(st.columns(2, gap="medium"), (found[:half], found[half:]), strict=True):
        with column:
            for one in part:
                st.markdown(_said(one))


def _said(one: Judged) -> str:
    side = "at least" if one.asked.least else "at most"
    advice = f" **{plain(one.asked.advice)}**" if one.good is False else ""
    return (
        f":{COLOURS[one.word]}-badge[{one.word}] **{one.asked.title}** ({side} {formats.share(one.limit)})  \n"
        f"{plain(one.measure)}{advice}"
    )


def _limits(study: Study, found: list[Judged]) -> None:
    """The limit of each, in per cent; as it was typed it counts."""
    for one in found:
        side = "at least" if one.asked.least else "at most"
        st.number_input(
            f"{one.asked.title}: {side}, in %",
            0.0,
            100.0,
            step=1.0,
            format="%.4g",
            **held(f"limit {one.name}", round(one.limit * 100, 1), partial(_move, study, one.name)),
        )
    st.button("The usual limits", key="usual limits", on_click=_usual, args=(study,), disabled=not study.limits)


def _move(study: Study, name: str, given: float) -> None:
    limit = round(given / 100, 6)
    others = {one: held for one, held in study.limits.items() if one != name}
    study.limits = others if limit == round(ASKED[name].limit, 3) else {**others, name: limit}


def _usual(study: Study) -> None:
    study.limits = {}
