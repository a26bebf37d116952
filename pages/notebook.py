"""Notebook: what did we find? The findings that were kept, one below the other, to tell and to compare."""

import streamlit as st

from pages.app import frame, session
from pages.app.empty import no_customers
from pages.pieces.notebook.cells import cells
from pages.pieces.notebook.compare import compare
from pages.pieces.notebook.present import present, presenting
from segmentation import Customers

QUESTION = "What did we find?"
SHOWS = (
    "Here what you find out about your customers and keep will stand one below the other, each with its settings and your note: to be "
    "told to others, compared, and looked at again on next month's file."
)


def page() -> None:
    """The page, where there are customers; a name of the module would keep them when everybody has left."""
    if (customers := no_customers(QUESTION, SHOWS)) is not None:
        notebook(customers)


def notebook(customers: Customers) -> None:
    """One cell at a time before an audience, else all of them."""
    study = session.study()
    if presenting(study):
        present(study, customers)
        return
    frame.frame(customers)
    st.title(QUESTION)
    cells(study, customers)
    compare(study, customers)


page()
