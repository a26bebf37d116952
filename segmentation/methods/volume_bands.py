"""Wholesale, small wholesale and retail: bands of purchase volume."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.segments.controls import Column, Edges
from segmentation.segments.cuts import bands, spanned
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Wholesale", "Small wholesale", "Retail")


@method(
    "Wholesale or retail",
    family="Value",
    question="Who are trade buyers, and who are private ones?",
    misleads="It misleads where a retailer's big year passes for wholesale: volume says how much, not what for.",
    source="The trade's own price lists, which begin wholesale at a volume.",
    segments={
        "Wholesale": ("Buys in bulk.", "Contract, volume prices, delivery by plan."),
        "Small wholesale": ("Buys more than for one's own use.", "Steps in the price list that reward the next size."),
        "Retail": ("Buys single pieces.", "Shop, catalogue and list price."),
        "*": ("A band of volume.", "Terms that fit the volume."),
    },
    asks=[("Wholesale", "Small wholesale"), "Retail"],
    spans=spanned(NAMES, "money"),
)
def volume_bands(
    customers: Customers,
    value: Annotated[str, Column("Volume", help="Units, revenue, litres…")] = "revenue",
    edges: Annotated[tuple, Edges("A band begins at", "money", low=-1e12)] = (1000.0, 10000.0),
) -> Segmentation:
    """Bands of purchase volume by edges of your own: retail, small wholesale, wholesale; more edges, more bands."""
    return bands(customers, value, edges, NAMES, unit="money")
