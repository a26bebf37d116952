"""Fewer segments: the two least different become one, step by step, and what that costs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app.words import plain
from pages.pieces.segments.shown import Shown
from segmentation import Problem, formats
from segmentation.analysis.fewer import Fewer, fewer, sentence, shortest
from segmentation.charts import EMPTY, spec
from segmentation.charts.fewer import fewer as fewer_chart
from segmentation.charts.fewer import fewer_data

SIDES = (1, 1.2)
KEY = "fewer to"


def fewer_segments(shown: Shown) -> None:
    """A slider from all segments down to two; nothing is changed until the button is pressed."""
    steps = fewer(shown.segmentation)
    if len(steps) < 2:
        st.caption("Here segments become fewer, one by one; with two of them there is nothing left to join.")
        return
    left, right = st.columns(SIDES, gap="medium")
    with left:
        now = _chosen(steps)
        st.markdown(f"**{plain(sentence(steps, now, shown.money))}**")
        _joined(now)
        _made(shown, steps, now)
    with right:
        if now.explained is not None:
            st.vega_lite_chart(
                fewer_data(steps, now), _spec(), key="fewer explained", alt="What so many segments explain"
            )


def _chosen(steps: list[Fewer]) -> Fewer:
    most = len(steps[0].groups)
    if not 2 <= st.session_state.get(KEY, 0) <= most:
        st.session_state[KEY] = len(shortest(steps).groups)
    many = st.slider("Number of segments", 2, most, key=KEY)
    return next(one for one in steps if len(one.groups) == many)


def _joined(now: Fewer) -> None:
    """Which segments are one, and how many customers that is."""
    lines = [
        f"- {plain(formats.listed([f'“{name}”' for name in names]))}: {formats.plural(many, 'customer')}"
        for names, many in zip(now.groups, now.customers, strict=True)
        if len(names) > 1
    ]
    st.markdown("Treated as one:\n" + "\n".join(lines) if lines else "All segments stand by themselves.")


def _made(shown: Shown, steps: list[Fewer], now: Fewer) -> None:
    if st.button(
        f"Make it {formats.plural(len(now.groups), 'segment')}", key="make fewer", icon=":material/merge:",
        disabled=now is steps[0],
        help="They become a method of your own, which is chosen then; Undo takes it back, and the method before stays.",
    ):  # fmt: skip
        try:
            _merge(shown, now)
        except Problem as problem:
            st.session_state["threshold_problem"] = problem
        st.rerun()  # the whole page: another method is chosen


def _merge(shown: Shown, now: Fewer) -> None:
    for names in now.groups:
        if len(names) > 1:
            shown.study.merge(list(names))


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(fewer_chart(EMPTY))
