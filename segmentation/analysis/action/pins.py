"""What exceptions cost or bring: customers whom sales pinned to another segment, and who was right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.action.playbook import earned
from segmentation.segments.pinning import Pinned
from segmentation.segments.segmentation import UNKNOWN, Segmentation

GONE = "not in this file"
Pin = Mapping[str, Any]  # customer, segment, reason, day; and as they were then: rule (its segment), money, file


def exceptions(made: Segmentation, pins: Sequence[Pin], file: str = "") -> pd.DataFrame:
    """One row a pin, in their order, indexed by customer (`customer_id`).

    made   the segmentation with the pins; file: that of these customers
    Columns: segment (where it is pinned), rule (where the rule puts it now), reason, day; money (what it brings now, missing where
    it is not here), then (what it brought when it was pinned), usual (what a customer of its segment brings whom nobody
    pinned there), right (what has become of it, in a few words).
    """
    rule = made.rule if isinstance(made, Pinned) else made
    customers, names = rule.customers, (*rule.names, UNKNOWN)
    column = earned(rule)
    money = customers.values(column) if column else np.full(len(customers), np.nan)
    usual = dict(zip(rule.names, rule.means(column), strict=False)) if column else {}
    at = customers.frame.index.get_indexer([one["customer"] for one in pins])
    here = [
        names[int(code)] if row >= 0 else "" for code, row in zip(rule.placing.at(np.maximum(at, 0)), at, strict=True)
    ]
    index = pd.Index([one["customer"] for one in pins], name="customer_id", dtype="str")
    texts = {
        "segment": [one["segment"] for one in pins],
        "rule": here,
        "reason": [one["reason"] for one in pins],
        "day": [one["day"] for one in pins],
        "right": [_right(one, now, rule, file) for one, now in zip(pins, here, strict=True)],
    }
    amounts = {
        "money": [float(money[row]) if row >= 0 else np.nan for row in at],
        "then": [one.get("money", np.nan) for one in pins],
        "usual": [usual.get(one["segment"], np.nan) for one in pins],
    }
    told = pd.DataFrame(texts, index=index, dtype="str").join(pd.DataFrame(amounts, index=index, dtype=float))
    return told[["segment", "rule", "reason", "day", "money", "then", "usual", "right"]]


def _right(one: Pin, now: str, rule: Segmentation, file: str) -> str:
    """Who was right: the rule that put a customer here or there, or sales who overruled it."""
    if not now:
        return GONE
    if one["segment"] not in rule.names:
        return "its segment is not here: the rule counts"
    if one.get("file", "") == file:
        return "next month's file will say"
    if now == one["segment"]:
        return "sales was right"
    return "the rule stands by it" if now == one.get("rule") else f"the rule says {now} by now"


def priced(found: pd.DataFrame, made: Segmentation, currency: str = "") -> str:
    """What all exceptions together bring or cost, in a sentence or two of plain text; "" where nobody is pinned."""
    counting = found[(found["rule"] != "") & (found["rule"] != found["segment"]) & found["segment"].isin(made.names)]
    one, column = len(counting) == 1, earned(made)
    if counting.empty:
        return ""
    stand = formats.plural(len(counting), "customer stands", "customers stand")
    who = f"{stand} where sales put {'it' if one else 'them'}, not where the rule does."
    if not column:
        return who
    brings, usual = float(counting["money"].sum()), float(counting["usual"].sum())
    gap = f"{formats.compact(abs(brings - usual), currency)} {'more' if brings >= usual else 'less'}"
    they = "It brings" if one else "Together they bring"
    those = "a usual customer of that segment" if one else "as many usual customers of those segments"
    said = f"{formats.compact(brings, currency)} of {column}" if brings else f"no {column}"
    return f"{who} {they} {said}, {gap} than {those}.{_cost(counting, made, currency)}"


def _cost(counting: pd.DataFrame, made: Segmentation, currency: str) -> str:
    """What it costs more, or saves, to serve them as those whose segment they were put into."""
    rule = made.rule if isinstance(made, Pinned) else made
    if "cost_to_serve" not in rule.customers.frame:
        return ""
    each = dict(zip(rule.names, rule.means("cost_to_serve"), strict=False))
    more = sum(each.get(one.segment, np.nan) - each.get(one.rule, np.nan) for one in counting.itertuples())
    if not np.isfinite(more) or not round(more, 2):
        return ""
    does = f"{'costs' if more > 0 else 'saves'} {formats.compact(abs(more), currency)}{' more' if more > 0 else ''}"
    return f" Serving {'it' if len(counting) == 1 else 'them'} the way that segment is served {does}."


def verdict(found: pd.DataFrame) -> str:
    """Who was right so far, in a sentence of plain text; "" where no later file has said."""
    sales = int((found["right"] == "sales was right").sum())
    rule = int(found["right"].str.startswith("the rule").sum())
    if not sales + rule:
        return ""
    return f"So far sales was right in {formats.count(sales)} of {formats.plural(sales + rule, 'case')}, the rule in {formats.count(rule)}."
