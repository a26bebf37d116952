"""Where stands what a moved threshold repaints: the places are made with the page, and cost an answer nothing."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.pieces.segments import weakest
from pages.pieces.segments.further import Further, headings
from pages.pieces.segments.suggestions import starts
from pages.widgets import controls
from segmentation.dataclass import dataclass
from segmentation.segments.method import Method

SIDES = (1, 3.2)  # thresholds beside the pictures they move


@dataclass(frozen=True)
class Places:
    """From above: the weakest point, the thresholds and where to start beside the pictures, and what stands below."""

    weakest: DeltaGenerator
    panel: DeltaGenerator
    starts: DeltaGenerator
    pictures: DeltaGenerator
    moving: DeltaGenerator
    further: Further


def places(method: Method) -> Places:
    """All of them, empty."""
    above = weakest.place()
    with st.container(key="sides"):
        left, right = st.columns(SIDES, gap="medium")
    with left:
        panel = st.container(border=controls.any_of(method))
        suggested = starts()
    return Places(above, panel, suggested, right, st.container(), headings(method))
