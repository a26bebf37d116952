"""The third question: how many groups, if any."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app.words import plain
from pages.pieces.clusters.state import Now, set_
from pages.widgets.drawn import files
from segmentation import formats
from segmentation.charts import EMPTY, spec
from segmentation.charts.candidates import NUMBER, candidates_data
from segmentation.charts.candidates import candidates as candidates_chart

SIDES = (2, 1)


def how_many(now: Now) -> None:
    """Every number of groups in one picture; a click on one reads it."""
    assert now.found is not None and now.k is not None
    with st.container(border=True, key="step 3"):
        st.header("3 · How many groups are there?", anchor=False)
        left, right = st.columns(SIDES, gap="medium")
        with left:
            _picture(now)
        with right:
            _verdict(now)


def _picture(now: Now) -> None:
    quality = now.found.quality  # type: ignore[union-attr]
    near = (*quality.near, quality.best) if quality.best else ()
    data = now.once("numbers", lambda: candidates_data(quality.table, near, now.k))
    turn = st.session_state.setdefault("numbers drawn", 0)
    key = f"numbers {turn}"

    def clicked() -> None:
        told = st.session_state[key]["selection"].get(NUMBER) or []
        if told and told[0].get("k") in now.found.of:  # type: ignore[union-attr]
            set_(k=int(told[0]["k"]))

    said = "How good each number of groups is"
    st.vega_lite_chart(data, _spec(), key=key, on_select=clicked, selection_mode=NUMBER, alt=said)
    files(candidates_chart, data, "how many groups", said, folded=True)
    if len(near) > 1:
        st.caption(
            "A grey band marks the best number of groups, and those within 5% of it: they would do nearly as well."
        )


def _verdict(now: Now) -> None:
    """The suggestion, the number looked at in words, and the same choice by keyboard."""
    found = now.found
    assert found is not None and now.k is not None
    held = st.session_state
    held["clusters.k"] = now.k
    st.pills(
        "Look at so many groups",
        list(found.of),
        key="clusters.k",
        required=True,
        on_change=_picked,
        label_visibility="collapsed",
        wrap=True,
    )
    st.markdown(_read(now))
    if found.quality.best is None:
        st.warning(f"**{plain(found.quality.sentence.partition(':')[0])}.** You can look at them all the same: as a cut "
                   "through one crowd, not as kinds of customers.")  # fmt: skip
    if "k" not in now.held:
        st.button(
            f"Take {formats.plural(now.k, 'group')}",
            key="take number",
            type="primary",
            on_click=set_,
            kwargs={"k": now.k},
        )


def _picked() -> None:
    held = st.session_state
    held["numbers drawn"] = (
        held.get("numbers drawn", 0) + 1
    )  # what was clicked in the picture is not the choice any more
    set_(k=held["clusters.k"])


def _read(now: Now) -> str:
    """One number of groups in words, and what statisticians look at beside it."""
    quality = now.found.quality  # type: ignore[union-attr]
    one = quality.of[now.k or 0]
    return (
        f"{plain(quality.said(now.k or 0))}  \n:small[Calinski-Harabasz {formats.whole(one['calinski_harabasz'])} (more is "
        f"better), Davies-Bouldin {one['davies_bouldin']:.2f} (less is better)]"
    )


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(candidates_chart(EMPTY))
