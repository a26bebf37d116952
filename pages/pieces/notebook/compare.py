"""Two cells beside each other: what differs, in customers and money."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain, show
from pages.pieces.notebook.found import Found, titles
from pages.widgets import tables
from segmentation import Customers, Problem, Study
from segmentation.analysis.compared import compared, in_words
from segmentation.columns.metrics import label


def compare(study: Study, customers: Customers) -> None:
    """Choose two cells, and read what differs; two are needed."""
    if len(study.cells) < 2:
        return
    with st.container(border=True, key="compare"):
        st.header("What differs between two of them?")
        names = titles(study)
        choices = [
            names.index(_choice(label, key, names, at))
            for label, key, at in (("One", "compare one", 0), ("Other", "compare other", 1))
        ]
        one, other = (study.cells[at] for at in choices)
        try:
            _difference(Found(study, customers, one), Found(study, customers, other))
        except Problem as problem:
            show(problem)


def _choice(label: str, key: str, names: list[str], usual: int) -> str:
    """A cell by its number and title; one that was moved, retitled or deleted is chosen no longer."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[usual]
    return st.selectbox(label, names, key=key)


def _difference(one: Found, other: Found) -> None:
    st.markdown(plain(in_words(one.segmentation, other.segmentation, one.study.currency)))
    frame = compared(one.segmentation, other.segmentation)
    money = one.customers.money
    config = {
        "segment": st.column_config.TextColumn("Segment"),
        "customers": tables.count("Customers, one"),
        "customers_other": tables.count("Customers, other"),
        "customers_change": tables.count("Difference"),
        money: tables.money(f"{label(money)}, one", one.study.currency),
        f"{money}_other": tables.money(f"{label(money)}, other", one.study.currency),
        f"{money}_change": tables.money("Difference in money", one.study.currency),
    }
    st.dataframe(frame, hide_index=True, column_config=config, alt="What differs between the two")
