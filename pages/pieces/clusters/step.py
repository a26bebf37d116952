"""The frame of one question: open until it is answered, then one line with its answer, to be opened again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.app.words import plain


def step(number: int, question: str, answer: str, draw: Callable[[], None]) -> None:
    """A question with what answers it. answer: in words, "" as long as there is none."""
    if not answer:
        with st.container(border=True, key=f"step {number}"):
            st.header(f"{number} · {question}", anchor=False)
            draw()
        return
    title, key, held = f"**{number} · {question}** {plain(answer)}", f"step {number} again", st.session_state
    held[key] = held.get(key, False)  # under another title Streamlit takes it for another one, which is closed
    with st.expander(title, key=key, on_change="rerun") as opened:
        if opened.open:
            draw()
