"""The levers of one segment, and beside the result what is assumed: all of it can be changed."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from pages.app.words import plain
from pages.pieces.money.scenario import Moving
from pages.widgets.held import held
from segmentation import formats
from segmentation.analysis.action.scenario import CALLED_COLUMNS

SHARES: dict[str, tuple[str, float, float, float, str]] = {  # lever → title, from, to, step in per cent, help
    "price": ("Price", -20, 20, 0.5, "It goes to profit whole, less what is lost for it: see the assumptions."),
    "serve": ("Cost to serve", -80, 50, 1, "Fewer visits, pick-up only, a catalogue in place of a manager."),
    "frequency": ("Orders per customer", -50, 50, 1, "They order more often: all they buy and cost grows with it."),
    "retention": (
        "Retention, in points",
        -30,
        30,
        1,
        "5 points: of every 100 customers five more stay, each worth what one is today.",
    ),
    "let_go": (
        "Let go of the least profitable",
        0,
        60,
        1,
        "This share of the segment, by profit after the other levers.",
    ),
}
STEPS = {"contact": 0.1, "response": 0.5, "lost": 0.1, "uplift": 10.0}  # what a press of an arrow key adds; 1 elsewhere
NEEDS = {"price": "revenue", "serve": "cost_to_serve", "minimum": "average_order"}
ASSUMED = {  # assumption → title, whether it is a share, help
    "lost": (
        "Sales lost per 1% of price",
        False,
        "By how many per cent they buy less when the price rises by one per cent.",
    ),
    "leave": ("Lost to a minimum order, %", True, "Of those who order less than the minimum, the share who leave."),
    "stay": (
        "Retention today, %",
        True,
        "Measured: of those who bought in the earlier half of the period, who did in the recent half too.",
    ),
    "kept": (
        "Gross margin, %",
        True,
        "Revenue less the cost of sales, before serving: a campaign earns this part of what it sells. 100 where the file has no cost.",
    ),
    "uplift": (
        "Extra sales per response",
        False,
        "What a customer who responds buys on top: one average order, where nothing is said.",
    ),
}


def controls(now: Moving) -> None:
    """A slider a lever, as far as the customers have what it needs."""
    missing = []
    for lever, (title, low, high, step, about) in SHARES.items():
        if (needed := NEEDS.get(lever)) and needed not in now.ground.known:
            missing.append(_lacks(title.lower(), CALLED_COLUMNS[needed]))
            continue
        _slider(now, lever, title, low, high, step, about)
    if {"average_order", "cost_to_serve"} <= {*now.ground.known}:
        _minimum(now)
    elif NEEDS["minimum"] not in now.ground.known:
        missing.append(_lacks("minimum order", CALLED_COLUMNS["average_order"]))
    _campaign(now)
    if missing:
        st.caption(f"Cannot be moved here: {formats.listed(missing)}.")
    st.button(
        f"Reset the levers of {plain(now.segment)}",
        key="levers back",
        on_click=_back,
        args=(now,),
        type="tertiary",
        disabled=not now.held,
    )


def _lacks(lever: str, column: str) -> str:
    return f"{lever} (not known)" if lever == column else f"{lever} ({column} not known)"


def _slider(now: Moving, lever: str, title: str, low: float, high: float, step: float, about: str) -> None:
    value = round(100 * getattr(now.levers, lever), 4)
    sign = "%+.1f" if step < 1 else "%+.0f"
    st.slider(
        title,
        float(min(low, value)),
        float(max(high, value)),
        step=float(step),
        format=f"{sign if low < 0 else '%.0f'}{' points' if lever == 'retention' else '%%'}",
        help=about,
        **held(f"what.{lever}", float(value), partial(_move, now, lever)),
    )


def _move(now: Moving, lever: str, value: float | None, share: bool = True) -> None:
    now.move(**{lever: None if value is None else round(value / 100, 6) if share else float(value)})


def _minimum(now: Moving) -> None:
    """A minimum order among round values up to what most orders of the segment reach."""
    stops = sorted({0.0, *_stops(now), now.levers.minimum})
    if len(stops) > 1:
        st.select_slider(
            "Minimum order",
            stops,
            format_func=_said(now, stops).__getitem__,
            help="Who orders less at a time orders less often for the same revenue, so serving costs less.",
            **held("what.minimum", now.levers.minimum, partial(_move, now, "minimum", share=False)),
        )


def _said(now: Moving, stops: list[float]) -> dict[float, str]:
    """Each stop as it is shown: Streamlit asks for every one of them, twice."""
    currency = now.shown.study.currency

    def made() -> dict[float, str]:
        return {one: plain(now.shown.compact(one)) if one else "none" for one in stops}

    return now.ground.kept(("stops said", currency, *stops), made)


def _stops(now: Moving) -> set[float]:
    def round_values() -> set[float]:
        order = now.ground.books(now.ground.place(now.segment)).order
        order = order[np.isfinite(order)]
        return (
            {formats.two_digits(float(one)) for one in np.quantile(order, np.linspace(0, 0.95, 30))}
            if len(order)
            else set()
        )

    return now.ground.kept(("stops", now.segment), round_values)


def _campaign(now: Moving) -> None:
    """What a contact costs and how many answer."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _number(
            now, "contact", "Campaign: cost per contact", now.levers.contact, share=False, about="Nothing: no campaign."
        )
        _number(
            now,
            "response",
            "Response, %",
            100 * now.levers.response,
            share=True,
            about="The share of those reached who answer.",
        )


def _number(
    now: Moving,
    name: str,
    title: str,
    value: float | None,
    *,
    share: bool,
    about: str,
    usual: str = "",
    width: Any = "stretch",
) -> None:
    shown = None if value is None else float(f"{value:.6g}")
    st.number_input(
        title,
        min_value=0.0,
        max_value=100.0 if share else None,
        help=about,
        placeholder=usual or None,
        format="%.6g",
        step=STEPS.get(name, 1.0),
        width=width,
        **held(f"what.{name}", shown, partial(_move, now, name, share=share)),
    )


def assumptions(now: Moving) -> None:
    """What the numbers rest on; what is measured stands in grey until somebody assumes another."""
    st.markdown(
        "**Assumed** — change what you know better; in grey is what counts until then, measured in this segment where the file says it"
    )
    facts, usual = now.facts, {"lost": "0", "leave": "0"}
    usual |= {"stay": f"{100 * facts.stay:.0f}" if np.isfinite(facts.stay) else "not known"}
    usual |= {"kept": f"{100 * facts.kept:.0f}", "uplift": formats.compact(facts.uplift)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, (title, share, about) in ASSUMED.items():
            value: Any = now.held.get(name)
            value = None if value is None else value * (100 if share else 1)
            _number(now, name, title, value, share=share, about=about, usual=usual[name], width=150)


def _back(now: Moving) -> None:
    """Take everything back; what was assumed stands outside what a lever draws anew."""
    st.session_state["assumed back"] = not {*now.held}.isdisjoint(ASSUMED)
    now.move(**dict.fromkeys(now.held))


def draw_assumptions_anew() -> None:
    """Draw the whole page, once, where assumptions were taken back with the levers."""
    if st.session_state.pop("assumed back", False):
        st.rerun()
