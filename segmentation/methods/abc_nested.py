"""Nested Pareto ABC: the 80/20 rule applied twice."""

from collections.abc import Mapping
from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.methods.abc_classes import at_bends
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Column, Slider
from segmentation.segments.cuts import cumulative_share
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation


def at_bend(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """A ends where the Pareto curve bends."""
    return {"share": bent["a"]} if (bent := at_bends(customers, thresholds, found)) else {}


@method(
    "Nested Pareto ABC",
    family="Value",
    question="Who brings most of the money, and most of the rest?",
    misleads="It misleads when read as a law of nature: look at the actual shares, which say how much the business "
    "depends on a few.",
    source="Pareto’s 80/20 rule applied twice.",
    segments={
        "A": (
            "The largest, who together bring most of the value.",
            "A manager of their own, first call, terms that keep them.",
        ),
        "B": ("The next rank, large enough to grow into an A.", "Regular attention, offers that lift them."),
        "C": ("The smallest, who together bring little.", "Serve at low cost: catalogue and price list, no visits."),
    },
    reference=(0.20, 0.16, 0.64),
    starts=at_bend,
    asks=["A", "B"],
)
def abc_nested(
    customers: Customers,
    value: Annotated[str, Column("Rank customers by")] = "revenue",
    share: Annotated[float, Slider("A brings this share; B the same share of what remains", 0.50, 0.95)] = 0.80,
) -> Segmentation:
    """A brings 80 % of the value; B brings 80 % of the remaining 20 %, that is 16 %; C the last 4 %.

    The rule is applied twice in earnest: what B shares in is what A really leaves, with the customer who crosses
    80 % an A. The shares of customers usually quoted are 20 / 16 / 64.
    """
    cuts = nested(share, customers.ranked(value).reached(share))
    return cumulative_share(customers, value, cuts, ("A", "B", "C"), thresholds=("share", None))


def nested(share: float, reached: float | None = None) -> tuple[float, float]:
    """Where A and B end: 0.8 gives 0.8 and 0.96, or a little more where A reached more than its share."""
    start = share if reached is None else max(share, reached)
    return share, round(start + share * (1 - start), 12)
