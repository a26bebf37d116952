"""The same customer under two numbers: names and addresses compared, pairs confirmed by a person, then counted as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import derived, session, upload
from pages.app.files import source_of
from pages.app.masking import codes, hidden, masked
from pages.app.words import plain
from pages.widgets import tables
from segmentation import formats
from segmentation.apart.pool import POOL
from segmentation.columns import match as vocabulary
from segmentation.columns.words import is_identifier
from segmentation.joining import linkage
from segmentation.joining.keys import stem
from segmentation.joining.linkage import THRESHOLD, recognise
from segmentation.report.csv import csv
from segmentation.table import Table

session.stale_with_data("pairs")

LOWEST = 0.05  # pairs below this score are never looked at
SHOWN = 300  # pairs listed; those further down are the surest of all, or nobody reads so far
ITSELF = "itself"


def lookalikes() -> None:
    """Compare customers within what is in hand, or between two files that share no number."""
    able = {name: table for name, (_, table) in session.tables().items() if _comparable(table)}
    if not able:
        return
    folded = st.expander("Customers who may be the same: compare names and addresses", key="alike", on_change="rerun")
    if not folded.open:
        return
    with folded:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            one = st.selectbox("Compare the customers of", list(able), key="alike.left")
            other = st.selectbox("with those of", [ITSELF, *(n for n in able if n != one)], key="alike.right")
        left, right = able[one], able.get(other)
        numbers = (_number("left", left), _number("right", right) if right else None)
        st.button("Compare", key="compare", type="primary", on_click=_compare, args=(left, right, numbers))
        found = st.session_state.get("pairs")
        if found and found["of"] == (one, other):
            _pairs(found)


def _comparable(table: Table) -> bool:
    return bool(recognise(table.data.column_names).keys() & {"name", "surname", "given", "email", "phone"})


def _number(side: str, table: Table) -> str | None:
    """The column that tells the customers of a file apart: one that is not compared itself."""
    names = table.data.column_names
    matches = derived.kept(f"roles of {side}", lambda: vocabulary.match(table), table.name)
    known = [session.study().columns.get("customer"), *(one.heading for one in matches if one.role == "customer")]
    likely = [*known, *filter(is_identifier, names)]
    first = next((one for one in likely if one in names and one not in recognise(names).values()), names[0])
    return st.selectbox(f"Customer number in {plain(table.name)}", names, names.index(first), key=f"alike.key {side}")


def _compare(left: Table, right: Table | None, numbers: tuple[str | None, str | None]) -> None:
    def do(progress: Any) -> None:
        progress(0.1, "Comparing names and addresses")
        one = _people(left, numbers[0] or "")
        other = _people(right, numbers[1] or "") if right is not None else None
        sides = [one] if other is None else [one, other]
        found = POOL.do(linkage.duplicates if other is None else linkage.match, *sides, threshold=LOWEST)
        names = (left.name, right.name if right is not None else ITSELF)
        st.session_state.pairs = {"of": names, "numbers": numbers, "found": found, "people": (one, other)}

    upload.ask(do)


def _people(table: Table, number: str) -> pd.DataFrame:
    """One row per customer number: what is compared, labelled by the number."""
    columns = [heading for heading in recognise(table.data.column_names).values() if heading != number]
    frame = table.frame()[[number, *columns]].dropna(subset=[number])
    frame[number] = frame[number].astype("str")
    return frame.drop_duplicates(number).set_index(number, drop=bool(columns))


def _pairs(found: Mapping[str, Any]) -> None:
    pairs = found["found"]
    if pairs.empty:
        st.info("No two of them look alike.")
        return
    st.slider("Score from which two are taken for one", LOWEST, 1.0, THRESHOLD, 0.01, key="alike.score")
    taken = pairs[pairs["score"] >= st.session_state["alike.score"]]
    st.markdown(
        f"**{formats.plural(len(taken), 'pair')}** from this score on. Look at the doubtful ones, shown first; untick what "
        "is not the same customer."
    )
    taken = _confirmed(taken.sort_values(["score", "left", "right"], ignore_index=True), found)
    same = found["of"][1] == ITSELF
    with st.container(horizontal=True):
        label = (
            f"Count {formats.plural(len(taken), 'pair')} as one customer each"
            if same
            else "Join the files by these pairs"
        )
        st.button(label, key="apply pairs", type="primary", disabled=taken.empty, on_click=_apply, args=(found, taken))
        tables.take_away("Download the pairs", lambda: taken, "pairs", "download pairs")
    if same and session.study().same:
        count = formats.plural(len(session.study().same), "customer number")
        st.caption(f"{count} counted under another.")
        st.button("Count each by itself again", key="undo pairs", on_click=lambda: setattr(session.study(), "same", {}))


def _confirmed(pairs: pd.DataFrame, found: Mapping[str, Any]) -> pd.DataFrame:
    """The pairs that stay ticked."""
    listed = pairs.head(SHOWN)
    one, other = found["people"][0], found["people"][1]
    sides = [(one, listed["left"]), (one if other is None else other, listed["right"])]
    names = hidden()
    shown = pd.DataFrame({"same": True, "score": listed["score"]}, index=listed.index)
    for name, (people, labels) in zip(("one", "the other"), sides, strict=True):
        shown[name] = [_who(row) for row in masked(people.rename_axis(None)).loc[labels].to_dict("records")]
    shown["why"] = listed["why"]
    numbers = zip(("number of one", "number of the other"), sides, found["numbers"], strict=True)
    for name, (_, labels), heading in numbers:
        shown[name] = codes(labels) if (heading or found["numbers"][0]) in names else labels
    edited = st.data_editor(
        shown,
        column_config={
            "same": st.column_config.CheckboxColumn("Same?", pinned=True),
            "score": st.column_config.NumberColumn("Score", format="%.2f"),
        },
        disabled=[name for name in shown if name != "same"],
        hide_index=True,
        height=min(420, 38 + 35 * len(shown)),
        key=f"alike.table {st.session_state['alike.score']}",
    )
    unticked = edited.index[~edited["same"].astype(bool)]
    return pairs.drop(index=unticked)


def _who(row: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in row.values() if value is not None and value == value)


def _apply(found: Mapping[str, Any], pairs: pd.DataFrame) -> None:
    if found["of"][1] == ITSELF:
        same = {number: first for number, first in linkage.groups(pairs).items() if number != first}
        session.study().same = {**session.study().same, **same}
        session.study().columns["customer"] = found["numbers"][0]
        return
    left, right = zip(found["of"], found["numbers"], strict=True)
    numbers = csv(linkage.translation(pairs, left, right))
    mapping = source_of(numbers, f"{stem(found['of'][0])} = {stem(found['of'][1])}.csv")
    upload.ask(lambda progress: session.open_files([mapping], beside=True, progress=progress))
