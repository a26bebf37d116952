"""What a customer could bring in the next twelve months: the file's own column, else the trend."""

from __future__ import annotations

from segmentation.customers import Customers
from segmentation.potential.trend import trend


def with_potential(customers: Customers) -> Customers:
    """The customers with a `potential` column, and a note that says where it comes from."""
    if "potential" in customers.frame:
        return customers.with_column("potential", customers.values("potential"), "Potential is the file's own column.")
    values, note = trend(customers)
    return customers.with_column("potential", values, note)
