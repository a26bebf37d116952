"""Over which time money now and potential are told, so that nobody compares three years with one."""

from __future__ import annotations

import numpy as np

from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import YEAR, over, yearly


def now_title(customers: Customers) -> str:
    """What stands for what a customer brings now, with its time: Profit over 36 months, per customer."""
    return f"{_now(customers)}, per customer"


def potential_title(customers: Customers) -> str:
    """The potential with its time: Potential in the next 12 months, per customer."""
    return f"{_later(customers)}, per customer"


def _now(customers: Customers) -> str:
    return " ".join(filter(None, (label(customers.money), over(customers.days))))


def _later(customers: Customers) -> str:
    return " ".join(filter(None, ("Potential", customers.ahead)))


def a_year(customers: Customers, amount: float) -> float | None:
    """An amount of the window as it would be of a year; None where the window is a year, or not known."""
    days = customers.days
    return float(yearly(np.array(amount), days)) if days and abs(days - YEAR) >= 2 else None


def no_outlook(customers: Customers) -> bool:
    """Whether the potential of everybody is what they bring now."""
    now, later = customers.values(customers.money), customers.values("potential")
    return customers.keep("no outlook", lambda: bool(np.array_equal(now, later, equal_nan=True)))


def scales(customers: Customers) -> str:
    """A sentence that says over which time each is told, or that the one is no more than the other."""
    money = label(customers.money)
    if no_outlook(customers):
        return f"Potential equals {money.lower()} here, customer by customer: nothing says what could come on top."
    if not customers.days:
        return f"The file does not say what period its {money.lower()} covers: compare it with potential with care."
    later = f"what could come {customers.ahead}" if customers.ahead else "as the file states it"
    return f"{money} is the sum {over(customers.days)}; potential is {later}."
