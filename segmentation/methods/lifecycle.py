"""Lifecycle by recency: how long each customer has been silent."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import MONTH
from segmentation.segments.breaks import Suggested, usual_cycle
from segmentation.segments.controls import Slider
from segmentation.segments.cuts import edges
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Active", "Inactive", "Sleeping", "Closed")


def two_cycles(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """A step of two usual cycles."""
    if not (usual := silent(customers)):
        return {}
    months, cycle = usual
    said = f"half of the customers buy every {formats.number(cycle)} days: two cycles of silence are"
    return {"step": (months, f"{said} {formats.plural(months, 'month')}")}


@method(
    "Lifecycle by recency",
    family="Recency and rhythm",
    question="Who is leaving?",
    needs=["recency_days"],
    misleads="It misleads where customers have very different rhythms: a weekly buyer silent for two months is long "
    "gone.",
    source="Retail practice: a life-cycle step of three months, doubled twice.",
    segments={
        "Active": ("Bought within one step.", "Keep the habit; offer the next thing."),
        "Inactive": ("Silent for more than one step, up to two.", "A reminder, while they still know us."),
        "Sleeping": ("Silent for more than two steps, up to four.", "Wake them with a reason; ask what happened."),
        "Closed": ("Silent for more than four steps.", "One last try, then take them off the list."),
    },
    starts=two_cycles,
    asks=[("Sleeping", "Closed")],
)
def lifecycle(
    customers: Customers,
    step: Annotated[int, Slider("Life-cycle step", 1, 24, 1, unit="months")] = 3,
) -> Segmentation:
    """Active: last purchase no more than 3 months ago; inactive up to 6; sleeping up to 12; closed over 12. The step is
    yours.

    Months are calendar months back from the as-of date; a purchase exactly so long ago still belongs: one of exactly
    3 months ago is active.
    """
    cuts = [customers.days_back(step * k) for k in (1, 2, 4)]
    return edges(customers, "recency_days", cuts, NAMES, best="low", closed="right")


def silent(customers: Customers) -> tuple[int, float] | None:
    """Two usual cycles in months, and the cycle in days; None where no cycle is known."""
    cycle = usual_cycle(customers)
    return None if cycle is None else (int(np.clip(np.ceil(2 * cycle / MONTH), 1, 24)), cycle)
