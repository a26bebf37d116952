"""Further tables of a method."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.app import masking
from pages.app.words import show
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.columns.metrics import label

ROWS = 200  # of a further table shown on the page; the download holds them all


def look_at(shown: Shown, title: str) -> None:
    """One of the further tables of this method."""
    try:
        found = shown.method.looks[title](shown.method, shown.customers, shown.values)
    except Problem as problem:
        show(problem)
        return
    config = {name: label(name) for name in found.columns}
    head = masking.masked(found.head(ROWS))
    st.dataframe(head, column_config=config, alt=title, hide_index=found.index.name is None)
    _download(title, shown.method.name, found)


def _download(title: str, name: str, found: pd.DataFrame) -> None:
    """All of the table as a file, made when it is asked for."""
    tables.take_away(f"Download {formats.plural(len(found), 'row')}", lambda: found, name, f"download.{title}")
