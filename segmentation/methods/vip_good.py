"""VIP, good and other customers: the top fifth, and the next fifth of those that remain."""

from typing import Annotated

from segmentation.customers.customers import Customers
from segmentation.methods.vip import lists, top_and_bottom
from segmentation.segments.controls import Column, Slider
from segmentation.segments.cuts import quantiles
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation


@method(
    "VIP, good, other",
    family="Value",
    question="Who is close to becoming a VIP?",
    misleads="It misleads where one large purchase lifts somebody for a year: compare the lists of single months with "
    "the pooled one.",
    source="The top fifth taken twice, as sales departments draw up their VIP lists.",
    segments={
        "VIP": ("Those who bring most.", "A manager of their own, first call, best terms."),
        "Good": (
            "On the brink of a serious order, or fallen out of the VIPs.",
            "Call them: one good offer now moves them up, silence moves them down.",
        ),
        "Other": ("Everybody else.", "Good standard service at low cost."),
    },
    reference=(0.20, 0.16, 0.64),
    looks={"Lists of single months against the pooled list": lists},
    starts=top_and_bottom,
    asks=["Good"],
)
def vip_good(
    customers: Customers,
    value: Annotated[str, Column("Rank customers by")] = "revenue",
    share: Annotated[float, Slider("VIP is this share; good the same share of the rest", 0.01, 0.50)] = 0.20,
) -> Segmentation:
    """VIP = the top 20 % of customers by value; good = the next 20 % of those that remain; other = the rest.

    Customers of equal value stay together, in the lower group.
    """
    return quantiles(customers, value, ((1 - share) ** 2, 1 - share), ("VIP", "Good", "Other"))
