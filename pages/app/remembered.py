"""The thresholds a visitor asked to remember, method by method, to compare with where they are moved to."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.app import session

session.stale_with_data("remembered")


def remember(on: bool = True) -> None:
    """Remember where the thresholds of the method in hand stand; or let go."""
    study = session.study()
    held: dict[str, Any] = st.session_state.setdefault("remembered", {})
    if on:
        held[study.method] = study.values()
    else:
        held.pop(study.method, None)


def remembered() -> dict[str, Any] | None:
    """Where the thresholds of the method in hand stood as they were remembered."""
    return st.session_state.get("remembered", {}).get(session.study().method)
