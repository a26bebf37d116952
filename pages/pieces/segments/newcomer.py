"""A new customer, or several: type or paste their figures, and see the segment and why."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.app.masking import hidden
from pages.app.words import listed, plain, show
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.analysis.portraits.between import MEANT
from segmentation.analysis.portraits.newcomer import Newcomer, asked, moved_too, placed, usual
from segmentation.analysis.portraits.pasted import Pasted, pasted, placed_all
from segmentation.columns.metrics import label

SIDES = (1, 2)
ONE, SEVERAL = "Type one", "Paste several"


def newcomer(shown: Shown) -> None:
    """Fields for what the method cuts by; the answer beside them follows each figure and each moved line."""
    if not (columns := asked(shown.segmentation)) or hidden() & set(columns):
        st.caption(
            "Here a customer can be typed in who is not in the file yet. It needs a method that goes by numbers of the "
            "file alone and on screen, such as ABC, RFM, Personas or k-means: choose one above."
        )
        return
    ways = st.segmented_control(
        "One, or several?",
        (ONE, SEVERAL),
        key="newcomer way",
        default=ONE,
        required=True,
        label_visibility="collapsed",
    )
    left, right = st.columns(SIDES, gap="medium")
    if ways == SEVERAL:
        _several(shown, columns, left, right)
        return
    with left:
        given = {name: _figure(shown, name) for name in columns}
    with right:
        _answer(shown, given)


def _figure(shown: Shown, name: str) -> float:
    key, of = f"newcomer {name}", f"newcomer {name} in"
    if key not in st.session_state or st.session_state.get(of) != shown.study.file:  # what is usual in another file
        st.session_state[key], st.session_state[of] = usual(shown.customers, name), shown.study.file
    return float(st.number_input(plain(label(name)), key=key, format="%.10g") or 0.0)


def _answer(shown: Shown, given: dict[str, float]) -> None:
    try:
        found = _found(shown, given)
    except Problem as problem:
        show(problem)
        return
    st.markdown(f"It would be in **{plain(found.segment)}**.")
    listed(found.why)
    if found.ways:
        listed(found.ways)
    if also := moved_too(found):
        st.caption(also)


def _several(shown: Shown, columns: tuple[str, ...], left: Any, right: Any) -> None:
    """Rows of a spreadsheet; where each would stand, and what is wrong with those that stand nowhere."""
    heads = [label(name) for name in columns]
    with left:
        text = st.text_area(
            "Rows with their headings", key="newcomer rows", height=180,
            placeholder="\n".join([", ".join(["Customer", *heads]), ", ".join(["Miller", *("…" for _ in heads)])]),
            help="Copy them from a spreadsheet, the headings first. A first column of another name says what each is called.",
        )  # fmt: skip
    with right:
        if not text or not text.strip():
            st.caption(plain(f"Where each row would stand will be seen here. It takes {formats.listed(heads)}."))
            return
        try:
            rows = pasted(text, columns, shown.customers)
            found = _all(shown, rows) if len(rows.figures) else None
        except Problem as problem:
            show(problem)
            return
        if found is not None:
            degree = st.column_config.NumberColumn("Degree", format="percent")
            config: dict[str, Any] = {"row": "Row", "segment": "Segment", "degree": degree, "why": "Why"}
            config["stands"] = st.column_config.TextColumn("How it stands", help=MEANT)
            st.dataframe(found, column_config=config, hide_index=True, alt="Where each row would stand")
            many = formats.plural(len(found), "row")
            tables.take_away(f"Download {many}", lambda: found.set_index("row"), "new_customers", "newcomer rows.csv")
        if rows.wrong:
            listed(rows.wrong)


def _all(shown: Shown, rows: Pasted) -> pd.DataFrame:
    study, method = shown.study, shown.method
    key = (
        "newcomers",
        method.name,
        repr(study.own.get(method.name)),
        repr(shown.values),
        rows.figures.to_csv(),
        study.currency,
    )
    return shown.customers.remember(
        key, lambda: placed_all(method, shown.values, shown.customers, rows.figures, study.currency)
    )


def _found(shown: Shown, given: dict[str, float]) -> Newcomer:
    study, method = shown.study, shown.method
    key = ("newcomer", method.name, repr(study.own.get(method.name)), repr(shown.values), repr(given), study.currency)
    return shown.customers.remember(
        key, lambda: placed(method, shown.values, method(shown.customers, **shown.values), given, study.currency)
    )
