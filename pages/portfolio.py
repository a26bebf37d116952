"""Portfolio: whom do we invest in? Profit now × potential, two lines, four sectors, and what follows from them."""

import streamlit as st

from pages.app import frame, session, upload, work
from pages.app.empty import no_customers
from pages.app.words import plain
from pages.pieces.portfolio import model
from pages.pieces.portfolio.answer import answer
from pages.pieces.portfolio.beside import beside
from pages.pieces.portfolio.clear_cut import clear_cut
from pages.pieces.portfolio.customer import card
from pages.pieces.portfolio.economics import economics
from pages.pieces.portfolio.explanation import explanation
from pages.pieces.portfolio.held_back import held_back
from pages.pieces.portfolio.ladder import ladder
from pages.pieces.portfolio.levers import levers
from pages.pieces.portfolio.lists import lists
from pages.pieces.portfolio.movement import movement
from pages.pieces.portfolio.picture import picture
from pages.pieces.portfolio.shown import Shown, shown
from pages.pieces.portfolio.views import overlay, views
from pages.widgets.keeping import keep_this
from segmentation import Customers
from segmentation.analysis.scales import scales

QUESTION = "Whom do we invest in?"
SHOWS = (
    "Here every customer will have a place by profit now and potential. Two lines make four decisions: invest, "
    "harvest, develop, and below both serve cheaply or let go; drag them, and see customers and money move."
)
SIDES = (2.6, 1)  # the picture, and beside it what moves it
PARTS = {
    "Sector lists": lists,
    "Clear-cut?": clear_cut,
    "Is the potential true?": held_back,
    "Cost and cooperation": economics,
    "Views by team": views,
    "Levers": levers,
    "Movement": movement,
    "Ladder": ladder,
    "One customer": card,
}


def whole() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        page(customers)


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
        customers = model.customers()
    now = shown(study, customers)
    if now:
        with said:
            answer(now)
            keep_this("portfolio")
    left, right = st.columns(SIDES, gap="medium", border=True)
    if now:
        with left:
            picture(now, overlay(now))
    with right:
        if now:
            beside(now)
        model.choose(study, customers)
    if now:
        parts(now)
        explanation(now)
    work.keep()


def parts(now: Shown) -> None:
    """What else can be asked, and over which time its amounts are; only the one that is open is calculated.

    Tabs would send nine elements at every move.
    """
    st.session_state.setdefault("part", next(iter(PARTS)))
    part = st.pills("What else?", list(PARTS), key="part", required=True, label_visibility="collapsed")
    PARTS[str(part)](now)
    st.caption(plain(scales(now.customers)))


whole()
