"""Who stands at the edges: what one step of each threshold would change."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.app import masking
from pages.app.words import amount
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import formats
from segmentation.analysis.thresholds.sensitivity import called, ledger


def edges(shown: Shown) -> None:
    """The flip ledger: what one step of each threshold would change, for how much money."""
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
    step = f"{amount(unit, row.value)} → {amount(unit, row.moved_to)} {formats.unit_of(unit, row.moved_to)}"
    return words, step.rstrip()
