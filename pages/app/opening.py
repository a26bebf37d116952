"""Pages are opened in turn, so that many opened at once do not hold up who is moving a threshold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

PATIENCE = 2.0  # seconds: who opens a page beside a long piece of work does not wait for it
_turn = threading.Semaphore(1)


@contextmanager
def in_turn(page: str) -> Iterator[None]:
    """Hold a page's first run until no other page is being opened; what one does on an open page never waits."""
    first = st.session_state.get("open") != page
    st.session_state["open"] = page
    waited = first and _turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if waited:
            _turn.release()
