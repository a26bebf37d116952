"""Clusters: which customers are alike? Five questions, each answered before the next opens, and an honest verdict."""

import streamlit as st

from pages.app import frame, session, upload, work
from pages.app.empty import no_customers
from pages.pieces.clusters.answer import answer
from pages.pieces.clusters.columns import columns
from pages.pieces.clusters.comparable import comparable
from pages.pieces.clusters.crowd import MAP, map_of
from pages.pieces.clusters.factors import behind
from pages.pieces.clusters.hold import hold
from pages.pieces.clusters.how_many import how_many
from pages.pieces.clusters.state import Now, left, search
from pages.pieces.clusters.stepping import stepping
from pages.pieces.clusters.tree import joins
from pages.pieces.clusters.who import CARDS, who
from segmentation import Customers

QUESTION = "Which customers are alike?"
SHOWS = (
    "Here your customers will fall into groups that nobody had to guess thresholds for: five questions lead to them, to who "
    "they are in words, and to an honest answer whether there are any."
)
PARTS = {
    MAP: map_of,
    "What lies behind the columns": behind,
    "How it works, step by step": stepping,
    "Tree of joins": joins,
}


def whole() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        page(customers)


def page(customers: Customers) -> None:
    """The question; then what an answer changes."""
    upload.work()
    left()
    frame.frame(customers)
    st.html(CARDS)
    moving(customers)


@st.fragment
def moving(customers: Customers) -> None:
    """The steps, as far as they are answered."""
    if st.session_state.get("clusters left"):
        st.rerun()
    now = Now(session.study(), customers)
    said = st.container()  # the verdict stands first, and is known last
    columns(now)
    if now.answered > 0:
        comparable(now)
    if now.answered > 1:
        search(now)
    with said:
        answer(now, QUESTION)
    if now.found and now.k:
        groups(now)
    work.keep()


@st.fragment
def groups(before: Now) -> None:
    """What another number of groups changes: by itself, without the questions before, which stay as they are."""
    now = before.again(session.study())
    if now is None or st.session_state.get("clusters left"):
        st.rerun()
    how_many(now)
    if now.answered > 2:
        who(now)
        hold(now)
        parts(now)
    work.keep()


def parts(now: Now) -> None:
    """What else can be looked at; only the one that is open is calculated."""
    with st.container(border=True, key="parts"):
        st.session_state.setdefault("clusters part", next(iter(PARTS)))
        part = st.pills("What else?", list(PARTS), key="clusters part", required=True, label_visibility="collapsed")
        PARTS[str(part)](now)


whole()
