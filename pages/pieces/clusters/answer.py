"""What was found so far, in a sentence."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain
from pages.pieces.clusters.state import Now, words

BEGIN = (
    "Five questions lead to groups of customers who are alike, without a threshold anybody has to guess, and to an honest "
    "answer whether there are any."
)


def answer(now: Now, question: str) -> None:
    """The question of the page, and the verdict."""
    st.title(question)
    if now.found is None:
        st.markdown(BEGIN)
        return
    head, _, rest = now.found.quality.sentence.partition(": ")
    said = " ".join(filter(None, (rest, now.found.quality.sample)))
    before = f"As found before, by {plain(words(now.found.columns))}: " if now.past else ""
    st.markdown(f"{before}**{plain(head)}**: {plain(said)}")
