"""Spend × visits in a quarter, with six names."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested, values_at
from segmentation.segments.controls import Edges, Slider
from segmentation.segments.cuts import edges, product
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Premium", "Loyal", "Thrifty", "Economical", "Disloyal", "Absent")


def quarter(customers: Customers) -> tuple[str, str]:
    """The columns of what was spent in the quarter, and of how often somebody came."""
    spend, visits = (
        recent if customers.has(recent) else total
        for recent, total in (("spend_last_quarter", "revenue"), ("visits_last_quarter", "orders"))
    )
    return spend, visits


def of_those_who_came(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Amounts that half and a fifth of those who came spent, visits that a third of them made."""
    spend, visits = map(customers.values, quarter(customers))
    here = (visits > 0) & ~np.isnan(spend)
    if not here.any():
        return {}
    often = int(np.clip(np.ceil(np.quantile(visits[here], 2 / 3)), 2, 60))
    loyal, premium = map(formats.two_digits, values_at(np.sort(spend[here]), (0.5, 0.8)))
    return {
        "premium": ((premium,), "a fifth of those who came spent so much"),
        "loyal": ((loyal,), "half of those who came spent so much"),
        "visits": (often, f"a third of those who came did so {formats.plural(often, 'time')} and more"),
    }


@method(
    "Spend × visits per quarter",
    family="Recency and rhythm",
    question="Who spends much, who comes often, and who did not come?",
    needs=[("spend_last_quarter", "revenue"), ("visits_last_quarter", "orders")],
    misleads="It misleads in a quarter that is not like the others (holidays, a sale): look at the one before too.",
    source="Retail practice: amounts and visits of one quarter read together.",
    segments={
        "Premium": ("Spends most and comes often.", "Personal attention, best service, news first."),
        "Loyal": ("A good amount in many visits.", "Reasons to add one more thing to the basket."),
        "Thrifty": ("A good amount in few visits.", "A reason to come between the big purchases."),
        "Economical": ("Comes often, spends little.", "Larger packs and sets; keep serving cheaply."),
        "Disloyal": ("Came seldom, spent little.", "Find out where the rest is bought, or leave it."),
        "Absent": ("Did not come in the quarter.", "Ask why, beginning with those who used to spend most."),
    },
    starts=of_those_who_came,
    asks=[("Premium", "Loyal"), "Thrifty", "Economical", "Absent"],
)
def spend_visits(
    customers: Customers,
    premium: Annotated[tuple, Edges("Premium spend from", "money", most=1)] = (9000.0,),
    loyal: Annotated[tuple, Edges("Loyal spend from", "money", most=1, below="premium")] = (3000.0,),
    visits: Annotated[int, Slider("Often means visits from", 2, 60, 1, unit="visits")] = 3,
) -> Segmentation:
    """Premium: spent 9,000 and more in 3 visits and more; loyal: 3,000–9,000 as often; thrifty: 3,000 and more in 1–2
    visits; economical: less in 3 and more; disloyal: less in 1–2; absent: none.

    The quarter is the three calendar months that end with the as-of date: it begins on the day after the same day
    three months earlier. In a table with one row a customer its revenue and orders are taken for those of the quarter.
    A visit is a day with a purchase.
    """
    spend, often = quarter(customers)
    spent = edges(customers, spend, (*loyal, *premium), (2, 1, 0))
    came = edges(customers, often, (1, visits), ("often", "seldom", "never"))
    return product([spent, came], NAMES, _named)


def _named(cell: tuple[int, str]) -> int:
    spent, came = cell
    if came == "never":
        return 5
    if came == "often":
        return (3, 1, 0)[spent]
    return 4 if spent == 0 else 2
