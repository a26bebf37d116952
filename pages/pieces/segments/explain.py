"""Beneath the pictures: what the method means and how it was computed, who stands at its edges, where to start."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import masking, session
from pages.app.words import listed, plain, show
from pages.pieces.segments.live import Shown
from pages.widgets import controls, tables
from segmentation import Problem, Study, formats
from segmentation.analysis.sensitivity import called, ledger
from segmentation.analysis.suggestions import suggest
from segmentation.columns.metrics import label
from segmentation.report.csv import csv
from segmentation.segments.controls import Control, Rows
from segmentation.segments.method import Other

APART = ("thresholds", "lines", "method", "views", "bubbles", "currency", "file", "masked")  # change no customer
ROWS = 200  # of a further table shown on the page; the download holds them all


def explanation(shown: Shown) -> None:
    """What it means, when it misleads, where it comes from, and the Python call that gives the same numbers."""
    with st.expander("What it means, and how it was computed", key="explained", on_change="rerun") as opened:
        if not opened.open:
            return
        st.markdown(plain(shown.method.doc).replace("  ", " "))
        _meanings(shown)
        if shown.method.source:
            st.caption(f"Source: {plain(shown.method.source)}")
        listed(shown.customers.notes)
        st.code(call(shown.study, shown.method.name), language="python")


def _meanings(shown: Shown) -> None:
    """Each segment's meaning and the attention it usually gets."""
    said = [(name, shown.method.meaning(name)) for name in shown.segmentation.shown]
    lines = [f"| {plain(name)} | {plain(one.meaning)} | {plain(one.attention)} |" for name, one in said if one]
    if lines:
        st.markdown("\n".join(["| Segment | Who they are | What they usually get |", "|---|---|---|", *lines]))


def edges(shown: Shown) -> None:
    """The flip ledger: what one step of each threshold would change, for how much money."""
    with st.expander("Who stands at the edges: what one step changes", key="ledger", on_change="rerun") as opened:
        if not opened.open:
            return
        found = shown.customers.remember(
            ("ledger", shown.method.name, repr(shown.study.own.get(shown.method.name)), repr(shown.values)),
            lambda: ledger(shown.method, shown.customers, shown.values),
        )
        if not len(found):
            st.caption("This method has no threshold that moves in steps.")
            return
        _ledger(shown, found)


def _ledger(shown: Shown, found: pd.DataFrame) -> None:
    steps = [_step(shown, row) for row in found.itertuples()]
    rows = pd.DataFrame(
        {
            "threshold": [words for words, _ in steps],
            "step": [step for _, step in steps],
            **{name: found[name] for name in ("customers", "revenue", "profit", "ties") if found[name].notna().any()},
            "edge": [", ".join(masking.who(edge)) for edge in found["edge"]],
        }
    )
    st.dataframe(
        rows,
        hide_index=True,
        key="flips",
        alt="What one step of each threshold changes",
        column_config={
            "threshold": "Threshold",
            "step": "One step",
            "customers": tables.count("Customers who change"),
            "revenue": tables.money("Their revenue", shown.study.currency),
            "profit": tables.money("Their profit", shown.study.currency),
            "ties": st.column_config.NumberColumn(
                "On the cut", format="%,d", help="Customers who share the very value on the cut; they move together."
            ),
            "edge": st.column_config.TextColumn("Largest of them", width="medium"),
        },
    )


def _step(shown: Shown, row: Any) -> tuple[str, str]:
    """A row's threshold in words, and the step it takes."""
    words, unit = called(shown.method, shown.values, row.threshold, row.at)
    after = "" if unit in ("", "%", "money") else f" {unit}"
    return words, f"{_amount(unit, row.value)} → {_amount(unit, row.moved_to)}{after}"


def _amount(unit: str, value: float) -> str:
    """A share as per cent, any other number as it was typed."""
    return formats.share(value, 1).replace(".0%", "%") if unit == "%" else formats.number(value)


def starts(shown: Shown) -> None:
    """Thresholds the data suggest, each with its reason; nothing is applied until a button is pressed."""
    with st.popover("Where to start?", key="starts", on_change="rerun", width="stretch") as popover:
        if not popover.open:
            return
        try:
            found = suggest(shown.method, shown.customers, shown.values)
        except Problem as problem:
            show(problem)
            return
        if not found:
            st.caption("The data say nothing about these thresholds: they stand as they are.")
        for name, (value, why) in found.items():
            control = shown.method.controls[name]
            reason = why[:1].upper() + why[1:]
            st.markdown(f"**{plain(control.label)}**: {plain(_said(control, value))}  \n{plain(reason)}.")
            there = shown.values[name] == value
            st.button(
                "It stands there" if there else "Use it",
                key=f"start.{name}",
                on_click=_use,
                args=(shown, {name: value}),
                disabled=there,
            )
        if len(found) > 1:
            together = {name: value for name, (value, _) in found.items()}
            st.button("Use them all", key="start", type="primary", on_click=_use, args=(shown, together))
        if shown.study.thresholds.get(shown.method.name):
            st.button("Back to the usual ones", on_click=_usual, args=(shown.study, shown.method.name))


def _said(control: Control, value: Any) -> str:
    """A suggested threshold, in its unit; of rules the reason says what moves."""
    if isinstance(control, Rows):
        return "their numbers, all together"
    if isinstance(control, Other):
        inner, given = Other.read("", value)
        return f"{inner.title} at {', '.join(_said(inner.controls[name], one) for name, one in given.items())}"
    unit = control.unit
    numbers = " · ".join(_amount(unit, one) for one in (value if isinstance(value, tuple) else (value,)))
    return numbers if unit in ("", "%", "money") else f"{numbers} {unit}"


def _use(shown: Shown, thresholds: dict[str, Any]) -> None:
    """Move thresholds, and make the choices under which they count."""
    choices = dict(when for name in thresholds if (when := shown.method.controls[name].when))
    controls.move(**{**choices, **thresholds})


def _usual(study: Study, method: str) -> None:
    study.thresholds.pop(method, None)


def looks(shown: Shown) -> None:
    """Further tables of this method, made when they are opened."""
    for title, look in shown.method.looks.items():
        with st.expander(title, key=f"look.{shown.method.name}.{title}", on_change="rerun") as opened:
            if not opened.open:
                continue
            try:
                found = look(shown.method, shown.customers, shown.values)
            except Problem as problem:
                show(problem)
                continue
            config = {name: label(name) for name in found.columns}
            head = masking.masked(found.head(ROWS))
            st.dataframe(head, column_config=config, alt=title, hide_index=found.index.name is None)
            _download(title, shown.method.name, found)


def _download(title: str, name: str, found: pd.DataFrame) -> None:
    """All of the table as a file, made when it is asked for."""
    tables.take_away(f"Download {formats.plural(len(found), 'row')}", lambda: csv(found), name, f"download.{title}")


def call(study: Study, method: str, made: str = "labels") -> str:
    """The Python that gives these very segments, under the name `made`."""
    own = {name: recipe for name, recipe in study.own.items() if name == method}
    settings = {name: held for name, held in study.model_settings.items() if name == study.model}
    usual, held = asdict(Study()), asdict(replace(study, own=own, model_settings=settings))
    changed = {name: value for name, value in held.items() if value != usual[name] and name not in APART}
    if masking.raw_hidden():  # they name customers and orders
        changed |= {name: "as in the study you saved" for name in ("same", "without_orders") if name in changed}
    given = "".join(f"    {name}={value!r},\n" for name, value in changed.items())
    thresholds = "".join(f", {name}={value!r}" for name, value in study.thresholds.get(method, {}).items())
    return (
        "from segmentation import METHODS, Study\n\n"
        f"study = Study({chr(10) if given else ''}{given})\n"
        f"customers = study.customers(study.table({list(session.tables())!r}))\n"
        f'{made} = {"study.methods" if own else "METHODS"}["{method}"].segment(customers{thresholds})'
    )
