"""What else there is to see of the segments, each thing made when it is opened.

The headings stand outside what a moved threshold repaints: closed ones cost an answer nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.pieces.segments.edges import edges
from pages.pieces.segments.explanation import explanation
from pages.pieces.segments.fewer import fewer_segments
from pages.pieces.segments.looks import look_at
from pages.pieces.segments.newcomer import newcomer
from pages.pieces.segments.personas import persona_cards
from pages.pieces.segments.shown import Shown
from segmentation.segments.method import Method

Further = list[tuple[Any, Callable[[Shown], None]]]


def headings(method: Method) -> Further:
    """A place for each thing, and what fills it."""
    name = method.name
    tables = [(title, f"look.{name}.{title}", partial(look_at, title=title)) for title in method.looks]
    held: list[tuple[str, str, Callable[[Shown], None]]] = [
        ("Personas: the most typical customer of each segment", "personas", persona_cards),
        *tables,
        ("Who stands at the edges: what one step changes", "ledger", edges),
        ("Fewer segments, please: what would be lost?", "fewer", fewer_segments),
        ("A new customer: which segment?", "newcomer", newcomer),
        ("What it means, and how it was computed", "explained", explanation),
    ]
    return [(st.expander(title, key=key, on_change="rerun"), fill) for title, key, fill in held]


def fill(places: Further, shown: Shown | None) -> None:
    """Fill those that are open; where nothing can be shown they are kept empty."""
    for place, make in places:
        if place.open:
            with place:
                make(shown) if shown else st.empty()
