"""Scenarios side by side, and what each segment brings in the one in hand."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from pages.app.words import plain
from pages.pieces.money.scenario import Moving
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.analysis.action import scenario as what


def side_by_side(now: Moving) -> tuple[Any, Any]:
    """Places for both, under their headings, which no lever moves."""
    left, right = st.columns(2, gap="medium")
    left.markdown("**Scenarios side by side**")
    right.markdown(f"**{plain(now.name)}, segment by segment**")
    return left, right


def scenarios(now: Moving) -> None:
    """The scenarios as rows: what each leaves, and what matters most in it."""
    study, method = now.shown.study, now.shown.method.name
    money, rows, said = now.shown.money, [], []
    for name in study.scenarios_of(method):
        try:
            outcome = what.together(now.ground, study.scenario(method, name))
        except Problem as problem:
            said.append(f"{plain(name)}: {plain(problem)}")
            continue
        levers = what.steps(outcome)
        most = max(levers, key=lambda lever: abs(levers[lever]), default="nothing moved")
        rows.append((name, outcome.after, outcome.gain, most, outcome.staying - outcome.customers))
    if not rows:
        st.caption("Move a lever, and the scenario stands here; a new one or a copy stands beside it.")
    else:
        table = _table(rows, "scenario", "then", "change", "most", "customers")
        config: dict[str, Any] = {
            "scenario": st.column_config.TextColumn("Scenario"),
            "then": tables.money(f"{money.capitalize()} then", study.currency),
            "change": tables.money("Change", study.currency),
            "most": st.column_config.TextColumn("Matters most"),
            "customers": tables.count("Change in customers"),
        }
        st.dataframe(table, column_config=config, hide_index=True, key="scenarios", alt="Scenarios side by side")
    for sentence in said:
        st.caption(sentence)
    if gone := [name for held in study.scenario(method, now.name) if (name := held) not in now.ground.names]:
        st.caption(plain(f"Kept, though this file has no such segment now: {formats.listed(gone)}."))


def segments(now: Moving) -> None:
    """Today's profit of each segment beside that of the scenario."""
    currency, outcomes = now.shown.study.currency, what.each(now.ground, now.scenario)
    rows = [(name, outcome.before, outcome.after, outcome.gain) for name, outcome in outcomes]
    table = _table(rows, "segment", "today", "then", "change")
    config: dict[str, Any] = {"segment": st.column_config.TextColumn("Segment")}
    config |= {name: tables.money(name.capitalize(), currency) for name in ("today", "then", "change")}
    st.dataframe(
        table,
        height=tables.high(len(rows)),
        column_config=config,
        hide_index=True,
        key="segments then",
        alt="Each segment in the scenario",
    )


def _table(rows: list[tuple[Any, ...]], *names: str) -> pa.Table:
    """The rows as they are sent: a frame in between would take longer than the levers do."""
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})
