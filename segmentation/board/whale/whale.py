"""The whale curve: cumulative profit, most profitable customer first."""

from __future__ import annotations

import json
from typing import Any

from segmentation.analysis import pareto as concentration
from segmentation.board import card
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT
from segmentation.charts.whale import whale as whale_chart
from segmentation.charts.whale import whale_data
from segmentation.customers.customers import Customers

TITLE = "Whale curve"
HIGH = 190  # pixels


def whale(customers: Customers, currency: str) -> dict[str, Any]:
    """The whale curve of profit, and what it says in words."""
    if customers.money not in ("profit", "revenue"):
        wanted = "Choose a revenue or profit column on the Data page: then it shows who earns and who costs money."
        return card("whale", TITLE, "cumulative profit", None, said=[wanted])
    found = concentration.whale(customers)
    data = {
        "still": customers.remember(("whale", currency), lambda: _still(customers, found, currency)),
        "script": SCRIPT,
    }
    hint, alt = f"cumulative {customers.money}, best customers first", f"Cumulative {customers.money} by customer"
    return card("whale", TITLE, hint, data, alt, [concentration.whale_said(customers, found, currency)])


def _still(customers: Customers, found: concentration.Whale, currency: str) -> str:
    """All of it, as JSON: no threshold moves it."""
    data, share = whale_data(found, currency).round(5), found.peak_share is not None
    chart = whale_chart(data, percent=share, title=f"Cumulative {customers.money}", height=HIGH)
    return json.dumps({"spec": compiled(chart), "share": share, "currency": currency})
