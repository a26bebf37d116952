"""Which method to take: by question, with what the data allow and what is lacking."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.columns.supply import Supply, supply
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.methods import METHODS
from segmentation.segments.method import Method

QUESTIONS = {  # question → the parts of the catalogue that answer it
    "Who brings the money?": ("Value",),
    "Who is leaving?": ("Recency and rhythm",),
    "Who could grow?": ("Stability and growth",),
    "Who are they?": ("Who they are",),
    "What do we do?": ("What to do",),
}


@dataclass(frozen=True)
class Row:
    """One method under its question.

    lacks    columns the customers do not have; empty where the method can be used now
    supplies for each of them what to do about it, alternatives one after another
    """

    question: str
    method: str
    title: str
    lacks: tuple[str, ...]
    supplies: tuple[Supply, ...]

    @property
    def allowed(self) -> bool:
        return not self.lacks


def chooser(customers: Customers, methods: Mapping[str, Method] = METHODS) -> list[Row]:
    """Every method, by question; under each question those the data allow first."""
    rows = [_row(question, methods[name], customers) for question in QUESTIONS for name in _under(question, methods)]
    return sorted(rows, key=lambda row: (list(QUESTIONS).index(row.question), not row.allowed, row.title))


def _under(question: str, methods: Mapping[str, Method]) -> list[str]:
    return [name for name, method in methods.items() if method.family in QUESTIONS[question]]


def _row(question: str, method: Method, customers: Customers) -> Row:
    lacks = tuple(method.missing(customers))
    ways = dict.fromkeys(supply(one) for lacking in lacks for one in lacking.split(" or "))
    return Row(question, method.name, method.title, lacks, tuple(ways))
