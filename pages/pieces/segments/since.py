"""What became of personas since they were remembered: size, money, portrait, and who moved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.app import masking, session
from pages.app.masking import hidden
from pages.app.words import listed, plain, show
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Customers, Problem, formats
from segmentation.analysis.groups.shifted import Moves, in_words, moves, reaches_back, remembered, remembered_of
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.analysis.thresholds.drifted import in_words as drifted_in_words
from segmentation.apart.pool import POOL
from segmentation.columns.metrics import label

session.stale_with_data("who moved")

ROWS = 200  # of those who moved, on the page; the download holds them all


def since(shown: Shown) -> None:
    """What changed since then, or a button that remembers how it is now."""
    held = shown.study.persona_then.get(shown.method.name)
    file, day = _here(shown)
    if held is None:
        _button(shown, "Remember these personas")
        return
    then = remembered_of(held)
    if (held["file"], held["day"]) == (file, day):
        st.caption(
            f"Remembered as of {plain(then or 'this file')}: with next month's file it is said here what changed."
        )
        return
    st.markdown(f"**What changed since {plain(then or 'then')}**")
    listed(in_words(held["found"], shown.segmentation, shown.study.currency, hidden()))
    listed(drifted_in_words(held.get("cuts", {}), _cutting(shown)))
    reaches = reaches_back(shown.customers, held["day"])
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        asked = reaches and st.toggle("Who moved?", key="who moved")
        _button(shown, "Remember these instead")
    if not reaches:
        st.caption("Who moved can be said where the file holds the sales of then and of now, with their days.")
    if asked:
        _moved(shown, held["day"])


def remember(shown: Shown) -> None:
    """Remember how they are now; next month it is compared with."""
    shown.study.remember_personas(shown.method.name, *_here(shown), remembered(shown.segmentation), _cutting(shown))


def _cutting(shown: Shown) -> dict[str, float]:
    return cutting(shown.method, shown.values, shown.segmentation)


def remember_first(shown: Shown) -> None:
    """The same where somebody takes the personas up, by a name or a note, and nothing is remembered of another time."""
    held = shown.study.persona_then.get(shown.method.name)
    if held is None or (held["file"], held["day"]) == _here(shown):
        remember(shown)


def _button(shown: Shown, title: str) -> None:
    st.button(
        title, key="remember personas", icon=":material/bookmark:", on_click=remember, args=(shown,),
        help="Their sizes, money and portraits stand in your settings; no customer does. A later file says what changed.",
    )  # fmt: skip


def _here(shown: Shown) -> tuple[str, str]:
    """Of which file and day these are."""
    day = shown.customers.as_of
    return shown.study.file, day.isoformat() if day else ""


def _moved(shown: Shown, day: str) -> None:
    """Who stands elsewhere than then; worked out when it is asked for."""
    try:
        found = _found(shown, day)
    except Problem as problem:
        show(problem)
        return
    st.markdown(plain(found.sentence()))
    if not len(found.people):
        return
    config: dict[str, Any] = {"from": "From", "to": "To", "customers": tables.count("Customers")}
    left, right = st.columns(2, gap="medium")
    with left:
        st.dataframe(found.between(), column_config=config, hide_index=True, alt="From which persona to which")
    with right:
        head = masking.masked(found.people.head(ROWS)).rename_axis(label("customer_id"))
        st.dataframe(head, column_config=config, alt="Who moved")
        many = formats.plural(len(found.people), "customer")
        tables.take_away(f"Download {many} who moved", lambda: found.people, "who_moved", "who moved.csv")


def _found(shown: Shown, day: str) -> Moves:
    """The segments of then, made of the same file up to that day, beside those of now."""
    study, now = shown.study, shown.customers
    key = ("moved since", shown.method.name, repr(shown.values), repr(study.own.get(shown.method.name)), day)

    def make() -> Moves:
        settings = {**study.roll_up_settings(), "as_of": day}
        then = study.completed(POOL.do(Customers.build, session.table(), study.columns, **settings))
        return moves(study.segmentation(then), shown.segmentation)

    return now.remember(key, make)
