"""The customer card: where one customer stands in every method, why, and what would move it up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.masking import codes, customers_hidden, hidden, names_of, names_of_masked, who
from pages.app.words import listed, plain, show
from pages.pieces.portfolio.shown import Shown
from segmentation import Customers, Problem, formats
from segmentation.analysis.portraits.card import card as card_of
from segmentation.analysis.portraits.card import figure
from segmentation.analysis.portraits.card import sentence as way_in_words
from segmentation.columns.metrics import label

FEW = 2000  # customers up to which all of them stand in one list; above it, those a search finds
HITS = 50


def card(now: Shown) -> None:
    """Somebody is looked for by number or name, or clicked in the picture; then all about them."""
    customers = now.customers
    chosen = pick(customers)
    if chosen is None:
        st.caption("Choose a customer here, or click a bubble in the picture.")
        return
    thresholds = now.study.thresholds
    key = ("card", chosen, json.dumps(thresholds, sort_keys=True))
    try:
        found = customers.remember(key, lambda: card_of(customers, chosen, thresholds))
    except Problem as problem:
        show(problem)
        return
    _who(now, chosen)
    _facts(now, found)
    _methods(now, found)
    _ways(now, found)


def pick(customers: Customers) -> str | None:
    """The customer of the card, by a list of all or, of many, of those a search finds."""
    ids, wanted = customers.frame.index, st.session_state.get("card")
    if len(ids) > FEW:
        left, right = st.columns(2, vertical_alignment="bottom")
        hint = "part of a number, name or e-mail"
        sought = left.text_input("Look for a customer", key="card search", placeholder=hint)
        options = search(ids, sought, names_of(ids, reached=True)) if sought else []
    else:
        right, options = st.container(), ids.tolist()
    if wanted is not None and wanted not in options:
        options = [wanted, *options] if wanted in ids else options
    if wanted not in options:
        st.session_state["card"] = None
    told = dict(zip(options, _told(options), strict=True))
    with right:
        return st.selectbox(
            "Customer",
            options,
            key="card",
            index=None,
            format_func=lambda one: told.get(one) or who([one])[0],
            placeholder="choose one",
            width=420,
            persist_state="session",
        )


def _told(ids: list[str]) -> list[str]:
    """Customers as they stand in the list: number, name and e-mail, so that typing any of them finds one."""
    names = names_of(ids, reached=True)
    if customers_hidden():
        return who(ids)
    return [f"{one} · {name}" if name else one for one, name in zip(ids, names, strict=True)]


def search(ids: pd.Index, sought: str, names: Sequence[str] = ()) -> list[str]:
    """The first customers whose number, name or e-mail holds what is sought, the very one first."""
    holds = ids.str.contains(sought, case=False, regex=False)
    if len(names):
        holds = holds | pd.Series(names, dtype="str").str.contains(sought, case=False, regex=False).to_numpy()
    found = ids[np.flatnonzero(holds)[:HITS]].tolist()
    return [sought, *(one for one in found if one != sought)] if sought in ids else found


def _who(now: Shown, chosen: str) -> None:
    """What the file says of the customer in words, and what the model of potential knows."""
    customers, names = now.customers, hidden()
    row = int(customers.frame.index.get_indexer([chosen])[0])
    words = [
        name
        for name in customers.frame.columns
        if name not in customers.numeric and name not in names and customers.frame[name].dtype.kind not in "Mm"
    ]
    said = [
        f"{label(name).removesuffix(' (column)')}: {customers.frame[name].iloc[row]}"
        for name in words
        if pd.notna(customers.frame[name].iloc[row])
    ]
    sector = (*now.segmentation.names, "Unknown")[int(now.segmentation.codes[row])]
    st.markdown(f"**{plain(who([chosen])[0])}** is in **{plain(sector)}**. " + plain(" · ".join(said[:6])))


def _facts(now: Shown, found: dict[str, Any]) -> None:
    with st.container(horizontal=True, gap="small"):
        for fact in found["facts"]:
            if fact["value"] is not None:
                value = figure(fact["column"], fact["value"], now.study.currency)
                st.metric(
                    plain(fact["label"]),
                    plain(value),
                    f"{formats.count(fact['rank'])} of {formats.count(fact['of'])}",
                    delta_color="off",
                    delta_arrow="off",
                    border=True,
                )


def _methods(now: Shown, found: dict[str, Any]) -> None:
    """Where the customer stands in every method: the segment, its place among the segments, and the figures behind."""
    rows = [
        {
            "Method": one["title"],
            "Segment": codes([one["segment"]])[0]
            if names_of_masked(now.study, one["method"], now.customers)
            else one["segment"],
            "Place": f"{one['place']} of {one['of']}" if one["place"] else formats.MISSING,
            "Because": ", ".join(f"{why['label']} {_because(why, now.study.currency)}" for why in one["why"]),
            "Question": one["question"],
        }
        for one in found["methods"]
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="standings", alt="Where the customer stands in every method")


def _because(why: dict[str, Any], currency: str) -> str:
    return formats.MISSING if why["value"] is None else figure(why["column"], why["value"], currency)


def _ways(now: Shown, found: dict[str, Any]) -> None:
    """What alone would move the customer up, method by method."""
    told = [one for one in found["methods"] if not names_of_masked(now.study, one["method"], now.customers)]
    ways = [f"{one['title']}: {way_in_words(way, now.study.currency)}" for one in told for way in one["up"]]
    st.markdown("**What would move it up**")
    if ways:
        listed(ways)
    else:
        st.caption("No single figure the customer could be led to would move it up.")
