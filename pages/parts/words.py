"""Text that came from a file, made harmless, and sentences every page says the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from segmentation import Problem

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: object) -> str:
    """A text as it reads, with nothing in it taken as markup (a link or picture in a file must stay letters)."""
    return _MARKUP.sub(r"\\\1", str(text).replace("\n", " "))


def show(problem: Problem) -> None:
    """A problem, as a sentence on the page."""
    st.error(plain(problem))


def listed(sentences: Iterable[str]) -> None:
    """Sentences as a list with little air between them."""
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
