"""Value tiers by a composite score: more than order size makes a customer valuable."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.segments.bands import Coded
from segmentation.segments.breaks import ALIKE, Suggested, natural_breaks
from segmentation.segments.controls import Slider, Weight
from segmentation.segments.method import method
from segmentation.segments.scores import UNSCORED, Scored, above, score
from segmentation.segments.segmentation import Segmentation

NAMES = ("High value", "Medium value", "Low value")


def by_score(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Natural breaks of the score, as shares of customers above them."""
    assert isinstance(found.placing, Coded)
    scored = np.sort(found.placing.marks[found.codes < len(found.names)]).astype(float)
    breaks = natural_breaks(scored, 3) if len(scored) else ()
    above = [round(1 - float(np.searchsorted(scored, cut)) / len(scored), 2) for cut in breaks]
    said = f"it parts them at {{}} of 1,000 points, {ALIKE}"
    names = ("medium", "high")
    return {n: (part, said.format(formats.number(cut))) for n, part, cut in zip(names, above, breaks, strict=False)}


@method(
    "Value tiers by score",
    family="Value",
    question="Who is valuable, all things considered?",
    needs=[("average_order", "revenue", "profit", "response", "tenure_days", "referrals")],
    misleads="It misleads where its parts say the same thing: order amount, revenue and profit together weigh one "
    "thing three times.",
    source="Weighted scoring of customers, as in scorecards of key account management.",
    segments={
        "High value": ("The highest scores.", "Most of the effort: they earn most of the money."),
        "Medium value": ("The scores below these.", "Offers that raise what they lack most: size, response, loyalty."),
        "Low value": ("The lowest scores.", "Standard service at low cost."),
    },
    starts=by_score,
    asks=["High value"],
)
def value_score(
    customers: Customers,
    average_order: Annotated[float, Weight("Order amount counts", 0, 10, 1, unit="", part="average_order")] = 1,
    revenue: Annotated[float, Weight("Revenue counts", 0, 10, 1, unit="", part="revenue")] = 1,
    profit: Annotated[float, Weight("Profit counts", 0, 10, 1, unit="", part="profit")] = 1,
    response: Annotated[float, Weight("Response to campaigns counts", 0, 10, 1, unit="", part="response")] = 1,
    loyalty: Annotated[float, Weight("Loyalty (time as a customer) counts", 0, 10, 1, unit="", part="tenure_days")] = 1,
    referrals: Annotated[float, Weight("Referrals count", 0, 10, 1, unit="", part="referrals")] = 1,
    high: Annotated[float, Slider("High value is the top share of customers", 0.01, 0.95, below="medium")] = 0.20,
    medium: Annotated[float, Slider("High and medium together are this share", 0.01, 0.99)] = 0.50,
) -> Segmentation:
    """A weighted score from 0 to 1000, cut by shares of customers: the top 20 %, the next 30 %, the rest.

    Each part counts by the share of customers who have less of it, so no unit outweighs another. Parts the file does
    not have, and values a customer lacks, are left out and the others weigh more; with every weight at 0 all count
    alike. A score is rounded to whole points; customers of equal score stay together, in the lower tier.
    """
    weights = (average_order, revenue, profit, response, loyalty, referrals)
    parts = {column: int(weight) for column, weight in zip(_columns(customers), weights, strict=True) if column}
    if not any(parts.values()):
        parts = dict.fromkeys(parts, 1)
    key = ("value score", *parts.items())
    marks = customers.remember(key, lambda: score(customers, parts))
    counts = customers.remember((key, "counts"), lambda: np.bincount(marks, minlength=UNSCORED + 1))
    tiers = np.full(UNSCORED + 1, 2, np.int8)
    for tier, top in ((1, medium), (0, high)):
        tiers[above(counts[:UNSCORED], 1 - top) :] = tier
    tiers[UNSCORED] = len(NAMES)
    placing = Scored(customers, marks, tiers, len(NAMES) + 1, key, parts)
    return Segmentation(customers, NAMES, placing, detail=lambda: _detail(customers, marks))


def _detail(customers: Customers, marks: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"score": np.where(marks == UNSCORED, np.nan, marks)}, customers.frame.index)


def _columns(customers: Customers) -> list[str | None]:
    return [find(customers, one.part) for one in value_score.controls.values() if isinstance(one, Weight)]
