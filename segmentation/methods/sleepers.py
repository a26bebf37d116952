"""Sleepers by own rhythm: silence measured in each customer's usual days between purchases."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.methods.lifecycle import lifecycle
from segmentation.segments.breaks import Suggested, usual_cycle, values_at
from segmentation.segments.controls import Slider
from segmentation.segments.cuts import edges
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("On time", "Late", "Asleep", "Lost")
PARTS = {
    "late": (0.5, "half of the customers are silent for no longer"),
    "asleep": (0.75, "three in four customers are silent for no longer"),
    "lost": (0.9, "nine in ten customers are silent for no longer"),
}


def by_silence(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Cuts that leave half, a quarter and a tenth of the customers silent for longer."""
    silence = -customers.ranked(found.columns[0]).negated[::-1]
    at = values_at(silence, [share for share, _ in PARTS.values()])
    cuts = [round(float(np.ceil(cut * 10)) / 10, 1) for cut in at]
    return {name: (cut, why) for (name, (_, why)), cut in zip(PARTS.items(), cuts, strict=False)}


@method(
    "Sleepers by own rhythm",
    family="Recency and rhythm",
    question="Who is overdue, by their own habit?",
    needs=["recency_days", "cycle_days"],
    misleads="It misleads about customers with a season, whose winter is no sleep, and about those with fewer than "
    "three purchases, who are measured by the rhythm of the others.",
    source="Silence in units of the customer's usual purchase cycle, as against calendar cuts.",
    segments={
        "On time": ("Silent no longer than usual.", "Nothing special: do not disturb a habit."),
        "Late": ("Silent for longer than usual.", "A reminder while the habit still holds."),
        "Asleep": ("Silent for much longer than usual.", "A call or an offer: ask what happened."),
        "Lost": ("Silent for so long that the habit is gone.", "One last try, then no more money."),
    },
    looks={
        "Overdue, though a calendar cut calls them active": lambda _, customers, given: called_active(
            customers, **given
        )
    },
    starts=by_silence,
    asks=[("Late", "Asleep", "Lost")],
)
def sleepers(
    customers: Customers,
    late: Annotated[float, Slider("Late after", 0.5, 5, 0.1, unit="cycles", below="asleep")] = 1.0,
    asleep: Annotated[float, Slider("Asleep after", 0.5, 10, 0.1, unit="cycles", below="lost")] = 2.0,
    lost: Annotated[float, Slider("Lost after", 0.5, 20, 0.1, unit="cycles")] = 3.0,
) -> Segmentation:
    """On time: silent for up to one of the customer's own cycles; late: up to 2; asleep: up to 3; lost: over 3.
    Silence of exactly one cycle is on time.

    A cycle is the median number of days between the customer's purchases; where fewer than three purchases leave it
    unknown, the median of all customers' cycles stands in.
    """
    silence = customers.derive("silence in own cycles", lambda: _silence(customers))
    return edges(customers, silence, (late, asleep, lost), NAMES, best="low", closed="right")


def called_active(customers: Customers, step: int = 3, **thresholds: float) -> pd.DataFrame:
    """Customers asleep or lost by their own rhythm whom a calendar cut would call active.

    step: of the life cycle, in months. Columns: segment, recency_days, cycle_days (missing where the base's stands in),
    and what they brought (revenue, profit) where known; the most valuable first.
    """
    own = sleepers(customers, **thresholds)
    hidden = np.flatnonzero((own.codes >= 2) & (own.codes < len(NAMES)) & (lifecycle(customers, step=step).codes == 0))
    brought = [name for name in ("revenue", "profit") if name in customers.frame]
    found = customers.frame[["recency_days", "cycle_days", *brought]].iloc[hidden]
    found.insert(0, "segment", own.labels().iloc[hidden])
    return found.sort_values(brought[-1], ascending=False, kind="stable") if brought else found


def _silence(customers: Customers) -> np.ndarray:
    cycle = customers.values("cycle_days")
    own = np.where(cycle > 0, cycle, usual_cycle(customers) or np.nan)  # a cycle of no days is no rhythm
    return customers.values("recency_days") / own
