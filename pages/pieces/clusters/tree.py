"""The tree of joins: another way to find groups of customers who are alike, cut by a line in the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.app.masking import hidden
from pages.app.words import plain, show
from pages.pieces.clusters.state import Now, leave
from pages.widgets import controls
from pages.widgets.board import board
from segmentation import METHODS, Problem
from segmentation.analysis.groups.branches import joined_otherwise
from segmentation.analysis.summary import figures
from segmentation.board.numbers.numbers import numbers
from segmentation.board.tree import tree
from segmentation.columns.metrics import label
from segmentation.segments import groups
from segmentation.segments.controls import Columns

JOINING = next(one for one in METHODS.values() if one.grows)
SAME = ("columns", "transform", "outliers")  # as answered above
SIDES = (1, 2.6)


def joins(now: Now) -> None:
    """How customers are joined, the tree, and the groups it falls into."""
    held = now.study.thresholds.get(JOINING.name, {})
    away = hidden()
    words = [one for one in held.get("columns", ()) if one not in away and groups.worded(now.customers, one)]
    same = {name: getattr(now.found, name) for name in SAME}
    values = JOINING.complete({**held, **same})
    if mixed := any(isinstance(one, Columns) and one.takes_words(values) for one in JOINING.controls.values()):
        values["columns"] = (*values["columns"], *words)
    left, right = st.columns(SIDES, gap="medium")
    with left:
        for name in ("linkage", "distance"):
            controls.one(JOINING, name, values, now.customers)
        for said in joined_otherwise(values):
            st.caption(said)
        if mixed:
            _worded(now, values, words)
        controls.say_trouble()
        st.button("Take it to the Segments page", key="take tree", on_click=_take, args=(now, values))
    with right:
        _drawn(now, values)


def _worded(now: Now, values: dict[str, Any], chosen: list[str]) -> None:
    """Words to compare customers by, beside the numbers chosen above."""
    people = now.customers
    away = {*hidden(), *people.called, *people.reached}  # a name is nobody else's
    known = [name for name in people.frame if name not in away and groups.worded(people, name)]
    if not known:
        st.caption("This file holds no words to compare customers by: the distance is that of their numbers.")
        return
    st.session_state["tree words"] = chosen
    numbers = [name for name in values["columns"] if name not in chosen]
    st.multiselect(
        "Words to compare by", list(dict.fromkeys([*known, *chosen])), key="tree words", format_func=label,
        on_change=lambda: controls.move(JOINING, columns=(*numbers, *st.session_state["tree words"])),
        help="A word counts as near where it is the same, as far where it is another; what is not known counts for nothing.",
    )  # fmt: skip


def _take(now: Now, values: dict[str, Any]) -> None:
    controls.move(JOINING, **values)
    leave(now.study, JOINING.name)


def _drawn(now: Now, values: dict[str, Any]) -> None:
    try:
        made = JOINING(now.customers, **values)
        drawn = tree.own(JOINING, values, made, now.study.currency)
    except Problem as problem:
        show(problem)
        return
    if drawn is None:
        st.markdown(plain("There are too few different customers to join."))
        return
    moved = {
        "cut": lambda told: controls.move(JOINING, **{told["param"]: told["value"]}),
        "listed": lambda told: None,  # the lists are on the Segments page
    }
    table = numbers(figures(made), "Group", now.study.currency)
    board("tree", [[drawn]], moved, made, method=JOINING.name, below=[table], framed=False, currency=now.study.currency)
