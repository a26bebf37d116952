"""Trend: this window's profit, brought to a year and carried on at the customer's own growth."""

from __future__ import annotations

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.customers.outlook import BOUND, DAMPING, Potential
from segmentation.potential.model import model
from segmentation.segments.controls import Slider


@model("Trend", needs=[("profit", "revenue")])
def trend(
    customers: Customers,
    damping: Annotated[float, Slider("How much of the growth is believed", 0.0, 1.0, 0.05)] = DAMPING,
    bound: Annotated[float, Slider("Growth is kept within ±", 0.0, 10.0, 0.1)] = BOUND,
) -> Potential:
    """The window's profit a year on, at part of the customer's own growth between the halves of the window.

    Growth is kept within a bound before it is damped, so one good month does not promise tenfold; growth that is
    unknown (a new customer, no dates) counts as none. Without dates the file's amounts stand.
    """
    return customers.trend(damping, bound)
