"""Segments: who are they? Method and thresholds → sizes, bubbles and Pareto."""

import streamlit as st

from pages.app import frame, session, work
from pages.app.empty import no_customers
from pages.app.words import plain
from pages.pieces.segments.chooser import headed
from pages.pieces.segments.customer_list import customer_list
from pages.pieces.segments.driven import driven
from pages.pieces.segments.further import fill
from pages.pieces.segments.own import own_method
from pages.pieces.segments.pictures import pictures
from pages.pieces.segments.places import Places, places
from pages.pieces.segments.remarks import remarks
from pages.pieces.segments.shown import segmentation
from pages.pieces.segments.suggestions import offer, suggestions
from pages.pieces.segments.weakest import begin, weakest
from pages.widgets import controls, editors
from pages.widgets.sides import picture_first, readable
from segmentation import Customers


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers("Who are your customers, and which of them deserve what?")) is not None:
        segments(customers)


def segments(customers: Customers) -> None:
    """The question and its method: what no threshold changes; then what it does."""
    study = session.study()
    frame.frame(customers)
    st.html(picture_first("sides") + readable("sides"))
    headed(plain(study.chosen.question), study, customers)
    begin(study, customers)
    at = places(study.chosen)
    with at.moving:
        moving(customers, at)
    driven(customers)
    own_method(customers)


@st.fragment
def moving(customers: Customers, at: Places) -> None:
    """Everything a moved threshold repaints; the pictures are sent first, since the eye is on them."""
    study = session.study()
    editors.draw(study.chosen, study.values(), customers)  # what is edited there counts above
    with at.pictures:
        if shown := segmentation(study, customers, controls=True):
            offer(shown)
            pictures(shown)
            remarks(shown)
    with at.weakest:
        if shown:
            weakest(study, customers)
    with at.panel:
        controls.draw(study.chosen, study.values(), customers)
    if shown:
        customer_list(shown)
    fill([(at.starts, suggestions), *at.further], shown)
    work.keep()


page()
