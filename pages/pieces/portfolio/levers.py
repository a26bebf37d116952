"""The whale curve with levers: what a price, a cost, a minimum order and letting go would do to profit."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from pages.app.words import plain, show
from pages.pieces.portfolio.shown import Shown
from pages.widgets import tables
from pages.widgets.drawn import drawn
from segmentation import Customers, Problem, formats
from segmentation.analysis.levers import Levers, Pulled, beyond_peak, pull
from segmentation.analysis.pareto import nobody_loses, whale
from segmentation.charts import EMPTY, spec
from segmentation.charts.levers import levers as levers_chart
from segmentation.charts.levers import levers_data

NAMES = {"price": "price", "serve": "cost to serve", "minimum": "minimum order", "let_go": "letting go"}


def levers(now: Shown) -> None:
    """The levers, the curve before and after, and what each of them brings."""
    customers = now.customers
    left, right = st.columns((1, 2.2), gap="medium")
    with left:
        pulled_by = controls(customers)
    try:
        pulled = pull(customers, pulled_by)
    except Problem as problem:
        show(problem)
        return
    with right:
        st.markdown(f"**Whale curve** — cumulative {customers.money}, best customers first")
        st.markdown(sentence(now, pulled))
        data = pa.Table.from_pandas(levers_data(pulled, len(customers), now.study.currency), preserve_index=False)
        alt = f"Cumulative {customers.money} before and after"
        drawn(_chart(customers.money), data, _spec(customers.money), "levers", alt)
        st.caption(plain(peak(now)))
    st.caption("Levers for each segment, with scenarios side by side, are on the Money page.")
    beyond(now)


def controls(customers: Customers) -> Levers:
    """One slider a lever, as far as the customers have what it needs; they are a what-if and no part of the study."""
    held: dict[str, Any] = {}
    has = set(customers.frame)
    st.markdown("**Pull a lever** — nobody buys less for it, all else stays")
    if "revenue" in has:
        held["price"] = (
            st.slider("Price", -20.0, 20.0, 0.0, 0.5, format="%+.1f%%", key="lever.price", persist_state="session")
            / 100
        )
    if "cost_to_serve" in has:
        held["serve"] = (
            st.slider("Cost to serve", -50, 50, 0, 1, format="%+d%%", key="lever.serve", persist_state="session") / 100
        )
    else:
        st.caption("With a cost to serve (a column, or rates under “Cost and cooperation”) there are two levers more.")
    if {"cost_to_serve", "average_order"} <= has:
        held["minimum"] = _minimum(customers)
    most = len(customers)
    if most > 1:
        held["let_go"] = st.number_input(
            "Drop this many loss-makers", 0, most, 0, 1, key="lever.let_go", persist_state="session"
        )
    return Levers(**held)


def _minimum(customers: Customers) -> float:
    """A minimum order among round values up to what most orders reach."""

    def round_values() -> list[float]:
        order = customers.values("average_order")
        order = order[np.isfinite(order) & (order > 0)]
        return (
            sorted({0.0, *(formats.two_digits(float(one)) for one in np.quantile(order, np.linspace(0, 0.95, 40)))})
            if len(order)
            else [0.0]
        )

    stops = customers.keep("minimum orders", round_values)
    if len(stops) < 2:
        return 0.0
    return float(
        st.select_slider(
            "Minimum order",
            stops,
            0.0,
            format_func=lambda one: formats.compact(one),
            key="lever.minimum",
            persist_state="session",
        )
    )


def sentence(now: Shown, pulled: Pulled) -> str:
    """Profit before and after in words, and what each lever adds."""
    before, after = map(plain, formats.apart(pulled.before.total, pulled.after.total, now.study.currency))
    money = now.customers.money
    parts = [f"{NAMES[name]} {_signed(now, gain)}" for name, gain in pulled.by_lever.items() if gain]
    if not parts:
        return f"{money.capitalize()} is **{before}**. Pull a lever to see what it would be."
    change = f"{now.say(abs(pulled.gain))} {'more' if pulled.gain >= 0 else 'less'}"
    gone = len(now.customers) - pulled.customers
    left = f" {formats.plural(gone, 'customer')} fewer." if gone else ""
    return f"{money.capitalize()} would be **{after}** instead of {before}: **{change}** ({', '.join(parts)}).{left}"


def _signed(now: Shown, gain: float) -> str:
    return ("+" if gain > 0 else "") + now.say(gain)


def peak(now: Shown) -> str:
    """Where today's curve peaks, and what those beyond take away."""
    found, customers = whale(now.customers), now.customers
    if customers.money != "profit":
        return "No profit is known here, only revenue: with costs, an assumed margin or rates to serve, loss-makers would show."
    if found.erosion <= 0:
        return f"{nobody_loses(customers)} today: the curve never falls."
    top = formats.share(found.peak_share) + " of profit" if found.peak_share is not None else now.compact(found.peak)
    return (
        f"Today the curve peaks at {top} after {formats.plural(found.at, 'customer')}; "
        f"those beyond take {now.compact(found.erosion)} of it away again."
    )


def beyond(now: Shown) -> None:
    """The customers beyond the peak, the costliest first."""
    customers = now.customers
    rows = customers.keep("beyond the peak", lambda: beyond_peak(customers))
    if not len(rows):
        return
    columns = [
        one
        for one in ("profit", "revenue", "cost_to_serve", "orders", "average_order", "potential")
        if one in customers.frame
    ]
    columns = columns if customers.money in columns else [customers.money, *columns]
    st.markdown(f"**Beyond the peak** — {below_zero(customers.money, len(rows))}")
    frame = customers.frame
    tables.listing(
        customers,
        frame.iloc[rows][columns],
        "beyond_the_peak",
        "Customers beyond the peak",
        now.study.currency,
        lambda: frame.iloc[rows],
    )


def below_zero(money: str, count: int) -> str:
    """What it means that so many customers are below zero: revenue alone says nothing of what they cost."""
    if money == "profit":
        return (
            "one customer costs more than it brings"
            if count == 1
            else f"{formats.count(count)} customers cost more than they bring"
        )
    whom = "one customer" if count == 1 else f"{formats.count(count)} customers"
    return f"more money went back to {whom} than came in; what anybody costs is not known here"


def _chart(money: str) -> Callable[..., Any]:
    return partial(levers_chart, title=f"Cumulative {money}")


@lru_cache(maxsize=4)
def _spec(money: str) -> dict[str, Any]:
    return spec(_chart(money)(EMPTY))
