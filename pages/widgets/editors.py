"""The editor of what needs a table of its own: if-then rows, with what they leave out and what two of them match."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import session
from pages.app.words import plain
from pages.widgets import controls
from segmentation import Customers, Problem, formats
from segmentation.columns.metrics import label
from segmentation.segments.controls import Rows
from segmentation.segments.method import Method
from segmentation.segments.rules import Condition, Ruled, by_rules, coverage

OPERATORS = {
    "at least": ">=",
    "more than": ">",
    "less than": "<",
    "at most": "<=",
    "equal to": "=",
    "not equal to": "!=",
    "one of": "in",
    "missing": "missing",
    "known": "known",
}


def draw(method: Method, values: dict[str, Any], customers: Customers) -> None:
    """The tables a method's thresholds are made of; nothing for a method without."""
    for name, control in method.controls.items():
        if control.kind in DRAW:
            DRAW[control.kind](method, name, control, values, customers)


def _rows(method: Method, name: str, control: Rows, values: dict[str, Any], customers: Customers) -> None:
    st.markdown(f"**{control.label}**")
    edited = _table(controls.key_of(method, name), list(values[name]))
    _take(name, edited, values[name], customers)
    rows = session.study().values()[name]
    with st.container(horizontal=True, gap="small"):
        _add_a_row(method, name, rows, customers)
        _order(method, name, rows)
    _covered(customers)


def _table(key: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows as they stand in the editor, which starts anew when the study says something else than it last did."""
    if st.session_state.get(f"{key}.said") != rows:
        st.session_state[f"{key}.base"] = st.session_state[f"{key}.said"] = rows
        st.session_state[f"{key}.version"] = st.session_state.get(f"{key}.version", 0) + 1
    edited = st.data_editor(
        _numbered(st.session_state[f"{key}.base"]),
        key=f"{key}.{st.session_state[f'{key}.version']}",
        num_rows="dynamic",
        column_config={
            "when": st.column_config.TextColumn("When", help='revenue >= 1000 and "last visit" is missing'),
            "segment": st.column_config.TextColumn("Segment", pinned=True, width=130),
        },
    )
    return [
        {column: "" if pd.isna(text) else str(text) for column, text in row.items()}
        for row in edited.to_dict("records")
    ]


def _numbered(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["when", "segment"], index=pd.RangeIndex(1, len(rows) + 1))


def _take(name: str, edited: list[dict[str, str]], before: Any, customers: Customers) -> None:
    """The edited rows into the study; where they cannot be, that is said and the last good ones stay."""
    try:
        rows = Rows("").check(name, edited)
        if gone := Rows("").missing(customers, rows):
            raise Problem(f"There is no column {formats.listed([f'“{one}”' for one in gone])} among the customers.")
        by_rules(customers, rows)  # what compares words with numbers is said now, while the last good rows stand
        if rows != before:
            key = controls.key_of(session.study().chosen, name)
            session.study().set(**{name: edited})
            st.session_state[f"{key}.said"] = list(session.study().values()[name])
    except Problem as problem:
        said = str(problem).removeprefix(f"{name}, ")
        st.warning(plain(f"{said[:1].upper()}{said[1:]} Until then the last rows that could be read count."))


def _add_a_row(method: Method, name: str, rows: Any, customers: Customers) -> None:
    key = f"{controls.key_of(method, name)}.add"
    with st.popover("Add a row step by step", key=f"{key}.popover", on_change="rerun") as popover:
        if not popover.open:
            return
        with st.form(key, border=False):
            st.selectbox("Column", list(customers.frame.columns), key=f"{key}.column", format_func=label)
            st.selectbox("is", list(OPERATORS), key=f"{key}.operator")
            st.text_input(
                "Value",
                key=f"{key}.value",
                help="A number, a date such as 2026-06-30, or words; for “one of” with commas.",
            )
            st.text_input("then the segment is", key=f"{key}.segment")
            st.form_submit_button("Put it first", on_click=_put_first, args=(name, rows, key))


def _put_first(name: str, rows: Any, key: str) -> None:
    column, operator, value, segment = (
        st.session_state[f"{key}.{part}"] for part in ("column", "operator", "value", "segment")
    )
    words = [one.strip() for one in value.split(",")] if operator == "one of" else [value.strip()]
    given = tuple(words) if OPERATORS[operator] not in ("missing", "known") else ()
    controls.move(**{name: ({"when": str(Condition(column, OPERATORS[operator], given)), "segment": segment}, *rows)})


def _order(method: Method, name: str, rows: Any) -> None:
    """The upper row wins, so their order matters: one is moved, or deleted."""
    key = f"{controls.key_of(method, name)}.order"
    with st.popover("Move or delete a row", key=f"{key}.popover", on_change="rerun") as popover:
        if not popover.open:
            return
        places = list(range(len(rows)))
        if st.session_state.get(key) not in places:
            st.session_state[key] = 0
        at = st.selectbox(
            "Row", places, key=key, format_func=lambda place: f"{place + 1}: {rows[place]['segment']}", width=260
        )
        with st.container(horizontal=True, gap="small"):
            for title, to in (("Up", at - 1), ("Down", at + 1)):
                end = not 0 <= to < len(rows)
                st.button(title, key=f"{key}.{title}", on_click=_swap, args=(name, rows, at, to, key), disabled=end)
            alone = len(rows) == 1
            st.button("Delete", key=f"{key}.delete", on_click=_drop, args=(name, rows, at, key), disabled=alone)


def _swap(name: str, rows: Any, one: int, other: int, key: str) -> None:
    order = list(rows)
    order[one], order[other] = order[other], order[one]
    controls.move(**{name: tuple(order)})
    st.session_state[key] = other


def _drop(name: str, rows: Any, at: int, key: str) -> None:
    controls.move(**{name: tuple(row for place, row in enumerate(rows) if place != at)})
    st.session_state[key] = 0


def _covered(customers: Customers) -> None:
    """Which rows never win or overlap, and how many customers no row matches."""
    study = session.study()
    try:
        result = study.segmentation(customers)
    except Problem:
        return  # said where the pictures would stand
    if isinstance(result.placing, Ruled):
        st.caption(plain(_gaps_and_overlaps(coverage(result))))


def _gaps_and_overlaps(found: Any) -> str:
    """Gaps, rows that never win, and the largest overlap, in words."""
    none = f"{formats.plural(found.none, 'customer is', 'customers are')} matched by no row."
    said = [none if found.none else "Every customer is matched by a row."]
    said += [f"Row {row.row} {row.note.removeprefix('It ')}" for row in found.rows.itertuples() if row.note]
    if len(found.overlaps):
        most = found.overlaps.sort_values("customers", ascending=False, kind="stable").iloc[0]
        said.append(
            f"Rows {most['first']} and {most['second']} both match {formats.plural(int(most['customers']), 'customer')}: "
            "the upper one wins."
        )
    return " ".join(said)


DRAW: dict[str, Callable[[Method, str, Any, dict[str, Any], Customers], None]] = {
    Rows.kind: _rows,
}
