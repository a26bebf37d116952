"""Every segment's numbers, one row a segment: "listed" tells the one whose customers are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.analysis.summary import MONEY
from segmentation.board import card
from segmentation.columns.metrics import label


def numbers(
    summary: Mapping[str, Any], what: str, currency: str, each: Sequence[str] = ("revenue", "profit", "potential")
) -> dict[str, Any]:
    """The table of all segments.

    what   "Segment" or "Sector"; each: the money that is also told per customer
    """
    columns: list[dict[str, Any]] = [{"title": "Customers", "measure": "customers", "share": True}]
    for name in (one for one in MONEY if one in summary):
        word = label(name).split(",")[0]
        columns.append({"title": word, "measure": name, "share": name != "cost_to_serve"})
        if name in each:
            columns.append({"title": f"{word} each", "measure": name, "per_customer": True})
    return card("numbers", "", "", {"first": what, "columns": columns, "currency": currency}, f"{what}s in numbers")
