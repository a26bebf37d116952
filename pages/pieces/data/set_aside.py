"""What was assumed, and what was read but is not used."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.app import derived, session
from pages.app.masking import raw_hidden
from pages.app.words import listed, show
from pages.widgets import tables
from segmentation import Customers, Problem, formats
from segmentation.apart.pool import POOL
from segmentation.customers.left_out import LeftOut
from segmentation.customers.reasons import told
from segmentation.table import Table

SHOWN = 1000  # rows of what was set aside that the page shows; the download holds all


def set_aside(customers: Customers | None) -> None:
    """What was assumed, and what was read but not used: counted, with reasons, to look at and to take away."""
    table = session.table()
    assert table is not None
    notes = customers.notes if customers is not None else ()
    left_out = customers.left_out if customers is not None else {}
    unused = [
        sentence
        for reason, sentence in told(left_out).items()
        if reason != "without_customer" and sentence not in notes  # a note says what the first are worth
    ]
    rows, cells = len(table.set_aside) + not_counted(table, customers), len(table.unread)
    if not (rows or cells or notes or unused):
        return
    counted = [formats.plural(rows, "row") + " set aside"] if rows else []
    counted += [formats.plural(cells, "cell") + " not read as written"] if cells else []
    counted += [formats.plural(len(notes), "assumption")] if notes else []
    folded = st.expander(f"{', '.join(counted)}: which, and why", key="aside", on_change="rerun")
    with folded:
        listed((*notes, *unused))
        if folded.open and rows:
            _left_out(table, customers)
        if folded.open and cells:
            st.markdown(f"{formats.plural(cells, 'cell')} of used rows not read as written:")
            _rows_left(table.unread.head(SHOWN), "unread", "Cells not read as written")
            tables.take_away("Download the cells not read", lambda: table.unread, "cells_left_out", "download_unread")


def _left_out(table: Table, customers: Customers | None) -> None:
    """The rows that are not used, for whatever reason, with their lines; the file is read once more for those."""
    try:
        rows = derived.left_out() if customers is not None else LeftOut(table)
        with st.spinner("Looking up their lines …"):
            first = derived.rows_left_out(SHOWN) if customers is not None else POOL.do(LeftOut.frame, rows, SHOWN)
    except Problem as problem:
        show(problem)
        return
    more = f" The first {formats.count(SHOWN)} are shown; the download holds all." if len(rows) > SHOWN else ""
    st.markdown(f"{formats.plural(len(rows), 'row')} set aside, with line and reason.{more}")
    _rows_left(first, "left_out", "Rows set aside")
    tables.take_away(
        "Download the rows set aside", lambda: POOL.do(LeftOut.frame, rows), "rows_left_out", "download_left_out"
    )


def _rows_left(rows: pd.DataFrame, key: str, alt: str) -> None:
    """Rows with line and reason, without columns in which none of them has anything."""
    if raw_hidden():
        st.caption("Texts are hidden while columns are masked; the download has them.")
        rows = rows.drop(columns="text")
    rows = rows.dropna(axis="columns", how="all")
    tables.rows(rows, key, alt)


def not_counted(table: Table, customers: Customers | None) -> int:
    """Rows that were read and are no part of the result."""
    if customers is None:
        return 0
    if derived.shape() == "wide":  # what is counted there are months, not rows
        return len(derived.left_out().places)
    return sum(customers.left_out.values())
