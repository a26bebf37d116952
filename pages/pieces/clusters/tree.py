"""The tree of joins: another way to find groups of customers who are alike, cut by a line in the picture."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.app.words import plain, show
from pages.pieces.clusters.state import Now, leave
from pages.widgets import controls
from pages.widgets.board import board
from segmentation import METHODS, Problem
from segmentation.analysis.summary import figures
from segmentation.board.numbers.numbers import numbers
from segmentation.board.tree import tree

HIERARCHICAL = METHODS["hierarchical"]
SAME = ("columns", "transform", "outliers")  # as answered above
SIDES = (1, 2.6)


def joins(now: Now) -> None:
    """How customers are joined, the tree, and the groups it falls into."""
    held = now.study.thresholds.get("hierarchical", {})
    values = HIERARCHICAL.complete({**held, **{name: getattr(now.found, name) for name in SAME}})
    left, right = st.columns(SIDES, gap="medium")
    with left:
        for name in ("linkage", "distance"):
            if name == "linkage" or values["linkage"] != "ward":
                controls.one(HIERARCHICAL, name, values, now.customers)
        controls.say_trouble()
        st.button("Take this tree to the Segments page", key="take tree", on_click=_take, args=(now, values))
    with right:
        _drawn(now, values)


def _take(now: Now, values: dict[str, Any]) -> None:
    controls.move(HIERARCHICAL, **values)
    leave(now.study, "hierarchical")


def _drawn(now: Now, values: dict[str, Any]) -> None:
    try:
        made = HIERARCHICAL(now.customers, **values)
        drawn = tree.own(HIERARCHICAL, values, made, now.study.currency)
    except Problem as problem:
        show(problem)
        return
    if drawn is None:
        st.markdown(plain("There are too few different customers to join."))
        return
    moved = {
        "cut": lambda told: controls.move(HIERARCHICAL, **{told["param"]: told["value"]}),
        "listed": lambda told: None,  # the lists are on the Segments page
    }
    table = numbers(figures(made), "Group", now.study.currency)
    board(
        "tree", [[drawn]], moved, made, method="hierarchical", below=[table], framed=False, currency=now.study.currency
    )
