"""Trend: this window's profit, brought to a year and carried on at the customer's own growth."""

from __future__ import annotations

import numpy as np

from segmentation import formats
from segmentation.customers import Customers
from segmentation.problems import Problem

DAYS = 365.25


def trend(customers: Customers, damping: float = 0.5, bound: float = 1.0) -> tuple[np.ndarray, str]:
    """Money per customer for the next twelve months (float64, (n,), to the cent), and a sentence that says how.

    damping   what part of the growth between the halves of the window is believed (0–1)
    bound     growth is kept within ± this before damping, so one good month does not promise tenfold
    Growth that is unknown (a new customer, no dates) counts as none; without dates the file's amounts stand.
    Raises Problem for a damping outside 0–1 or a bound below 0.
    """
    if not (0 <= damping <= 1 and bound >= 0):
        raise Problem(f"damping is {damping:g} and bound {bound:g}; damping can be 0 to 1, bound 0 or more.")
    money = np.nan_to_num(customers.values(customers.money))
    yearly = money * (DAYS / customers.days) if customers.days else money
    growth = np.nan_to_num(customers.values("growth")) if "growth" in customers.frame else np.zeros(len(money))
    values = np.round(yearly * (1 + damping * np.clip(growth, -bound, bound)), 2)
    return values, _sentence(customers, damping, bound)


def _sentence(customers: Customers, damping: float, bound: float) -> str:
    if not customers.days:
        return f"Potential is each customer's {customers.money} as it stands: the file has no dated sales to take a trend from."
    grown = f"carried on at {damping:.0%} of the customer's own growth, growth kept within ±{bound:.0%}"
    scaled = "" if abs(customers.days - DAYS) < 2 else f" ({formats.plural(customers.days, 'day')} brought to a year)"
    return (
        f"Potential is the next 12 months' {customers.money} by trend: the window's {customers.money}{scaled}, {grown}."
    )
