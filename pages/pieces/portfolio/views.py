"""The views of those one may ask: kept, laid over each other, and where they do not agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.app.words import plain, show
from pages.pieces.portfolio.shown import METHOD, Shown, lines_of
from pages.widgets import tables
from segmentation import Problem, Study, formats
from segmentation.analysis.views import MOST, agreement, contested, sectors_by_view

SUGGESTED = ("Sales", "Finance", "Service")


def overlay(now: Shown) -> list[dict[str, Any]]:
    """The lines of the saved views that stand on the axes of the picture, where they are to be seen."""
    if not st.session_state.get("views seen"):
        return []
    found = []
    for name, settings in now.study.views.items():
        values = METHOD.complete({key: value for key, value in settings.items() if key in METHOD.controls})
        if values["cooperation_weight"] == now.values["cooperation_weight"]:
            at = lines_of(values, now.customers, now.horizontal)
            found.append({"name": name, "profit": at[0], "potential": at[1]})
    return found


def views(now: Shown) -> None:
    """The views of those one may ask: kept under a name, laid over each other, and where they do not agree."""
    left, right = st.columns((1, 2), gap="medium")
    with left:
        _save(now)
        _saved(now)
    with right:
        _compare(now)


def _save(now: Shown) -> None:
    st.markdown("**Keep this view** — its lines and weights, under the name of who sees it so")
    study = now.study
    free = [name for name in SUGGESTED if name not in study.views]
    st.selectbox(
        "Whose view is this?",
        [*free, *study.views],
        key="view name",
        accept_new_options=True,
        index=None,
        placeholder="Sales, Finance, Service, or a name",
    )

    def save() -> None:
        if name := str(st.session_state["view name"] or "").strip():
            study.views[name] = view_of(study)

    full = len(study.views) >= MOST
    st.button("Keep this view", key="keep view", on_click=save, disabled=full or not st.session_state.get("view name"))


def view_of(study: Study) -> dict[str, Any]:
    """The portfolio as it is seen now: its thresholds, and what cooperation is made of."""
    return {**study.thresholds.get("portfolio", {}), **study.cooperation}


def _saved(now: Shown) -> None:
    study = now.study
    for name in list(study.views):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(name), width="stretch")
            st.button("Look with it", key=f"use {name}", on_click=_use, args=(study, name), type="tertiary")
            st.button("Drop", key=f"drop {name}", on_click=_drop, args=(study, name), type="tertiary")
    if study.views:
        st.toggle("Show their lines in the picture", key="views seen", persist_state="session")


def _drop(study: Study, name: str) -> None:
    study.views.pop(name, None)


def _use(study: Study, name: str) -> None:
    held = study.views[name]
    study.thresholds["portfolio"] = {key: value for key, value in held.items() if key in METHOD.controls}
    study.cooperation = {key: value for key, value in held.items() if key not in METHOD.controls}


def _compare(now: Shown) -> None:
    study, customers = now.study, now.customers
    st.markdown("**Whose sector depends on which team you ask**")
    if len(study.views) < 2:
        st.caption(
            "Keep at least two views: set the lines as sales would, keep them; then as finance would. Here you will see "
            "the customers they do not agree on."
        )
        return
    held = json.loads(json.dumps(study.views))

    def make() -> tuple[pd.DataFrame, pd.DataFrame]:
        by_view = sectors_by_view(customers, held)
        return contested(customers, by_view), agreement(by_view)

    try:
        found, alike = customers.remember(("views", json.dumps(held, sort_keys=True)), make)
    except Problem as problem:
        show(problem)
        return
    st.markdown(sentence(len(found), len(customers)))
    if len(found):
        tables.listing(
            customers,
            found,
            "contested",
            "Customers the views do not agree on",
            study.currency,
            _again(customers, held),
        )
    with st.expander("How far they agree", key="agreement", on_change="rerun") as opened:
        if opened.open:
            st.dataframe(
                (alike * 100).round(1),
                column_config={name: st.column_config.NumberColumn(name, format="%.1f%%") for name in alike},
                alt="Share of customers in the same sector, view by view",
            )


def sentence(contested: int, customers: int) -> str:
    """How many the views do not agree on."""
    if not contested:
        return "All views agree on **every customer**: the lines differ where nobody stands."
    who = f"**{formats.plural(contested, 'customer')}** ({formats.share(contested / customers)})"
    rest = "; on the others all agree" if contested < customers else ""
    return f"{who} {'stands' if contested == 1 else 'stand'} in another sector depending on which team you ask{rest}."


def _again(customers: Any, held: dict[str, Any]) -> Callable[[], pd.DataFrame]:
    return lambda: contested(customers, sectors_by_view(customers, held))
