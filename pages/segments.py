"""Segments: who are they? Method and thresholds → sizes, bubbles and Pareto, live."""

import streamlit as st

from pages.parts import controls, frame, live, session
from pages.parts.empty import no_customers
from segmentation import Customers


@st.fragment
def segments(customers: Customers) -> None:
    """Everything a moved threshold repaints."""
    study = session.study()
    heading = st.container()
    heading.title(study.chosen.question)
    left, right = st.columns([1, 3.2], gap="medium")
    with left:
        live.choose_method(study, customers)
        if not study.chosen.missing(customers):
            with st.container(border=True):
                controls.draw(study.chosen, study.values(), customers)
    if not (shown := live.segmentation(study, customers)):
        return
    with heading:
        live.answer(shown)
        live.key_figures(shown)
    with right:
        curves, clouds = st.columns(2)
        with curves:
            live.card(shown, live.pareto, live.balance)
            live.card(shown, live.whale)
        with clouds:
            live.card(shown, live.bubbles, live.portfolio_lines)
            live.card(shown, live.sizes)
    live.segment_table(shown)
    live.customer_list(shown)
    live.explanation(shown)


if (customers := no_customers("Who are your customers, and which of them deserve what?")) is not None:
    frame.frame(customers)
    segments(customers)
