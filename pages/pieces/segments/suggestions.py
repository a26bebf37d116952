"""Where to start: thresholds the data suggest."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from pages.app.words import amount, plain, show
from pages.pieces.segments.shown import Shown
from pages.widgets import controls
from segmentation import Problem, Study, formats
from segmentation.analysis.thresholds.suggestions import better, suggest
from segmentation.segments.controls import Control, Rows
from segmentation.segments.method import Other


def offer(shown: Shown) -> None:
    """A better start, in one click, where these thresholds leave nearly all customers in one segment."""
    name = shown.method.name
    made_of = [shown.study.own.get(name), shown.values]  # two visitors may use one name
    key = ("better", name, json.dumps(made_of, sort_keys=True))
    customers = shown.customers
    found = customers.remember(key, lambda: better(shown.method, customers, shown.values, shown.segmentation))
    if found:
        st.markdown(plain(found.sentence))
        st.button("Use the better start", key="better", on_click=controls.move, kwargs=found.thresholds)


def starts() -> Any:
    """Where they stand: unfolded by whoever wants to see them."""
    return st.popover("Where to start?", key="starts", on_change="rerun", width="stretch")


def suggestions(shown: Shown) -> None:
    """Thresholds the data suggest, each with its reason; nothing is applied until a button is pressed."""
    try:
        found = suggest(shown.method, shown.customers, shown.values)
    except Problem as problem:
        show(problem)
        return
    if not found:
        st.caption("The data say nothing about these thresholds: they stand as they are.")
    for name, (value, why) in found.items():
        control = shown.method.controls[name]
        words, reason = control.label, why[:1].upper() + why[1:]
        st.markdown(f"**{plain(words)}**: {plain(_suggested(control, value))}  \n{plain(reason)}.")
        there, alone = shown.values[name] == value, _can_be(shown, {name: value})
        st.button(
            "It stands there" if there else "Use it" if alone else "Only with the others",
            key=f"start.{name}",
            on_click=_use,
            args=(shown, {name: value}),
            disabled=there or not alone,
        )
    if len(found) > 1:
        together = {name: value for name, (value, _) in found.items()}
        st.button("Use them all", key="start", type="primary", on_click=_use, args=(shown, together))
    if shown.study.thresholds.get(shown.method.name):
        st.button("Back to the usual ones", on_click=_usual, args=(shown.study, shown.method.name))


def _suggested(control: Control, value: Any) -> str:
    """A suggested threshold, in its unit; of rules the reason says what moves."""
    if isinstance(control, Rows):
        return "their numbers, all together"
    if isinstance(control, Other):
        inner, given = Other.read("", value)
        return f"{inner.title} at {', '.join(_suggested(inner.controls[name], one) for name, one in given.items())}"
    values = value if isinstance(value, tuple) else (value,)
    numbers = " · ".join(amount(control.unit, one) for one in values)
    return f"{numbers} {formats.unit_of(control.unit, *values)}".rstrip()


def _use(shown: Shown, thresholds: dict[str, Any]) -> None:
    """Move thresholds, and make the choices under which they count."""
    choices = dict(when for name in thresholds if (when := shown.method.controls[name].when))
    controls.move(**{**choices, **thresholds})


def _can_be(shown: Shown, thresholds: dict[str, Any]) -> bool:
    """Whether these can be moved and the others left where they are: thresholds cannot cross."""
    try:
        shown.method.complete({**shown.values, **thresholds})
    except Problem:
        return False
    return True


def _usual(study: Study, method: str) -> None:
    study.put(method, {})
