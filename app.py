"""Segment Lab: page config and navigation; nothing else."""

import streamlit as st

from pages.app import start, word

start.once()
st.set_page_config(page_title="Segment Lab", page_icon=start.ICON, layout="wide")
page = st.navigation(
    [
        st.Page("pages/data.py", title="Data", default=True),
        st.Page("pages/segments.py", title="Segments"),
        st.Page("pages/portfolio.py", title="Portfolio"),
    ],
    position="top" if word.known() else "hidden",
)
if word.known():
    page.run()
else:
    word.ask()
