"""Rules: ordered if-then rows over any columns."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Rows
from segmentation.segments.method import method
from segmentation.segments.rules import OTHER, by_rules
from segmentation.segments.segmentation import Segmentation


@method(
    "Rules",
    family="What to do",
    question="Who is who, by rules of our own?",
    misleads="It misleads where rows overlap or never win: look at what each row covers.",
    source="Rules of the firm itself.",
    segments={
        OTHER: ("Matched by no row.", "Add a row, or treat as the average customer."),
        "*": ("Those whom the row describes.", "What the row was written for."),
    },
)
def rules(
    customers: Customers,
    rules: Annotated[tuple, Rows("Rows, the first that matches wins")] = (
        {"when": "revenue >= 1000 and orders >= 3", "segment": "Large and often"},
        {"when": "revenue >= 1000", "segment": "Large, seldom"},
        {"when": "orders >= 3", "segment": "Small, often"},
    ),
) -> Segmentation:
    """Rows of a condition over any columns and a segment; the first row that matches decides.

    Conditions compare columns (= != < <= > >=, in, between, is missing) and are joined by and. Whom no row matches is
    Other, or Unknown where a value that was asked for is missing.
    """
    return by_rules(customers, rules)
