"""The portfolio: profit and cooperation now, against future potential."""

from collections.abc import Mapping
from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested, gaps
from segmentation.segments.controls import Choice, Edges, Weight
from segmentation.segments.method import method
from segmentation.segments.plane import LINES, axis_of_profit, line_cuts, matrix
from segmentation.segments.segmentation import Segmentation


def gaps_of_amounts(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Gaps of profit and of potential, where the lines stand at amounts."""
    columns = zip(("profit", "potential"), found.columns[:2], strict=True) if thresholds["lines"] == "amounts" else ()
    starts = {name: gaps(customers.ranked(column), len(thresholds[name])) for name, column in columns}
    return {name: start for name, start in starts.items() if start}


@method(
    "Portfolio",
    family="Value",
    question="Whom should we invest in?",
    needs=[("profit", "revenue"), "potential"],
    misleads="It misleads when the potential is a guess: check the model against past months first, and look at the customers "
    "within a step of a line.",
    source="Portfolio matrices of the 1970s (Boston Consulting Group, McKinsey and General Electric), read for customers.",
    segments={
        "Invest": ("Brings much now, and more to come.", "The best managers, first call, new products first."),
        "Harvest": ("Brings much now, little more to come.", "Take the benefit, invest little, do not forget them."),
        "Develop": (
            "Brings little now, promising.",
            "Patient, clever managers, and a date by which it must pay.",
        ),
        "Serve cheaply": (
            "Little now and little to come, but nobody here is known to cost more than they bring.",
            "Serve at low cost: catalogue, minimum order, no manager’s time.",
        ),
        "Let go": (
            "Costs more than they bring, and little to come.",
            "Raise the price or the minimum order until they pay their way; else part as friends.",
        ),
        "*": ("A field of the three-by-three matrix.", "Between its neighbours in the corners."),
    },
    asks=["Invest"],
    starts=gaps_of_amounts,
)
def portfolio(
    customers: Customers,
    lines: Annotated[str, Choice("Lines at", LINES)] = "mean",
    profit: Annotated[
        tuple, Edges("What they bring now is good from", "money", low=-1e12, most=2, when=("lines", "amounts"))
    ] = (0.0,),
    potential: Annotated[
        tuple, Edges("Potential is good from", "money", low=-1e12, most=2, when=("lines", "amounts"))
    ] = (0.0,),
    cooperation_weight: Annotated[float, Weight("Weight of cooperation", 0.0, 1.0, 0.1)] = 0.0,
) -> Segmentation:
    """Invest: good profit, good prospects. Harvest: profitable, little to come. Develop: promising, difficult today.
    Below both lines, break-even decides. Serve cheaply: earns something, or is not known to lose money. Let go: costs
    more than they bring. By thirds, or by two amounts, there are nine fields, and these are the corners.
    No line stands below zero: who brings nothing is never called profitable, who has no potential never promising.

    Profit is revenue where no profit is known; then nobody is let go. Cooperation, where it counts, takes the place of part of the profit:
    a score of 80 stands for the profit that 80 % of customers stay below.
    """
    now = axis_of_profit(customers, cooperation_weight)
    return matrix(customers, now, line_cuts(customers, now, lines, profit, potential))
