"""Exceptions: customers whom sales put elsewhere than the rule does, with a reason, priced."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.masking import customers_hidden, who
from pages.app.words import plain, show
from pages.pieces.playbook.shown import Shown
from pages.widgets.tables import money
from segmentation import Customers, Problem, formats
from segmentation.analysis.action.pins import exceptions, priced, verdict
from segmentation.analysis.action.playbook import earned
from segmentation.columns.metrics import label
from segmentation.study.playbook import LONGEST

ALT = "Customers pinned to a segment by hand"
NOBODY = (
    "Every customer stands where the rule puts it. Where sales knows better, pin the customer to another segment, with a reason: "
    "exceptions are counted and priced, and next month's file says who was right."
)


def pins(shown: Shown) -> None:
    """Those who are pinned and what that brings or costs; behind a fold one more."""
    st.header("Exceptions")
    with st.expander("Pin a customer", key="pinning", on_change="rerun") as opened:
        if opened.open:
            _form(shown)
    if said := st.session_state.pop("pin problem", None):
        show(said)
    held = shown.study.pins_of(shown.method.name)
    if not held:
        st.caption(NOBODY)
        return
    found = exceptions(shown.segmentation, held, shown.study.file)
    worth = filter(None, (priced(found, shown.segmentation, shown.study.currency), verdict(found)))
    st.markdown(
        plain(" ".join(worth) or "Whoever is pinned stands where the rule puts it too, so it makes no difference.")
    )
    _table(shown, found)
    _away(shown, found)


def _form(shown: Shown) -> None:
    with st.form("pin", border=False):
        who_, where, why, when = st.columns((2, 2, 3, 1.5), vertical_alignment="bottom")
        who_.text_input(
            "Customer", key="pin.who", help="A number or name as it stands in the file; several with commas between."
        )
        where.selectbox("belongs to", shown.segmentation.names, key="pin.segment")
        why.text_input("because", key="pin.reason", max_chars=LONGEST)
        when.date_input("Decided on", key="pin.day", value="today")
        st.form_submit_button("Pin", on_click=_pin, args=(shown,), type="primary")


def _pin(shown: Shown) -> None:
    given: dict[str, Any] = {part: st.session_state.get(f"pin.{part}") for part in ("who", "segment", "reason", "day")}
    try:
        wanted = _customers(shown.customers, given["who"] or "")
        day = given["day"] or dt.date.today()
        shown.study.pin(shown.customers, wanted, given["segment"], given["reason"] or "", day.isoformat())
    except Problem as problem:
        st.session_state["pin problem"] = str(problem)
    else:
        st.session_state.update({"pin.who": "", "pin.reason": ""})  # for the next one


def _customers(customers: Customers, typed: str) -> list[str]:
    """The numbers of those who were typed by number or name. Problem where nobody was named, or several are called so."""
    whole = typed.strip()
    found = _called(customers, whole)
    parts = [found] if found else [_called(customers, one.strip()) or one.strip() for one in typed.split(",")]
    if not any(parts):
        raise Problem("Nobody was named: give the number or name of a customer as it stands in the file.")
    return list(dict.fromkeys(filter(None, parts)))


def _called(customers: Customers, typed: str) -> str:
    """The number of the customer of that number or name; "" where there is none. Problem where there are several."""
    if not typed or typed in customers.frame.index:
        return typed
    if customers_hidden():
        return ""
    names = np.array([str(one).casefold() for one in customers.titles()])
    rows = np.flatnonzero(names == typed.casefold())
    if len(rows) > 1:
        raise Problem(f"{formats.count(len(rows))} customers are called “{typed}”: give the number instead.")
    return str(customers.frame.index[rows[0]]) if len(rows) else ""


def _table(shown: Shown, found: pd.DataFrame) -> None:
    told, column = st.column_config, earned(shown.segmentation)
    word = label(column) if column else ""
    sign = shown.study.currency
    amounts = {"money": f"{word} now", "then": f"{word} then", "usual": "Average there"} if column else {}
    config: dict[str, Any] = {
        "who": told.TextColumn("Customer", pinned=True, width=200),
        "segment": told.TextColumn("Pinned to", width=104),
        "rule": told.TextColumn("By the rule", width=104),
        "reason": told.TextColumn("Because", width=230),
        "day": told.TextColumn("Since", width=92),
        **{name: money(title, sign) for name, title in amounts.items()},
        "right": told.TextColumn("Who was right?", width=220),
    }
    frame = found.assign(who=who(found.index))[list(config)]
    st.dataframe(frame, column_config=config, hide_index=True, key="pinned", placeholder=formats.MISSING, alt=ALT)


def _away(shown: Shown, found: pd.DataFrame) -> None:
    """Customers are left to the rule again."""
    told = dict(zip(found.index, who(found.index), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Leave to the rule again",
            list(told),
            key="unpin",
            placeholder="choose customers",
            format_func=lambda one: told.get(one, one),
        )
        st.button(
            "Take the pins out",
            key="take pins out",
            on_click=_unpin,
            args=(shown,),
            disabled=not st.session_state.get("unpin"),
        )


def _unpin(shown: Shown) -> None:
    shown.study.unpin(st.session_state["unpin"])
    st.session_state["unpin"] = []
