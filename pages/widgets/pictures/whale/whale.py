"""The whale curve: cumulative profit, most profitable customer first."""

from __future__ import annotations

import json
from typing import Any

from pages.widgets.pictures import card
from segmentation import Customers, formats
from segmentation.analysis import pareto as concentration

TITLE = "Whale curve"


def whale(customers: Customers, currency: str) -> dict[str, Any]:
    """The whale curve of profit, and what it says in words."""
    if customers.money not in ("profit", "revenue"):
        wanted = "Choose a revenue or profit column on the Data page: then it shows who earns and who costs money."
        return card("whale", TITLE, "cumulative profit", None, said=[wanted])
    found = concentration.whale(customers)
    data = {"still": customers.remember(("whale", currency), lambda: _still(found, len(customers), currency))}
    hint, alt = f"cumulative {customers.money}, best customers first", f"Cumulative {customers.money} by customer"
    return card("whale", TITLE, hint, data, alt, [sentence(customers, found, currency)])


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


def sentence(customers: Customers, found: concentration.Whale, currency: str) -> str:
    """Where the curve peaks and what is lost beyond it."""
    if customers.money != "profit":
        return "There is no profit in this file: with a cost column, or an assumed margin, loss-makers would show here."
    if found.erosion <= 0:
        total = formats.compact(found.total, currency)
        return f"{concentration.nobody_loses(customers)}: the curve never falls, {total} in all."
    share, losing = found.peak_share, concentration.losing(customers)
    taken = formats.compact(found.erosion, currency)
    if not found.at:
        return f"Nobody earns anything: {formats.plural(losing, 'customer')} cost {taken} in all."
    peak = f"{formats.share(share)} of profit" if share is not None else formats.compact(found.peak, currency)
    best = "The best customer earns" if found.at == 1 else f"The best {formats.count(found.at)} customers earn"
    others = "one customer takes" if losing == 1 else f"{formats.count(losing)} others take"
    return f"{best} {peak}; {others} {taken} of it away again."
