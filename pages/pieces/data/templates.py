"""Empty files with the right headings, and what each method needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pandas as pd
import streamlit as st

from segmentation import templates as made
from segmentation.rollup.settings import SHAPES

OF = ("transactions", "customers")  # shapes of which it is said what each method needs


def templates() -> None:
    """Three files to fill in, what their columns are for, and what each method cannot do without."""
    folded = st.expander("Templates, and what each method needs", key="templates", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.markdown("An empty file with the right headings; what is not known may stay empty. In it, a row is:")
        st.session_state.setdefault("template", next(iter(SHAPES)))
        st.segmented_control(
            "A row is",
            list(SHAPES),
            key="template",
            required=True,
            label_visibility="collapsed",
            format_func=lambda shape: SHAPES[shape].lower().removeprefix("one row "),
        )
        _template(st.session_state.template)
        st.markdown("**What each method cannot do without**, beside the customer:")
        st.dataframe(_needs(), hide_index=True, height=320, key="needs", alt="What each method needs")


def _template(shape: str) -> None:
    with st.container(horizontal=True):
        for kind, make in (("csv", made.csv), ("xlsx", made.xlsx)):
            _download(shape, kind, make)
    rows = [(f"{field.heading}{' (needed)' if field.needed else ''}", field.help) for field in made.fields(shape)]
    help_ = pd.DataFrame(rows, columns=["Column", "What it is for"])
    st.dataframe(help_, hide_index=True, height=240, key=f"fields {shape}", alt=f"Columns: {SHAPES[shape]}")  # type: ignore[index]


def _download(shape: str, kind: str, make: Callable[[str], bytes]) -> None:
    st.download_button(
        f"Download .{kind}",
        lambda: make(shape),
        file_name=f"{shape}.{kind}",
        on_click="ignore",
        key=f"template {shape} {kind}",
    )


@lru_cache(1)
def _needs() -> pd.DataFrame:
    needs = made.needs()
    shown, some = {"Method": needs["title"], "Question": needs["question"]}, needs[[*OF]].notna().any(axis=1)
    for shape in OF:
        shown[SHAPES[shape]] = needs[shape].map(_in_words).where(some, "columns of your own: its page says which")
    return pd.DataFrame(shown)


def _in_words(needed: str | None) -> str:
    if needed is None or needed != needed:
        return "not from such a file"
    return needed or "any number"
