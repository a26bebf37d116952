"""An amount of the whole order that stands on each of its lines counts once: proven by quantity × price, else asked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from segmentation import formats
from segmentation.columns.amounts import floats, revenue_of, with_revenue
from segmentation.columns.kinds import as_text
from segmentation.columns.words import key
from segmentation.exports import recognised
from segmentation.rollup.encode import encode
from segmentation.table import Table

HEAD = 20_000  # rows that are looked at
FEWEST = 3  # orders of several lines, so that equal amounts are no chance
_TOTAL = (
    "total",
    "gesamt",
    "summe",
    "order",
    "bestell",
    "rechnung",
    "commande",
    "pedido",
    "итого",
    "всего",
    "заказ",
    "总",
    "合计",
    "订单",
)


def looks(table: Table, roles: Mapping[str, str]) -> str:
    """ "order" where each amount is proven to be that of its whole order, "asked" where it may be, else "line"."""
    if not {"order", "revenue"} <= roles.keys() or not {"product", "units", "price"} & roles.keys():
        return "line"
    export = recognised(table.data.column_names)
    per_order = export is not None and export.is_per_order(roles["revenue"])
    head = Table(table.name, table.data.slice(0, HEAD), table.report, table.set_aside)
    order, ids = encode(as_text(head.data[roles["order"]]))
    amount = floats(head, roles["revenue"])
    known = (order >= 0) & ~np.isnan(amount)
    low, high = np.full(len(ids), np.inf), np.full(len(ids), -np.inf)
    np.minimum.at(low, order[known], amount[known])
    np.maximum.at(high, order[known], amount[known])
    several = (np.bincount(order[known], minlength=len(ids)) > 1) & (high != 0)
    if per_order and (low[several] == high[several]).all():
        return "order"
    if not several.any() or (low[several] != high[several]).any():
        return "line"
    if _adds_up(head, roles, order, high, several):
        return "order"
    enough = several.sum() >= FEWEST and len(np.unique(high[several])) >= FEWEST
    return "asked" if enough or _says_total(roles["revenue"]) else "line"


def _says_total(heading: str) -> bool:
    """Whether a heading speaks of a total, or of the order's amount."""
    return any(word in key(heading) for word in _TOTAL)


def _adds_up(
    table: Table, roles: Mapping[str, str], order: np.ndarray, amount: np.ndarray, several: np.ndarray
) -> bool:
    """Whether quantity × price of the lines of an order gives its amount."""
    if not {"units", "price"} <= roles.keys():
        return False
    lines = np.nan_to_num(floats(table, roles["units"]) * floats(table, roles["price"]))
    if (np.bincount(order[order >= 0], lines[order >= 0] != 0, minlength=len(amount))[several] < 2).any():
        return False  # an order of one line with a price proves nothing
    sums = np.bincount(order[order >= 0], lines[order >= 0], minlength=len(amount))
    return bool(np.all(np.abs(sums[several] - amount[several]) < 0.015))


def once(table: Table, roles: Mapping[str, str], how: str) -> tuple[Table, dict[str, str], str]:
    """The table with an amount of the whole order on its first line alone, its roles, and a sentence.

    how   "told" by the values, or as somebody decided: "line", "order"
    """
    if how == "line" or not {"order", "revenue"} <= roles.keys() or (how == "told" and looks(table, roles) != "order"):
        return table, dict(roles), ""
    revenue, again = revenue_of(table, roles), repeated(table, roles)
    assert revenue is not None
    if not again.any():
        return table, dict(roles), ""
    less = np.where(again, 0.0, revenue)
    before, now = formats.whole(float(np.nansum(revenue))), formats.whole(float(np.nansum(less)))
    said = f"“{roles['revenue']}” stands on every line of its order and counts once: {now} instead of {before}."
    return *with_revenue(table, roles, less), said


def repeated(table: Table, roles: Mapping[str, str]) -> np.ndarray:
    """Which lines are not the first with an amount of their order (bool)."""
    order, _ = encode(as_text(table.data[roles["order"]]))
    counts = (order >= 0) & ~np.isnan(floats(table, roles["revenue"]))
    first = np.zeros(len(order), bool)
    first[np.flatnonzero(counts)[np.unique(order[counts], return_index=True)[1]]] = True
    return counts & ~first
