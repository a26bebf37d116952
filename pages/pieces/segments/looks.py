"""Further tables of a method."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.app import masking
from pages.app.words import show
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.columns.metrics import label

HEADS = {"segment": "Segment", "customers": "Customers", "customer_id": "Customer"}
ROWS = 200  # of a further table shown on the page; the download holds them all


def look_at(shown: Shown, title: str) -> None:
    """One of the further tables of this method."""
    try:
        found = shown.method.looks[title](shown.method, shown.customers, shown.values)
    except Problem as problem:
        show(problem)
        return
    head = masking.masked(found.head(ROWS))
    st.dataframe(
        head, column_config=_columns(found), alt=title, hide_index=found.index.name is None, placeholder=formats.MISSING
    )
    _download(title, shown.method.name, found)


def _columns(found: pd.DataFrame) -> dict[str, Any]:
    """What stands above each column, its numbers with as many digits as one reads."""
    heads = {name: label(name) for name in found.columns} | HEADS
    return {
        name: st.column_config.NumberColumn(head, format=f"%,.{_digits(found[name])}f")
        if _counts(found, name)
        else head
        for name, head in heads.items()
    }


def _counts(found: pd.DataFrame, name: str) -> bool:
    return name in found and pd.api.types.is_numeric_dtype(found[name]) and found[name].dtype.kind != "b"


def _digits(values: pd.Series) -> int:
    """After the point: none of whole numbers, else about three in all."""
    known = values.dropna()
    if (known == known.round()).all():
        return 0
    top = float(known.abs().max())
    return next(digits for digits, least in enumerate((100, 10, 1, 0)) if top > least)


def _download(title: str, name: str, found: pd.DataFrame) -> None:
    """All of the table as a file, made when it is asked for."""
    tables.take_away(f"Download {formats.plural(len(found), 'row')}", lambda: found, name, f"download.{title}")
