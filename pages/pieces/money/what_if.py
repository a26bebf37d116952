"""What if: levers for each segment, the bridge from today's profit to that of the scenario, and scenarios side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from pages.app import derived, session, work
from pages.app.words import plain, show
from pages.pieces.money.beside import scenarios, segments, side_by_side
from pages.pieces.money.levers import assumptions, controls, draw_assumptions_anew
from pages.pieces.money.scenario import Moving, chosen, trouble
from pages.pieces.segments.shown import Shown
from pages.widgets.drawn import drawn, files
from pages.widgets.sides import picture_first
from segmentation import Problem, formats
from segmentation.analysis.action import scenario as what
from segmentation.analysis.action.wall import account_of_all
from segmentation.charts import EMPTY, spec
from segmentation.charts.bridge import bridge as bridge_chart
from segmentation.charts.bridge import bridge_columns
from segmentation.charts.tornado import tornado as tornado_chart
from segmentation.charts.tornado import tornado_data
from segmentation.segments.segmentation import UNKNOWN

session.stale_with_data("what if of")

STEPS = (0.05, 0.1, 0.2)


def what_if(shown: Shown) -> None:
    """The levers of one segment beside the bridge of all; below it what matters most, and the scenarios."""
    ground = ground_of(shown)
    st.html(picture_first("what sides"))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        of = segment(shown)
        name = chosen(shown)
    now = Moving(shown, ground, name, of)
    with st.container(key="what sides"):
        left, right = st.columns((1, 1.9), gap="medium")
    with right:
        bridged, taken = st.container(), st.container()
        assumptions(now)
    matters(now)
    places = Places(bridged, *side_by_side(now))
    with left:
        levers(now, places)
    if places.drawn:
        with taken:
            files(partial(_latest, shown.money), places.drawn, "what_if", _alt(shown))


@dataclass
class Places:
    """Where it stands what a lever moves; drawn: the data of the bridge as it was drawn last."""

    bridge: Any
    scenarios: Any
    segments: Any
    drawn: list[pa.Table] = field(default_factory=list)


@st.fragment
def levers(drawn_with: Moving, places: Places) -> None:
    """The levers and what they move, and nothing else: each thing that is drawn anew takes longer than the levers do."""
    draw_assumptions_anew()
    now = drawn_with.again()
    controls(now)
    with places.bridge:
        trouble()
        _then(now, places)
    with places.scenarios:
        scenarios(now)
    with places.segments:
        segments(now)
    work.keep()


def _then(now: Moving, places: Places) -> None:
    """The bridge to the profit of the scenario; a sentence where there is none."""
    try:
        outcome = what.together(now.ground, now.scenario)
    except Problem as problem:
        show(problem)
        return
    places.drawn[:] = [bridge(now.shown, now.ground, outcome)]
    campaign(now)


def ground_of(shown: Shown) -> what.Ground:
    """The segmentation made ready for levers: kept as long as method, thresholds and customers stay."""
    key = json.dumps([st.session_state.get("customers_key"), shown.method.name, shown.study.own.get(shown.method.name)])
    values = json.dumps(shown.values, default=str, sort_keys=True)
    return derived.kept("ground", lambda: what.Ground(shown.segmentation), key, values)


def segment(shown: Shown) -> str:
    """The segment whose levers are shown: at first the one of which most is lost, else the last."""
    names = [str(name) for name in shown.segmentation.shown]
    if st.session_state.get("what if of") not in names:
        named = [name for name in names if name != UNKNOWN] or names
        st.session_state["what if of"] = named[-1]
    return str(st.selectbox("Levers of", names, key="what if of", width=260))


def bridge(shown: Shown, ground: what.Ground, outcome: what.Outcome) -> pa.Table:
    """Profit today, what each lever adds, and profit then; gives what was drawn."""
    st.markdown(plain(what.told(outcome, shown.money, shown.study.currency)))
    data = pa.table(_steps(shown, ground, outcome))
    st.vega_lite_chart(data, _bridge(shown.money), key="what_if", alt=_alt(shown))
    return data


def _alt(shown: Shown) -> str:
    return f"From {shown.money} today to that of the scenario"


def _latest(money: str, held: list[pa.Table]) -> Any:
    """The bridge as it stands when its file is asked for."""
    return bridge_chart(held[0], title=money.capitalize())


def _steps(shown: Shown, ground: what.Ground, outcome: what.Outcome) -> dict[str, Any]:
    """The bridge of the levers; before one is moved that from revenue to profit, where both are known."""
    steps, currency, money = what.steps(outcome), shown.study.currency, shown.money.capitalize()
    account = None if steps else ground.kept("account", lambda: account_of_all(shown.segmentation))
    if account:
        return bridge_columns(("Revenue", account.revenue), account.steps, "Profit", currency, from_zero=True)
    return bridge_columns((f"{money} today", outcome.before), steps, f"{money} then", currency, from_zero=not steps)


def campaign(now: Moving) -> None:
    """From which response on the campaign pays, where one is planned."""
    if not now.levers.contact:
        return
    at = what.break_even(now.ground, now.segment, now.levers)
    who = plain(now.segment)
    if not np.isfinite(at) or at > 1:
        st.markdown(f"The campaign in {who} **cannot pay**: a response earns less than it costs to reach one customer.")
        return
    planned = now.levers.response
    verdict = "the response planned is above it" if planned > at else "the response planned is not above it"
    st.markdown(
        f"The campaign in {who} pays from a response of **{formats.share(at, 1)}** on: {verdict} ({formats.share(planned, 1)})."
    )


def matters(now: Moving) -> None:
    """Which lever matters most, for the segment or for all."""
    shown = now.shown
    left, right = st.columns((1, 1.9), gap="medium", vertical_alignment="center")
    with left:
        st.markdown("**Which lever matters most?**")
        st.caption("Each lever alone, from today, everything else as it is.")
        everybody = st.segmented_control(
            "For", ["This segment", "All segments"], key="matters for", default="This segment", required=True
        )
        step = st.segmented_control(
            "Moved by", STEPS, key="matters by", default=STEPS[1], required=True, format_func=formats.share
        )
    names = tuple(now.ground.names) if everybody == "All segments" else (now.segment,)
    data = _tornado_data(now, names, float(step or STEPS[1]))
    with right:
        if not data.num_rows:
            alone = len(names) == 1 and not now.facts.customers
            st.caption(
                "Nobody is in this segment, so no lever changes anything."
                if alone
                else "No lever changes anything here: there is neither revenue nor a cost to serve."
            )
            return
        drawn(
            _tornado_of(shown.money), data, _tornado(shown.money), "tornado", f"What each lever does to {shown.money}"
        )


def _tornado_data(now: Moving, names: tuple[str, ...], step: float) -> pa.Table:
    """Its rows, made once as long as what is assumed stays: a lever that is moved changes nothing of them."""
    assumed = {name: {key: now.scenario.get(name, {}).get(key) for key in what.ASSUMED} for name in names}
    currency = now.shown.study.currency

    def make() -> pa.Table:
        table = what.tornado(now.ground, names, step, now.scenario)
        return pa.Table.from_pandas(tornado_data(table, currency), preserve_index=False)

    return now.ground.kept(("tornado", step, currency, json.dumps(assumed)), make)


def _tornado_of(money: str) -> Any:
    return partial(tornado_chart, title=f"Change of {money}")


@lru_cache(maxsize=4)
def _bridge(money: str) -> dict[str, Any]:
    return spec(_latest(money, [EMPTY]))


@lru_cache(maxsize=4)
def _tornado(money: str) -> dict[str, Any]:
    return spec(_tornado_of(money)(EMPTY))
