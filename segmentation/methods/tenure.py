"""New, established and long-term customers."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Edges
from segmentation.segments.cuts import bands, spanned
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Long-term", "Established", "New")


@method(
    "New, established, long-term",
    family="Recency and rhythm",
    question="Who has been with us for how long?",
    needs=["tenure_days"],
    misleads="It misleads where the file begins later than the relationship, and it says nothing of who still buys.",
    source="Length of the relationship, from the first purchase to the as-of date.",
    segments={
        "Long-term": ("With us for the longest.", "Reasons to stay: recognition, stability, a say."),
        "Established": ("Past the beginning.", "Widen the relationship: further products and services."),
        "New": (
            "At the beginning: first purchase not long ago.",
            "Support in small steps; make the second purchase easy.",
        ),
        "*": ("A band of time as a customer.", "Support for the young, reasons to stay for the old."),
    },
    asks=["Long-term", "Established", "New"],
    spans=spanned(NAMES),
)
def tenure(
    customers: Customers,
    edges: Annotated[tuple, Edges("A band begins after", "days")] = (91.0, 365.0),
) -> Segmentation:
    """New: first purchase less than 91 days ago; established: less than a year; long-term: a year and more."""
    return bands(customers, "tenure_days", edges, NAMES)
