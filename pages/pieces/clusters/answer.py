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


def answer(now: Now) -> None:
    """The verdict, and what can be done with the groups."""
    if now.found is None:
        st.markdown(BEGIN)
        return
    head, _, rest = now.found.quality.sentence.partition(":")
    sample = f" {now.found.quality.sample}" if now.found.quality.sample else ""
    st.markdown(f"**{plain(head)}:**{plain(rest)}{plain(sample)}")
    if now.answered < 3:
        return
    with st.container(horizontal=True, gap="small"):
        if st.button("Take these groups to the Segments page", key="take groups", icon=":material/donut_small:"):
            now.study.choose("kmeans")
            st.switch_page("pages/segments.py")
        keep_this("kmeans")
        st.button(
            "Start again", key="afresh", on_click=afresh, args=(now.study,), help="Forget the answers to all questions"
        )
