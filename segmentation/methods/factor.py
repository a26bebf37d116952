"""A behavioural factor: the ratio of two columns that drives what customers do."""

from typing import Annotated

import numpy as np

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Column, Edges
from segmentation.segments.cuts import bands, spanned
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("High", "Middle", "Low")


@method(
    "Behavioural factor",
    family="Who they are",
    question="Which factor drives their behaviour?",
    misleads="It misleads where the ratio follows from how the columns are made (profit over revenue of one order) "
    "rather than from the customer's business.",
    source="Segments by one driving factor: fuel is 40 % of a haulier's cost and 0.1 % of a bank's.",
    segments={
        "High": ("The factor weighs heavily.", "They watch it daily: price, terms and reliability of it decide."),
        "Middle": ("The factor counts among others.", "Show what it costs them and what we save."),
        "Low": ("The factor hardly counts.", "Convenience decides; price does not."),
        "*": ("A band of the ratio.", "What fits the weight the factor has for them."),
    },
    asks=["High"],
    spans=spanned(NAMES),
)
def factor(
    customers: Customers,
    numerator: Annotated[str, Column("Ratio of")] = "profit",
    denominator: Annotated[str, Column("to")] = "revenue",
    edges: Annotated[tuple, Edges("A band begins at", low=-1e12)] = (0.1, 0.3),
) -> Segmentation:
    """Bands of the ratio of any two columns, highest first. Where the second is 0 or missing the ratio is unknown."""
    ratio = customers.derive(f"{numerator} ÷ {denominator}", lambda: _ratio(customers, numerator, denominator))
    return bands(customers, ratio, edges, NAMES)


def _ratio(customers: Customers, numerator: str, denominator: str) -> np.ndarray:
    above, below = customers.values(numerator), customers.values(denominator)
    return np.divide(above, below, out=np.full(len(customers), np.nan), where=below != 0)
