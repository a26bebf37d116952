"""ABC-XYZ: size crossed with steadiness."""

from collections.abc import Mapping
from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.methods.abc_classes import abc_classes, at_bends
from segmentation.methods.xyz import By, Period, Steady, Variable, X, Y, by_steadiness, too_short, xyz
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Column, Slider
from segmentation.segments.cuts import cross
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation


def size_and_steadiness(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """What each of the two is offered alone."""
    return {**at_bends(customers, thresholds, found), **by_steadiness(customers, thresholds, found)}


@method(
    "ABC-XYZ",
    family="Stability and growth",
    question="Whose money can we count on?",
    needs=["revenue", "revenue_cv"],
    misleads="It misleads where the window is too short to tell a steady customer from a new one.",
    source="ABC and XYZ analysis of materials management, crossed.",
    segments={
        "AX": ("Large and steady.", "Most attention: keep them at any reasonable cost, plan with them."),
        "AY": ("Large, with swings.", "Most attention: be there before the season."),
        "AZ": ("Large, but buys rarely and unsteadily.", "Most attention: find out what would make it regular."),
        "BX": ("Middling and steady.", "More attention: widen what they buy."),
        "BY": ("Middling, with swings.", "More attention: offers ahead of the swing."),
        "BZ": ("Middling and unsteady.", "Ordinary service; react quickly when they call."),
        "CX": ("Small and steady.", "Standing orders at low cost."),
        "CY": ("Small, with swings.", "Catalogue and reminders."),
        "CZ": ("Small and unsteady.", "Self-service; no manager’s time."),
    },
    starts=size_and_steadiness,
    asks=[("AX", "BX", "CX")],
    remarks=too_short,
)
def abc_xyz(
    customers: Customers,
    value: Annotated[str, Column("Rank customers by")] = "revenue",
    a: Annotated[
        float,
        Slider(
            "A ends at this share of the total", 0.05, 0.99, with_="b", both="A and B end at these shares of the total"
        ),
    ] = 0.80,
    b: Annotated[float, Slider("B ends at this share of the total", 0.05, 0.99)] = 0.95,
    by: By = "terciles",
    period: Period = "Q",
    steady: Steady = 0.33,
    variable: Variable = 0.67,
    x: X = 0.5,
    y: Y = 1.0,
) -> Segmentation:
    """Nine cells. AX: large and steady. AZ: large, but buys rarely and unsteadily. CX: small and steady.

    AX, AY and AZ deserve the most attention, BX and BY some more than usual; the others can be served with less.
    """
    return cross(abc_classes.run(customers, value, a, b), xyz.run(customers, by, period, steady, variable, x, y))
