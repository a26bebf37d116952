"""Whom to invest in, in one sentence."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.pieces.portfolio.shown import Shown
from segmentation import formats
from segmentation.analysis import positions


def answer(now: Shown) -> None:
    """Whom to invest in, in one sentence; with it what the lower line of decisions looks like."""
    st.markdown(sentence(now))


def sentence(now: Shown) -> str:
    """How many to invest in, what they hold and bring, and how many decisions could as well be others."""
    customers, invest = now.customers, int(now.summary["customers"][0])
    if not invest:
        return "**Nobody** is above both lines: lower one of them, or look at who stands nearest. " + _borderline(now)
    who = f"**{formats.count(invest)} of {formats.plural(len(customers), 'customer')}**"
    verb, they = ("is", "it holds") if invest == 1 else ("are", "they hold")
    held = f"{they} **{now.total('potential')} of the potential**"
    brings = f"{now.total(customers.money)} of the {customers.money}"
    return f"{who} {verb} {_worth(now)}: {held} and {brings}. {_borderline(now)}{_no_outlook(now)}"


def _no_outlook(now: Shown) -> str:
    """Where the potential is what a customer brings now, two of the four decisions cannot come up."""
    customers, money = now.customers, now.customers.money
    here, later = customers.values(money), customers.values("potential")
    if not customers.keep("no outlook", lambda: np.array_equal(here, later, equal_nan=True)):
        return ""
    return f" The potential is no more than today's {money} here: choose another model to see who could bring more."


def _worth(now: Shown) -> str:
    """What being above both lines is worth: where the lines are that low, no investment."""
    now_, later = (float(now.summary[name][0]) for name in (now.customers.money, "potential"))
    if later <= 0:
        return "above both lines, but there is nothing to be had from them by this model"
    if now_ < 0:
        return "above both lines, but they lose money today: put the lines at break-even"
    return "worth investing in"


def _borderline(now: Shown) -> str:
    unknown = int(now.segmentation.counts[-1])
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} no figure and no place." if unknown else ""
    near = positions.borderline_count(now.customers, now.horizontal, now.at)
    if not near:
        return f"**No decision is borderline**: all stand clear of both lines.{gap}"
    if near == 1:
        return f"**One decision is borderline**: one step of a line would change it.{gap}"
    return f"**{formats.count(near)} decisions are borderline**: one step of a line would change them.{gap}"
