"""The pictures and the numbers of a cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.app import derived
from pages.app.masking import codes, customers_hidden, hidden, who
from pages.pieces.notebook.found import Found
from pages.widgets import tables
from segmentation.charts.own import Chart
from segmentation.charts.sizes import MEASURES
from segmentation.columns.metrics import label
from segmentation.report.pictures import pictures

BAR = 18  # pixels a bar needs at least, for its words to have a line of their own
SHOWN = ("bubbles", "sizes")  # side by side; where there is no potential the second alone
ROWS = 31  # segments a small table shows


def drawn(found: Found, key: str, called: str, height: int = 300) -> None:
    """Two pictures side by side, and the segments' numbers below.

    called   the cell's title, of its own on the page
    """
    each = pictures(found.segmentation, found.study.lines, found.study.currency, who)
    shown = [name for name in SHOWN if name in each]
    for column, name in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
        high = max(height, _room(found)) if name == "sizes" else height
        spec = derived.kept(f"{key} {name}", partial(_spec, each[name], high), _of(found), str(high))
        with column:
            st.vega_lite_chart(None, spec, key=f"{key} {name}")
    _numbers(found, called)


def _spec(make: Callable[[], Chart], height: int) -> dict[str, Any]:
    """A picture as Streamlit takes it: made of Altair again with each answer, it would be half of the page's work."""
    return make().properties(width="container", height=height).to_dict(validate=False)


def _room(found: Found) -> int:
    """How high the sizes must be: a bar for each segment and each of its shares."""
    return BAR * len(found.summary["segment"]) * sum(share in found.summary for share in MEASURES)


def _of(found: Found) -> str:
    """All that its pictures follow from, beside the table."""
    study, cell = found.study, found.cell
    of: list[Any] = [
        cell["method"],
        cell["thresholds"],
        study.own,
        study.pins_of(cell["method"]),
        study.lines,
        study.currency,
    ]
    return json.dumps([st.session_state.customers_key, *of, *_called()], sort_keys=True)


def _called() -> list[Any]:
    """What customers are called by follows from what is masked; and each visitor has codes of one's own."""
    return [sorted(hidden()), codes(["customer"]) if customers_hidden() else ""]


def _numbers(found: Found, called: str) -> None:
    frame = pd.DataFrame(found.summary).head(ROWS)
    money = [name for name in ("revenue", "profit", "potential") if name in frame]
    frame = frame[["segment", "customers", "share_of_customers", *money]]
    frame["share_of_customers"] *= 100
    config = {
        "segment": st.column_config.TextColumn("Segment"),
        "customers": tables.count("Customers"),
        "share_of_customers": tables.share("Share of customers"),
        **{name: tables.money(label(name), found.study.currency) for name in money},
    }
    st.dataframe(frame, hide_index=True, column_config=config, height="content", alt=f"Segments of {called}")
