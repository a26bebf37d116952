"""The lists of the sectors: what each asks for, and who is in it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.app.words import listed
from pages.pieces.portfolio.shown import METHOD, Shown
from pages.widgets import tables
from segmentation import formats

MEANING = {
    "Invest": "brings much, good prospects: the best managers",
    "Harvest": "brings much, little to come: take the benefit, invest little, do not forget them",
    "Develop": "promising, brings little today: patient managers, and a date by which it must pay",
    "Serve cheaply": "little now and little to come: serve at low cost, by catalogue and minimum order",
    "Let go": "cost more than they bring, and little to come: make them pay their way, or part with them",
}


def said(now: Shown, sector: str) -> str:
    """What a sector is and asks for, with how many are in it."""
    held = int(now.summary["customers"][now.segmentation.names.index(sector)])
    return f"{sector} ({formats.plural(held, 'customer')}): {MEANING[sector]}."


def lists(now: Shown) -> None:
    """What a sector asks for, and who is in it, to look at and to take away."""
    names = now.segmentation.shown
    if st.session_state.get("sector") not in names:
        st.session_state["sector"] = None
    name = st.selectbox(
        "Customers of", names, key="sector", placeholder="choose a sector", width=420, persist_state="session"
    )
    listed(said(now, one) for one in MEANING if name in (None, one))
    if name is None:
        return
    customers, rows = now.customers, now.segmentation.rows(name)
    thresholds = dict(now.study.thresholds.get("portfolio", {}))

    def download() -> pd.DataFrame:
        """The list made anew: the sectors, kept with the button, would cost each visitor megabytes."""
        again = METHOD(customers, **thresholds)
        return tables.customer_list(again, again.rows(name))

    tables.customers(customers, rows, name, now.study.currency, download)
