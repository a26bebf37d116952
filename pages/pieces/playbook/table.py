"""The playbook as a table: a row a segment, written in place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from pages.app.words import plain, show
from pages.pieces.playbook.shown import Shown
from segmentation import Problem, formats
from segmentation.analysis.action.playbook import Entry
from segmentation.analysis.action.plays import ABOUT, AIMS, FIELDS
from segmentation.columns.metrics import label
from segmentation.study.playbook import LONGEST

WIDTHS = {  # pixels: together as wide as a page on a desk
    "aim": 98,
    "owner": 106,
    "decision": 182,
    "consumption": 176,
    "terms": 180,
    "budget": 82,
    "measure": 120,
    "until": 92,
}
HIGH, HEAD, MOST = 76, 38, 620  # pixels: a row, the headings, the table
ALT = "What is done differently for each segment"
Cells = dict[str, dict[str, str]]


def table(shown: Shown) -> None:
    """The rows of the segments there are; what is written goes into the study."""
    rows, key = shown.rows, f"playbook.{shown.method.name}"
    said = (rows, [one[3:] for one in shown.here], shown.study.currency)
    if st.session_state.get(f"{key}.said") != said:  # the study says something else than the table last did
        st.session_state[f"{key}.base"] = _frame(shown.here, shown.study.currency)
        st.session_state[f"{key}.version"] = st.session_state.get(f"{key}.version", 0) + 1
        st.session_state[f"{key}.said"] = said
    edited = st.data_editor(
        st.session_state[f"{key}.base"],
        key=f"{key}.{st.session_state[f'{key}.version']}",
        column_config=_columns(shown),
        hide_index=True,
        disabled=["segment", "size"],
        row_height=HIGH,
        height=min(HEAD + HIGH * len(rows), MOST),
        placeholder="",
        alt=ALT,
    )
    written = _rows(edited)
    if written != rows:
        _take(shown, written, key)


def _take(shown: Shown, written: Cells, key: str) -> None:
    """Into the study. What the table says is noted before: a run may end at any touch of the session, where the next cell is
    written already, and a study that says more than the table is thought to would have it drawn anew without that cell."""
    before = st.session_state[f"{key}.said"]
    st.session_state[f"{key}.said"] = (written, *before[1:])
    try:
        shown.study.decide(written)
    except Problem as problem:
        st.session_state[f"{key}.said"] = before
        show(problem)


def _size(one: Entry, currency: str) -> str:
    """How many customers a segment has, and what they bring, where the file says it."""
    told = [formats.compact(one.money, currency)] if one.money is not None else []
    return " · ".join([formats.count(one.customers or 0), *told])


def _frame(entries: list[Entry], currency: str) -> pd.DataFrame:
    held: dict[str, Any] = {
        "segment": [one.segment for one in entries],
        "size": [_size(one, currency) for one in entries],
        **{field: [one.row[field] for one in entries] for field in FIELDS},
    }
    held["aim"] = [AIMS.get(aim) for aim in held["aim"]]
    held["until"] = [dt.date.fromisoformat(day) if day else None for day in held["until"]]
    return pd.DataFrame(held)


def _rows(edited: pd.DataFrame) -> Cells:
    """The rows as the study keeps them."""
    named = {words: aim for aim, words in AIMS.items()}
    found: Cells = {}
    for one in edited.to_dict("records"):
        texts = {field: "" if pd.isna(one[field]) else str(one[field])[:LONGEST] for field in FIELDS}
        found[one["segment"]] = {**texts, "aim": named.get(texts["aim"], ""), "until": texts["until"][:10]}
    return found


def _columns(shown: Shown) -> dict[str, Any]:
    told = st.column_config
    texts = {
        field: told.TextColumn(title, help=ABOUT[field], width=WIDTHS[field], max_chars=LONGEST)
        for field, title in {**FIELDS, "measure": "Measure"}.items()
    }
    size = f"Customers · {label(shown.customers.money).lower()}" if shown.tells_money else "Customers"
    return {
        "segment": told.TextColumn("Segment", pinned=True, width=90),
        "size": told.TextColumn(size, width=142),
        **texts,
        "aim": told.SelectboxColumn("Aim", help=ABOUT["aim"], width=WIDTHS["aim"], options=list(AIMS.values())),
        "until": told.DateColumn("Until", help=ABOUT["until"], width=WIDTHS["until"], format="D MMM YYYY"),
    }


def gone(shown: Shown) -> None:
    """Rows of segments that these customers do not have: they are kept, and can be put away."""
    names = [one.segment for one in shown.entries if not one.there]
    if not names:
        return
    with st.container(border=True, key="gone"):
        st.markdown(
            f"**{formats.plural(len(names), 'row is of a segment', 'rows are of segments')} that nobody is in here**, and kept for the "
            f"file that has {'it' if len(names) == 1 else 'them'} again:"
        )
        for one in shown.entries:
            if not one.there:
                written = [one.row[field] for field in FIELDS if field != "aim" and one.row[field]]
                st.markdown(
                    f"- **{plain(one.segment)}** · {plain(' · '.join([AIMS.get(one.row['aim'], 'No aim'), *written]))}"
                )
        st.button("Put them away", key="put away", on_click=shown.study.undecide, args=(names,))
