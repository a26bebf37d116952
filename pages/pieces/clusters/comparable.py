"""The second question: how to make columns comparable that are counted in money, orders and days."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app import masking
from pages.app.words import listed
from pages.pieces.clusters.state import Now, set_
from pages.pieces.clusters.step import step
from pages.widgets import controls, tables
from pages.widgets.drawn import drawn
from segmentation import Customers, Problem, formats
from segmentation.analysis.groups.bases import shapes
from segmentation.analysis.groups.clusters import PARTING
from segmentation.charts import EMPTY, spec
from segmentation.charts.shapes import shapes as shapes_chart
from segmentation.charts.shapes import shapes_data
from segmentation.columns.metrics import label
from segmentation.segments import groups

SIDES = (1, 1.6)
DRAWN = 4  # columns whose spread is drawn
NAMED = 50  # customers with values far from the others who are shown


def comparable(now: Now) -> None:
    """The ways, what they do to each column, and who counts as less than he is."""
    way = PARTING.controls["transform"].options[now.values["transform"]]  # type: ignore[attr-defined]
    step(2, "How do we make them comparable?", f"By {way}" if now.answered > 1 else "", lambda: _choose(now))


def _choose(now: Now) -> None:
    left, right = st.columns(SIDES, gap="medium")
    with left:
        for name in ("transform", "outliers"):
            controls.one(PARTING, name, now.values, now.customers)
        controls.say_trouble()
        if now.answered < 2:
            both = {name: now.values[name] for name in ("transform", "outliers")}
            st.button("Look for groups", key="look for groups", type="primary", on_click=set_, kwargs=both)
    with right:
        _drawn(now)
    try:
        made = groups.points(now.customers, now.columns, now.values["transform"], now.values["outliers"]).facts
    except Problem:  # said where the groups would be
        return
    said = groups.said(made if now.answered > 1 else replace(made, fitted=made.known))[1:]  # nothing is found before
    if said:
        listed(said)
    if made.capped:
        _capped(now.customers, made)


def _drawn(now: Now) -> None:
    """Each column as it is, and as it is compared."""
    shown = [name for name in now.columns if now.customers.has(name)][:DRAWN]
    st.markdown("**How customers spread, before and after** — so that a few very large values do not decide alone")
    data = shapes(now.customers, shown, now.values["transform"], now.values["outliers"])
    if len(data):
        said = "How customers spread in each column, as it is and as it is compared"
        drawn(shapes_chart, shapes_data(data), _spec(), "shapes", said, folded=True)


def _capped(customers: Customers, made: groups.Facts) -> None:
    """Whose values count as the nearest usual one."""
    many = sum(one.beyond for one in made.capped.values())
    with st.expander(
        f"The {formats.plural(many, 'value')} far from the others", key="capped", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        found = groups.outliers(customers, made)
        config = {"column": "Column", "value": tables.count("Is"), "counts_as": tables.count("Counts as")}
        head = masking.masked(found.head(NAMED))
        st.dataframe(head.rename_axis(label("customer_id")), column_config=config, alt="Values far from the others")


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(shapes_chart(EMPTY))
