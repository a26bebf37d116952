"""Expected purchases by MBG/NBD: a one-time buyer may be gone already."""

from __future__ import annotations

from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.potential.lifetimes.expected import NEEDS, Discount, Horizon, Period, lifetime
from segmentation.potential.model import model


@model("Expected purchases (MBG/NBD)", needs=NEEDS)
def mbgnbd(customers: Customers, period: Period = "W", horizon: Horizon = 12, discount: Discount = 0.01) -> Potential:
    """Expected purchases (MBG/NBD) × expected money of one (gamma-gamma) × the customer's margin, discounted.

    From how often, how lately and for how long each customer has bought; purchases are counted by day. `period` is
    the unit the parameters are told in. Everybody may be gone after any purchase, the first one too.
    """
    return lifetime(customers, True, period, horizon, discount)
