"""XYZ: customers by how steadily they buy."""

from collections.abc import Mapping
from typing import Annotated, Any

from segmentation.customers.customers import Customers
from segmentation.segments.breaks import Suggested, gaps, shares_below
from segmentation.segments.controls import Choice, Slider
from segmentation.segments.cuts import edges, quantiles
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("X", "Y", "Z")
VARIATION = {"Q": "revenue_cv", "M": "revenue_cv_month"}
# thresholds that ABC-XYZ has too
By = Annotated[str, Choice("Cut by", {"terciles": "thirds of customers", "cv": "how much revenue swings (variation)"})]
Period = Annotated[str, Choice("Revenue per", {"Q": "quarter", "M": "month"})]
Steady = Annotated[
    float,
    Slider(
        "X ends at this share of customers",
        0.05,
        0.95,
        with_="variable",
        both="X and Y end at these shares of customers",
        when=("by", "terciles"),
    ),
]
Variable = Annotated[float, Slider("Y ends at this share of customers", 0.05, 0.95, when=("by", "terciles"))]
X = Annotated[
    float,
    Slider(
        "X ends at this variation",
        0.05,
        4.0,
        0.05,
        unit="",
        with_="y",
        both="X and Y end at these variations",
        when=("by", "cv"),
    ),
]
Y = Annotated[float, Slider("Y ends at this variation", 0.05, 4.0, 0.05, unit="", when=("by", "cv"))]


def by_steadiness(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Natural breaks of the variation; as shares of customers where thirds are cut."""
    ranked = customers.ranked(VARIATION[thresholds["period"]])
    if thresholds["by"] == "cv":
        names, start = ("x", "y"), gaps(ranked, 2)
        start = start and (tuple(round(round(cut / 0.05) * 0.05, 2) for cut in start[0]), start[1])
    else:
        names, start = ("steady", "variable"), shares_below(ranked, 2)
    if not start:
        return {}
    return {name: (at, start[1]) for name, at in zip(names, start[0], strict=True) if name in thresholds}


def too_short(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """Why nobody can be placed, and what to do: three periods are needed."""
    known = {period: bool(customers.known(column)) for period, column in VARIATION.items() if customers.has(column)}
    if known.get(thresholds["period"], True):
        return []
    do = "cut by revenue per month" if known.get("M") else "bring a file of three months at least"
    unit = {"Q": "quarters", "M": "months"}[thresholds["period"]]
    return [f"Whether somebody buys steadily shows over three {unit} at least, and the file has fewer: {do}."]


@method(
    "XYZ",
    family="Stability and growth",
    question="Who buys steadily?",
    needs=["revenue_cv"],
    misleads="It misleads on short or monthly windows, where almost everybody who skips a month looks erratic: prefer "
    "quarters.",
    source="XYZ analysis of materials management, by coefficient of variation, applied to customers.",
    segments={
        "X": ("The steadiest third.", "Plan with them: contracts, standing orders, stock kept for them."),
        "Y": ("Buys with swings, often of the season.", "Forecast by season; remind before the swing."),
        "Z": ("Buys by chance.", "Do not plan on them; make ordering easy and stock little."),
    },
    reference=(0.33, 0.34, 0.33),
    starts=by_steadiness,
    asks=["X"],
    remarks=too_short,
)
def xyz(
    customers: Customers,
    by: By = "terciles",
    period: Period = "Q",
    steady: Steady = 0.33,
    variable: Variable = 0.67,
    x: X = 0.5,
    y: Y = 1.0,
) -> Segmentation:
    """X = the steadiest third of customers, Z = the most variable third, Y between; or fixed cuts of the variation.

    Variation is the sample standard deviation of revenue per period ÷ its mean, over every calendar period of the
    window, with 0 where nothing was bought. With fewer than 3 periods it is unknown.
    """
    column = VARIATION[period]
    if by == "terciles":
        return quantiles(customers, column, (steady, variable), NAMES, best="low")
    return edges(customers, column, (x, y), NAMES, best="low")
