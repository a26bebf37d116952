"""One-time and repeat customers."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.cuts import edges
from segmentation.segments.method import Slider, method
from segmentation.segments.segmentation import Segmentation


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
        "One-time": ("Bought once.", "A second order is the hardest: a welcome and a reason to come back soon."),
        "No order": ("In the file without a purchase (returns alone, or a contact).", "Find out why they are listed."),
    },
)
def repeat(
    customers: Customers,
    orders: Annotated[float, Slider("Repeat from this many orders", 2, 20, 1, unit="orders")] = 2,
) -> Segmentation:
    """One-time: a single order. Repeat: two and more. The number that makes a customer a repeat one is yours."""
    return edges(customers, "orders", (1, orders), ("Repeat", "One-time", "No order"))
