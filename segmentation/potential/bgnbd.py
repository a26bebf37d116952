"""Expected purchases by BG/NBD: nobody is lost before a repeat purchase."""

from __future__ import annotations

from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.potential.lifetimes.expected import NEEDS, Discount, Horizon, Period, lifetime
from segmentation.potential.model import model


@model("Expected purchases (BG/NBD)", needs=NEEDS)
def bgnbd(customers: Customers, period: Period = "W", horizon: Horizon = 12, discount: Discount = 0.01) -> Potential:
    """Expected purchases (BG/NBD) × expected money of one (gamma-gamma) × the customer's margin, discounted.

    The classic model: a customer may be gone after every repeat purchase, and one who bought once is alive for
    certain. Choose MBG/NBD where many buy once.
    """
    return lifetime(customers, False, period, horizon, discount)
