"""What became of personas since they were remembered: size, money, portrait, and who moved."""

from __future__ import annotations

import streamlit as st

from pages.app import session
from pages.app.masking import hidden
from pages.app.words import listed, plain
from pages.pieces.segments.shown import Shown
from pages.widgets.moved import BACK, moved
from segmentation.analysis.groups.shifted import in_words, people_of, reaches_back, remembered, remembered_of
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.analysis.thresholds.drifted import in_words as drifted_in_words
from segmentation.report.since import lost

session.stale_with_data("who moved")


def since(shown: Shown) -> None:
    """What changed since then, or a button that remembers how it is now."""
    held = shown.study.persona_then.get(shown.method.name)
    file, day = _here(shown)
    if held is None:
        _button(shown, "Remember these personas")
        return
    then = remembered_of(held)
    if (held["file"], held["day"]) == (file, day):
        st.caption(
            f"Remembered as of {plain(then or 'this file')}: with next month's file it is said here what changed."
        )
        return
    st.markdown(f"**What changed since {plain(then or 'then')}**")
    listed(in_words(held["found"], shown.segmentation, shown.study.currency, hidden()))
    listed(drifted_in_words(held.get("cuts", {}), _cutting(shown)))
    last = st.session_state.get(session.LAST)
    known = last is not None or reaches_back(shown.customers, held["day"])
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        asked = known and st.toggle("Who moved?", key="who moved")
        _button(shown, "Remember these instead")
    if not known:
        _untold(shown)
    if asked:
        moved(shown.study, shown.segmentation, held["day"], "who moved", last, people=people_of(held["found"]))


def _untold(shown: Shown) -> None:
    """When it can be said who moved, and where the file that tells it is brought."""
    st.caption(BACK)
    if lost(shown.study, shown.customers):
        st.page_link("pages/notebook.py", label="Or bring last month's file too, on the Notebook page", icon="➡️")
    else:
        st.caption(
            "A finding that is kept is compared on the Notebook page, where last month's file can be brought too."
        )


def remember(shown: Shown) -> None:
    """Remember how they are now; next month it is compared with."""
    shown.study.remember_personas(shown.method.name, *_here(shown), remembered(shown.segmentation), _cutting(shown))


def _cutting(shown: Shown) -> dict[str, float]:
    return cutting(shown.method, shown.values, shown.segmentation)


def remember_first(shown: Shown) -> None:
    """The same where somebody takes the personas up, by a name or a note, and nothing is remembered of another time."""
    held = shown.study.persona_then.get(shown.method.name)
    if held is None or (held["file"], held["day"]) == _here(shown):
        remember(shown)


def _button(shown: Shown, title: str) -> None:
    st.button(
        title, key="remember personas", icon=":material/bookmark:", on_click=remember, args=(shown,),
        help="Their sizes, money and portraits stand in your settings; no customer does. A later file says what changed.",
    )  # fmt: skip


def _here(shown: Shown) -> tuple[str, str]:
    """Of which file and day these are."""
    return shown.study.file, shown.customers.day
