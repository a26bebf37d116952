"""What follows from the table and the study in hand, worked out once: columns, what is odd, customers.

What works it out is imported where it is asked: with the first table, not with the first page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from pages.app import rolled, session
from pages.app.cache import SHARED, Kept
from pages.app.keeper import store
from segmentation import Customers, Problem, audit
from segmentation.apart.pool import POOL
from segmentation.columns.currencies import sign_of

if TYPE_CHECKING:
    from segmentation.audit import Finding
    from segmentation.columns.match import Match
    from segmentation.customers.left_out import LeftOut
    from segmentation.customers.shapes import Shape
    from segmentation.potential.lifetimes.likelihood import Fitting
    from segmentation.study.study import Study
    from segmentation.table import Table

session.stale_with_data("kept", "base", "base_key", "customers", "customers_key", "trouble")


def kept(name: str, make: Callable[[], Any], *more: str) -> Any:
    """`make()` once for the current table and its columns: what a rerun should not work out again."""
    here = f"{name} {session.key()} {' '.join(more)}"
    held = st.session_state.setdefault("kept", {})
    if held.get(name, ("", None))[0] != here:
        held[name] = (here, SHARED.get(here, lambda: Kept(make())))
    return held[name][1].made


def roles() -> dict[str, str]:
    """Role → heading, as recognised and chosen."""
    from segmentation.columns import match as vocabulary

    here = st.session_state.table
    return kept("roles", lambda: POOL.do(vocabulary.roles, here, session.study().columns))


def shape() -> Shape:
    """What a row of the current table is, as it looks or as the study says."""
    from segmentation.customers.shapes import shape as shape_of

    here = st.session_state.table
    return session.study().shape or kept("shape", lambda: POOL.do(shape_of, roles(), here))  # type: ignore[return-value]


def matches() -> list[Match]:
    """The roles found in the current table, the unsure ones among them."""
    from segmentation.columns import match as vocabulary

    return kept("matches", lambda: POOL.do(vocabulary.match, st.session_state.table))


def findings() -> list[Finding]:
    """What is odd about the current table; nothing where its columns make no sense yet."""

    def look() -> list[Finding]:
        try:
            return POOL.do(audit.audit, st.session_state.table, session.study().columns)
        except Problem:  # the page says it already
            return []

    return kept("findings", look)


def currency() -> str:
    """The sign of the currency the current table's amounts are in, "" where it says none."""
    return kept("currency", lambda: POOL.do(sign_of, st.session_state.table, roles()))


def take_currency() -> None:
    """Show money with the sign of the file, unless somebody chose another."""
    held, found = st.session_state, currency()
    before = held.get("currency found", "")
    if found != before:
        held["currency found"] = found
        if session.study().currency in ("", before):
            session.study().currency = found


def left_out() -> LeftOut:
    """Every row the current study does not use, and why. Raises Problem where its settings make no customers."""
    return kept("left out", _left_out, _roll_up_key())


def _left_out() -> LeftOut:
    from segmentation.customers.left_out import left_out as rows_unused

    settings = session.study()
    return POOL.do(rows_unused, st.session_state.table, settings.columns, **settings.roll_up_settings())


def rows_left_out(first: int) -> pd.DataFrame:
    """The first of them, with their lines and values."""
    from segmentation.customers.left_out import LeftOut

    return kept("rows left out", lambda: POOL.do(LeftOut.frame, left_out(), first), _roll_up_key())


def _roll_up_key() -> str:
    return json.dumps(session.study().roll_up_settings(), sort_keys=True)


def customers(told: Fitting | None = None) -> Customers | None:
    """The customers of the current table and study; None without a table.

    told   is called with the step and the log-likelihood while a model of potential is fitted
    Raises Problem when the settings make none; the reason is kept so that it is not computed again. A model of
    potential, rates or weights that these customers cannot feed leave them as they are; `model_trouble` says why.
    """
    rolled_up = base()
    if rolled_up is None:
        return None
    held, settings = st.session_state, session.study()
    own = (settings.model, settings.model_settings.get(settings.model), settings.serving, settings.cooperation)
    made_of = json.dumps([held.base_key, *own], sort_keys=True)
    if held.get("customers_key") != made_of:
        held.customers, held.model_trouble = rolled_up, None
        try:
            if settings.model or settings.serving or settings.cooperation:
                held.customers = SHARED.get(f"completed {made_of}", lambda: settings.completed(rolled_up, told))
        except Problem as problem:
            held.model_trouble = str(problem)
        held.customers_key = made_of
    return held.customers


def model_trouble() -> str | None:
    """Why the chosen model of potential, rates or weights could not be used on the present customers."""
    return st.session_state.get("model_trouble")


def base() -> Customers | None:
    """The customers as the table is rolled up, before rates, model and weights of the study; as `customers`."""
    here, held = session.table(), st.session_state
    if here is None:
        return None
    settings = session.study()
    made_of = session.key() + _roll_up_key()
    if held.get("base_key") != made_of:
        held.base_key, held.base, held.trouble = made_of, None, None
        try:
            held.base = SHARED.get(f"customers {made_of}", lambda: _rolled_up(here, settings, made_of))
        except Problem as problem:
            held.trouble = str(problem)
    if held.trouble:
        raise Problem(held.trouble)
    return held.base


def _rolled_up(table: Table, settings: Study, made_of: str) -> Customers:
    """The customers as they are kept, else rolled up. Raises Problem."""
    build = partial(POOL.do, Customers.build, table, {**settings.columns}, **settings.roll_up_settings())
    return rolled.found(store(), session.digests(), made_of, table.data.num_rows, build) or build()
