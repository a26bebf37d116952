"""What counts beside profit: the cost to serve, and the score of cooperation."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import streamlit as st

from pages.app.words import plain, show
from pages.pieces.portfolio.shown import Shown
from pages.widgets.held import held
from pages.widgets.sides import sides
from segmentation import Problem, Study, formats
from segmentation.columns.metrics import label
from segmentation.customers.cooperation import COUNTED, EQUAL, MEANT, PARTS, cooperation_parts

KNOWN = "what is known"
RATES = {
    "order": "per order",
    "line": "per order line",
    "visit": "per visit",
    "customer": "per customer",
}


def economics(now: Shown) -> None:
    """Cost to serve beside cooperation."""
    sides(now, serving, cooperation)


def serving(now: Shown) -> None:
    """The cost to serve: the file's own, or by rates; profit follows everywhere."""
    study, customers = now.study, now.customers
    st.markdown("**Cost to serve** — rates of your own change profit on every page")
    own = "cost_to_serve" in customers.frame and not study.serving
    st.caption(
        "The file's own cost to serve is in use."
        if own
        else "By your rates."
        if study.serving
        else "No cost to serve is counted."
    )
    usable = [name for name in RATES if name not in COUNTED or COUNTED[name] in customers.frame]
    for name, column in zip(usable, st.columns(len(usable)), strict=True):
        column.number_input(
            RATES[name].capitalize(),
            min_value=0.0,
            format="%.10g",
            help="A visit is a day with a purchase." if name == "visit" else None,
            **held(f"rate.{name}", float(study.serving.get(name, 0.0)), partial(_rate, study, name)),
        )
    _totals(now)
    if study.serving:
        st.button("Back to the file's own", key="no rates", on_click=study.serving.clear, type="tertiary")


def _rate(study: Study, name: str, given: float | None) -> None:
    rates = {**study.serving, name: float(given or 0.0)}
    study.serving = {one: rate for one, rate in rates.items() if rate}


def _totals(now: Shown) -> None:
    """Turnover, cost to serve and profit of all, as far as they are known."""
    held = [name for name in ("revenue", "cost_to_serve", "profit") if name in now.customers.frame]
    with st.container(horizontal=True, gap="small"):
        for name in held:
            st.metric(plain(label(name)), plain(now.compact(now.customers.total(name))), border=True)


def cooperation(now: Shown) -> None:
    """What the score is made of: a column a part, and how much each counts."""
    study, customers = now.study, now.customers
    st.markdown("**Cooperation** — a score of 0–100 that can count beside profit")
    score = study.cooperation
    try:
        known = set(customers.keep(("parts known", json.dumps(score, sort_keys=True)), lambda: _known(now)))
    except Problem as problem:
        show(problem)
        known = set()
    for part in PARTS:
        name, weight = st.columns(2, vertical_alignment="bottom")
        with name:
            _column_of(now, part, part in known)
        counts = float(score.get("weights", {}).get(part, EQUAL[part]))
        weight.slider(
            f"{part.capitalize()} counts",
            0.0,
            5.0,
            step=0.5,
            format="%.1f",
            disabled=part not in known,
            **held(f"weight.{part}", counts, partial(_weigh, study, part)),
        )
    missing = [part for part in PARTS if part not in known]
    if missing and known:
        st.caption(f"Nothing is known of {' and '.join(missing)}: the other parts weigh more.")
    elif missing:
        st.caption("Nothing is known of any part: choose a column that shows one.")


def _known(now: Shown) -> list[str]:
    return list(cooperation_parts(now.customers, now.study.cooperation.get("columns")))


def _column_of(now: Shown, part: str, known: bool) -> None:
    study = now.study
    numbers = [name for name in now.customers.numeric if name not in ("potential", "cooperation")]
    options = ["", *numbers, *(f"{formats.MINUS}{name}" for name in numbers)]
    chosen = study.cooperation.get("columns", {}).get(part, "")

    def said(column: str) -> str:
        if not column:
            return f"({KNOWN})" if known and not chosen else "(no column)"
        less = column.startswith(formats.MINUS)
        return f"{label(column.lstrip(formats.MINUS))}{', the less the better' if less else ''}"

    offered = options if chosen in options else [*options, chosen]
    st.selectbox(
        f"{part.capitalize()} shown by",
        offered,
        format_func=said,
        help=MEANT[part].capitalize() + ".",
        **held(f"shown by.{part}", chosen, partial(_show_by, study, part), offered),
    )


def _show_by(study: Study, part: str, given: str) -> None:
    columns = {**study.cooperation.get("columns", {}), part: given}
    _keep(study, "columns", {name: column for name, column in columns.items() if column})


def _weigh(study: Study, part: str, given: float) -> None:
    weights = {**EQUAL, **study.cooperation.get("weights", {}), part: given}
    if any(weights.values()):
        _keep(study, "weights", weights)


def _keep(study: Study, name: str, held: dict[str, Any]) -> None:
    changed = {**study.cooperation, name: held}
    study.cooperation = {one: values for one, values in changed.items() if values}
