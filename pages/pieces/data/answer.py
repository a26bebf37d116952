"""What the files hold, every row counted, and what it makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import streamlit as st

from pages.app import derived, session
from pages.app.frame import sign
from pages.app.words import plain
from pages.pieces.data.set_aside import not_counted
from segmentation import Customers, formats
from segmentation.customers.reasons import WHY
from segmentation.table import Table

MANY = 0.05  # of all rows


def answer(customers: Customers | None) -> None:
    """One sentence: what the files hold, every row counted; and the way on."""
    table = session.table()
    assert table is not None
    facts = [*_rows(table, customers), *(_makes(customers) if customers is not None else ())]
    (st.info if customers is None else st.success)(f"**{plain(table.name)}**: {', '.join(facts)}.")
    if customers is not None:
        _mostly(table, customers)
    if customers is not None and "revenue" in customers.frame:
        shown = session.study().currency.strip()
        with st.popover(f"Amounts in {plain(shown)}" if shown else "Amounts in which currency?"):
            sign(session.study(), "currency here")
    if customers is not None and customers.as_of and customers.as_of > dt.date.today():
        st.warning(
            f"The last day in the file, {formats.day(customers.as_of)}, is still to come. If that is a slip, set "
            "“Analyse up to” under Time above: lines after that day are left out."
        )
    if customers is not None and not {"revenue", "profit"} & set(customers.frame):
        st.info("No revenue or profit is known yet: if a column holds money, choose it under “Revenue” below.")
    if customers is not None and st.button("See the segments →", key="see segments", type="primary"):
        st.switch_page("pages/segments.py")


def _rows(table: Table, customers: Customers | None) -> list[str]:
    """Rows in = rows used + rows set aside."""
    rows, left = table.report.rows_in, not_counted(table, customers)
    aside = len(table.set_aside)
    used = table.report.rows_used - left
    said = f"**{formats.plural(rows, 'row')}**"
    if customers is None:  # nothing is used yet
        return [said] + ([f"{formats.count(aside)} of them set aside"] if aside else [])
    if not aside + left:
        return [f"{said}, all used"]
    return [f"{said} = {formats.count(used)} used + {formats.count(aside + left)} set aside"]


def _mostly(table: Table, customers: Customers) -> None:
    """Why most rows are set aside, where these are a part of the file that one should know of."""
    reason, count = max(customers.left_out.items(), key=lambda one: one[1], default=("", 0))
    share = count / max(table.report.rows_in, 1)
    if share >= MANY and derived.shape() != "wide":  # what is counted there are months, not rows
        st.caption(
            f"The largest part set aside: {formats.plural(count, 'row')} {WHY[reason].rows} ({formats.share(share)} of the file). "
            "See them below, each with its reason."
        )


def _makes(customers: Customers) -> Iterable[str]:
    yield f"**{formats.plural(len(customers), 'customer')}**"
    if customers.as_of and customers.start:
        yield f"from {formats.day(customers.start)} to {formats.day(customers.as_of)}"
    if "revenue" in customers.frame:
        yield f"revenue {plain(formats.compact(customers.total('revenue'), session.study().currency))}"
