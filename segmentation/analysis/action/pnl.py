"""The profit and loss of each segment: revenue, cost, cost to serve, profit; what is added up is the base, to the cent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

COST = "cost of what was sold"  # revenue less profit less cost to serve, of each customer of whom both are known
REST = "revenue less cost less profit of whom not both are known"
REVENUE, PROFIT = "revenue of whom profit is known too", "profit of whom revenue is known too"
PAIRS = ((REVENUE, "revenue"), (PROFIT, "profit"))
LOSERS, LOST = "costs more than it brings", "what they cost more than they bring"
LINES = {"revenue": "Revenue", "cost": "Cost of sales", "cost_to_serve": "Cost to serve", "profit": "Profit"}
EVERYBODY = "All customers"
NAMED = 4  # segments that a sentence names
HEADINGS = {  # what the columns are called, in the order in which they are told
    "segment": "Segment",
    "customers": "Customers",
    **LINES,
    "profit_each": "Profit per customer",
    "margin": "Margin",
    "serve_rate": "Cost to serve, % of revenue",
    "losers": "Loss-makers",
    "lost": "Their loss",
    "without": "Not known in full",
    **{f"share_of_{name}": f"Share of {title.lower()}" for name, title in (("customers", "customers"), *LINES.items())},
}
RHYTHM = {  # what is said of when they buy, per customer
    "orders": "Orders",
    "average_order": "Average order",
    "cycle_days": "Days between purchases",
    "recency_days": "Days since last order",
    "tenure_days": "Days since first order",
}
CENT = 0.01  # money: what adding up may lose


def profit_and_loss(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment, best first; *Unknown* last and only where somebody is in it.

    Columns: segment, colour, customers; of `LINES` those that are known, in money: where profit is, cost is what else lies
    between revenue and it, so revenue − cost − cost_to_serve − without = profit, `without` being what is left of customers
    of whom revenue or profit is not known; profit_each (per customer of whom it is known), margin (profit ÷ revenue, of
    whom both are known; missing where all profit is more than all revenue: one of them is then something else) and
    serve_rate (cost to serve ÷ revenue); share_of_ customers and each line, missing where its total is not above zero;
    losers (customers with a profit below zero) and lost (theirs, a negative amount).
    """
    customers, shown = segmentation.customers, len(segmentation.shown)
    sums = {name: segmentation.sums(column)[:shown] for name, column in columns(customers).items()}
    counts = segmentation.counts[:shown]
    found = {"segment": segmentation.shown, "colour": [*segmentation.colours, UNKNOWN_COLOUR][:shown]}
    frame = pd.DataFrame({**found, "customers": counts, **sums})
    if "profit" in sums:
        frame["profit_each"] = _ratio(sums["profit"], segmentation.known("profit")[:shown])
    return _rates(frame, customers)


def columns(customers: Customers) -> dict[str, str]:
    """Line of the profit and loss → the column of the customers that holds it, for those that are known."""
    held = {name: name for name in ("revenue", "cost_to_serve", "profit") if name in customers.frame}
    if "profit" in held:
        profit = customers.values("profit")
        held["losers"] = customers.derive(LOSERS, lambda: (profit < 0) * 1.0)
        held["lost"] = customers.derive(LOST, lambda: np.minimum(np.nan_to_num(profit), 0.0))
    if {"revenue", "profit"} <= held.keys():
        left = lambda: _left(customers)  # noqa: E731
        held["cost"] = customers.derive(COST, lambda: np.where(_paired(customers), left(), 0.0))
        if not _paired(customers).all():
            held["without"] = customers.derive(REST, lambda: np.where(_paired(customers), 0.0, left()))
            for part, name in ((REVENUE, "revenue"), (PROFIT, "profit")):
                held[part] = customers.derive(part, partial(_where_paired, customers, name))
    order = ("revenue", "cost", "cost_to_serve", "profit", "losers", "lost", "without", REVENUE, PROFIT)
    return {name: held[name] for name in order if name in held}


def _left(customers: Customers) -> np.ndarray:
    """What lies between revenue and profit beside the cost to serve: float64 (n,), what is not known as 0."""
    held = ("revenue", "cost_to_serve", "profit")
    zero = np.zeros(len(customers))
    known = [np.nan_to_num(customers.values(name)) if name in customers.frame else zero for name in held]
    return np.round(known[0] - known[1] - known[2], 4)


def _paired(customers: Customers) -> np.ndarray:
    """Whether both revenue and profit of each customer are known."""
    names = ("revenue", "profit")
    return customers.keep("paired", lambda: ~np.isnan(np.add(*map(customers.values, names))), of=names)


def _where_paired(customers: Customers, name: str) -> np.ndarray:
    return np.where(_paired(customers), customers.values(name), 0.0)


def _rates(frame: pd.DataFrame, customers: Customers) -> pd.DataFrame:
    """The frame with its ratios and shares."""
    if {"revenue", "profit"} <= {*frame}:
        paired = [frame.pop(part) if part in frame else frame[name] for part, name in PAIRS]
        both = [float(part.sum()) for part in paired]
        possible = both[1] <= both[0] + CENT
        frame.attrs["margin"] = both if possible else [np.nan, np.nan]
        frame["margin"] = _ratio(paired[1], np.maximum(paired[0], 0)) if possible else np.nan
    if "without" in frame and not frame["without"].any():
        frame = frame.drop(columns="without")
    if {"revenue", "cost_to_serve"} <= {*frame}:
        frame["serve_rate"] = _ratio(frame["cost_to_serve"], np.maximum(frame["revenue"], 0))
    frame["share_of_customers"] = frame["customers"] / max(len(customers), 1)
    for name in [one for one in LINES if one in frame]:
        total = frame[name].sum()
        frame[f"share_of_{name}"] = frame[name] / total if total > 0 else np.nan
    return frame


def _ratio(above: np.ndarray | pd.Series, below: np.ndarray | pd.Series) -> np.ndarray:
    """Above ÷ below, NaN where below is not above zero."""
    below = np.asarray(below, np.float64)
    return np.divide(np.asarray(above, np.float64), below, out=np.full(len(below), np.nan), where=below > 0)


def of_all(segmentation: Segmentation, frame: pd.DataFrame) -> dict[str, float]:
    """The same columns for all customers together, as `profit_and_loss` found them of each segment."""
    customers = segmentation.customers
    total = {
        name: float(frame[name].sum()) for name in ("customers", *LINES, "losers", "lost", "without") if name in frame
    }
    if "profit" in total:
        total["profit_each"] = total["profit"] / max(customers.known("profit"), 1)
    if "margin" in frame:
        revenue, profit = frame.attrs["margin"]
        total["margin"] = profit / revenue if revenue > 0 else np.nan
    if "serve_rate" in frame:
        total["serve_rate"] = total["cost_to_serve"] / total["revenue"] if total["revenue"] > 0 else np.nan
    return total


def in_rows(segmentation: Segmentation, frame: pd.DataFrame) -> pd.DataFrame:
    """What `profit_and_loss` found, in the order of HEADINGS, with all customers together as the last row."""
    held = [name for name in HEADINGS if name in frame]
    shares = {name: 1.0 for name in held if name.startswith("share_of_") and frame[name].notna().all()}
    last = pd.DataFrame([{"segment": EVERYBODY, **of_all(segmentation, frame), **shares}]).reindex(columns=held)
    rows = pd.concat([frame[held].astype({"segment": "object"}), last], ignore_index=True)
    return rows.astype({name: "int64" for name in ("customers", "losers") if name in held})


def lacking(customers: Customers) -> list[str]:
    """What a profit and loss would need that these customers do not have, each with what to do, in sentences."""
    has, said = set(customers.frame), []
    if "revenue" not in has:
        said.append("There is no revenue here: choose the column with the amounts on the Data page.")
    if "profit" not in has:
        said.append(
            "There is no cost here, so revenue stands in place of profit: choose the column of the cost or of the profit "
            "on the Data page, or assume a margin there."
        )
    if {"revenue", "profit"} <= has and customers.total("profit") > max(customers.total("revenue"), 0.0) + CENT:
        said.append(
            "Profit is more than revenue here, so one of the two columns is something else, or in another unit: check both on "
            "the Data page. Until then no margin is shown, and the cost of sales means nothing."
        )
    if "cost_to_serve" not in has:
        said.append(
            "What serving them costs is not known: choose its column on the Data page, or give rates per order or visit "
            "under “Cost and cooperation” on the Portfolio page."
        )
    return said


def told(frame: pd.DataFrame, money: str, currency: str = "", escape: Callable[[object], str] = str) -> str:
    """Which segment brings the most and which cost more than they bring, in Markdown; money is the column that counts."""
    if money not in frame or not len(frame):
        return "There is no money in this file to add up."
    best = frame.loc[frame[money].idxmax()]
    say = lambda value: escape(formats.compact(value, currency))  # noqa: E731
    if best[money] <= 0:
        return f"**No segment brings any {money}.** {_losers(frame, money, say, escape)}".strip()
    share = best.get(f"share_of_{money}", np.nan)
    of_all = f", **{formats.share(share)} of all**" if np.isfinite(share) else ""
    each = f", {say(best[money] / best['customers'])} per customer" if best["customers"] else ""
    first = f"Most comes from **{escape(best['segment'])}**: {say(best[money])} of {money}{of_all}{each}."
    return f"{first} {_losers(frame, money, say, escape)}".strip()


def _losers(frame: pd.DataFrame, money: str, say: Callable[[float], str], escape: Callable[[object], str]) -> str:
    """Which segments cost more than they bring; where none does, which has the customers who do."""
    if money != "profit":
        return ""
    below = frame[(frame[money] < 0) & (frame["customers"] > 0)].sort_values(money)
    if len(below):
        names = formats.listed([f"**{escape(name)}**" for name in below["segment"]])
        people = formats.plural(int(below["customers"].sum()), "customer")
        return f"Customers in {names} cost more than they bring: {say(float(below[money].sum()))} from {people}."
    there = frame[frame["losers"] > 0].sort_values("lost")
    if not len(there):
        return "No customer costs more than it brings."
    count = int(there["losers"].sum())
    does = "customer costs more than it brings" if count == 1 else "customers cost more than they bring"
    named = [f"{formats.count(one.losers)} in {escape(one.segment)} ({say(one.lost)})" for one in there.itertuples()]
    where = formats.listed([*named[:NAMED], *(["others"] if len(named) > NAMED else [])])
    return f"**{formats.count(count)} {does}**, {say(float(there['lost'].sum()))} in all: {where}."


def measures(customers: Customers) -> dict[str, str]:
    """The columns of `RHYTHM` that are known, and their age where the file tells it → what each is called."""
    held = {name: title for name, title in RHYTHM.items() if name in customers.frame}
    ages = METHODS["ages"]
    if ages.missing(customers):
        return held
    try:
        return held | {ages(customers).columns[0]: "Age"}
    except Problem:  # years of birth without a day to count from
        return held


def rhythm(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment: what is known of `measures`, on average per customer, growth from the earlier half of the period to
    the recent one, and stayed: the share of those who bought in the earlier half who did in the recent one too."""
    customers, shown = segmentation.customers, len(segmentation.shown)
    found = {name: segmentation.means(name)[:shown] for name in measures(customers)}
    frame = pd.DataFrame({"segment": segmentation.shown, **found})
    if {"revenue_before", "revenue_recent"} <= set(customers.frame):
        before, recent = (segmentation.sums(name)[:shown] for name in ("revenue_before", "revenue_recent"))
        frame["growth"] = _ratio(recent, np.maximum(before, 0)) - 1
        frame["stayed"] = stayed(segmentation)[:shown]
    return frame


def stayed(segmentation: Segmentation) -> np.ndarray:
    """Of those of each segment who bought in the earlier half of the period, the share who bought in the recent half too:
    float64 (len(names) + 1,), NaN where nobody bought or no halves are known."""
    customers = segmentation.customers
    if not {"revenue_before", "revenue_recent"} <= set(customers.frame):
        return np.full(len(segmentation.names) + 1, np.nan)
    there, both = _halves(customers)
    return _ratio(segmentation.sums(both), segmentation.sums(there))


def _halves(customers: Customers) -> tuple[str, str]:
    """The columns that say who bought in the earlier half of the period, and who in both."""
    there, both = "bought in the earlier half", "bought in both halves"
    customers.derive(there, lambda: (customers.values("revenue_before") > 0) * 1.0)
    customers.derive(both, lambda: customers.values(there) * (customers.values("revenue_recent") > 0))
    return there, both


def of_everybody(customers: Customers, name: str) -> float:
    """The growth, or the share who stayed, of all customers together; NaN where nobody bought in the earlier half."""
    names = ("revenue_before", "revenue_recent") if name == "growth" else _halves(customers)
    before, recent = (customers.total(one) for one in names)
    return recent / before - (name == "growth") if before > 0 else np.nan
