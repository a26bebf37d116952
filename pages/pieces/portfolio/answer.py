"""Whom to invest in, in one sentence."""

from __future__ import annotations

import streamlit as st

from pages.pieces.portfolio.shown import Shown
from segmentation import formats
from segmentation.analysis import positions
from segmentation.analysis.scales import a_year, no_outlook
from segmentation.customers.outlook import over
from segmentation.segments.plane import CORNER, LET_GO


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
    held = " ".join(filter(None, (f"{they} **{now.total('potential')} of the potential**", customers.ahead)))
    return f"{who} {verb} {_worth(now)}: {held} and {_brings(now)}. {_below(now)}{_borderline(now)}{_no_outlook(now)}"


def _brings(now: Shown) -> str:
    """What they bring now, over which time, and what that is a year: the potential is of one."""
    customers = now.customers
    brought = f"{now.total(customers.money)} of the {customers.money}"
    yearly = a_year(customers, float(now.summary[customers.money][0]))
    year = f" ({now.say(yearly)} a year)" if yearly is not None else ""
    return f"{brought} {over(customers.days)}".rstrip() + year


def _below(now: Shown) -> str:
    """What becomes of those below both lines, with the counts."""
    held = dict(zip(now.summary["segment"], map(int, now.summary["customers"]), strict=True))
    let_go, below = held[LET_GO], held[CORNER] + held[LET_GO]
    if not below:
        return ""
    who = f"{formats.plural(below, 'customer')} {'is' if below == 1 else 'are'} below {'all' if now.nine else 'both'} lines"
    if now.customers.money != "profit":
        return (
            f"{who}: serve at low cost; no profit is known that would prove that anybody costs more than they bring. "
        )
    if not let_go:
        return f"{who}: serve at low cost; none of them costs more than they bring. "
    cost = "costs more than it brings" if let_go == 1 else "cost more than they bring"
    if let_go == below:
        return f"{who}: **{'it' if below == 1 else 'all'} {cost}**, make them pay their way or let them go. "
    return f"{who}: **{formats.count(let_go)} of them {cost}**, let go only of those; serve the others at low cost. "


def _no_outlook(now: Shown) -> str:
    """Where the potential is what a customer brings now, two of the four decisions cannot come up."""
    if not no_outlook(now.customers):
        return ""
    return f" The potential is no more than today's {now.customers.money} here: choose another model to see who could bring more."


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
