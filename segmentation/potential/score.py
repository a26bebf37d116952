"""Score: what seems to promise most, as points, spread over the money there is."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential, ahead, brought, caution, yearly
from segmentation.customers.ranks import mean_of, points
from segmentation.potential.model import model
from segmentation.problems import Problem
from segmentation.segments.controls import Weights

USUAL = {"growth": 1.0, "average_order": 1.0, "visits_per_quarter": 1.0}


@model("Score", needs=[("profit", "revenue")])
def score(customers: Customers, weights: Annotated[dict, Weights("What promises more")] = USUAL) -> Potential:
    """Weighted points of several columns, 0–100, and the money a year of the customer who stands there by money.

    Points are places among the customers (100 = the largest value, equal values share one), so columns of any unit
    can be added. A customer of whom a column is unknown is scored on the others. A score of 80 stands for the money
    that 80 % of customers stay below: it orders customers, it is no forecast. Scores and money are rounded to hundredths.
    """
    used = {column: weight for column, weight in weights.items() if weight > 0}
    if weights is USUAL:
        used = {column: weight for column, weight in used.items() if column in customers.frame}
    if not used:
        raise Problem("A score needs at least one column with a weight above 0: give weights, as revenue=2,growth=1.")
    scored = mean_of({column: points(customers.values(column)) for column in used}, used)
    money = yearly(customers.values(customers.money), customers.days)
    ladder = np.sort(money[np.isfinite(money)])
    values = np.full(len(scored), np.nan)
    if len(ladder):
        values = np.interp(scored, np.linspace(0, 100, len(ladder)), ladder)
    parts = ", ".join(f"{label(column)} {weight / sum(used.values()):.0%}" for column, weight in used.items())
    sentence = (
        f"Potential is a score of {parts}; {formats.number(80)} points stand for the {customers.money}"
        f"{brought(customers.days)} that 80% of customers stay below.{caution(customers.days)}"
    )
    return Potential(np.round(values, 2), sentence, {"score": np.round(scored, 2)}, when=ahead(customers.days))
