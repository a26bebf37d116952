"""Segments: who are they? Method and thresholds → sizes, bubbles and Pareto."""

import streamlit as st

from pages.app import frame, session, work
from pages.app.empty import no_customers
from pages.app.words import plain
from pages.pieces.segments.chooser import headed
from pages.pieces.segments.customer_list import customer_list
from pages.pieces.segments.driven import driven
from pages.pieces.segments.further import Further, fill, headings
from pages.pieces.segments.own import own_method
from pages.pieces.segments.pictures import pictures
from pages.pieces.segments.remarks import remarks
from pages.pieces.segments.shown import segmentation
from pages.pieces.segments.suggestions import offer, suggestions
from pages.pieces.segments.weakest import begin, place, weakest
from pages.widgets import controls, editors
from segmentation import Customers

SIDES = (1, 3.2)  # thresholds beside the pictures they move
PICTURE_FIRST = """<style>@media (max-width: 640px) {
.st-key-sides [data-testid=stColumn]:first-child { order: 1 } }</style>"""  # on a phone, where columns stand below each other


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers("Who are your customers, and which of them deserve what?")) is not None:
        segments(customers)


def segments(customers: Customers) -> None:
    """The question and its method: what no threshold changes; then what it does."""
    study = session.study()
    frame.frame(customers)
    st.html(PICTURE_FIRST)
    headed(plain(study.chosen.question), study, customers)
    begin(study, customers)
    repainted = st.container()
    places = headings(study.chosen)
    with repainted:
        moving(customers, places)
    driven(customers)
    own_method(customers)


@st.fragment
def moving(customers: Customers, places: Further) -> None:
    """Everything a moved threshold repaints; the pictures are sent first, since the eye is on them."""
    study = session.study()
    above = place()
    with st.container(key="sides"):
        left, right = st.columns(SIDES, gap="medium")
    editors.draw(study.chosen, study.values(), customers)  # what is edited there counts above
    with right:
        if shown := segmentation(study, customers):
            offer(shown)
            pictures(shown)
            remarks(shown)
            with above:
                weakest(study, customers)
    with left:
        controls.panel(study.chosen, study.values(), customers)
        if shown:
            suggestions(shown)
    if shown:
        customer_list(shown)
    fill(places, shown)
    work.keep()


page()
