"""Buying motive: price, value or urgency, from how customers buy."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers, Ranked
from segmentation.segments.breaks import Start, Suggested
from segmentation.segments.controls import Slider
from segmentation.segments.cuts import edges, product
from segmentation.segments.method import method
from segmentation.segments.segmentation import Segmentation

NAMES = ("Urgency", "Value", "Price")
PARTS = ("discount_share", "express_share", "price_index")
QUOTED = 0.15  # of customers who buy by price, or by urgency


def quoted_share(customers: Customers, thresholds: Mapping[str, Any], found: Segmentation) -> Suggested:
    """Cuts that give each motive the share of customers usually quoted for it."""
    parts = {"urgent": "express_share", "discount": "discount_share", "cheap": "price_index"}
    columns = {name: column for name, part in parts.items() if (column := find(customers, part))}
    ranked = {name: customers.ranked(column) for name, column in columns.items()}
    return {name: _fifteenth(name, one) for name, one in ranked.items() if one.known}


def _fifteenth(name: str, ranked: Ranked) -> Start:
    low, step, share = (0.5, 0.01, QUOTED) if name == "cheap" else (0.05, 0.05, 1 - QUOTED)
    cut = float(np.clip(round(round(ranked.quantile(share) / step) * step, 2), low, 1.0))
    above = ranked.at_least(cut) / ranked.known
    reach = (
        f"{formats.share(1 - above)} pay less" if name == "cheap" else f"{formats.share(above)} of customers reach it"
    )
    return cut, f"{reach}; {formats.share(QUOTED)} is usually quoted"


def by_line(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
    """That a purchase is a line of the file, where lines are known."""
    if customers.history is None:
        return []
    lines = formats.plural(int((customers.history.codes >= 0).sum()), "line")
    return [f"A purchase is a line of the file here ({lines} in use): an order of five lines counts five times."]


def measured(part: str) -> Callable[[Customers, Mapping[str, Any]], bool]:
    """Whether the file measures this motive; where it measures none, each: what it lacks is said then."""

    def found(customers: Customers, thresholds: Mapping[str, Any]) -> bool:
        has = {one for one in PARTS if find(customers, one)}
        return part in has or not has

    return found


@method(
    "Buying motive",
    family="Who they are",
    question="What drives them: price, value or time?",
    needs=[PARTS],
    misleads="It misleads where everybody gets the discount, or where the fast delivery is the only one: then the shop "
    "is measured, not the customer.",
    source="Three motives of marketing textbooks; usually quoted as 15 % price, 70 % value, 15 % urgency.",
    segments={
        "Urgency": ("Pays for time: fast delivery, paid extras.", "Speed and certainty, at a price; do not discount."),
        "Value": (
            "Weighs price against quality; takes offers and bonuses.",
            "Show what the money buys; loyalty bonuses.",
        ),
        "Price": ("Price decides; the cheapest wins.", "Simple offers at low cost; no service that is not paid for."),
    },
    reference=(0.15, 0.70, 0.15),
    starts=quoted_share,
    asks=["Price", "Value", "Urgency"],
    remarks=by_line,
)
def motive(
    customers: Customers,
    urgent: Annotated[
        float,
        Slider("Urgency: share of purchases delivered fast from", 0.05, 1.0, 0.05, decides=measured("express_share")),
    ] = 0.5,
    discount: Annotated[
        float,
        Slider("Price: share of purchases on discount from", 0.05, 1.0, 0.05, decides=measured("discount_share")),
    ] = 0.5,
    cheap: Annotated[
        float,
        Slider(
            "Price: pays less than this part of the usual price",
            0.5,
            1.0,
            0.01,
            unit="×",
            decides=measured("price_index"),
        ),
    ] = 0.9,
) -> Segmentation:
    """Urgency: half of the purchases and more are delivered fast. Price: half and more are on discount, or the prices
    paid are under 0.9 of the median for the same product. Value: the rest.

    Measured from what the file has; what it lacks decides nothing. Urgency goes before price.
    """
    found = {part: column for part in PARTS if (column := find(customers, part))}
    cuts = {"express_share": urgent, "discount_share": discount, "price_index": cheap}
    factors = [edges(customers, _filled(customers, part, found), (cuts[part],), (part, "")) for part in found]
    return product(factors, NAMES, lambda cell: _motive(dict(zip(found, cell, strict=True))))


def _motive(held: dict[str, str]) -> int:
    """held: for each part found, its name where it is at or above its cut."""
    if held.get("express_share"):
        return 0
    return 2 if held.get("discount_share") or held.get("price_index") == "" else 1


def _filled(customers: Customers, part: str, found: dict[str, str]) -> str:
    """A part with a neutral value where it alone is missing; the column itself where it is for nobody."""
    neutral = 1.0 if part == "price_index" else 0.0

    def alone() -> np.ndarray:
        known = np.logical_or.reduce([~np.isnan(customers.values(column)) for column in found.values()])
        return np.isnan(customers.values(found[part])) & known

    def make() -> np.ndarray:
        return np.where(alone(), neutral, customers.values(found[part]))

    if not customers.keep(("missing alone", part, *found.values()), lambda: bool(alone().any())):
        return found[part]
    return customers.derive(f"{label(found[part])}, missing as {neutral:g}", make)
