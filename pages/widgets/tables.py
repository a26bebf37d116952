"""Tables as the pages show them, and the same rows to take away."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from pages.app import session
from pages.app.masking import masked, names_of
from pages.app.words import plain
from segmentation import Customers, formats, report
from segmentation.analysis.summary import MONEY
from segmentation.columns.metrics import METRICS, label
from segmentation.report import format_of
from segmentation.report.lists import of_customers, spoken
from segmentation.segments.segmentation import Segmentation

WHOLE = 25  # rows up to which a table stands there without scrolling
LISTED = 200  # rows of a customer list shown on the page; the download holds them all
NAME = "Name"
FIRST = ("revenue", "profit", "potential", "orders", "recency_days", "last_order", "growth")


def high(rows: int) -> Literal["content", "auto"]:
    """How high a table of so many rows stands: all of them, where they are not too many to see at once."""
    return "content" if rows <= WHOLE else "auto"


def customers(
    base: Customers,
    rows: np.ndarray,
    name: str,
    currency: str,
    download: Callable[[], pd.DataFrame],
    choice: str = "",
    many: int = 0,
) -> int | None:
    """The first customers of a list, largest first, and all of them as a download; the row number of the one that is chosen.

    download   makes the list when it is asked for; it stays with the button, so it should hold little
    choice     the key under which one of these very customers can be chosen; "" where none can
    many       how many there are, where the rows are not all of them but at least the first `LISTED`
    """
    many = many or len(rows)
    if not many:
        st.caption(f"Nobody is in {plain(name)}.")
        return None
    order = _order(base)
    config: dict[str, Any] = {"customer_id": st.column_config.TextColumn("Customer", pinned=True)}
    config |= {name: _column(name, base.frame[name], currency) for name in order}
    first = largest(base, rows, LISTED)
    st.dataframe(
        _part(base, first, order), column_config=config, height=320, key=choice or "customers", placeholder=formats.MISSING,
        alt=f"Customers of {name}", on_select="rerun" if choice else "ignore", selection_mode="single-row",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        take_away(f"Download {formats.plural(many, 'customer')}", download, _file_name(name), "download_customers")
        if many > LISTED:
            st.caption(f"The first {formats.count(LISTED)} are shown; the download holds all {formats.count(many)}.")
    chosen = (st.session_state.get(choice) or {}).get("selection", {}).get("rows") if choice else None
    return int(first[chosen[0]]) if chosen else None


def _order(base: Customers) -> list[str]:
    """All columns: what customers are called and reached by first, else the first words there are; then what tells most."""
    frame = base.frame
    said = [name for name in frame.columns if name not in METRICS and not pd.api.types.is_numeric_dtype(frame[name])]
    telling = [*base.called, *base.reached]
    shown = [*(telling or said[:1]), *(name for name in FIRST if name in frame)]
    return [*shown, *(name for name in frame.columns if name not in shown)]


def listing(
    base: Customers, frame: pd.DataFrame, key: str, alt: str, currency: str, download: Callable[[], pd.DataFrame]
) -> None:
    """The first rows of a list of these customers, and all of them as a download named after the key."""
    config: dict[str, Any] = {"customer_id": st.column_config.TextColumn("Customer", pinned=True)}
    config |= {name: _column(name, frame[name], currency) for name in frame.columns}
    head = pa.Table.from_pandas(_with_names(masked(frame.head(LISTED)), names_of(frame.index[:LISTED])))
    height = min(320, 36 * (len(head) + 1) + 3)
    st.dataframe(head, column_config=config, height=height, key=key, placeholder=formats.MISSING, alt=alt)

    more = f"The first {formats.count(LISTED)} are shown; the download holds all." if len(frame) > LISTED else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        title = f"Download {formats.plural(len(frame), 'customer')}"
        take_away(title, lambda: spoken(download(), base), key, f"download_{key}")
        if more:
            st.caption(more)


def _with_names(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """A list of customers with what each is called in front, where anything is known."""
    if not any(names) or NAME in frame:
        return frame
    whole = frame.copy()
    whole.insert(0, NAME, names)
    return whole


def rows(frame: pd.DataFrame, key: str, alt: str, height: int = 0) -> None:
    """Rows of a file as they were read, as high as they need, up to seven of them; or of a given height in pixels."""
    dates = [name for name in frame if pd.api.types.is_datetime64_any_dtype(frame[name])]
    config: Any = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in dates}
    st.dataframe(
        masked(frame),
        height=height or min(250, 38 + 35 * max(len(frame), 1)),
        hide_index=True,
        column_config=config,
        placeholder=formats.MISSING,
        key=key,
        alt=alt,
    )


def take_away(title: str, make: Callable[[], pd.DataFrame], name: str, key: str, suffix: str = "csv") -> None:
    """A button that gives a list as a file of that name, in the format of the suffix, made when it is asked for."""
    one = format_of(suffix)
    st.download_button(
        title,
        lambda: one.write(report.Listing(make(), name, people=True)),
        file_name=f"{name}.{suffix}",
        mime=one.MIME,
        on_click="ignore",
        key=key,
    )


def _part(base: Customers, rows: np.ndarray, columns: list[str]) -> pa.Table:
    """Some rows as they travel to the browser; a moved threshold often leaves the first of a list as they were."""
    if session.study().masked:  # what one visitor hides is not kept where all look
        return pa.Table.from_pandas(masked(base.frame.iloc[rows][columns]))
    return base.remember(("part", rows.tobytes()), lambda: pa.Table.from_pandas(base.frame.iloc[rows][columns]))


def largest(base: Customers, rows: np.ndarray, most: int) -> np.ndarray:
    """The first `most` of these rows by what the customers bring, largest first, without sorting them all."""
    ranked = base.ranked(base.money)
    places = ranked.position[rows]
    if most < len(places):
        places = np.partition(places, most - 1)[:most]
    return ranked.order[np.sort(places)]


def customer_list(segmentation: Segmentation, rows: np.ndarray) -> pd.DataFrame:
    """These customers with their segment and every column, largest first, as a list for people."""
    return of_customers(segmentation, largest(segmentation.customers, rows, len(rows)))


def _file_name(name: str) -> str:
    return "customers_" + "".join(letter if letter.isalnum() else "_" for letter in name.lower())


def _column(name: str, values: pd.Series, currency: str) -> Any:
    if name in (*MONEY, "average_order", "revenue_before", "revenue_recent"):
        return money(label(name), currency)
    if name == "growth":
        return st.column_config.NumberColumn(label(name), format="percent")
    if pd.api.types.is_datetime64_any_dtype(values):
        return st.column_config.DateColumn(label(name), format="D MMM YYYY")
    if pd.api.types.is_numeric_dtype(values):
        return st.column_config.NumberColumn(label(name), format="%,.4g" if values.dtype.kind == "f" else "%,d")
    return st.column_config.TextColumn(label(name).removesuffix(" (column)"))


@lru_cache
def count(title: str) -> Any:
    """A column of numbers of things."""
    return st.column_config.NumberColumn(title, format="%,d")


@lru_cache
def money(title: str, currency: str, digits: int = 0) -> Any:
    """A column of amounts."""
    return st.column_config.NumberColumn(title, format=f"{currency.replace('%', '%%')}%,.{digits}f")


@lru_cache
def share(title: str) -> Any:
    """A column of shares, as per cent."""
    return st.column_config.ProgressColumn(title, format="%.1f%%", min_value=0.0, max_value=100.0, width=112)
