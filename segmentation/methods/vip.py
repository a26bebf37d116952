"""VIP, regular and difficult customers: the top and the bottom fifth."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.breaks import Suggested, bends
from segmentation.segments.controls import Column, Slider
from segmentation.segments.cuts import quantiles
from segmentation.segments.method import Method, method
from segmentation.segments.segmentation import Segmentation


def lists(method: Method, customers: Customers, thresholds: Mapping[str, Any]) -> pd.DataFrame:
    """Those about whom the monthly and the pooled lists disagree (see `monthly_lists`)."""
    found = monthly_lists(method, customers, **{name: value for name, value in thresholds.items() if name != "value"})
    return found[found["differ"] != ""].drop(columns="pooled")


def top_and_bottom(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """VIPs end where the Pareto curve bends, and the difficult begin where the rest of it does."""
    turns = bends(customers.ranked(thresholds["value"]))
    if turns is None:
        return {}
    (few, much), (most, nearly) = turns
    offered = {
        "share": (
            round(few, 2),
            f"they bring {formats.share(much)}, and there the curve bends: every further one adds little",
        ),
        "difficult": (round(1 - most, 2), f"all of them together bring {formats.share(1 - nearly)}"),
    }
    return {name: start for name, start in offered.items() if name in thresholds}


@method(
    "VIP, regular, difficult",
    family="Value",
    question="Who are our best customers, and who is hard work?",
    misleads="It misleads over a long window, which hides one large purchase that never came again: compare the lists "
    "of single months with the pooled one.",
    source="Fifths of customers by value, as sales departments draw up their VIP lists.",
    segments={
        "VIP": ("Those who bring most.", "A manager of their own, first call, best terms."),
        "Regular": ("Those between.", "Good standard service; look for those on the way up."),
        "Difficult": (
            "Those who bring least.",
            "Serve at low cost; see what they cost us before giving them more, or letting them go.",
        ),
    },
    reference=(0.20, 0.60, 0.20),
    looks={"Lists of single months against the pooled list": lists},
    starts=top_and_bottom,
    asks=["VIP", "Difficult"],
)
def vip(
    customers: Customers,
    value: Annotated[str, Column("Rank customers by")] = "revenue",
    share: Annotated[float, Slider("VIP is the top share of customers", 0.01, 0.50)] = 0.20,
    difficult: Annotated[float, Slider("Difficult is the bottom share of customers", 0.01, 0.50)] = 0.20,
) -> Segmentation:
    """VIP = the top 20 % of customers by value; difficult = the bottom 20 %; the rest are regular.

    Customers of equal value stay together, in the lower group.
    """
    return quantiles(customers, value, (difficult, 1 - share), ("VIP", "Regular", "Difficult"))


def monthly_lists(method: Method, customers: Customers, months: int = 6, **thresholds: float) -> pd.DataFrame:
    """The VIP list of the last months pooled beside those of the single months; indexed by customer.

    method  a VIP method; it ranks revenue here. Columns: pooled (VIP of all the months together), months (in how many
    of them VIP), differ (why the lists disagree, empty where they do not). Raises Problem without dated sales.
    """
    if customers.history is None or customers.as_of is None:
        raise Problem("Lists by month need dated sales: choose the column with the dates of the purchases.")
    by_month = customers.history.by_month(months)
    listed = np.array([_best(method, customers, np.where(month > 0, month, np.nan), thresholds) for month in by_month])
    pooled = _best(method, customers, by_month.sum(axis=0), thresholds)
    often = listed.sum(axis=0)
    differ = np.select(
        [pooled & (often <= 1), ~pooled & (often >= 2)],
        ["one month alone made it VIP", "VIP in months, not pooled"],
        "",
    )
    return pd.DataFrame({"pooled": pooled, "months": often, "differ": differ}, customers.frame.index)


def _best(method: Method, customers: Customers, values: np.ndarray, thresholds: dict[str, float]) -> np.ndarray:
    alone = Customers(pd.DataFrame({"revenue": values}, customers.frame.index))
    return method(alone, value="revenue", **thresholds).codes == 0
