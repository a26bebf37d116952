"""What counts beside profit: the cost to serve, the score of cooperation, and the views of those one may ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.app.words import plain, show
from pages.pieces.portfolio.portfolio import METHOD, Shown, lines_of
from pages.widgets import tables
from segmentation import Problem, Study, formats
from segmentation.analysis.views import MOST, agreement, contested, sectors_by_view
from segmentation.columns.metrics import label
from segmentation.customers.cooperation import COUNTED, EQUAL, MEANT, PARTS, cooperation_parts
from segmentation.report.csv import csv

SUGGESTED = ("Sales", "Finance", "Service")
KNOWN = "what is known"
RATES = {
    "order": "per order",
    "line": "per order line",
    "visit": "per visit",
    "customer": "per customer",
}


def economics(now: Shown) -> None:
    """Cost to serve beside cooperation."""
    left, right = st.columns(2, gap="medium")
    with left:
        serving(now)
    with right:
        cooperation(now)


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
        key = f"rate.{name}"
        st.session_state[key] = float(study.serving.get(name, 0.0))
        column.number_input(
            RATES[name].capitalize(),
            min_value=0.0,
            key=key,
            on_change=_rate,
            args=(study, name),
            format="%.10g",
            help="A visit is a day with a purchase." if name == "visit" else None,
        )
    _totals(now)
    if study.serving:
        st.button("Back to the file's own", key="no rates", on_click=study.serving.clear, type="tertiary")


def _rate(study: Study, name: str) -> None:
    rates = {**study.serving, name: float(st.session_state[f"rate.{name}"] or 0.0)}
    study.serving = {one: rate for one, rate in rates.items() if rate}


def _totals(now: Shown) -> None:
    """Turnover, cost to serve and profit of all, as far as they are known."""
    held = [name for name in ("revenue", "cost_to_serve", "profit") if name in now.customers.frame]
    with st.container(horizontal=True, gap="small"):
        for name in held:
            st.metric(label(name), plain(now.compact(now.customers.total(name))), border=True)


def cooperation(now: Shown) -> None:
    """What the score is made of: a column a part, and how much each counts."""
    study, customers = now.study, now.customers
    st.markdown("**Cooperation** — a score of 0–100 that can count beside profit")
    held = study.cooperation
    try:
        known = set(customers.keep(("parts known", json.dumps(held, sort_keys=True)), lambda: _known(now)))
    except Problem as problem:
        show(problem)
        known = set()
    for part in PARTS:
        name, weight = st.columns(2, vertical_alignment="bottom")
        with name:
            _column_of(now, part, part in known)
        key = f"weight.{part}"
        st.session_state[key] = float(held.get("weights", {}).get(part, EQUAL[part]))
        weight.slider(
            f"{part.capitalize()} counts",
            0.0,
            5.0,
            step=0.5,
            format="%.1f",
            key=key,
            on_change=_weigh,
            args=(study, part),
            disabled=part not in known,
        )
    missing = [part for part in PARTS if part not in known]
    if missing and known:
        st.caption(f"Nothing is known of {' and '.join(missing)}: the other parts weigh more.")
    elif missing:
        st.caption("Nothing is known of any part: choose a column that shows one.")


def _known(now: Shown) -> list[str]:
    return list(cooperation_parts(now.customers, now.study.cooperation.get("columns")))


def _column_of(now: Shown, part: str, known: bool) -> None:
    key, study = f"shown by.{part}", now.study
    numbers = [name for name in now.customers.numeric if name not in ("potential", "cooperation")]
    options = ["", *numbers, *(f"{formats.MINUS}{name}" for name in numbers)]
    chosen = study.cooperation.get("columns", {}).get(part, "")
    st.session_state[key] = chosen

    def said(column: str) -> str:
        if not column:
            return f"({KNOWN})" if known and not chosen else "(no column)"
        less = column.startswith(formats.MINUS)
        return f"{label(column.lstrip(formats.MINUS))}{', the less the better' if less else ''}"

    st.selectbox(
        f"{part.capitalize()} shown by",
        options if chosen in options else [*options, chosen],
        key=key,
        format_func=said,
        help=MEANT[part].capitalize() + ".",
        on_change=_show_by,
        args=(study, part),
    )


def _show_by(study: Study, part: str) -> None:
    columns = {**study.cooperation.get("columns", {}), part: st.session_state[f"shown by.{part}"]}
    _keep(study, "columns", {name: column for name, column in columns.items() if column})


def _weigh(study: Study, part: str) -> None:
    weights = {**EQUAL, **study.cooperation.get("weights", {}), part: st.session_state[f"weight.{part}"]}
    if any(weights.values()):
        _keep(study, "weights", weights)


def _keep(study: Study, name: str, held: dict[str, Any]) -> None:
    changed = {**study.cooperation, name: held}
    study.cooperation = {one: values for one, values in changed.items() if values}


# Several views


def overlay(now: Shown) -> list[dict[str, Any]]:
    """The lines of the saved views that stand on the axes of the picture, where they are to be seen."""
    if not st.session_state.get("views seen"):
        return []
    found = []
    for name, settings in now.study.views.items():
        values = METHOD.complete({key: value for key, value in settings.items() if key in METHOD.controls})
        if values["cooperation_weight"] == now.values["cooperation_weight"]:
            at = lines_of(values, now.customers, now.now)
            found.append({"name": name, "profit": at[0], "potential": at[1]})
    return found


def views(now: Shown) -> None:
    """The views of those one may ask: kept under a name, laid over each other, and where they do not agree."""
    left, right = st.columns((1, 2), gap="medium")
    with left:
        _save(now)
        _saved(now)
    with right:
        _compare(now)


def _save(now: Shown) -> None:
    st.markdown("**Keep this view** — its lines and weights, under the name of who sees it so")
    study = now.study
    free = [name for name in SUGGESTED if name not in study.views]
    st.selectbox(
        "Whose view is this?",
        [*free, *study.views],
        key="view name",
        accept_new_options=True,
        index=None,
        placeholder="Sales, Finance, Service, or a name",
    )

    def save() -> None:
        if name := str(st.session_state["view name"] or "").strip():
            study.views[name] = view_of(study)

    full = len(study.views) >= MOST
    st.button("Keep this view", key="keep view", on_click=save, disabled=full or not st.session_state.get("view name"))


def view_of(study: Study) -> dict[str, Any]:
    """The portfolio as it is seen now: its thresholds, and what cooperation is made of."""
    return {**study.thresholds.get("portfolio", {}), **study.cooperation}


def _saved(now: Shown) -> None:
    study = now.study
    for name in list(study.views):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(name), width="stretch")
            st.button("Look with it", key=f"use {name}", on_click=_use, args=(study, name), type="tertiary")
            st.button("Drop", key=f"drop {name}", on_click=_drop, args=(study, name), type="tertiary")
    if study.views:
        st.toggle("Show their lines in the picture", key="views seen", persist_state="session")


def _drop(study: Study, name: str) -> None:
    study.views.pop(name, None)


def _use(study: Study, name: str) -> None:
    held = study.views[name]
    study.thresholds["portfolio"] = {key: value for key, value in held.items() if key in METHOD.controls}
    study.cooperation = {key: value for key, value in held.items() if key not in METHOD.controls}


def _compare(now: Shown) -> None:
    study, customers = now.study, now.customers
    st.markdown("**Whose sector depends on whom you ask**")
    if len(study.views) < 2:
        st.caption(
            "Keep at least two views: set the lines as sales would, keep them; then as finance would. Here you will see "
            "the customers they do not agree on."
        )
        return
    held = json.loads(json.dumps(study.views))

    def make() -> tuple[pd.DataFrame, pd.DataFrame]:
        by_view = sectors_by_view(customers, held)
        return contested(customers, by_view), agreement(by_view)

    try:
        found, alike = customers.remember(("views", json.dumps(held, sort_keys=True)), make)
    except Problem as problem:
        show(problem)
        return
    share = formats.share(len(found) / max(len(customers), 1))
    st.markdown(
        f"**{formats.plural(len(found), 'customer')}** ({share}) {'stands' if len(found) == 1 else 'stand'} in another "
        "sector depending on whom you ask; on the others all agree."
    )
    if len(found):
        tables.listing(
            found, "contested", "Customers the views do not agree on", study.currency, _again(customers, held)
        )
    with st.expander("How far they agree", key="agreement", on_change="rerun") as opened:
        if opened.open:
            st.dataframe(
                (alike * 100).round(1),
                column_config={name: st.column_config.NumberColumn(name, format="%.1f%%") for name in alike},
                alt="Share of customers in the same sector, view by view",
            )


def _again(customers: Any, held: dict[str, Any]) -> Callable[[], bytes]:
    return lambda: csv(contested(customers, sectors_by_view(customers, held)))
