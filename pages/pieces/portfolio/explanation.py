"""What the portfolio means and how it was computed."""

from __future__ import annotations

import streamlit as st

from pages.app.words import listed, plain
from pages.pieces.portfolio.shown import METHOD, Shown
from pages.widgets.call import call
from segmentation.analysis.remarks import moved_from_usual


def explanation(now: Shown) -> None:
    """What the portfolio is, what was assumed, and the Python that gives the same numbers; sent when it is open."""
    with st.expander("What it means, and how it was computed", key="portfolio explained", on_change="rerun") as opened:
        if opened.open:
            st.markdown(plain(METHOD.doc).replace("  ", " "))
            if elsewhere := moved_from_usual(METHOD, now.values):
                st.markdown(plain(elsewhere))
            listed(now.customers.notes)
            st.code(call(now.study, "portfolio", "sectors"), language="python")
