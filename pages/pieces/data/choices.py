"""What is done with lines that are no plain sale, with several currencies, and with a missing profit."""

from __future__ import annotations

import json

import streamlit as st

from pages.app import derived, session
from pages.app.words import plain
from segmentation.apart.pool import POOL
from segmentation.columns.currencies import found_in
from segmentation.customers.telling import ways
from segmentation.rollup.settings import CHOICES

MOST_CURRENCIES = 12
TELLING = {"status", "entry", "side", "order"}
COUNTED = {"sale": "Rows that are sales", "return": "Rows that are returns"}


def choices() -> None:
    """The choices the current table asks for, in one place; how many of them differ from the usual is in the label."""
    roles = derived.roles()
    sales = derived.shape() != "customers"
    asked = [name for name in CHOICES if _matters(name, roles)] if sales else []
    margin = not {"cost", "profit"} & roles.keys()
    if not (asked or margin or "currency" in roles):
        return
    with st.expander("Choices: returns, cancellations, guest sales, currencies, margin", key="choices"):
        for place, name in enumerate(asked):
            if place % 2 == 0:
                pair = st.columns(2)
            with pair[place % 2]:
                _choice(name, *CHOICES[name])
        if sales and session.study().cancelled == "aside":
            _sales(roles)
        if "currency" in roles:
            _rates(roles["currency"])
        if margin:
            _margin()


def _matters(name: str, roles: dict[str, str]) -> bool:
    """Whether a choice can change anything of a table of sales."""
    if name == "prices":
        return {"units", "price"} <= roles.keys() and "revenue" not in roles
    if name == "amounts":
        return {"order", "revenue"} <= roles.keys()
    return name != "cancelled" or bool(TELLING & roles.keys())


def _choice(name: str, title: str, options: dict[str, str]) -> None:
    key = f"choice.{name}"
    st.session_state[key] = getattr(session.study(), name)
    st.selectbox(
        title,
        list(options),
        key=key,
        format_func=lambda option: options[option],
        on_change=lambda: setattr(session.study(), name, st.session_state[key]),
    )


def _sales(roles: dict[str, str]) -> None:
    """Which words of a status or kind make a row a sale, and which a return; rows with any other are set aside."""
    table, study = session.table(), session.study()
    told = derived.kept("telling", lambda: POOL.do(ways, table, roles, study.counts), json.dumps([roles, study.counts]))
    for heading, words in told.items():
        both = st.columns(2)
        for place, (way, title) in enumerate(COUNTED.items()):
            with both[place]:
                _words(heading, way, title, words)


def _words(heading: str, way: str, title: str, words: dict[str, str]) -> None:
    key = f"counts.{way}.{heading}"
    st.session_state[key] = [word for word, is_ in words.items() if is_ == way]
    st.multiselect(
        f"{title} by “{plain(heading)}”",
        list(words),
        key=key,
        on_change=_count,
        args=(heading, words),
        placeholder="none",
        help="Rows with any other word are no sale: they are set aside.",
    )


def _count(heading: str, words: dict[str, str]) -> None:
    """Keep what is chosen; a word that was just taken as one thing is no longer the other."""
    picked = {way: st.session_state[f"counts.{way}.{heading}"] for way in COUNTED}
    for word, was in words.items():
        there = [way for way in COUNTED if word in picked[way]]
        now = next((way for way in there if way != was), was if was in there else "aside")
        if now != was:
            session.study().counts[word] = now


def _rates(heading: str) -> None:
    """A rate for each currency; without any, only the currency of most rows counts."""
    found = derived.kept("currencies", lambda: _currencies(heading), heading)
    if len(found) < 2:
        return
    st.markdown("Amounts are in several currencies. Give each a rate to add them up; one without a rate is set aside.")
    for place, code in enumerate(found):
        if place % 4 == 0:
            four = st.columns(4)
        with four[place % 4]:
            _rate(code)


def _currencies(heading: str) -> list[str]:
    table = session.table()
    assert table is not None
    return list(found_in(table.data[heading]))[:MOST_CURRENCIES]


def _rate(code: str) -> None:
    key = f"rate.{code}"
    st.session_state[key] = session.study().rates.get(code)
    st.number_input(
        f"One {plain(code)} counts",
        value=None,
        min_value=1e-9,
        max_value=1e9,
        format="%.6g",
        key=key,
        placeholder="no rate",
        on_change=_set_rate,
        args=(code,),
    )


def _set_rate(code: str) -> None:
    study, given = session.study(), st.session_state[f"rate.{code}"]
    rest = {name: rate for name, rate in study.rates.items() if name != code}
    study.rates = rest if given is None else {**rest, code: given}


def _margin() -> None:
    margin = session.study().margin
    st.session_state["choice.margin"] = None if margin is None else round(margin * 100, 6)
    st.number_input(
        "No cost in the file: assume a margin, % of revenue",
        value=None,
        min_value=-100.0,
        max_value=100.0,
        step=1.0,
        format="%.4g",
        key="choice.margin",
        placeholder="none assumed",
        on_change=_set_margin,
        help="The same for every customer, so it moves no one; it turns revenue into profit where a profit is asked for.",
    )


def _set_margin() -> None:
    given = st.session_state["choice.margin"]
    session.study().margin = None if given is None else given / 100
