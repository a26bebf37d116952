"""ABC: customers by the share of the total they bring."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.cuts import cumulative_share
from segmentation.segments.method import Column, Slider, method
from segmentation.segments.segmentation import Segmentation


@method(
    "ABC",
    family="Value",
    question="Who brings the money?",
    misleads="It misleads where one large order makes an A of somebody who never comes back: look at XYZ too.",
    source="H. Ford Dickie’s ABC analysis of 1951, on Pareto’s observation that a few bring most.",
    segments={
        "A": ("The few who bring most of the value.", "A manager of their own, first call, terms that keep them."),
        "B": ("The next rank, large enough to grow into an A.", "Regular attention, offers that lift them."),
        "C": ("Many customers, little value.", "Serve at low cost: catalogue, minimum order, prepayment."),
    },
)
def abc_classes(
    customers: Customers,
    value: Annotated[
        str, Column("Rank customers by", help="The goal decides: units, cash received, profit…")
    ] = "revenue",
    a: Annotated[
        float,
        Slider(
            "A ends at this share of the total", 0.05, 0.99, with_="b", both="A and B end at these shares of the total"
        ),
    ] = 0.80,
    b: Annotated[float, Slider("B ends at this share of the total", 0.05, 0.99)] = 0.95,
) -> Segmentation:
    """A = the largest customers who together bring 80 % of the value, B = the next 15 %, C = the last 5 %.

    The customer who crosses a cut belongs to the better class, so there is always an A. Customers at or below
    zero are C.
    """
    return cumulative_share(customers, value, (a, b), ("A", "B", "C"), thresholds=("a", "b"))
