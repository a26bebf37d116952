"""One segment as its owner would hang it on the wall: what it brings, what it costs, what it buys, when, and where."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app import session
from pages.app.masking import hidden
from pages.app.words import plain
from pages.pieces.segments.shown import Shown
from pages.widgets.drawn import drawn
from segmentation import charts, formats
from segmentation.analysis import contrast, mix, pnl
from segmentation.charts.bridge import bridge_data
from segmentation.charts.lift import lift_data
from segmentation.columns.metrics import label

session.stale_with_data("wall", "wall by")

BRIDGE = partial(charts.bridge, title="Money")
TAKEN = " (column)"  # behind a heading that names something else here
ALIKE = 0.02  # of revenue: what is no difference
SORTS = {"largest": "What it buys most", "lifted": "What it buys more, or less, than others"}


def one_segment(shown: Shown) -> None:
    """The segment that is chosen, on one sheet."""
    names = list(shown.segmentation.shown)
    at = names.index(choose("wall", "Segment", names))
    table = pnl.profit_and_loss(shown.segmentation)
    with st.container(border=True, key="sheet"):
        st.header(plain(names[at]))
        if meant := shown.method.meaning(names[at]):
            st.caption(f"{plain(meant.meaning)} {plain(meant.attention)}".strip())
        _figures(shown, table.iloc[at])
        left, right = st.columns(2, gap="medium")
        with left:
            _account(shown, table.iloc[at], names[at])
            _rhythm(shown, at)
        with right:
            _bought(shown, at)
            _described(shown, names[at])


def choose(key: str, title: str, names: list[str], first: int = 0) -> str:
    """A choice among segments; one that is no longer there gives way to another."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[min(first, len(names) - 1)]
    return str(st.selectbox(title, names, key=key, width=320))


def _figures(shown: Shown, row: pd.Series) -> None:
    """Four numbers for a glance."""
    said = [("Customers", f"{formats.count(row['customers'])} ({formats.share(row['share_of_customers'])})")]
    for name, title in (("revenue", "Revenue"), ("profit", "Profit")):
        if name in row:
            share = row[f"share_of_{name}"]
            of_all = f" ({formats.share(share)})" if np.isfinite(share) else ""
            said.append((title, plain(shown.compact(row[name])) + of_all))
    if "profit_each" in row:
        said.append(("Profit a customer", plain(shown.compact(row["profit_each"]))))
    with st.container(horizontal=True, gap="small"):
        for title, value in said:
            st.metric(title, value, border=True)


def _account(shown: Shown, row: pd.Series, name: str) -> None:
    """From revenue to profit."""
    if not {"revenue", "profit"} <= set(row.index):
        return
    steps = {"Cost of sales": -row["cost"]}
    steps |= {"Cost to serve": -row["cost_to_serve"]} if "cost_to_serve" in row else {}
    steps |= {"Profit unknown": -row["without"]} if row.get("without") else {}
    margin = f" — {formats.share(row['margin'])} of revenue is left" if np.isfinite(row["margin"]) else ""
    st.markdown(f"**From revenue to profit**{margin}")
    data = bridge_data(("Revenue", row["revenue"]), steps, "Profit", shown.study.currency, from_zero=True)
    drawn(BRIDGE, data, _bridge(), "segment_account", f"From revenue to profit in {name}")
    if row["losers"]:
        st.caption(
            plain(
                f"{formats.plural(int(row['losers']), 'customer')} in it at a loss: {shown.compact(row['lost'])} in all."
            )
        )


def _rhythm(shown: Shown, at: int) -> None:
    """When they buy, beside everybody."""
    row = pnl.rhythm(shown.segmentation).iloc[at]
    said = []
    for name, title in pnl.measures(shown.customers).items():
        if np.isfinite(row[name]):
            everybody = shown.customers.total(name) / max(shown.customers.known(name), 1)
            say = shown.compact if name == "average_order" else formats.compact
            said.append(f"| {title} | {plain(say(row[name]))} | {plain(say(everybody))} |")
    for name, title in (("growth", "Revenue, recent half against the earlier"), ("stayed", "Bought in both halves")):
        if name in row and np.isfinite(row[name]):
            sign = "+" if name == "growth" and row[name] > 0 else ""
            said.append(f"| {title} | {sign}{formats.share(row[name])} | |")
    if said:
        st.markdown("\n".join(["| On average | Here | All |", "|---|--:|--:|", *said]))
    else:
        st.caption("When they buy is not known: choose the column with the dates on the Data page.")


def _bought(shown: Shown, at: int) -> None:
    """Products or categories by share of revenue, against the base."""
    found = mix.headings(shown.customers)
    if not found:
        st.caption("What they buy is not known: choose the column of the product or category on the Data page.")
        return
    away = hidden()
    found = {role: heading for role, heading in found.items() if heading not in away}
    if not found:
        st.caption("What they buy is masked on screen.")
        return
    with st.container(horizontal=True, gap="small"):
        role = st.segmented_control(
            "By",
            list(found),
            key="wall by",
            default=next(iter(found)),
            required=True,
            format_func=lambda one: plain(found[one]),
            label_visibility="collapsed",
        )
        way = st.segmented_control(
            "Which",
            list(SORTS),
            key="wall which",
            default="largest",
            required=True,
            format_func=SORTS.__getitem__,
            label_visibility="collapsed",
        )
    made = mix.mix(shown.segmentation, str(role))
    rows = getattr(mix, str(way))(made, at)
    if not len(rows):
        st.caption("Nothing it bought adds up to more than zero.")
        return
    st.markdown(_telling(rows))
    drawn(charts.lift, lift_data(rows), _lift(), "segment_mix", "What the segment buys beside all customers")


def _telling(rows: pd.DataFrame) -> str:
    """The product by which it differs most, in a sentence."""
    known = rows[np.isfinite(rows["lift"])]
    if not len(known):
        return ""
    apart = known["share"] - known["base"]
    one = known.loc[apart.idxmax() if apart.max() > ALIKE else apart.idxmin()]
    if abs(one["share"] - one["base"]) < ALIKE:
        return "It buys much the same as all customers."
    more = "more" if one["lift"] > 1 else "less"
    return (
        f"**{plain(one['word'])}** stands out: {formats.share(one['share'], 1)} of its revenue, {one['lift']:.2g} times the "
        f"share it has with all customers, so {more} than usual."
    )


def _described(shown: Shown, name: str) -> None:
    """Where and who they are: of each column of words the value most of them have, and how much more than others."""
    found = contrast.described(shown.segmentation, name)
    away = hidden()
    lines = [
        f"| {plain(label(one.what).removesuffix(TAKEN))} | {plain(one.value)}, {formats.share(one.share)} | {formats.share(one.base)} |"
        for one in found
        if one.what not in away
    ]
    if lines:
        st.markdown("\n".join(["| Who and where, most often | Here | All |", "|---|--:|--:|", *lines]))


@lru_cache
def _bridge() -> dict[str, Any]:
    return charts.spec(BRIDGE(charts.EMPTY))


@lru_cache
def _lift() -> dict[str, Any]:
    return charts.spec(charts.lift(charts.EMPTY))
