"""The first question: what to compare customers by."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app.masking import hidden
from pages.app.words import plain
from pages.pieces.clusters.state import Now, set_, words
from pages.pieces.clusters.step import step
from pages.widgets import controls
from pages.widgets.drawn import drawn
from segmentation.analysis.groups.bases import MOST, attributes, behaviour, together, warnings
from segmentation.analysis.portraits.drivers import driving
from segmentation.charts import EMPTY, spec
from segmentation.charts.together import together as together_chart
from segmentation.charts.together import together_data
from segmentation.columns.metrics import label

DRAWN = 8  # columns whose likeness is drawn
WARNED = 6  # columns that are spoken against at a time
SIDES = (1.4, 1)


def columns(now: Now) -> None:
    """How they buy, beside that who they are; what speaks against a column; how alike columns are."""
    step(1, "What do we compare customers by?", words(now.columns) if now.answered else "", lambda: _choose(now))


def _choose(now: Now) -> None:
    left, right = st.columns(SIDES, gap="medium")
    with left:
        _columns(now)
        _warned(now)
        if not now.answered:
            st.button(
                "Compare them by these", key="compare by", type="primary", disabled=not now.columns,
                on_click=set_, kwargs={"columns": now.columns},
            )  # fmt: skip
    with right:
        _alike(now)


def _columns(now: Now) -> None:
    held, away = st.session_state, hidden()
    bases, others = ([n for n in names(now.customers) if n not in away] for names in (behaviour, attributes))
    held["clusters.behaviour"] = [name for name in now.columns if name in bases]
    held["clusters.attributes"] = [name for name in now.columns if name not in bases]
    if bases:
        st.pills(
            "How they buy", bases, selection_mode="multi", key="clusters.behaviour", format_func=label,
            on_change=_chosen, args=(now,), wrap=True,
            help="Groups by what customers do are groups you can act on. Take two to six columns.",
        )  # fmt: skip
    if others or held["clusters.attributes"]:
        st.multiselect(
            "Who they are (numbers only)",
            [*others, *(name for name in held["clusters.attributes"] if name not in others)],
            key="clusters.attributes",
            format_func=label,
            on_change=_chosen,
            args=(now,),
            placeholder="better to look at afterwards",
            help="What describes customers tells who is in a group; as a base it makes groups that buy alike or not.",
        )
    st.button(
        "Take what drives their money",
        key="take drivers",
        icon=":material/trending_up:",
        on_click=_driving,
        args=(now, away),
        help="Of many columns those that explain most of the differences in profit or revenue between customers: groups by them "
        "are worth treating differently.",
    )
    controls.say_trouble()


def _driving(now: Now, away: set[str]) -> None:
    found = now.customers.remember(("driving", *sorted(away)), lambda: driving(now.customers, away))
    if len(found) > 1:
        _take(now, found)
    else:
        st.session_state["threshold_problem"] = (
            "No number in this file explains what customers bring: the columns stay."
        )


def _chosen(now: Now) -> None:
    held = st.session_state
    _take(now, (*held.get("clusters.behaviour", ()), *held.get("clusters.attributes", ())))


def _take(now: Now, chosen: tuple[str, ...]) -> None:
    """These columns from now on; before the question is answered they are no part of the study."""
    if not now.answered:
        st.session_state["clusters draft"] = chosen
    elif chosen:
        set_(columns=chosen)
    else:
        st.session_state["threshold_problem"] = "Customers must be compared by something: the last column stays."


def _warned(now: Now) -> None:
    """What speaks against a column, with a click to leave it out."""
    if not now.columns:
        st.caption("Choose one column at least.")
    if len(now.columns) > MOST:
        st.caption(f"In {len(now.columns)} columns at once hardly any two customers are alike: take two to {MOST}.")
    against = warnings(now.customers, now.columns[: 4 * DRAWN])
    for at, one in enumerate(against[:WARNED]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"warned {at}"):
            st.markdown(f":material/warning: {plain(one.sentence)}", width="stretch")
            rest = tuple(name for name in now.columns if name != one.column)
            st.button(
                f"Leave out {plain(label(one.column))}", key=f"leave out {at}", on_click=_take, args=(now, rest),
                disabled=not rest,
            )  # fmt: skip
    if len(against) > WARNED:
        st.caption("There is something against others too, which will stand here when these are left out.")


def _alike(now: Now) -> None:
    """How far the columns chosen say the same."""
    shown = [name for name in now.columns if now.customers.has(name)][:DRAWN]
    if len(shown) < 2:
        st.caption("With two columns and more a picture here shows how far they say the same.")
        return
    st.markdown("**How far these columns say the same**")
    data = together_data(together(now.customers, shown))
    drawn(together_chart, data, _spec(), "together", "How alike the columns are", folded=True)


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(together_chart(EMPTY))
