"""The whale curve: cumulative profit, most profitable customer first."""

from __future__ import annotations

import json
from typing import Any

from segmentation import formats
from segmentation.analysis import pareto as concentration
from segmentation.board import card
from segmentation.customers.customers import Customers

TITLE = "Whale curve"


def whale(customers: Customers, currency: str) -> dict[str, Any]:
    """The whale curve of profit, and what it says in words."""
    if customers.money not in ("profit", "revenue"):
        wanted = "Choose a revenue or profit column on the Data page: then it shows who earns and who costs money."
        return card("whale", TITLE, "cumulative profit", None, said=[wanted])
    found = concentration.whale(customers)
    data = {"still": customers.remember(("whale", currency), lambda: _still(found, len(customers), currency))}
    hint, alt = f"cumulative {customers.money}, best customers first", f"Cumulative {customers.money} by customer"
    return card("whale", TITLE, hint, data, alt, [concentration.whale_said(customers, found, currency)])


def _still(found: concentration.Whale, customers: int, currency: str) -> str:
    """All of it, as JSON: no threshold moves it."""
    share = found.peak_share
    column, peak, label = (
        ("cumulative", found.peak, formats.compact(found.peak, currency))
        if share is None
        else ("share_of_total", share, formats.share(share))
    )
    return json.dumps(
        {
            "points": found.curve[["share_of_customers", column]].round(5).to_numpy().tolist(),
            "peak": {"x": found.at / max(customers, 1), "y": peak, "label": f"peak {label}"},
            "share": share is not None,
            "currency": currency,
            "title": "Customers, best first",
        }
    )
