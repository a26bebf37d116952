"""What must be known where the numbers are seen."""

import streamlit as st

from pages.app.words import plain
from pages.pieces.segments.shown import Shown
from segmentation.analysis import remarks as library


def remarks(shown: Shown) -> None:
    """One line each, under the pictures; nothing where there is nothing to say."""
    if said := library.remarks(shown.method, shown.values, shown.segmentation):
        st.caption(" ".join(map(plain, said)))
