"""Who could move up: the rungs of an ordered method."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import streamlit as st

from pages.app.masking import check_names
from pages.app.words import plain, show
from pages.pieces.portfolio.shown import Shown
from pages.widgets import tables
from segmentation import Problem, formats
from segmentation.analysis.ladder import Steps
from segmentation.analysis.ladder import ladder as rungs
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

FEW = 5  # customers on a rung: fewer say little of what one more would bring


def ladder(now: Shown) -> None:
    """The rungs of an ordered method: how many on each, the step up, and the potential it frees."""
    customers, study = now.customers, now.study
    methods = study.methods
    names = [name for name in methods if not methods[name].missing(customers)]
    usual = "b2b_ladder" if "b2b_ladder" in names else study.method
    if st.session_state.get("rungs") not in names:
        st.session_state["rungs"] = usual if usual in names else names[0]
    name = st.selectbox(
        "Rungs are the segments of",
        names,
        key="rungs",
        format_func=lambda one: methods[one].title,
        persist_state="session",
        width=320,
    )
    try:
        check_names(study, name, customers)
        made = methods[name](customers, **study.thresholds.get(name, {}))
        found = rungs(made, steps(made, methods[name]))
    except Problem as problem:
        show(problem)
        return
    st.markdown(ladder_sentence(now, found))
    _rungs(found, study.currency)


def steps(made: Segmentation, method: Method) -> Steps | None:
    """The steps a method names, which lead up from a segment; None: each rung's next is the one above it."""
    if not any(one in method.steps for one in made.names):
        return None
    return {low: (high, method.steps.get(low, "")) for high, low in pairwise(made.names)}


def ladder_sentence(now: Shown, found: pd.DataFrame) -> str:
    """What one step up for everybody would free, where most of it lies, and on how few of the rung above it rests."""
    total = float(np.nansum(found["gain"]))
    if found["gain"].isna().all():
        return "Nothing can be said of a step up here: no two rungs one above the other have customers to compare."
    if total <= 0:
        return "Nothing could be gained by a step up here: the customers of no rung above have more potential each."
    best = found.loc[found["gain"].idxmax()]
    return (
        f"If everybody went one rung up, **{now.say(total)} of potential** could be gained; the most, "
        f"{now.say(float(best['gain']))}, by moving {formats.plural(int(best['customers']), 'customer')} "
        f"from **{plain(best['category'])}** to **{plain(best['next'])}**.{_rests_on(found, best)}"
    )


def _rests_on(found: pd.DataFrame, best: pd.Series) -> str:
    """That few customers on the rung above promise nothing: what they could bring is taken for what others would."""
    above = int(found.loc[found["category"] == best["next"], "customers"].iloc[0])
    if above >= FEW:
        return ""
    who = "only one customer stands" if above == 1 else f"only {formats.count(above)} customers stand"
    return f" No promise: {who} on **{plain(best['next'])}**, and the others need not become like {'it' if above == 1 else 'them'}."


def _rungs(found: pd.DataFrame, currency: str) -> None:
    config = {
        "category": st.column_config.TextColumn("Rung", pinned=True),
        "customers": tables.count("Customers"),
        "share_of_customers": tables.share("Share"),
        "worth": tables.money("Potential", currency),
        "each": tables.money("Potential per customer", currency),
        "next": st.column_config.TextColumn("Next rung"),
        "step": st.column_config.TextColumn("The step up", width="large"),
        "gain_each": tables.money("Could be gained per customer", currency),
        "gain": tables.money("Could be gained", currency),
    }
    shown = found.assign(share_of_customers=found["share_of_customers"] * 100)
    order = [name for name in config if name != "step" or (found["step"] != "").any()]
    st.dataframe(
        shown[order],
        column_config=config,
        hide_index=True,
        key="ladder",
        placeholder=formats.MISSING,
        alt="The rungs of the ladder",
    )
