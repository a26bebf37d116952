"""Two pieces of a page beside each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

Now = TypeVar("Now")
# On a phone, where columns stand below each other. Only the two sides change places: columns inside of them, as those of
# several cuts, keep theirs
PICTURE_FIRST = """<style>@media (max-width: 640px) {{
.st-key-{key} [data-testid=stColumn]:first-child:not([data-testid=stColumn] [data-testid=stColumn]) {{ order: 1 }} }}</style>"""

# Beside pictures what is chosen of a list stands in one line, which a browser cuts off where it has no room
READABLE = """<style>@media (min-width: 641px) {{
.st-key-{key} [data-testid=stColumn]:first-child:not([data-testid=stColumn] [data-testid=stColumn]) {{ flex-grow: 0; min-width: 17rem }}
.st-key-{key} [data-testid=stColumn]:last-child:not([data-testid=stColumn] [data-testid=stColumn]) {{ flex-basis: 0 }}
.st-key-{key} [data-testid=stColumn] [data-testid=stColumn] input {{ padding-inline: 0.25rem }} /* four numbers in a row */
}}</style>"""


def sides(now: Now, left: Callable[[Now], None], right: Callable[[Now], None]) -> None:
    """Both drawn of the same, each in a half of the page."""
    for column, draw in zip(st.columns(2, gap="medium"), (left, right), strict=True):
        with column:
            draw(now)


def picture_first(key: str) -> str:
    """The style by which on a phone the right one of two columns, in a container of this key, comes before the left one."""
    return PICTURE_FIRST.format(key=key.replace(" ", "-"))


def readable(key: str) -> str:
    """The style by which the left one of two columns, in a container of this key, keeps the room that its choices need."""
    return READABLE.format(key=key.replace(" ", "-"))
