"""The first rows as they were read."""

from __future__ import annotations

import streamlit as st

from pages.app import derived, session
from pages.pieces.data.roles import BESIDE
from pages.widgets import tables


def preview() -> None:
    """The first rows as they were read."""
    table = session.table()
    assert table is not None
    st.header("As it was read")
    beside = 84 * (3 + bool({*BESIDE} & derived.roles().keys())) + 60  # as high as the roles beside it
    rows = derived.kept("preview", lambda: table.frame(100))
    tables.rows(rows, "preview", "The first rows of the file", min(beside, 38 + 35 * max(len(rows), 3)))
