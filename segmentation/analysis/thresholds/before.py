"""A method before and after its thresholds were moved: who is in another segment, and what they bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from segmentation import formats
from segmentation.analysis.summary import MONEY
from segmentation.analysis.thresholds.sensitivity import between, brought_by
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation


@dataclass(frozen=True)
class Moved:
    """How many customers are in another segment than before, and what they bring of a column (None: no money is known)."""

    customers: int
    column: str | None
    brought: float

    def sentence(self, currency: str = "") -> str:
        """The same in words."""
        if not self.customers:
            return "Everybody is in the segment you remembered."
        who = formats.plural(self.customers, "customer")
        brings = f", who brought {formats.compact(self.brought, currency)} {self.column}," if self.column else ""
        are = "is" if self.customers == 1 else "are"
        return f"{who}{brings} {are} in another segment than you remembered."


def before(method: Method, customers: Customers, values: Mapping[str, Any]) -> Segmentation | None:
    """The segmentation under thresholds of before; None where they cannot be any more (a column went, a recipe changed)."""
    try:
        return method(customers, **values)
    except Problem:
        return None


def moved(then: Segmentation, now: Segmentation) -> Moved:
    """Who is in another segment now. Cost: the customers who are, not all."""
    found = [some for some in between(then, now) if len(some)]
    column = next((name for name in MONEY if name in now.customers.frame), None)
    brought = brought_by(now.customers, column, found) if column else 0.0
    return Moved(sum(map(len, found)), column, brought)
