"""The customers of one segment, or of the box drawn in the picture, to look at and to take away."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app import session
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation.segments.segmentation import Segmentation

session.stale_with_data("listed", "box")

BOX = "the box drawn in the chart"


def customer_list(shown: Shown) -> None:
    """The customers of one segment, or of the box drawn in the bubble chart, to look at and to take away."""
    names = [*shown.segmentation.shown, *([BOX] if st.session_state.get("box") else [])]
    if st.session_state.get("listed") not in names:
        st.session_state["listed"] = None
    st.selectbox(
        "Customers of", names, key="listed", width=420, placeholder="choose a segment, click its bubble, or draw a box"
    )
    name, box = st.session_state["listed"], st.session_state.get("box")
    if name is None:
        return
    study, method, values, customers = shown.study, shown.method, shown.values, shown.customers

    def download() -> pd.DataFrame:
        """The list made anew: the segmentation, kept with the button, would cost each visitor megabytes."""
        again = study.pinned(method.name, method(customers, **values))
        return tables.customer_list(again, listed_rows(again, name, box))

    rows = listed_rows(shown.segmentation, name, box)
    tables.customers(customers, rows, name, shown.study.currency, download)


def listed_rows(segmentation: Segmentation, name: str, box: dict[str, Any] | None) -> np.ndarray:
    """Row numbers of the customers to list: those of a segment, or those in the box."""
    if name != BOX or not box:
        return segmentation.rows(name)
    customers = segmentation.customers
    inside = np.ones(len(customers), bool)
    for axis, column in (("x", customers.money), ("y", "potential")):
        low, high = sorted(box[axis])
        inside &= (customers.values(column) >= low) & (customers.values(column) <= high)
    return np.flatnonzero(inside)
