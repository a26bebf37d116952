"""Before the campaign: who is written to, the control group, and the pack of lists."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.words import plain
from pages.pieces.campaign.plan import earlier, planned, problem, set_to
from pages.pieces.segments.shown import Shown
from pages.widgets import tables
from segmentation import formats
from segmentation.analysis.action.power import Test
from segmentation.analysis.action.recipients import NUMBER, Action, agreement, columns, counted, told
from segmentation.report.pack import UNSAID, lists_of, pack
from segmentation.tools import TOOLS, WHAT

NAME = "action_pack.zip"
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
    left, right = st.columns((1, 1.6), gap="medium")
    with left:
        _chosen(shown)
        _group(shown)
    with right:
        made = planned(shown)
        said.markdown(f"**{plain(told(made))}**")
        _numbers(made)
        _contacts(shown)
        _pack(shown, made)


def _chosen(shown: Shown) -> None:
    """Which segments, for which tools, and whether with personal data."""
    study, names = shown.study, [str(name) for name in shown.segmentation.shown]
    held = study.campaign
    st.session_state["campaign.segments"] = [name for name in held.get("segments", ()) if name in names]
    st.multiselect(
        "Segments",
        names,
        key="campaign.segments",
        placeholder="all of them",
        on_change=set_to,
        args=(shown, "segments", "campaign.segments"),
    )
    st.session_state["campaign.tools"] = held.get("tools", [])
    st.multiselect(
        "Lists for",
        list(TOOLS),
        key="campaign.tools",
        placeholder="choose the tools you write with",
        format_func=lambda name: TOOLS[name].title,
        on_change=set_to,
        args=(shown, "tools", "campaign.tools"),
    )
    st.session_state["campaign.personal"] = held.get("personal", False)
    st.checkbox(
        "With e-mail, telephone and names",
        key="campaign.personal",
        on_change=set_to,
        args=(shown, "personal", "campaign.personal"),
        help="Personal data leave this machine only in the file you download. Without them a list holds customer numbers alone.",
    )
    if "phone" in columns(shown.customers):
        st.session_state["campaign.calling"] = held.get("calling", "")
        st.text_input(
            "Country code for telephone numbers without one",
            key="campaign.calling",
            max_chars=4,
            placeholder="49",
            on_change=set_to,
            args=(shown, "calling", "campaign.calling"),
        )
    if earlier(shown):
        st.session_state["campaign.entered"] = held.get("entered", False)
        st.checkbox(
            "Only customers who are new to their segment",
            key="campaign.entered",
            on_change=set_to,
            args=(shown, "entered", "campaign.entered"),
        )


def _group(shown: Shown) -> None:
    """The control group: what the test is to show, and what that takes."""
    held, usual = shown.study.campaign, Test()
    st.session_state["campaign.control"] = held.get("control", True)
    on = st.toggle(
        "Keep a control group",
        key="campaign.control",
        on_change=set_to,
        args=(shown, "control", "campaign.control"),
        help="Some customers, drawn by lot, are not written to: beside them it shows what the campaign did.",
    )
    if not on:
        return
    for name, title, low, high, step in (
        ("rate", "Would buy anyway", 0.5, 30.0, 0.5),
        ("better", "Buy if written to", 0.5, 60.0, 0.5),
        ("power", "Chance of proving it", 50.0, 99.0, 1.0),
    ):
        key, value = f"campaign.{name}", 100 * held.get(name, getattr(usual, name))
        st.session_state[key] = round(float(value), 4)
        st.slider(
            title,
            min(low, value),
            max(high, value),
            step=step,
            format="%.1f%%" if step < 1 else "%.0f%%",
            key=key,
            on_change=set_to,
            args=(shown, name, key, _part),
        )
    st.markdown(_needed(shown.study.plan().test))
    st.session_state["campaign.seed"] = held.get("seed", 1)
    st.number_input(
        "Draw number",
        0,
        10**9,
        step=1,
        key="campaign.seed",
        on_change=set_to,
        args=(shown, "seed", "campaign.seed"),
        help="The same number draws the same group again; another one another group.",
    )


def _part(value: float) -> float:
    return round(value / 100, 6)


def _needed(test: Test) -> str:
    if not np.isfinite(test.each):
        return "Both shares are the same: there is nothing to prove."
    return (
        f"To prove a rise from {formats.share(test.rate, 1)} to {formats.share(test.better, 1)} takes "
        f"**{formats.count(int(test.each))} customers per group**; the more you write to, the smaller the control group can be."
    )


def _numbers(made: Action) -> None:
    table = counted(made)
    config: dict[str, Any] = {"segment": st.column_config.TextColumn("Segment", pinned=True)}
    config |= {name: tables.count(title) for name, title in TITLES.items()}
    config["shows"] = st.column_config.NumberColumn(
        "Provable from",
        format="%.1f%%",
        help="The response it takes before this control group can prove that the campaign worked.",
    )
    there = [name for name in TITLES if name in table and (name != "refused" or table[name].any())]
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


def _weak(made: Action, table: pd.DataFrame) -> str:
    """Which segments are too small for what the test is to show."""
    if "shows" not in table:
        return ""
    small = table[~(table["shows"] <= made.plan.test.better + 1e-9) & (table["customers"] > 0)]
    if not len(small):
        return ""
    names = formats.listed([str(name) for name in small["segment"]])
    are = "are" if len(small) > 1 else "is"
    return (
        f"{names} {are} too small for this test, so one customer in ten is held back: only a response as high as the last column says "
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


def _progress(bar: Any, part: float) -> None:
    bar.progress(part, f"Writing the lists: {formats.share(part)}")


def _pack(shown: Shown, made: Action) -> None:
    """The archive, made when it is asked for, with its progress."""
    held = shown.study.campaign
    tools, personal = held.get("tools", []), held.get("personal", False)
    if without := [TOOLS[name].title for name in tools if not lists_of(made, TOOLS[name], personal)]:
        why = "tick “With e-mail, telephone and names”" if not personal else "this file has neither"
        st.caption(f"No list for {formats.listed(without)}: they need an e-mail or a telephone ({why}).")
    for tool in [TOOLS[name] for name in tools if TOOLS[name].least]:
        few = counted(made).query("0 < written < @tool.least")["segment"]
        if len(few):
            st.caption(
                plain(
                    f"{tool.title} takes audiences of {tool.least} people and more: {formats.listed([*map(str, few)])} has fewer."
                )
            )
    bar = st.empty()
    if st.button("Make the pack", key="make pack", type="primary"):
        content = pack(made, tools, personal, lambda part: _progress(bar, part))
        bar.empty()
        st.session_state["pack"] = (made, tools, personal, content)
    ready = st.session_state.get("pack")
    if ready and ready[0] is made and ready[1:3] == (tools, personal):
        content = ready[3]
        st.download_button(
            f"Download {NAME} ({formats.compact(len(content))}B)",
            content,
            file_name=NAME,
            mime="application/zip",
            on_click="ignore",
            key="download pack",
        )
        st.caption(
            "In it: a read-me, the list of everybody with the control group, and a folder for each tool. Keep the list of everybody: "
            "it comes back when you ask what the campaign did."
        )
