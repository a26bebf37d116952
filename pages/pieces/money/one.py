"""One segment as its owner would hang it on the wall: what it brings, what it costs, what it buys, when, and where."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

import streamlit as st

from pages.app import session
from pages.app.masking import hidden
from pages.app.words import plain
from pages.pieces.segments.shown import Shown
from pages.widgets.drawn import drawn
from segmentation.analysis.action.wall import Account, bought, telling, wall
from segmentation.analysis.portraits import mix
from segmentation.charts import EMPTY, spec
from segmentation.charts.bridge import bridge as bridge_chart
from segmentation.charts.bridge import bridge_data
from segmentation.charts.lift import lift as lift_chart
from segmentation.charts.lift import lift_data
from segmentation.report.sheet import sheet

session.stale_with_data("wall", "wall by")

BRIDGE = partial(bridge_chart, title="Money")
SORTS = {False: "What it buys most", True: "More, or less, than others"}


def one_segment(shown: Shown) -> None:
    """The segment that is chosen, on one sheet, and the sheet as a page to print."""
    names, study, away = list(shown.segmentation.shown), shown.study, hidden()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = choose("wall", "Segment", names)
        method, values, customers = shown.method, shown.values, shown.customers
        st.download_button(
            "Download this sheet",
            lambda: sheet(study, method(customers, **values), name, away),  # kept with the button, so it holds little
            file_name=f"segment_{names.index(name) + 1}.html",
            mime="text/html",
            on_click="ignore",
            key="download sheet",
            help="A page of its own, to print on A4 and hang on the wall.",
        )
    held = wall(shown.segmentation, name, study.currency, away)
    with st.container(border=True, key="sheet"):
        st.header(plain(name))
        if meant := shown.method.meaning(name):
            st.caption(f"{plain(meant.meaning)} {plain(meant.attention)}".strip())
        with st.container(horizontal=True, gap="small"):
            for title, value in held.figures:
                st.metric(title, plain(value), border=True)
        left, right = st.columns(2, gap="medium")
        with left:
            if held.account:
                _account(shown, held.account, name)
            _rows(
                "On average",
                held.averages,
                "When they buy is not known: choose the column with the dates on the Data page.",
            )
        with right:
            _bought(shown, name)
            _rows("Who and where, most often", held.who)


def choose(key: str, title: str, names: list[str], first: int = 0) -> str:
    """A choice among segments; one that is no longer there gives way to another."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = names[min(first, len(names) - 1)]
    return str(st.selectbox(title, names, key=key, width=320))


def _account(shown: Shown, account: Account, name: str) -> None:
    """From revenue to profit."""
    st.markdown("**From revenue to profit**" + (f" — {account.left}" if account.left else ""))
    data = bridge_data(("Revenue", account.revenue), account.steps, "Profit", shown.study.currency, from_zero=True)
    drawn(BRIDGE, data, _bridge(), "segment_account", f"From revenue to profit in {name}")
    if account.losers:
        st.caption(plain(account.losers))


def _rows(title: str, rows: list[tuple[str, str, str]], without: str = "") -> None:
    """What is here, beside all customers."""
    if rows:
        lines = [f"| {' | '.join(map(plain, row))} |" for row in rows]
        st.markdown("\n".join([f"| {title} | Here | All |", "|---|--:|--:|", *lines]))
    elif without:
        st.caption(without)


def _bought(shown: Shown, name: str) -> None:
    """Products or categories by share of revenue, against the base."""
    found, away = mix.headings(shown.customers), hidden()
    told = {role: heading for role, heading in found.items() if heading not in away}
    if not told:
        masked = "What they buy is masked on screen."
        st.caption(
            masked
            if found
            else "What they buy is not known: choose the column of the product or category on the Data page."
        )
        return
    with st.container(horizontal=True, gap="small"):
        role = st.segmented_control(
            "By",
            list(told),
            key="wall by",
            default=next(iter(told)),
            required=True,
            format_func=lambda one: plain(told[one]),
            label_visibility="collapsed",
        )
        more = st.segmented_control(
            "Which",
            list(SORTS),
            key="wall which",
            default=False,
            required=True,
            format_func=SORTS.__getitem__,
            label_visibility="collapsed",
        )
    rows = bought(shown.segmentation, name, str(role), bool(more))
    what, said = telling(rows)
    st.markdown(f"**{plain(what)}** {plain(said)}" if what else plain(said))
    if len(rows):
        drawn(lift_chart, lift_data(rows), _lift(), "segment_mix", "What the segment buys beside all customers")


@lru_cache
def _bridge() -> dict[str, Any]:
    return spec(BRIDGE(EMPTY))


@lru_cache
def _lift() -> dict[str, Any]:
    return spec(lift_chart(EMPTY))
