"""Before the campaign: who is written to, the control group, and the pack of lists."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.app.words import plain
from pages.pieces.campaign.control import control
from pages.pieces.campaign.making import along, make
from pages.pieces.campaign.plan import earlier, planned, problem, setting
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import Customers, formats
from segmentation.analysis.action.recipients import NUMBER, Action, agreement, columns, counted, told
from segmentation.report.carried import offered
from segmentation.report.pack import UNSAID
from segmentation.tools import TOOLS, WHAT

TITLES = {
    "customers": "Customers",
    "written": "Written to",
    "control": "Control group",
    "refused": "No consent",
    "unreachable": "Unreachable",
    "twice": "Duplicates",
    "entered": "New to the segment",
}


def before(shown: Shown) -> None:
    """The answer and its numbers; beside them what is chosen; below the pack."""
    problem()
    said = st.container()  # the answer comes first, though a list given below may change it
    left, right = st.columns((1, 2), gap="medium")
    with left:
        _chosen(shown)
        along(shown)
        control(shown)
    with said:
        made = planned(shown)
    with right:
        said.markdown(f"**{plain(told(made))}**")
        _numbers(made)
        _contacts(shown)
        _uncoded(shown, made)
        make(shown, made)


def _chosen(shown: Shown) -> None:
    """Which segments, for which tools, and whether with personal data."""
    study, names = shown.study, [str(name) for name in shown.segmentation.shown]
    held = study.campaign
    st.multiselect(
        "Segments",
        names,
        placeholder="all of them",
        **setting(shown, "segments", [name for name in held.get("segments", ()) if name in names]),
    )
    st.multiselect(
        "Lists for",
        list(TOOLS),
        placeholder="choose the tools you write with",
        format_func=lambda name: TOOLS[name].title,
        **setting(shown, "tools", held.get("tools", [])),
    )
    about = "Personal data leave this machine only in the file you download. Without them a list holds customer numbers alone."
    lacking = not (personal_data(shown.customers) or held.get("personal", False))
    st.checkbox(
        "With e-mail, telephone and names",
        help="This file has none of them: join a list of customers that has, on the Data page." if lacking else about,
        disabled=lacking,
        **setting(shown, "personal", held.get("personal", False)),
    )
    if "phone" in columns(shown.customers):
        st.text_input(
            "Country code for telephone numbers without one",
            max_chars=4,
            placeholder="49",
            **setting(shown, "calling", held.get("calling", "")),
        )
    if earlier(shown):
        st.checkbox(
            "Only customers who are new to their segment",
            **setting(shown, "entered", held.get("entered", False)),
        )


def personal_data(customers: Customers) -> bool:
    """Whether anything in this file says who somebody is, or by what they are reached."""
    return bool({*columns(customers)} - {"country"}) or offered(customers, False) != offered(customers, True)


def _numbers(made: Action) -> None:
    table = counted(made)
    config: dict[str, Any] = {"segment": st.column_config.TextColumn("Segment", pinned=True)}
    config |= {name: tables.count(title) for name, title in TITLES.items()}
    config["shows"] = st.column_config.NumberColumn(
        "Provable from",
        format="%.1f%%",
        help="The response it takes before this control group can prove that the campaign worked.",
    )
    there = [name for name in TITLES if name in table and (name not in _unsaid(made) or table[name].any())]
    order = ["segment", *there, *(["shows"] if "shows" in table else [])]
    rows = table[order]
    if "shows" in rows:
        rows = rows.assign(shows=100 * rows["shows"])
    st.dataframe(
        rows, column_config=config, hide_index=True, key="written", alt="Who is written to", placeholder=formats.MISSING
    )
    weak = _weak(made, table)
    if weak:
        st.caption(plain(weak))


def _unsaid(made: Action) -> set[str]:
    """Reasons not to write that this file says nothing about: who agreed, and who can be reached by what address."""
    addresses = {"email", "phone"} & {*columns(made.segmentation.customers)}
    return {"refused"} if addresses else {"refused", "unreachable", "twice"}


def _weak(made: Action, table: pd.DataFrame) -> str:
    """Which segments are too small for what the test is to show."""
    test = made.plan.test
    if "shows" not in table or test.better <= test.rate:
        return ""
    small = table[~(table["shows"] <= test.better + 1e-9) & (table["customers"] > 0)]
    if not len(small):
        return ""
    names = formats.listed([str(name) for name in small["segment"]])
    who = "Each segment is" if len(small) == len(table) > 1 else f"{names} {'are' if len(small) > 1 else 'is'}"
    return (
        f"{who} too small for this test, so one customer in ten is held back: only a response as high as the last column says "
        "will prove anything there. All segments together prove more."
    )


def _contacts(shown: Shown) -> None:
    """Which columns reach the customers, and which says that they agreed."""
    agreed = agreement(shown.customers)
    st.caption(plain(f"Who did not agree, by “{agreed[0]}”, is in no list.") if agreed else UNSAID)
    found = columns(shown.customers)
    if found.get("email") == NUMBER:
        st.caption(
            "The customer number of this file is an e-mail, so every list holds it, with personal data or without."
        )
        return
    if not {"email", "phone"} & set(found):
        st.caption(
            "There is neither an e-mail nor a telephone in this file: lists hold customer numbers. A list of customers that has them "
            "can be joined on the Data page."
        )
        return
    st.caption(
        "Taken from the file: "
        + ", ".join(f"{WHAT[what]} from “{plain(column)}”" for what, column in found.items())
        + "."
    )


def _uncoded(shown: Shown, made: Action) -> None:
    """What to do where telephones are known and yet reach nobody: they lack the code of a country."""
    told, lost = columns(shown.customers), int(counted(made)["unreachable"].sum())
    if lost and "phone" in told and "email" not in told and not shown.study.campaign.get("calling", ""):
        customers = formats.plural(lost, "customer has", "customers have")
        st.caption(
            f"{customers} no telephone number that can be used: most likely the code of the country is missing. Give it under "
            "“Country code for telephone numbers without one”."
        )
