"""How a column that a method lacks can be supplied: in words, and as the setting that does it."""

from __future__ import annotations

from typing import NamedTuple

from segmentation import formats


class Supply(NamedTuple):
    """What to do; kind and name say which setting does it.

    kind   "role": a column for the role of this name; "setting": a setting of the study; "column": one more column
    """

    words: str
    kind: str
    name: str


_DATES = Supply("choose the column with the dates of the purchases", "role", "date")
_LONGER = Supply("choose the column with the dates of the purchases, of three quarters at least", "role", "date")
_KNOWN = {
    "revenue": Supply("choose the column with the amounts", "role", "revenue"),
    "profit": Supply("choose the column with the profit or the cost, or assume a margin", "setting", "margin"),
    "units": Supply("choose the column that says how many were bought", "role", "units"),
    "orders": Supply("choose the column with the number of orders", "role", "orders"),
    "recency_days": _DATES,
    "tenure_days": _DATES,
    "cycle_days": _DATES,
    "growth": _DATES,
    "spend_last_quarter": _DATES,
    "visits_last_quarter": _DATES,
    "revenue_cv": _LONGER,
    "revenue_cv_month": _LONGER,
    "discount_share": Supply("choose the column with the discounts", "role", "discount"),
    "express_share": Supply("add a column that says how each order was delivered", "column", "delivery"),
    "price_index": Supply("choose the columns with the product and the units or the price", "role", "product"),
    "age": Supply("add a column of ages or dates of birth, or choose the one that holds them", "column", "age"),
    "stage": Supply(
        "add a column with each customer's stage, or dates of signing up, trying and paying", "column", "stage"
    ),
    "opened": Supply("add columns that say who opened, clicked and bought", "column", "opened"),
}


def supply(lacking: str) -> Supply:
    """What to do about a column, or about alternatives joined by “ or ” of which the first counts."""
    first = lacking.split(" or ")[0]
    return _KNOWN.get(first) or Supply(f"choose another column, or a file with “{first}”", "column", first)


def how(*lacking: str) -> str:
    """The same as words: of each all alternatives; columns of which nothing is known are named together."""
    alternatives = [one.split(" or ") for one in lacking]
    known = [[_KNOWN[name].words for name in names if name in _KNOWN] for names in alternatives]
    ways = list(dict.fromkeys("; or ".join(dict.fromkeys(words)) for words in known if words))
    others = [f"“{names[0]}”" for names, words in zip(alternatives, known, strict=True) if not words]
    if others:
        ways.append(f"choose another column, or a file with {formats.listed(others)}")
    return "; and ".join(ways)
