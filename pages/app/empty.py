"""What a page says before there is anything to show."""

from __future__ import annotations

import streamlit as st

from pages.app import derived, link, session, work
from pages.app.frame import frame
from pages.app.samples import FOLDER, SAMPLES
from pages.app.words import show
from segmentation import Customers, Problem

SEGMENTS = (
    "Here your customers will stand in segments: how many they are, what they bring, what they could bring; "
    "and every threshold is yours to drag while the pictures follow."
)


def no_customers(question: str, shows: str = SEGMENTS) -> Customers | None:
    """The customers, or None after saying what this page will show and how to get there."""
    try:
        customers = derived.customers()
    except Problem as problem:
        frame(None)
        st.title(question)
        show(problem)
        st.page_link("pages/data.py", label="Put it right on the Data page", icon="➡️")
        return None
    if customers is None:
        st.title(question)
        work.trouble()
        link.awaited()
        st.markdown(f"{shows} Bring a file on the Data page, or look at one of these first.")
        samples()
        st.page_link("pages/data.py", label="Bring your own file", icon="➡️")
    return customers


def samples() -> None:
    """The shipped samples, one click each."""
    with st.container(horizontal=True):
        for name, (title, story) in SAMPLES.items():
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{title}**  \n{story}")
                st.button("Look at this one", key=f"sample {name}", on_click=session.open_path, args=(FOLDER / name,))
