"""Trend: this window's profit, brought to a year and carried on at the customer's own growth."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.potential.model import Potential, model
from segmentation.segments.controls import Slider

DAYS = 365.25


@model("Trend", needs=[("profit", "revenue")])
def trend(
    customers: Customers,
    damping: Annotated[float, Slider("How much of the growth is believed", 0.0, 1.0, 0.05)] = 0.5,
    bound: Annotated[float, Slider("Growth is kept within ±", 0.0, 10.0, 0.1)] = 1.0,
) -> Potential:
    """The window's profit a year on, at part of the customer's own growth between the halves of the window.

    Growth is kept within a bound before it is damped, so one good month does not promise tenfold; growth that is
    unknown (a new customer, no dates) counts as none. Without dates the file's amounts stand.
    """
    money = np.nan_to_num(customers.values(customers.money))
    growth = np.nan_to_num(customers.values("growth")) if "growth" in customers.frame else np.zeros(len(money))
    values = yearly(customers, money) * (1 + damping * np.clip(growth, -bound, bound))
    known = {name: customers.values(name) for name in (customers.money, "growth") if name in customers.frame}
    return Potential(np.round(values, 2), _sentence(customers, damping, bound), known)


def yearly(customers: Customers, money: np.ndarray) -> np.ndarray:
    """The window's money brought to a year; as it stands without dates."""
    return money * (DAYS / customers.days) if customers.days else money


def brought(customers: Customers) -> str:
    """In brackets, that the window was brought to a year, where it is not one."""
    days = customers.days
    return f" ({formats.plural(days, 'day')} brought to a year)" if days and abs(days - DAYS) >= 2 else ""


def _sentence(customers: Customers, damping: float, bound: float) -> str:
    money = customers.money
    if not customers.days:
        return f"Potential is each customer's {money} as it stands: the file has no dated sales to take a trend from."
    grown = f"carried on at {damping:.0%} of the customer's own growth, growth kept within ±{bound:.0%}"
    return f"Potential is the next 12 months' {money} by trend: the window's {money}{brought(customers)}, {grown}."
