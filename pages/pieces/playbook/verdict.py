"""What the playbook is worth, and which segments are treated alike: merge them, or make a difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from pages.app.words import plain
from pages.pieces.playbook.shown import Shown
from segmentation import formats
from segmentation.analysis.action.playbook import Entry, alike, due
from segmentation.analysis.action.playbook import verdict as judged

FLAGGED = 4  # groups of segments treated alike that are told of each


def verdict(shown: Shown) -> None:
    """How much behaviour differs, in a sentence; below it each group of segments that nobody treats differently."""
    words, why = judged(shown.rows)
    st.markdown(f"**{words}.** {plain(why)}{'' if shown.decided else ' So far this is a proposal: change any cell.'}")
    if fresh := [one.segment for one in shown.here if not one.kept] if shown.decided else []:
        few = [*fresh[:FLAGGED], *(["others"] if len(fresh) > FLAGGED else [])]
        st.caption(f"Nobody has decided yet about {plain(formats.listed(few))}: what stands there is a proposal.")
    for one in due(shown.here, shown.customers.as_of)[:FLAGGED]:
        st.caption(plain(_asked(one)))
    groups = alike(shown.rows)
    for at, group in enumerate(groups[:FLAGGED]):
        _flag(shown, group, at)
    if len(groups) > FLAGGED:
        st.caption(
            f"{formats.plural(len(groups) - FLAGGED, 'more group')} of segments treated alike will show once these are settled."
        )


def _asked(one: Entry) -> str:
    """What is asked of a row whose day has come."""
    measure = f" Its measure: {one.row['measure'].rstrip('.')}." if one.row["measure"] else ""
    day = formats.day(dt.date.fromisoformat(one.row["until"]))
    return f"{one.segment} was decided until {day}: did it work?{measure} Go on, change the row, or merge the segment."


def _flag(shown: Shown, group: Sequence[str], at: int) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"alike {at}"):
        st.markdown(_said(shown, group), width="stretch")
        st.button(
            "Make them one segment",
            key=f"merge {at}",
            icon=":material/merge:",
            on_click=_merge,
            args=(shown, list(group)),
            help="They become one segment of a method of your own; Undo takes it back, and the method before stays.",
        )


def _said(shown: Shown, group: Sequence[str]) -> str:
    customers = sum(one.customers or 0 for one in shown.here if one.segment in group)
    names = plain(formats.listed(list(group)))
    return (
        f"⚠️ **{names} are treated alike**: {formats.plural(customers, 'customer')} would notice no difference. Merge them, or make a "
        "difference below."
    )


def _merge(shown: Shown, group: Sequence[str]) -> None:
    shown.keep()
    shown.study.merge(group)
