"""Playbook: what do we do differently? One row a segment, to be written in place; who is treated alike is told."""

import streamlit as st

from pages.app import frame, session
from pages.app.empty import no_customers
from pages.pieces.playbook.actions import actions
from pages.pieces.playbook.good import good
from pages.pieces.playbook.pins import pins
from pages.pieces.playbook.shown import Shown, shown
from pages.pieces.playbook.table import gone, table
from pages.pieces.playbook.verdict import verdict
from pages.pieces.segments.chooser import headed
from segmentation import Customers

QUESTION = "What do we do differently?"
SHOWS = (
    "Here each segment of your customers will have a row: who answers for it, what it is to become, how you sell to it, serve it and "
    "on which terms. A first playbook is proposed; whoever is treated alike is flagged."
)


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        playbook(customers)


def playbook(customers: Customers) -> None:
    """What the playbook is worth, above the table it is read from."""
    study = session.study()
    frame.frame(customers)
    headed(QUESTION, study, customers)
    if not (found := shown(study, customers)):
        return
    said = st.container()
    table(found)
    again = Shown(found.study, customers)  # with what was just written
    with said:
        verdict(again)
    gone(again)
    actions(again)
    good(again)
    pins(again)


page()
