"""Two segmentations of the same customers beside each other: who stands elsewhere, and what the segments gain and lose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.problems import Problem
from segmentation.segments.segmentation import UNKNOWN, Segmentation

NOBODY = (0, 0)  # customers, and their money


def compared(one: Segmentation, other: Segmentation) -> pd.DataFrame:
    """One row a segment of either: customers and money (profit, or revenue) in the one and the other, and the difference.

    Columns segment, customers, customers_other, customers_change; the same of the money where the file has some. A
    segment that only one of them has holds nobody in the other. Problem where they are of other customers.
    """
    _same_customers(one, other)
    names, money = list(dict.fromkeys([*one.shown, *other.shown])), one.customers.money
    measures = ["customers", *([money] if money in one.customers.frame else [])]
    found: dict[str, Any] = {"segment": names}
    for measure in measures:
        mine, theirs = (_by_name(made, measure, names) for made in (one, other))
        found |= {measure: mine, f"{measure}_other": theirs, f"{measure}_change": theirs - mine}
    return pd.DataFrame(found)


def _same_customers(one: Segmentation, other: Segmentation) -> None:
    if not one.customers.frame.index.equals(other.customers.frame.index):
        raise Problem("These two were made of other customers: open both on the same file and the same time.")


def _by_name(made: Segmentation, measure: str, names: list[str]) -> np.ndarray:
    held = made.counts if measure == "customers" else made.sums(measure)
    found = dict(zip(made.shown, held.tolist(), strict=False))
    return np.array([found.get(name, 0) for name in names])


def elsewhere(one: Segmentation, other: Segmentation) -> np.ndarray:
    """Whether each customer stands in a segment of another name: bool, in the order of the customers."""
    _same_customers(one, other)
    number = {name: at for at, name in enumerate(dict.fromkeys([*one.names, *other.names, UNKNOWN]))}
    mine, theirs = (np.array([number[name] for name in (*made.names, UNKNOWN)])[made.codes] for made in (one, other))
    return mine != theirs


def in_words(one: Segmentation, other: Segmentation, currency: str = "") -> str:
    """How many customers stand elsewhere, with what money, in one sentence of plain text; or that the two have no segment in common."""
    if not set(one.shown) & set(other.shown):
        return "The two have no segment in common: they divide the same customers in different ways."
    moved = elsewhere(one, other)
    count, customers = int(moved.sum()), one.customers
    if not count:
        return "Every customer stands in the same segment in both."
    of_all = f"{formats.count(count)} of {formats.plural(len(customers), 'customer')}"
    verb = "stands" if count == 1 else "stand"
    if customers.money not in customers.frame:
        return f"{of_all} {verb} in another segment."
    brought = float(np.nansum(customers.values(customers.money)[moved]))
    return f"{of_all} {verb} in another segment; together they bring {formats.compact(brought, currency)} of {customers.money}."


def held(made: Segmentation) -> dict[str, list[float]]:
    """Segment → its customers and money (0 where the file has none), rounded to the cent: to be compared with later."""
    money = made.customers.money
    sums = made.sums(money) if money in made.customers.frame else np.zeros(len(made.counts))
    return {name: [int(made.counts[at]), round(float(sums[at]), 2)] for at, name in enumerate(made.shown)}


def since(before: Mapping[str, Sequence[float]], made: Segmentation, currency: str = "") -> str:
    """What changed since segments held that, in one sentence of plain text; "" where nothing did.

    before   as `held` gave it, then
    """
    now, money = held(made), made.customers.money
    shared = [name for name in dict.fromkeys([*before, *now]) if name == UNKNOWN or (name in before and name in now)]
    changed = ((name, before.get(name, NOBODY), now.get(name, NOBODY)) for name in shared)
    said = [_changed(*one, money, currency) for one in changed if tuple(one[1]) != tuple(one[2])]
    only = [_alone(of, when, shared, money, currency) for of, when in ((before, "then"), (now, "now"))]
    return "; ".join(filter(None, [*said, *only]))


def _changed(name: str, was: Sequence[float], held: Sequence[float], money: str, currency: str) -> str:
    """What a segment holds, and what it held."""
    (people, amount), (more, brought) = was, held
    sums = f", {formats.compact(brought, currency)} {money} (was {formats.compact(amount, currency)})"
    return f"{name} {formats.count(int(more))} (was {formats.count(int(people))}){sums if brought != amount else ''}"


def _alone(of: Mapping[str, Sequence[float]], when: str, shared: Sequence[str], money: str, currency: str) -> str:
    """The segments there are at one of the times alone, in quotes, since the names of groups hold commas."""
    each = [
        f"“{name}” {formats.count(int(people))}{f' ({formats.compact(amount, currency)} {money})' if amount else ''}"
        for name, (people, amount) in of.items()
        if name not in shared and people
    ]
    return f"only {when} {formats.listed(each)}" if each else ""
