"""How clear-cut the decisions are: who stands near a line, and whom one criterion alone would have lost."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from pages.pieces.portfolio.shown import METHOD, Shown
from pages.widgets import tables
from pages.widgets.sides import sides
from segmentation import formats
from segmentation.analysis import portfolio


def clear_cut(now: Shown) -> None:
    """The decisions that could as well be others, and whom one criterion alone would have lost."""
    sides(now, _near, _lost)


def _near(now: Shown) -> None:
    st.markdown("**How clear-cut?** — who stands near a line")
    st.session_state.setdefault("near", 1)
    steps = st.slider("Within so many steps of a slider", 1, 10, key="near", persist_state="session")
    customers, at, column = now.customers, now.at, now.horizontal
    found = customers.remember(("near", column, at, steps), lambda: portfolio.borderline(customers, at, steps, column))
    known = len(customers) - int(now.segmentation.counts[-1])
    share = formats.share(len(found) / known) if known else "none"
    st.markdown(
        f"**{formats.plural(len(found), 'customer')}** ({share}) would change sector within "
        f"{formats.plural(steps, 'step')} of a line: judge these one by one, the others are decided."
    )

    def download() -> pd.DataFrame:
        return portfolio.borderline(customers, at, steps, column)

    if len(found):
        found = found.rename(columns={"steps": "Steps away"})
        tables.listing(customers, found, "borderline", "Customers near a line", now.study.currency, download)


def _lost(now: Shown) -> None:
    st.markdown(f"**What one criterion would have lost** — dropped by an ABC on {now.customers.money}, kept here")
    customers, thresholds = now.customers, dict(now.study.thresholds.get("portfolio", {}))
    key = ("lost", json.dumps(thresholds, sort_keys=True))
    found = customers.remember(key, lambda: portfolio.lost_by_one(customers, now.segmentation))
    if not len(found):
        st.caption("Nobody: those in class C of an ABC are below both lines here too.")
        return
    held = now.say(float(found["potential"].sum()))
    st.markdown(
        f"An ABC on {customers.money} puts **{formats.plural(len(found), 'customer')}** with **{held} of potential** "
        "into class C. The portfolio keeps them."
    )

    def download() -> pd.DataFrame:
        return portfolio.lost_by_one(customers, METHOD(customers, **thresholds))

    tables.listing(
        customers, found, "lost_by_one_criterion", "Customers one criterion loses", now.study.currency, download
    )
