"""Text that came from a file, made harmless, and sentences every page says the same way."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.app.masking import said
from segmentation import Problem
from segmentation.formats import number, plain, share
from segmentation.problems import DayNeeded

__all__ = ["amount", "listed", "plain", "show"]


def show(problem: Problem | str) -> None:
    """A problem, as a sentence on the page; where only a day is to be chosen nothing is wrong."""
    (st.info if isinstance(problem, DayNeeded) else st.error)(plain(said(problem)))


def listed(sentences: Iterable[str]) -> None:
    """Sentences as a list with little air between them."""
    st.markdown("\n".join(f"- {plain(said(sentence))}" for sentence in sentences))


def amount(unit: str, value: float) -> str:
    """A share as per cent, any other number as it was typed."""
    return share(value, 1).replace(".0%", "%") if unit == "%" else number(value)
