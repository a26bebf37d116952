"""Portfolio: whom do we invest in? Profit now × potential, two lines, four sectors, and what follows from them."""

import streamlit as st

from pages.app import frame, session, upload
from pages.app.empty import no_customers
from pages.pieces.portfolio import change, customer, levers, portfolio, potential, weights
from segmentation import Customers

QUESTION = "Whom do we invest in?"
SHOWS = (
    "Here every customer will have a place by profit now and potential. Two lines make four decisions: invest, "
    "harvest, develop, let go; drag them, and see customers and money move."
)
SIDES = (2.6, 1)  # the picture, and beside it what moves it
PARTS = {
    "Sector lists": portfolio.lists,
    "Clear-cut?": portfolio.clear_cut,
    "Is the potential true?": potential.held_back,
    "Cost and cooperation": weights.economics,
    "Whom you ask": weights.views,
    "Levers": levers.levers,
    "Movement": change.movement,
    "Ladder": change.ladder,
    "One customer": customer.card,
}


def page(customers: Customers) -> None:
    """The question; then what a line, a model or a weight changes."""
    upload.work()
    frame.frame(customers)
    st.title(QUESTION)
    moving()


@st.fragment
def moving() -> None:
    """Everything a moved line or another model repaints; the picture is sent first, since the eye is on it."""
    study = session.study()
    said = st.container()
    with said:
        customers = potential.customers()
    now = portfolio.shown(study, customers)
    if now:
        with said:
            portfolio.answer(now)
    left, right = st.columns(SIDES, gap="medium", border=True)
    if now:
        with left:
            portfolio.picture(now, weights.overlay(now))
    with right:
        if now:
            portfolio.beside(now)
        potential.choose(study, customers)
    if now:
        parts(now)
        portfolio.explanation(now)


def parts(now: portfolio.Shown) -> None:
    """What else can be asked; only the one that is open is reckoned. Tabs would send nine elements at every move."""
    st.session_state.setdefault("part", next(iter(PARTS)))
    part = st.pills("What else?", list(PARTS), key="part", required=True, label_visibility="collapsed")
    PARTS[str(part)](now)


if (found := no_customers(QUESTION, SHOWS)) is not None:
    page(found)
