"""Data: what do we have? A file or a sample, what was read, and which column is what."""

import streamlit as st

from pages.parts import reading, session
from pages.parts.empty import samples
from pages.parts.frame import frame
from pages.parts.words import show
from segmentation import Problem

if session.table() is None:
    st.title("What do you know about your customers?")
    st.markdown(
        "Bring the file you have: sale lines (one row a sale) or a customer table (one row a customer). "
        "You will see who your customers are, what they bring, and what each threshold does."
    )
    reading.trouble()
    reading.upload()
    st.markdown("No file at hand? Look at a sample:")
    samples()
else:
    trouble = None
    try:
        customers = session.customers()
    except Problem as problem:
        customers, trouble = None, problem
    frame(customers)
    st.title("What do we have?")
    reading.trouble()
    reading.answer(customers)
    if trouble:
        show(trouble)
    left, right = st.columns([1, 1.6], gap="medium")
    with left:
        reading.columns()
        reading.choices()
    with right:
        reading.preview()
        reading.decisions()
        reading.set_aside(customers)
    with st.expander("Bring another file, or a sample"):
        reading.upload()
        samples()
