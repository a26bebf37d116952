"""A method of one's own: a primitive, a column, cuts and names, perhaps crossed with another; kept in the study."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.app import session
from pages.app.masking import names_of_masked
from pages.app.words import plain, show
from pages.widgets import controls
from segmentation import Customers, Problem, formats
from segmentation.columns.metrics import label
from segmentation.segments.breaks import gaps
from segmentation.segments.controls import as_number
from segmentation.segments.own import KEPT, PRIMITIVES, own

EXAMPLES = {"edges": "100, 1000", "quantiles": "50%, 80%", "cumulative share": "80%, 95%"}
HELP = {
    "edges": "Amounts, ascending: who has as much or more belongs to the better group.",
    "quantiles": "Shares of customers, from the smallest value: 80% leaves the top fifth.",
    "cumulative share": "Shares of the total, from the largest customer: 80% is the classic A.",
}
SHOWN = 12  # segments of which the preview says the size
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
            recipe: dict[str, Any] = {"primitive": primitive, **_made_of(customers, primitive)}
        with right:
            titles = controls.others()
            crossed = st.selectbox(
                "Crossed with", ["", *titles], key="own.cross", format_func=lambda name: titles.get(name, "nothing"),
                help="At the thresholds it has now.",
            )  # fmt: skip
            question = st.text_input("The question it answers", key="own.question")
            name = st.text_input(
                "Its name", key="own.name", help="Up to 40 letters and digits, without other signs than - and _."
            )
            name = "-".join(name.split())  # “big spenders” is meant well
            recipe |= {"cross": controls.as_it_stands(crossed) if crossed else None, "question": question or None}
            st.caption(plain(_preview(name, recipe, customers)))
            if st.button("Keep it and look at it", key="own.keep", type="primary"):
                _keep(name, recipe)
        if primitive == "rules":
            st.caption("It begins with two rows; edit them where the method stands, above the pictures.")
        for held in list(study.own):
            st.button(f"Forget {plain(held)}", key=f"own.drop {held}", on_click=study.drop, args=(held,))


def _made_of(customers: Customers, primitive: str) -> dict[str, Any]:
    """What the method is made of, by what it cuts by."""
    if primitive == "rules":
        return {"rules": list(RULES)}
    return {"of": controls.as_it_stands(_another())} if primitive == KEPT else _bands(customers, primitive)


def _another() -> str:
    """The method that is kept, the chosen one at first."""
    titles, chosen = controls.others(), session.study().method
    names = sorted(titles, key=lambda name: name != chosen)
    return st.selectbox(
        "Method", names, key="own.of", format_func=titles.__getitem__,
        help="With the columns and thresholds it has now; moving those of either later leaves the other as it is.",
    )  # fmt: skip


def _bands(customers: Customers, primitive: str) -> dict[str, Any]:
    column = st.selectbox("Column", list(customers.numeric), key="own.column", format_func=label)
    cuts = st.text_input("Cuts", EXAMPLES[primitive], key=f"own.cuts {primitive}", help=HELP[primitive])
    if primitive == "edges" and (start := gaps(customers.ranked(column), 2)):
        st.caption(plain(f"The data suggest {', '.join(f'{cut:g}' for cut in start[0])}: {start[1]}."))
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


def _complete(recipe: dict[str, Any]) -> dict[str, Any]:
    """The recipe as it is kept. Raises Problem for a cut that is no number."""
    parts = [part.strip() for part in recipe.get("cuts", "").replace(";", ",").split(",") if part.strip()]
    cuts = {"cuts": [_cut(part) for part in parts]} if "cuts" in recipe else {}
    return {key: value for key, value in {**recipe, **cuts}.items() if value is not None}


def _cut(text: str) -> float:
    """A cut as it was typed: 100, 0.8 or 80%."""
    return round(as_number("A cut", text[:-1]) / 100, 6) if text.endswith("%") else as_number("A cut", text)


def _preview(name: str, recipe: dict[str, Any], customers: Customers) -> str:
    """How many customers each segment would have, or what is still wrong."""
    try:
        whole = _complete(recipe)
        method = own(name or "new", whole)
        if names_of_masked(replace(session.study(), own={method.name: whole}, thresholds={}), method.name, customers):
            return "Its names would be values that are masked on screen."
        made = method(customers)
    except Problem as problem:
        return str(problem)
    held = [f"{name} {formats.count(count)}" for name, count in zip(made.shown, made.counts, strict=False)]
    return f"It would make: {' · '.join(held[:SHOWN])}{' …' if len(held) > SHOWN else ''}"


def _keep(name: str, recipe: dict[str, Any]) -> None:
    """Into the study; what cannot be is said and nothing is kept."""
    try:
        session.study().keep(name, _complete(recipe))
        session.study().choose(name)
    except Problem as problem:
        show(problem)
    else:
        st.rerun()
