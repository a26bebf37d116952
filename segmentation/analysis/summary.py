"""What each segment is: customers, money and shares, in one small frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN, UNKNOWN_COLOUR, Segmentation

MONEY = ("revenue", "profit", "cost_to_serve", "potential")
SHARED = ("revenue", "profit")  # of which the finding tells shares
CLEARLY = 1.2  # times the money of the average customer; less is no reason to treat anybody otherwise
SPAN = re.compile(r"(under )?−?\d[\d,.]*( to under −?\d[\d,.]*|–\d[\d,.]*| and over)?$")  # names that `Spans` gives
PAST = "Recency and rhythm"  # the methods whose segments tell who stayed away: what they brought is over


def summarise(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment, best first; *Unknown* last and only where somebody is in it.

    Columns: segment, colour, customers, share_of_customers; and for each money column the customers have:
    its sum, share_of_<it> (shares add to 1; missing where the total is not above zero) and <it>_each, per customer of whom it is known.
    """
    return pd.DataFrame(figures(segmentation))


def figures(segmentation: Segmentation) -> dict[str, Any]:
    """The columns of `summarise` without the frame, which costs more than the sums: what a moved threshold asks for."""
    shown, counts = len(segmentation.shown), segmentation.counts
    held = counts[:shown]
    columns: dict[str, Any] = {
        "segment": segmentation.shown,
        "colour": [*segmentation.colours, UNKNOWN_COLOUR][:shown],
        "customers": held,
        "share_of_customers": held / max(counts.sum(), 1),
    }
    for column in MONEY:
        if column in segmentation.customers.frame:
            sums, total = segmentation.sums(column)[:shown], segmentation.customers.total(column)
            columns[column] = sums
            columns[f"share_of_{column}"] = sums / total if total > 0 else np.full(shown, np.nan)
            known = segmentation.known(column)[:shown]  # the sums are at hand: asking for the means would sum again
            columns[f"{column}_each"] = np.divide(sums, known, out=np.full(shown, np.nan), where=known > 0)
    return columns


def finding(
    segmentation: Segmentation,
    summary: Mapping[str, Any],
    currency: str = "",
    escape: Callable[[object], str] = str,
    method: Method | None = None,
) -> str:
    """One sentence, in Markdown: how many customers the segments have that were asked about, and what they bring.

    summary   as `summarise` or `figures` give it; escape makes names harmless where they came from a file
    method    says whom its question asks about; where it does not, or nobody is there, the largest segment is spoken of, or
              that which brings most beyond its part, and what follows. Without a method the best is spoken of. Where nobody
              is in what was asked about, that is said first
    """
    asks = method.asks if method else (segmentation.names[:1],)
    held = dict(zip(summary["segment"], summary["customers"], strict=True))
    unknown, called = int(segmentation.counts[-1]), lambda name: escape(_called(segmentation, name))
    if unknown and unknown == sum(held.values()):
        lacking = _lacking(segmentation, escape)
        which = f" ({_either(lacking)})" if lacking else ""
        return f"**Nobody can be placed**: of all {formats.plural(unknown, 'customer')}, not one has the figure this goes by{which}."
    outside = [name for name in held if method and method.fits and name in method.segments]  # in none of the groups
    if alone := [name for name in outside if held[name] == sum(held.values()) > 1]:
        return f"**No groups found**: all {formats.plural(held[alone[0]], 'customer')} are {called(alone[0]).lower()}."
    asked = [tuple(name for name in group if name in held) for group in asks]
    there = [found for group in asked if (found := tuple(name for name in group if held[name]))]
    past = bool(method and method.family == PAST)
    money = segmentation.customers.money
    beside = outside if method and method.richest else []
    richest, worth = _richest(summary, money, beside) if method and method.richest and not there else (None, [])
    said = [_group(summary, names, past, called) for names in dict.fromkeys(there or [richest or _largest(held)])]
    said += worth
    empty = [called(name) for name in dict.fromkeys(name for group in asked for name in group) if not held[name]]
    nobody = f"Nobody is in {'segment ' if all(map(str.isdecimal, empty)) else ''}{_either(empty)}." if empty else ""
    first, rest = (f"{nobody} ", "") if nobody and not there else ("", f" {nobody}".rstrip())
    rest += (
        f" {formats.plural(unknown, 'customer')} cannot be placed: {_missing(segmentation, escape)}." if unknown else ""
    )
    rest += "".join(f" {called(name)}: {_many(summary, name)}." for name in beside if held[name])
    shares = any(np.isfinite(summary[f"share_of_{column}"]).all() for column in SHARED if column in summary)
    return f"{first}{'. '.join(said)}. {'' if shares else _no_share(segmentation, currency, escape)}".rstrip() + rest


def _called(segmentation: Segmentation, name: str) -> str:
    """A segment's name as it is said aloud: a bare number, or a span of numbers, with its column before it, Channel 1."""
    column = next(iter(segmentation.columns), "")
    ranked = name.isdecimal() and column.endswith(attributes.RANKED)
    bare = ranked or (SPAN.match(name) and column in segmentation.customers.frame)
    return f"{label(column.removesuffix(attributes.RANKED))} {name}" if bare else name


def _group(summary: Mapping[str, Any], names: Sequence[str], past: bool, called: Callable[[str], str]) -> str:
    """What some segments are together: customers, their share of the base and of the money."""
    of_them = np.isin(np.asarray(summary["segment"], dtype=object), names)

    def together(column: str) -> float:
        return float(np.asarray(summary[column])[of_them].sum())

    customers = int(together("customers"))
    who = f"{_aloud([called(name) for name in names])}: {formats.plural(customers, 'customer')}"
    totals = {column: float(np.asarray(summary[column]).sum()) for column in SHARED if column in summary}
    shares = {column: together(column) / total for column, total in totals.items() if total > 0}
    said = f"**{who}** ({formats.share(customers / max(int(np.sum(summary['customers'])), 1))} of the base)"
    gains, losses = ({column: one for column, one in shares.items() if (one < 0) == lost} for lost in (False, True))
    does = [
        f"{verb} {' and '.join(f'**{formats.share(abs(one))} of {column}**' for column, one in parts.items())}"
        for verb, parts in zip(_verbs(past, customers == 1), (gains, losses), strict=True)
        if parts
    ]
    return f"{said} {' and '.join(does)}" if does else said


def _aloud(names: Sequence[str]) -> str:
    """Names of segments at the beginning of a sentence, which no bare number is: Segments 4, 3 and 2."""
    bare = all(name.isdecimal() for name in names)
    return f"{'Segments ' if len(names) > 1 else 'Segment '}{formats.listed(names)}" if bare else formats.listed(names)


def _many(summary: Mapping[str, Any], name: str) -> str:
    at = [*summary["segment"]].index(name)
    return f"{formats.plural(int(summary['customers'][at]), 'customer')} ({formats.share(summary['share_of_customers'][at])} of the base)"


def _verbs(past: bool, one: bool) -> tuple[str, str]:
    if past:
        return "brought", "lost"
    return ("brings", "loses") if one else ("bring", "lose")


def _largest(held: Mapping[str, int]) -> tuple[str]:
    """The segment with the most customers, the better of two; *Unknown* only where nobody can be placed."""
    placed = {name: count for name, count in held.items() if name != UNKNOWN and count}
    return (max(placed or held, key=lambda name: held[name]),)


def _richest(summary: Mapping[str, Any], money: str, beside: Sequence[str]) -> tuple[tuple[str] | None, list[str]]:
    """The segment whose share of the money is furthest beyond its share of customers, and what follows from that.

    One that brings clearly more per customer goes before one that merely holds many. None where none is beyond its share,
    or no shares are known.

    beside   segments that are no group to look for more of
    """
    names, shares = [*map(str, summary["segment"])], np.asarray(summary.get(f"share_of_{money}", ()), dtype=float)
    if len(names) < 2 or len(shares) < len(names) or not np.isfinite(shares).all():
        return None, []
    part = np.asarray(summary["share_of_customers"])
    beyond = np.where(np.isin(names, [UNKNOWN, *beside]), -np.inf, shares - part)
    clear = beyond >= (CLEARLY - 1) * part
    at = max(np.flatnonzero(beyond > 0), key=lambda at: (clear[at], beyond[at]), default=None)
    if at is None:
        return None, []
    return (names[at],), [_worth(float(shares[at] / part[at]), money)]


def _worth(times: float, money: str) -> str:
    """What follows where a customer of the richest segment brings so many times what the average one does."""
    if times < CLEARLY:
        return f"No group brings much more {money} per customer than average: go by what sets them apart, not by money"
    average = f"{formats.compact(times)} times the average {money}"
    return f"Per customer that is {average}: look after them first, and find more like them"


def _lacking(segmentation: Segmentation, escape: Callable[[object], str]) -> list[str]:
    """The figures the segments go by that are not known of everybody, in words; of what a method reckons itself, nothing."""
    customers = segmentation.customers
    measured = [name for name in segmentation.columns if name in customers.numeric]
    names = [
        name for name in measured if customers.keep(("missing", name), partial(_is_missing, customers, name), [name])
    ]
    return [escape(label(name).lower()) for name in names]


def _is_missing(customers: Customers, name: str) -> bool:
    return bool(np.isnan(customers.values(name)).any())


def _missing(segmentation: Segmentation, escape: Callable[[object], str]) -> str:
    """Why some customers have no place."""
    lacking = _lacking(segmentation, escape)
    return f"no value for {_either(lacking)}" if lacking else "the figure this goes by is missing"


def _either(names: Sequence[str]) -> str:
    """one; one or two; one, two or three."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _no_share(segmentation: Segmentation, currency: str, escape: Callable[[object], str]) -> str:
    customers = segmentation.customers
    if customers.money not in MONEY:
        return "The file has no revenue to take a share of."
    total = escape(formats.compact(customers.total(customers.money), currency))
    return f"{label(customers.money)} adds up to {total}, so no share of it can be taken."
