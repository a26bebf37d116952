"""What sets two segments apart, ranked."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.app import session
from pages.app.masking import hidden
from pages.app.words import plain
from pages.pieces.money.one import choose
from pages.pieces.segments.shown import Shown
from segmentation import formats
from segmentation.analysis.portraits import contrast
from segmentation.segments.segmentation import UNKNOWN

session.stale_with_data("apart one", "apart other")


def two_segments(shown: Shown) -> None:
    """Two segments, what differs most between them first."""
    names = list(shown.segmentation.shown)
    if len(names) < 2:
        st.caption("There is only one segment: choose a method or a threshold that makes two.")
        return
    last = len([name for name in names if name != UNKNOWN]) - 1
    with st.container(horizontal=True):
        one = choose("apart one", "What sets", names)
        other = choose("apart other", "apart from", names, max(last, 1))
    if one == other:
        st.caption("Choose two different segments.")
        return
    away = hidden()
    found = contrast.contrast(shown.segmentation, one, other, shown.study.currency, without=away)
    if not found:
        st.markdown("Nothing we know of sets these two apart, or one of them is empty.")
        return
    st.markdown(sentence(found[0], one, other))
    rows = contrast.frame_of(found).assign(effect=[abs(held.effect) * 100 for held in found])
    st.dataframe(
        rows,
        column_config={
            "what": st.column_config.TextColumn("What differs"),
            "one": st.column_config.TextColumn(one),
            "other": st.column_config.TextColumn(other),
            "effect": st.column_config.ProgressColumn("How far apart", format="%d of 100", min_value=0, max_value=100),
        },
        hide_index=True,
        key="apart",
        alt="What sets the two segments apart",
    )
    st.caption(
        "How far apart: pick one customer from each segment at random. 100 means that one side always has more; 0, that neither has "
        "more often. For words and products it is the gap between the shares. Typical is the median."
        + (
            f" {formats.count(contrast.MOST)} customers of each were compared, evenly spread."
            if _large(shown, one, other)
            else ""
        )
    )


def sentence(first: contrast.Apart, one: str, other: str) -> str:
    """What differs most, in words."""
    return f"**{plain(first.what)}** sets them apart the most: {plain(first.one)} in {plain(one)}, {plain(first.other)} in {plain(other)}."


def _large(shown: Shown, *names: str) -> bool:
    held = dict(zip((*shown.segmentation.names, UNKNOWN), shown.segmentation.counts.tolist(), strict=True))
    return bool(np.any([held[name] > contrast.MOST for name in names]))
