"""Data: what do we have? Files or a sample, what was read and what was not, and which column is what."""

import streamlit as st

from pages.app import derived, link, session, upload, work
from pages.app.empty import samples
from pages.app.frame import frame
from pages.app.words import show
from pages.pieces.data.templates import templates
from segmentation import Problem


def welcome() -> None:
    """Before there is a file."""
    st.title("What do you know about your customers?")
    st.markdown(
        "Bring the files you have: sale lines (one row a sale), a customer table (one row a customer), or several that "
        "belong together. You will see who your customers are, what they bring, and what each threshold does."
    )
    upload.trouble()
    work.trouble()
    link.awaited()
    upload.zone()
    st.markdown("No file at hand? Look at a sample:")
    samples()
    templates()


def what_there_is() -> None:
    """What was read, and what is decided about it. A name of the module would keep it when everybody has left.

    Its pieces, and all that reads files, are imported with the first of them, so that the page without one is soon there.
    """
    from pages.pieces.data import roles
    from pages.pieces.data.answer import answer
    from pages.pieces.data.choices import choices
    from pages.pieces.data.decisions import decisions
    from pages.pieces.data.findings import findings
    from pages.pieces.data.joins import joins
    from pages.pieces.data.lookalikes import lookalikes
    from pages.pieces.data.preview import preview
    from pages.pieces.data.questions import questions
    from pages.pieces.data.set_aside import set_aside

    trouble = None
    try:
        customers = derived.customers()
    except Problem as problem:
        customers, trouble = None, problem
    frame(customers)
    st.title("What do we have?")
    upload.trouble()
    answer(customers)
    if trouble:
        show(trouble)
    questions()
    joins()
    left, right = st.columns([1, 1.6], gap="medium")
    with left:
        roles.columns()
    with right:
        preview()
    roles.more()
    findings()
    set_aside(customers)
    choices()
    decisions()
    lookalikes()
    with st.expander("Bring other files, or a sample", key="other files", on_change="rerun") as other:
        upload.zone()
        if other.open:
            samples()
    templates()


session.study()
upload.work()
if session.table() is None:
    welcome()
else:
    what_there_is()
