"""Two pieces of a page beside each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Now = TypeVar("Now")


def sides(now: Now, left: Callable[[Now], None], right: Callable[[Now], None]) -> None:
    """Both drawn of the same, each in a half of the page."""
    for column, draw in zip(st.columns(2, gap="medium"), (left, right), strict=True):
        with column:
            draw(now)
