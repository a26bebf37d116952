"""How clearly customers stand in a group around a centre, where the method itself knows no degrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments import groups
from segmentation.segments.bands import Coded
from segmentation.segments.memberships import memberships
from segmentation.segments.method import Ground, Method
from segmentation.segments.segmentation import UNKNOWN, Segmentation

CLEAR = 2.0  # times as far as its own is the next centre of who stands clearly in a group
MEANT = "Clearly: the centre of every other segment is at least twice as far away as that of its own. Else the two it stands between."


def between(
    method: Method, thresholds: Mapping[str, Any], made: Segmentation, last: int, names: Sequence[str]
) -> list[str]:
    """Of the last customers of these, of whom all columns are known, how each stands: “clearly”, or “between A and B”;
    nothing where the method has no centres, or one group alone.

    made   what the method makes of all customers at these thresholds; names: what its segments are called
    """
    if method.centred is None or len(made.names) < 2:
        return []
    rows, values = method.centred(made.customers, method.complete(thresholds))
    held, codes = np.unique(made.codes[rows], return_inverse=True)  # those that hold somebody
    called = [(*names, UNKNOWN)[code] for code in held]
    centres = groups.centres_of(values, codes)
    away = np.sqrt(((values[-last:, None] - centres) ** 2).sum(axis=2))
    own = away[np.arange(last), codes[-last:]]
    away[np.arange(last), codes[-last:]] = np.inf
    return [
        "clearly" if next_to.min() >= CLEAR * mine else f"between {called[code]} and {called[next_to.argmin()]}"
        for code, mine, next_to in zip(codes[-last:], own, away, strict=True)
    ]


def joined(method: Method, thresholds: Mapping[str, Any], made: Segmentation, customers: Customers) -> Segmentation:
    """What a method makes of these customers, of whom the last are not among those of `made`, which it made of the others.

    A method that looks for its segments puts newcomers into those there are and leaves all others where they stand: looked
    for anew, segments can come out otherwise for a single customer more, and then none of those on the screen would be told.
    """
    if method.joins is None:
        return method(customers, **thresholds)
    complete = method.complete(thresholds)
    there, now = method.joins(made.customers, complete), method.joins(customers, complete)
    others = np.count_nonzero(now.rows < len(made.codes))
    if not len(there.rows) or others != len(there.rows) or not {*there.columns} <= {*now.columns}:
        return method(customers, **thresholds)
    before, unknown = len(made.codes), len(made.names)
    rows, values = _as_there(there, now, before)
    marks = np.append(made.codes, np.full(len(customers) - before, unknown)).astype(np.uint8)
    marks[rows] = there.place(values)
    table = np.arange(unknown + 1, dtype=np.int8)
    placing = Coded(customers, marks, table, unknown + 1, ("joined", method.name, repr(thresholds)))
    known = there.degrees
    detail = (lambda: _degrees(made, customers, rows, known(values))) if known else None
    return Segmentation(customers, made.names, placing, colours=made.colours, columns=made.columns, detail=detail)


def _as_there(there: Ground, now: Ground, before: int) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the newcomers who are compared, and their points in the units of those `there`, which a newcomer far from
    all others would change: as the points of all others lie now and then, beyond them in a straight line."""
    new = now.rows >= before
    others, values = now.values[~new], now.values[new][:, [now.columns.index(name) for name in there.columns]]
    for at, name in enumerate(there.columns):
        known = np.flatnonzero(~np.isnan(there.values[:, at]))
        pairs = np.column_stack([others[known, now.columns.index(name)], there.values[known, at]])
        lies, lay = pairs[np.lexsort(pairs.T[::-1])].T
        within = np.clip(values[:, at], lies[0], lies[-1])
        beyond = (values[:, at] - within) * lay.std() / (lies.std() or 1.0)
        values[:, at] = np.interp(within, lies, lay) + beyond
    return now.rows[new], values


def _degrees(made: Segmentation, customers: Customers, rows: np.ndarray, belongs: np.ndarray) -> pd.DataFrame:
    """Degrees of the customers there were, and behind them those of the newcomers."""
    there = memberships(made)
    found = np.full((len(customers), belongs.shape[1]), np.nan)
    found[: len(there)], found[rows] = there.to_numpy()[:, : belongs.shape[1]], belongs
    return pd.DataFrame(found, customers.frame.index, there.columns[: belongs.shape[1]])


def as_before(before: Segmentation, after: Segmentation) -> tuple[str, ...]:
    """What the segments of `after` were called before some customers came behind the others: a group is named by what it is
    like, so its name may change with a customer more. The names of now where none goes on from just one of then."""
    if {*after.names} == {*before.names}:
        return after.names
    many, width = len(before.codes), len(before.names) + 1
    pairs = after.codes[:many].astype(np.intp) * width + before.codes
    both = np.bincount(pairs, minlength=(len(after.names) + 1) * width).reshape(-1, width)[:-1, :-1]
    goes_on = both.argmax(axis=1).tolist() if both.size else []
    one_each = len({*goes_on}) == len(after.names) and bool(both.size) and both.max(axis=1).all()
    return tuple(before.names[at] for at in goes_on) if one_each else after.names
