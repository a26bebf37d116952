"""All segments below each other: the answer in a sentence, a bar of money each, and the profit and loss in numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from pages.app.words import listed, plain
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from pages.widgets.drawn import drawn
from segmentation import formats
from segmentation.analysis.action import pnl
from segmentation.analysis.scales import scales
from segmentation.charts import EMPTY, spec
from segmentation.charts.earned import earned as earned_chart
from segmentation.charts.earned import earned_data

BESIDE = 6  # columns of numbers that stand beside the bars without being scrolled


def answer(shown: Shown, table: pd.DataFrame) -> None:
    """Which segment brings the most, and which cost more than they bring."""
    st.markdown(pnl.told(table, shown.money, shown.study.currency, plain))


def ledger(shown: Shown, table: pd.DataFrame) -> None:
    """The bars beside the numbers, or above them where these need all the room; what is lacking is named below with what to do."""
    rows = pnl.in_rows(shown.segmentation, table)
    left, right = (
        st.columns((1, 1.7), gap="medium") if len(rows.columns) <= BESIDE else (st.container(), st.container())
    )
    if shown.money in pnl.LINES:
        with left:
            of = ", and what part of its revenue that is" if "margin" in table and table["margin"].notna().any() else ""
            st.markdown(f"**{pnl.LINES[shown.money]}** of each segment{of}")
            data = earned_data(table, shown.money, shown.study.currency)
            drawn(_chart(shown.money), data, _spec(shown.money), "segment_profit", f"{shown.money} of each segment")
    with right:
        st.markdown("**Profit and loss** — the last row is all of them together")
        _numbers(shown, rows)
    if sentences := pnl.lacking(shown.customers):
        listed(sentences)
    st.caption(plain(scales(shown.customers)))


def _numbers(shown: Shown, rows: pd.DataFrame) -> None:
    config: dict[str, Any] = {name: st.column_config.NumberColumn(pnl.HEADINGS[name]) for name in rows}
    config["segment"] = st.column_config.TextColumn("Segment", pinned=True)
    alt = "Profit and loss of each segment"
    says = {name: _says(name, shown.study.currency) for name in rows if name != "segment"}
    st.dataframe(
        # Streamlit's own formats have no true minus sign; under a name of its own it is not sent anew with each answer
        rows.style.format(says).set_uuid("ledger"),
        height=tables.high(len(rows)),
        column_config=config,
        hide_index=True,
        key="ledger",
        alt=alt,
        placeholder=formats.MISSING,
    )
    whole = rows.rename(columns=pnl.HEADINGS)
    tables.take_away("Download the profit and loss", lambda: whole, "profit_and_loss", "download_ledger")


def _says(name: str, currency: str) -> Callable[[Any], str]:
    """How a cell of this column is written."""
    if name in ("customers", "losers"):
        return formats.count
    if name in ("margin", "serve_rate") or name.startswith("share_of_"):
        return partial(formats.share, digits=1)
    return partial(formats.whole, currency=currency)


def _chart(money: str) -> Callable[..., Any]:
    return partial(earned_chart, title=pnl.LINES[money])


@lru_cache(maxsize=4)
def _spec(money: str) -> dict[str, Any]:
    return spec(_chart(money)(EMPTY))
