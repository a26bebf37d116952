"""Which method: one list of all, and help to choose among them by question."""

from __future__ import annotations

import streamlit as st

from pages.app.words import plain
from pages.widgets.held import held
from pages.widgets.keeping import keep_this
from segmentation import Customers, Study
from segmentation.analysis.chooser import QUESTIONS, Row, chooser
from segmentation.columns.concepts import said as in_words
from segmentation.columns.supply import how
from segmentation.segments.method import Method, Other

MARGIN = 0.30  # offered as an assumption where the file knows no profit
FAMILIES = [family for families in QUESTIONS.values() for family in families]


def headed(question: str, study: Study, customers: Customers) -> None:
    """The question of a page, and beside it the method whose segments it is asked of."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title(question, width="stretch")
        choose_method(study, customers)


def choose_method(study: Study, customers: Customers) -> None:
    """The method, those of one's own first; of those the data cannot feed, whatever is chosen in them, that is said."""
    methods = study.methods
    names = sorted(methods, key=lambda name: (name not in study.own, _place(methods[name])))

    def titled(name: str) -> str:
        made_of_others = any(isinstance(control, Other) for control in methods[name].controls.values())
        lacking = not made_of_others and methods[name].missing(
            customers
        )  # at the usual thresholds: names stay as they are
        return methods[name].title + (" (no data)" if lacking else "")  # what it lacks is said beside the question

    with st.container(horizontal=True, vertical_alignment="bottom", width="content"):
        st.selectbox(
            "Method",
            names,
            format_func=titled,
            width=300,
            label_visibility="collapsed",
            **held("method", study.method, study.choose, names),
        )
        with st.popover("Help me choose", key="choosing", on_change="rerun") as popover:
            if popover.open:
                _by_question(study, customers)
        keep_this()


def _place(method: Method) -> tuple[int, str]:
    return FAMILIES.index(method.family), method.title


def _by_question(study: Study, customers: Customers) -> None:
    """Five questions; under each the methods the data allow, and what the others lack with a way to supply it."""
    methods = study.methods
    rows = chooser(customers, methods)
    for question in QUESTIONS:
        under = [row for row in rows if row.question == question]
        allowed = {row.method: row for row in under if row.allowed}
        st.pills(
            question,
            list(allowed),
            key=f"choose {question}",
            format_func=lambda name: plain(methods[name].title),
            on_change=_choose,
            args=(study, f"choose {question}"),
        )
        if lacking := [row for row in under if not row.allowed]:
            st.caption("  \n".join(_lacks(row) for row in lacking))
    if "revenue" in customers.frame and any(one.name == "margin" for row in rows for one in row.supplies):
        st.button(
            f"Assume a margin of {MARGIN:.0%}, so that there is a profit",
            on_click=lambda: setattr(study, "margin", MARGIN),
        )
    st.page_link("pages/data.py", label="Choose columns on the Data page", icon="➡️")


def _choose(study: Study, key: str) -> None:
    if name := st.session_state[key]:
        study.choose(name)
    st.session_state[key] = None
    st.session_state["choosing"] = False


def _lacks(row: Row) -> str:
    lacks = ", ".join(map(in_words, row.lacks)).lower()
    return f"**{plain(row.title)}** lacks {plain(lacks)}: {plain(how(*row.lacks))}."
