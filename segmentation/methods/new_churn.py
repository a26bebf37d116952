"""New-customer churn: who bought for the first time and never again."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import MONTH
from segmentation.methods.lifecycle import silent
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Slider
from segmentation.segments.cuts import edges, product
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Came back", "Still new", "Never came back")


def overdue(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Lost after two usual cycles."""
    if not (usual := silent(customers)):
        return {}
    said = f"a usual cycle is {formats.number(usual[1])} days: after two of them a second purchase is overdue"
    return {"months": (usual[0], said)}


@method(
    "New-customer churn",
    family="Recency and rhythm",
    question="Which newcomers do we lose at once?",
    needs=["recency_days", "tenure_days"],
    misleads="It misleads where the file begins late: who bought before its first day looks new on it.",
    source="Churn of first-time buyers by month of the first purchase, as in cohort analysis.",
    segments={
        "Came back": ("Bought on a second day.", "No longer new: treat as an established customer."),
        "Still new": (
            "First purchase not long ago, none since.",
            "Help the first use along and invite again in time.",
        ),
        "Never came back": (
            "First purchase some time ago, none since.",
            "Where a month has many of them, look at assortment, price and service of that month.",
        ),
    },
    looks={"Lost by month of the first purchase": lambda _, customers, given: rates(customers, **given)},
    starts=overdue,
    asks=["Never came back"],
)
def new_churn(
    customers: Customers,
    months: Annotated[int, Slider("Lost without a second purchase after", 1, 24, 1, unit="months")] = 2,
) -> Segmentation:
    """Never came back: first purchase more than 2 months ago and none since; one of exactly 2 months ago is still new.
    Purchases on one day count as one.

    Months are calendar months back from the as-of date. `rates` gives the share lost for each month of first purchase.
    """
    span = customers.derive("days from first to last purchase", lambda: _span(customers))
    back = edges(customers, span, (1,), (True, False))
    limit = (customers.days_back(months),)
    old = edges(customers, "tenure_days", limit, (False, True), best="low", closed="right")
    return product([back, old], NAMES, lambda cell: 0 if cell[0] else 2 if cell[1] else 1)


def rates(customers: Customers, months: int = 2) -> pd.DataFrame:
    """One row a month of first purchase: month, customers, lost (never came back), still_new, rate (lost ÷ customers).

    A month too young to have lost anybody has no rate. Without dates months are counted back from the as-of day.
    """
    codes = new_churn(customers, months=months).codes
    known = codes < len(NAMES)
    table = pd.DataFrame({"month": _first_month(customers)[known], "code": codes[known]})
    counts = table.groupby("month")["code"].agg(
        customers="size", lost=lambda code: (code == 2).sum(), still_new=lambda code: (code == 1).sum()
    )
    return counts.assign(rate=(counts["lost"] / counts["customers"]).where(counts["still_new"] == 0)).reset_index()


def _span(customers: Customers) -> np.ndarray:
    return customers.values("tenure_days") - customers.values("recency_days")


def _first_month(customers: Customers) -> np.ndarray:
    """The month of each first purchase as 2026-06; months back where no date is known."""
    days = customers.values("tenure_days")
    if customers.as_of is None:
        return 0.0 - np.floor(days / MONTH)  # taken from 0, this month is 0 and not −0
    whole = np.nan_to_num(days).astype("timedelta64[D]")
    return (np.datetime64(customers.as_of, "D") - whole).astype("datetime64[M]").astype(str)
