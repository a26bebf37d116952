"""The pack of lists: what goes along in it, and the archive made when it is asked for, with its progress and a way to stop."""

from __future__ import annotations

from typing import IO

import streamlit as st

from pages.app import making
from pages.app.masking import hidden
from pages.app.words import plain
from pages.pieces.campaign.plan import setting
from pages.pieces.segments.shown import Shown
from segmentation import formats
from segmentation.analysis.action.recipients import Action, columns, counted
from segmentation.reading.draft import Progress
from segmentation.report.carried import offered
from segmentation.report.pack import lists_of, needed, pack
from segmentation.tools import TOOLS

NAME = "action_pack.zip"


def along(shown: Shown) -> None:
    """Which columns go along, and whether a workbook is in the pack too."""
    held, titles = shown.study.campaign, _offered(shown)
    st.multiselect(
        "Columns to take along",
        list(titles),
        placeholder="none",
        format_func=lambda name: titles.get(name, name),
        help="They stand last in each list, but for the advertising tools, which take nothing else. Personal ones are offered once "
        "personal data are ticked.",
        **setting(shown, "columns", [name for name in held.get("columns", ()) if name in titles]),
    )
    st.checkbox(
        "With an Excel workbook",
        help="A sheet for each segment with those written to, and one for the control group.",
        **setting(shown, "excel", held.get("excel", False)),
    )


def _offered(shown: Shown) -> dict[str, str]:
    return offered(shown.customers, shown.study.campaign.get("personal", False), hidden())


def make(shown: Shown, made: Action) -> None:
    """What cannot be in it, the button that makes it, and once it is made that which takes it away."""
    held = shown.study.campaign
    tools, personal, excel = held.get("tools", []), held.get("personal", False), held.get("excel", False)
    _lacking(made, tools, personal)
    names = [name for name in held.get("columns", ()) if name in _offered(shown)]

    def written(progress: Progress) -> IO[bytes]:
        return pack(made, tools, personal, lambda part: progress(part, "Writing the lists"), names=names, excel=excel)

    if making.offer("the pack", NAME, "application/zip", written, "pack", made, names, type="primary"):
        some = counted(made)["written"].sum() > 0
        listed = [name for name in tools if some and lists_of(made, TOOLS[name], personal)]
        parts = ["a read-me", "the list of everybody with the control group", *["an Excel workbook"] * excel]
        parts += [f"a folder for {formats.listed([TOOLS[name].title for name in listed])}"] if listed else []
        st.caption(
            f"In it: {formats.listed(parts)}. Keep the list of everybody: it comes back when you ask what the campaign did."
        )


def _without(made: Action, tools: list[str], personal: bool) -> dict[str, list[str]]:
    """What tools that get no list need, in words → what they are called."""
    found: dict[str, list[str]] = {}
    for tool in [TOOLS[name] for name in tools if not lists_of(made, TOOLS[name], personal)]:
        known = {*tool.needs} & columns(made.segmentation.customers).keys()
        why = ", which this file lacks" if personal or not known else "; tick “With e-mail, telephone and names”"
        found.setdefault(f"{needed(tool)}{why}", []).append(tool.title)
    return found


def _lacking(made: Action, tools: list[str], personal: bool) -> None:
    """Tools that get no list, and segments too small for a tool."""
    for why, alike in _without(made, tools, personal).items():
        needs = "it needs" if len(alike) == 1 else "they need"
        st.caption(f"No list for {formats.listed(alike)}: {needs} {why}.")
    for tool in [TOOLS[name] for name in tools if TOOLS[name].least]:
        few = [str(name) for name in counted(made).query("0 < written < @tool.least")["segment"]]
        if few:
            has = "have" if len(few) > 1 else "has"
            st.caption(
                plain(
                    f"{tool.title} takes audiences of {tool.least} people and more: {formats.listed(few)} {has} fewer."
                )
            )
