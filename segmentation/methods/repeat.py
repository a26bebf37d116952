"""One-time and repeat customers."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Slider
from segmentation.segments.cuts import edges
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation


def once_more(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """The first number of orders from which most order once more."""
    reached = [customers.ranked("orders").at_least(orders) for orders in range(2, 22)]
    for orders, (here, further) in enumerate(pairwise(reached), 2):
        if here and further > here / 2:
            said = f"{formats.share(further / here)} of those with so many orders ordered once more"
            return {"orders": (orders, said)}
    return {}


@method(
    "One-time or repeat",
    family="Recency and rhythm",
    question="Who came back?",
    needs=["orders"],
    misleads="It misleads about the youngest customers, who have had no time to come back yet: look at new-customer "
    "churn.",
    source="Counting orders, the plainest measure of retention.",
    segments={
        "Repeat": ("Bought again.", "Reasons to stay: thanks, refills, the next product."),
        "One-time": (
            "Bought once, or not often enough to count as a repeat customer.",
            "A second order is the hardest: a welcome and a reason to come back soon.",
        ),
        "No order": ("In the file without a purchase (returns alone, or a contact).", "Find out why they are listed."),
    },
    starts=once_more,
    asks=["Repeat"],
)
def repeat(
    customers: Customers,
    orders: Annotated[float, Slider("Repeat from this many orders", 2, 20, 1, unit="orders")] = 2,
) -> Segmentation:
    """One-time: a single order. Repeat: two and more. The number that makes a customer a repeat one is yours."""
    return edges(customers, "orders", (1, orders), ("Repeat", "One-time", "No order"))
