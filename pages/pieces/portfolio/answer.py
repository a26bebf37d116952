"""Whom to invest in, in one sentence."""

from __future__ import annotations

import streamlit as st

from pages.pieces.portfolio.shown import Shown
from segmentation import formats
from segmentation.analysis.scales import a_year, no_outlook
from segmentation.analysis.thresholds import positions
from segmentation.customers.outlook import over
from segmentation.segments.plane import CORNER, LEAST, LET_GO


def answer(now: Shown) -> None:
    """Whom to invest in, in one sentence; with it what the lower line of decisions looks like."""
    st.markdown(sentence(now))
    if pins := len(now.study.pins_of("portfolio")):
        st.caption(
            f"{formats.plural(pins, 'customer is', 'customers are')} pinned to a sector by hand. This page shows where the money puts "
            "them; the Playbook, Money and Campaign pages count them where sales does."
        )


def sentence(now: Shown) -> str:
    """How many to invest in, what they hold and bring, and how many decisions could as well be others."""
    customers, invest = now.customers, int(now.summary["customers"][0])
    if not invest:
        return f"**Nobody** is above both lines{_way_out(now)}. {_borderline(now)}{_at_zero(now)}"
    who = f"**{formats.count(invest)} of {formats.plural(len(customers), 'customer')}**"
    verb, they = ("is", "it holds") if invest == 1 else ("are", "they hold")
    held = " ".join(filter(None, (f"{they} **{now.total('potential')} of the potential**", customers.ahead)))
    return f"{who} {verb} worth investing in: {held} and {_brings(now)}. {_below(now)}{_borderline(now)}{_no_outlook(now)}{_at_zero(now)}"


def _way_out(now: Shown) -> str:
    """What one can do where nobody is worth investing in: where both lines are as low as they go, another model."""
    if all(min(at) == LEAST for at in now.at):
        return ": nobody both brings something now and has a potential"
    return ": lower one of them, or look at who stands nearest"


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
        return f"{who}: serve at low cost; the file knows no profit, so let nobody go yet. "
    if not let_go:
        return f"{who}: serve at low cost; none of them costs more than they bring. "
    cost = "costs more than it brings" if let_go == 1 else "cost more than they bring"
    if let_go == below:
        return f"{who}: **{'it' if below == 1 else 'all'} {cost}**, make them pay their way or let them go. "
    those, others = "that one" if let_go == 1 else "those", "other" if below - let_go == 1 else "others"
    return (
        f"{who}: **{formats.count(let_go)} of them {cost}**, let go only of {those}; serve the {others} at low cost. "
    )


def _no_outlook(now: Shown) -> str:
    """Where the potential is what a customer brings now, two of the four decisions cannot come up."""
    if not no_outlook(now.customers):
        return ""
    return f" The potential is no more than today's {now.customers.money} here: choose another model to see who could bring more."


def _at_zero(now: Shown) -> str:
    """Where a line would stand below zero, that it does not; at break-even nobody asks."""
    lines = zip((now.customers.money, "potential"), now.at, strict=True)
    low = [f"line of {name}" for name, at in lines if min(at) == LEAST and now.values["lines"] != "even"]
    if not low:
        return ""
    verb, one = ("stands", "it") if len(low) == 1 else ("stand", "them")
    return f" The {formats.listed(low)} {verb} at zero, as low as a line goes: whoever brings nothing is never above {one}."


def _borderline(now: Shown) -> str:
    unknown = int(now.segmentation.counts[-1])
    gap = f" {formats.plural(unknown, 'customer has', 'customers have')} no figure and no place." if unknown else ""
    near = positions.borderline_count(now.customers, now.horizontal, now.at)
    if not near:
        return f"**No decision is borderline**: all stand clear of both lines.{gap}"
    if near == 1:
        return f"**One decision is borderline**: one step of a line would change it.{gap}"
    return f"**{formats.count(near)} decisions are borderline**: one step of a line would change them.{gap}"
