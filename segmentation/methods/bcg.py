"""BCG matrix on customers: size of revenue crossed with its growth."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import DIGITS, Customers
from segmentation.methods.abc_classes import at_bends
from segmentation.methods.vip import top_and_bottom
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Choice, Edges, Slider
from segmentation.segments.cuts import cross, cumulative_share, edges, quantiles
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = {
    ("large", "high"): "Stars",
    ("large", "low"): "Cash cows",
    ("small", "high"): "Dark horses",
    ("small", "low"): "Dogs",
}


def above_the_base(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Growth above that of all customers together; large up to where the Pareto curve bends."""
    offered: Suggested = {}
    if thresholds["growth_by"] == "rate" and customers.has("revenue_before"):
        rate = float(np.clip(round(base_growth(customers) / 0.05) * 0.05, -0.95, 3.0)) + 0.0
        said = f"all customers together grew by {formats.share(rate)}: above it is better than the base"
        offered["growth"] = (round(rate, 2), said)
    if thresholds["size_by"] == "share" and (bent := at_bends(customers, {"value": "revenue"}, found)):
        offered["size"] = bent["a"]
    if thresholds["size_by"] == "top":
        bent = top_and_bottom(customers, {"value": "revenue", "share": thresholds["top"]}, found)
        offered |= {"top": bent["share"]} if bent else {}
    return offered


@method(
    "BCG matrix",
    family="Stability and growth",
    question="Who is growing, and who feeds us?",
    needs=["revenue", "growth"],
    misleads="It misleads when the halves hold different seasons: choose a window of whole years.",
    source="The growth–share matrix of the Boston Consulting Group (Henderson, 1970), drawn on customers.",
    segments={
        "Stars": ("Large and growing fast: the point of growth.", "Most attention: the best people, room to grow."),
        "Cash cows": (
            "Large, growing little or shrinking: the core of income.",
            "Keep: lose the cows, lose the business.",
        ),
        "Dark horses": ("Still small, growing fast.", "Watch closely: may become stars or cows."),
        "Dogs": ("Small, growing little or shrinking.", "Mass methods that cut the cost of service."),
    },
    starts=above_the_base,
    asks=[("Stars", "Dark horses"), "Cash cows"],
)
def bcg(
    customers: Customers,
    size_by: Annotated[
        str, Choice("Large means", {"share": "an A of ABC", "top": "the top customers", "amount": "revenue from"})
    ] = "share",
    size: Annotated[
        float, Slider("Large customers bring this share of revenue", 0.05, 0.99, when=("size_by", "share"))
    ] = 0.80,
    top: Annotated[float, Slider("Large is the top share of customers", 0.01, 0.99, when=("size_by", "top"))] = 0.20,
    amount: Annotated[tuple, Edges("Large from", "money", most=1, when=("size_by", "amount"))] = (1000.0,),
    growth_by: Annotated[
        str, Choice("High growth means", {"rate": "at least a rate", "base": "at least that of all customers"})
    ] = "rate",
    growth: Annotated[float, Slider("Growth is high from", -0.95, 3.0, 0.05, when=("growth_by", "rate"))] = 0.0,
) -> Segmentation:
    """Stars: large, high growth. Cash cows: large, low or negative growth. Dark horses: small, growing. Dogs: neither.

    Growth compares the two halves of the window. A customer with no revenue in the first half and some in the
    second is new: growth is high, not infinite, and the customer is marked `new`.
    """
    rate = growth if growth_by == "rate" else round(base_growth(customers), DIGITS)
    by = {
        "share": lambda: cumulative_share(customers, "revenue", (size,), ("large", "small")),
        "top": lambda: quantiles(customers, "revenue", (1 - top,), ("large", "small")),
        "amount": lambda: edges(customers, "revenue", amount, ("large", "small")),
    }
    placed = customers.derive("growth, new customers highest", lambda: _placed_growth(customers))
    growing = edges(customers, placed, [rate], ("high", "low"))
    detail = lambda: pd.DataFrame({"new": _new(customers)}, customers.frame.index)  # noqa: E731
    return cross(by[size_by](), growing, NAMES, detail=detail)


def base_growth(customers: Customers) -> float:
    """Growth of all customers' revenue together; 0 where there was none before. Problem where no halves are known."""
    before = customers.total("revenue_before")
    return customers.total("revenue_recent") / before - 1 if before > 0 else 0.0


def _halves(customers: Customers) -> tuple[np.ndarray, np.ndarray]:
    """Revenue of the earlier and the recent half; unknown where the file has growth alone."""
    unknown = np.full(len(customers), np.nan)
    before, recent = (
        customers.values(name) if name in customers.frame else unknown for name in ("revenue_before", "revenue_recent")
    )
    return before, recent


def _new(customers: Customers) -> np.ndarray:
    before, recent = _halves(customers)
    return (before <= 0) & (recent > 0)


def _placed_growth(customers: Customers) -> np.ndarray:
    """Growth with new customers above and those without any revenue below every rate; NaN where nothing is known."""
    growth = customers.compared("growth")
    none = np.isnan(growth) & ~np.isnan(sum(_halves(customers)))
    return np.select([_new(customers), none], [np.inf, -np.inf], growth)
