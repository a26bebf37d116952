"""A method of one's own: a primitive, a column, cuts and names, perhaps crossed with another; kept in the study."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.parts import session
from pages.parts.words import plain, show
from segmentation import Customers, Problem
from segmentation.columns import label
from segmentation.method import as_number
from segmentation.methods import METHODS
from segmentation.own import PRIMITIVES

EXAMPLES = {"edges": "100, 1000", "quantiles": "0.5, 0.8", "cumulative share": "0.8, 0.95"}
HELP = {
    "edges": "Amounts, ascending: who has as much or more belongs to the better group.",
    "quantiles": "Shares of customers, from the smallest value: 0.8 leaves the top fifth.",
    "cumulative share": "Shares of the total, from the largest customer: 0.8 is the classic A.",
}
RULES = ({"when": "revenue >= 1000", "segment": "Large"}, {"when": "else", "segment": "Others"})


def own_method(customers: Customers) -> None:
    """Make a method, or forget one; it can then be chosen as any other."""
    with st.expander("Make a method of your own", key="own", on_change="rerun") as opened:
        if not opened.open:
            return
        study = session.study()
        left, right = st.columns(2, gap="medium")
        with left:
            primitive: str = st.selectbox(
                "Cut by", tuple(PRIMITIVES), key="own.primitive", format_func=lambda one: PRIMITIVES[one]
            )
            recipe: dict[str, Any] = {
                "primitive": primitive,
                **(_bands(customers, primitive) if primitive != "rules" else {}),
            }
        with right:
            crossed = st.selectbox(
                "Crossed with",
                ["", *METHODS],
                key="own.cross",
                format_func=lambda name: METHODS[name].title if name else "nothing",
            )
            question = st.text_input("The question it answers", key="own.question")
            name = st.text_input("Its name", key="own.name", help="Letters, digits, - and _; the shell knows it so.")
            if st.button("Keep it and look at it", key="own.keep", type="primary"):
                _keep(name, {**recipe, "cross": crossed or None, "question": question or None})
        if primitive == "rules":
            st.caption("It begins with two rows; edit them where the method stands, above the pictures.")
        for held in list(study.own):
            st.button(f"Forget {plain(held)}", key=f"own.drop {held}", on_click=study.drop, args=(held,))


def _bands(customers: Customers, primitive: str) -> dict[str, Any]:
    column = st.selectbox("Column", list(customers.numeric), key="own.column", format_func=label)
    cuts = st.text_input("Cuts", EXAMPLES[primitive], key=f"own.cuts {primitive}", help=HELP[primitive])
    names = st.text_input("Names, best first", "A, B, C", key="own.names")
    best = st.segmented_control(
        "Best are",
        ["high", "low"],
        default="high",
        key="own.best",
        format_func=lambda one: "large values" if one == "high" else "small values",
    )
    return {
        "column": column,
        "cuts": cuts,
        "names": [one.strip() for one in names.split(",") if one.strip()],
        "best": best or "high",
    }


def _keep(name: str, recipe: dict[str, Any]) -> None:
    """Into the study; what cannot be is said and nothing is kept."""
    try:
        if "cuts" in recipe:
            recipe["cuts"] = [
                as_number("A cut", part) for part in recipe["cuts"].replace(";", ",").split(",") if part.strip()
            ]
        else:
            recipe["rules"] = list(RULES)
        name = "-".join(name.split())  # “big spenders” is meant well
        session.study().keep(name, {key: value for key, value in recipe.items() if value is not None})
        session.study().choose(name)
    except Problem as problem:
        show(problem)
    else:
        st.rerun()
