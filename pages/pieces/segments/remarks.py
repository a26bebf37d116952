"""What must be known where the numbers are seen."""

import streamlit as st

from pages.app.words import plain
from pages.pieces.segments.shown import Shown
from segmentation.analysis import remarks as library


def remarks(shown: Shown) -> None:
    """One line each, under the pictures; nothing where there is nothing to say."""
    said = [library.handful(len(shown.customers)), *library.remarks(shown.method, shown.values, shown.segmentation)]
    if any(said):
        st.caption(" ".join(map(plain, filter(None, said))))
