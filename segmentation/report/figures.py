"""What each segment holds and brings, as the columns of a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from segmentation import formats
from segmentation.analysis.summary import MONEY, figures
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import Segmentation

WRITTEN: dict[str, Callable[[Any], str]] = {
    "name": str,
    "count": formats.count,
    "money": formats.whole,
    "share": lambda value: formats.share(value, 1),
}


class Column(NamedTuple):
    """A heading, the kind of what stands below it (name, count, money or share), and a value a segment."""

    heading: str
    kind: str
    values: list[Any]

    @property
    def written(self) -> list[str]:
        """The values as a person reads them."""
        return [WRITTEN[self.kind](value) for value in self.values]


def columns(segmentation: Segmentation) -> list[Column]:
    """Segment, customers and their share; of each money column the sum, its share and what one customer brings."""
    found = figures(segmentation)
    held = [Column("Segment", "name", [*map(str, found["segment"])])]
    held += [Column("Customers", "count", np.asarray(found["customers"]).tolist())]
    held += [Column("Share of customers", "share", np.asarray(found["share_of_customers"]).tolist())]
    return [*held, *(one for name in MONEY if name in found for one in _money(found, name))]


def _money(found: dict[str, Any], name: str) -> Iterator[Column]:
    word = label(name)
    yield Column(word, "money", np.asarray(found[name]).tolist())
    yield Column(f"Share of {word.lower()}", "share", np.asarray(found[f"share_of_{name}"]).tolist())
    yield Column(f"{word} per customer", "money", np.asarray(found[f"{name}_each"]).tolist())


def shares(columns: list[Column]) -> list[Column]:
    """The shares that are drawn beside each other: of customers, revenue and profit, those that can be taken."""
    wanted = ("Share of customers", "Share of revenue", "Share of profit")
    return [one for one in columns if one.heading in wanted and np.isfinite(one.values).all()]


class Bubble(NamedTuple):
    """A segment on the plane: at which row of `columns` it stands, and its slot of the palette."""

    row: int
    slot: int


def bubbles(segmentation: Segmentation) -> tuple[str, str, str, list[Bubble]]:
    """Headings of the columns across, up and of the size of bubbles, and the segments that have a place."""
    customers, found = segmentation.customers, figures(segmentation)
    each = [found[f"{name}_each"] for name in (customers.money, "potential")]
    placed = np.flatnonzero(np.isfinite(each).all(axis=0))
    across, up = (f"{label(name)} per customer" for name in (customers.money, "potential"))
    size = label("revenue" if "revenue" in found else customers.money)
    return across, up, size, [Bubble(int(row), int(found["colour"][row])) for row in placed]
