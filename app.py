"""Segment Lab: page config and navigation; nothing else."""

import streamlit as st

from pages.app import start

start.once()  # before the rest: the library is imported while nothing is looked through for garbage

from pages.app import link, login, opening, word, work  # noqa: E402

st.set_page_config(page_title="Segment Lab", page_icon=start.ICON, layout="wide")
closed = [one for one in (login, word) if not one.known()]
page = st.navigation(
    [
        st.Page("pages/data.py", title="Data", default=True),
        st.Page("pages/segments.py", title="Segments"),
        st.Page("pages/portfolio.py", title="Portfolio"),
        st.Page("pages/clusters.py", title="Clusters"),
        st.Page("pages/playbook.py", title="Playbook"),
        st.Page("pages/money.py", title="Money"),
        st.Page("pages/campaign.py", title="Campaign"),
        st.Page("pages/notebook.py", title="Notebook"),
    ],
    position="hidden" if closed else "top",
)
if closed:
    closed[0].ask()
else:
    with opening.in_turn(page.title):
        work.open_kept()
        link.follow()
        page.run()
    work.keep()
    work.address()
    login.leave()
