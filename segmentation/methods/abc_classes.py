"""ABC: customers by the share of the total they bring."""

from collections.abc import Mapping
from typing import Annotated, Any

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested, bends
from segmentation.segments.controls import Column, Slider
from segmentation.segments.cuts import cumulative_share
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation


def at_bends(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """A ends where the Pareto curve bends, B where the rest of it does."""
    turns = bends(customers.ranked(thresholds["value"]))
    if turns is None:
        return {}
    (few, much), (most, nearly) = turns
    return {
        "a": (
            round(much, 2),
            f"{formats.share(few)} of customers bring it, and there the curve bends: every further one adds little",
        ),
        "b": (
            round(nearly, 2),
            f"there the rest of the curve bends: the last {formats.share(1 - most)} of customers share what is left",
        ),
    }


@method(
    "ABC",
    family="Value",
    question="Who brings the money?",
    misleads="It misleads where one large order makes an A of somebody who never comes back: look at XYZ too.",
    source="H. Ford Dickie’s ABC analysis of 1951, on Pareto’s observation that a few bring most.",
    segments={
        "A": (
            "The largest, who together bring most of the value.",
            "A manager of their own, first call, terms that keep them.",
        ),
        "B": ("The next rank, large enough to grow into an A.", "Regular attention, offers that lift them."),
        "C": ("The smallest, who together bring little.", "Serve at low cost: catalogue and price list, no visits."),
    },
    starts=at_bends,
    asks=["A"],
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
