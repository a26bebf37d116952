"""Customers who came behind those that segments were looked for among: they join the segments there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments.bands import Coded
from segmentation.segments.memberships import memberships
from segmentation.segments.method import Ground, Method
from segmentation.segments.segmentation import Segmentation


def made_of(method: Method, customers: Customers, thresholds: Mapping[str, Any]) -> Segmentation:
    """What a method makes of customers; where the last of them are newcomers, they join the segments there are without them."""
    if customers.before is None or method.joins is None:
        return method(customers, **thresholds)
    return joined(method, thresholds, method(customers.before, **thresholds), customers)


def joined(method: Method, thresholds: Mapping[str, Any], made: Segmentation, customers: Customers) -> Segmentation:
    """What a method makes of these customers, of whom the last are not among those of `made`, which it made of the others.

    A method that looks for its segments puts newcomers into those there are and leaves all others where they stand: looked
    for anew, segments can come out otherwise for a single customer more, and then none of those on the screen would be told.
    One that takes other methods, as a cross, does so of those of them that look for theirs: see `meant`.
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
