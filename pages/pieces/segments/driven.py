"""What drives profit, growth, leaving or what is bought; the winner is the next segmentation in a click."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from pages.app import session
from pages.app.masking import hidden
from pages.app.words import listed, plain
from pages.widgets.drawn import drawn
from segmentation import Customers, Problem, Study, formats
from segmentation.analysis.portraits.drivers import MIX, Drivers, called, drivers, remarks, sentence, targets, verdict
from segmentation.analysis.portraits.mix import headings
from segmentation.charts import EMPTY, spec
from segmentation.charts.drivers import drivers as drivers_chart
from segmentation.charts.drivers import drivers_data
from segmentation.columns.metrics import label

SHOWN = 8  # columns that are drawn
SIDES = (1.4, 1)
FIFTHS = {"by": "quantiles", "parts": "5"}  # as the drivers are compared


def driven(customers: Customers) -> None:
    """Ranked and drawn when it is opened; a moved threshold does not wait for it."""
    with st.expander(
        "What drives it? Profit, growth, leaving, what they buy", key="driven", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        away = hidden()
        if away & set(headings(customers).values()):
            away |= {MIX}
        if not (known := [name for name in targets(customers) if name not in away]):
            st.caption("Here will stand what drives profit, growth or leaving: bring a file with amounts or days.")
            return
        st.session_state.setdefault("driven target", known[0])
        if st.session_state["driven target"] not in known:
            st.session_state["driven target"] = known[0]
        target = st.pills(
            "What is to be explained?", known, key="driven target", format_func=_asked, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        study = session.study()
        _ranked(study, _found(study, customers, str(target), away))


def _asked(target: str) -> str:
    if target == MIX:
        return "What they buy"
    return "Leaving: days since last order" if target == "recency_days" else label(target)


def _found(study: Study, customers: Customers, target: str, away: set[str]) -> Drivers:
    key = ("drivers", target, study.currency, *sorted(away))
    return customers.remember(key, lambda: drivers(customers, target, study.currency, away))


def _ranked(study: Study, found: Drivers) -> None:
    st.markdown(f"**{plain(verdict(found))}**")
    if not found.ranked:
        listed(remarks(found))
        return
    left, right = st.columns(SIDES, gap="medium")
    with left:
        data = drivers_data(found.ranked[:SHOWN])
        drawn(drivers_chart, data, _spec(), "drivers", "How much each column explains")
    with right:
        _one(study, found)
        listed(remarks(found))


def _one(study: Study, found: Drivers) -> None:
    """One of them in words, the winner where none is chosen, and the click that segments by it."""
    names = [one.column for one in found.ranked[:SHOWN]]
    key, of, held = "driver", "driver of", st.session_state
    if held.get(key) not in names or held.get(of) != found.target:  # another question begins with its winner
        held[key], held[of] = names[0], found.target
    chosen = st.selectbox("Look at", names, key=key, format_func=called)
    driver = next(one for one in found.ranked if one.column == chosen)
    st.markdown(plain(sentence(found, driver, study.currency)))
    if driver.also:
        st.caption(plain(f"{formats.listed([*map(called, driver.also)])} would say nearly the same."))
    st.button(
        f"Segment by {plain(called(driver.column))}", key="segment by", type="primary", icon=":material/donut_small:",
        on_click=_segment, args=(study, driver.column),
        help="Each word a segment, numbers by fifths. Thresholds stay yours to move; Undo takes you back.",
    )  # fmt: skip


def _segment(study: Study, column: str) -> None:
    """Make it the next segmentation."""
    try:
        study.set_of("attribute", column=column, **FIFTHS)
    except Problem as problem:
        st.session_state["threshold_problem"] = str(problem)
    else:
        study.choose("attribute")


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    return spec(drivers_chart(EMPTY))
