"""What the portfolio means and how it was computed."""

from __future__ import annotations

import streamlit as st

from pages.app.words import listed, plain
from pages.pieces.portfolio.shown import METHOD, Shown
from pages.widgets.call import call


def explanation(now: Shown) -> None:
    """What the portfolio is, what was assumed, and the Python that gives the same numbers; sent when it is open."""
    with st.expander("What it means, and how it was computed", key="portfolio explained", on_change="rerun") as opened:
        if opened.open:
            st.markdown(plain(METHOD.doc).replace("  ", " "))
            listed(now.customers.notes)
            st.code(call(now.study, "portfolio", "sectors"), language="python")
