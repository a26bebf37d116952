"""The control group: what the test is to show, and what that takes."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.pieces.campaign.plan import setting
from pages.pieces.segments.shown import Shown
from segmentation import formats
from segmentation.analysis.action.power import Test


def control(shown: Shown) -> None:
    """Whether there is one; where there is, what it is to prove, and by which draw."""
    held, usual = shown.study.campaign, Test()
    on = st.toggle(
        "Keep a control group",
        help="Some customers, drawn by lot, are not written to: beside them it shows what the campaign did.",
        **setting(shown, "control", held.get("control", True)),
    )
    if not on:
        return
    for name, title, low, high, step in (
        ("rate", "Would buy anyway", 0.5, 30.0, 0.5),
        ("better", "Buy if written to", 0.5, 60.0, 0.5),
        ("power", "Chance of proving it", 50.0, 99.0, 1.0),
    ):
        value = 100 * held.get(name, getattr(usual, name))
        st.slider(
            title,
            min(low, value),
            max(high, value),
            step=step,
            format="%.1f%%" if step < 1 else "%.0f%%",
            **setting(shown, name, round(float(value), 4), _part),
        )
    st.markdown(_needed(shown.study.plan().test))
    st.number_input(
        "Draw number",
        0,
        10**9,
        step=1,
        help="The same number draws the same group again; another one another group.",
        **setting(shown, "seed", held.get("seed", 1)),
    )


def _part(value: float) -> float:
    return round(value / 100, 6)


def _needed(test: Test) -> str:
    if not np.isfinite(test.each):
        return "Both shares are the same: there is nothing to prove."
    if test.better < test.rate:
        return (
            f"Fewer would buy if written to ({formats.share(test.better, 1)}) than anyway ({formats.share(test.rate, 1)}): raise "
            "“Buy if written to” above “Would buy anyway”, and you see how large the control group must be."
        )
    return (
        f"To prove a rise from {formats.share(test.rate, 1)} to {formats.share(test.better, 1)} takes "
        f"**{formats.count(int(test.each))} customers per group**; the more you write to, the smaller the control group can be."
    )
