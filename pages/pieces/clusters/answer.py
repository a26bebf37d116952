"""What was found so far, in a sentence, and where to go on from it."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain
from pages.pieces.clusters.state import Now, afresh
from pages.widgets.keeping import keep_this

BEGIN = (
    "Five questions lead to groups of customers who are alike, without a threshold anybody has to guess, and to an honest "
    "answer whether there are any."
)


def answer(now: Now, question: str) -> None:
    """The question of the page, what can be done with the groups, and the verdict."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="head"):
        st.title(question, width="stretch")
        if now.found is not None and now.answered > 2:
            _onward(now)
    if now.found is None:
        st.markdown(BEGIN)
        return
    head, _, rest = now.found.quality.sentence.partition(": ")
    said = " ".join(filter(None, (rest, now.found.quality.sample)))
    st.markdown(f"**{plain(head)}**: {plain(said)}")


def _onward(now: Now) -> None:
    with st.container(horizontal=True, gap="small", width="content"):
        if st.button("Take these groups to the Segments page", key="take groups", icon=":material/donut_small:"):
            now.study.choose("kmeans")
            st.switch_page("pages/segments.py")
        keep_this("kmeans")
        st.button(
            "Start again", key="afresh", on_click=afresh, args=(now.study,), help="Forget the answers to all questions"
        )
