"""What each segment holds and brings, as the columns of a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from segmentation import formats
from segmentation.analysis.summary import MONEY, figures
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import Segmentation

EACH = " per customer"  # behind the heading of what one brings
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
    yield Column(f"{word}{EACH}", "money", np.asarray(found[f"{name}_each"]).tolist())


def shares(columns: list[Column]) -> list[Column]:
    """The shares that are drawn beside each other: of customers, revenue and profit, those that can be taken."""
    wanted = ("Share of customers", "Share of revenue", "Share of profit")
    return [one for one in columns if one.heading in wanted and np.isfinite(one.values).all()]


def ends(columns: list[Column]) -> tuple[float | None, float | None]:
    """Where the axis of these shares begins and ends; None where it may by itself.

    Left alone it goes on to 120 % above a share that is large, and as far below zero for one that is hardly below it.
    """
    held = [value for one in shares(columns) for value in one.values]
    low, high = min(held, default=0.0), max(held, default=0.0)
    return (0.0 if low > -HARDLY else None), (1.0 if MUCH < high <= 1 else None)


MUCH, HARDLY = 0.8, 0.005  # shares of the whole


def tables(columns: list[Column]) -> dict[str, list[Column]]:
    """Two tables of them by what each says: what a segment brings, and what one customer of it does; those that are not empty."""
    name, *rest = columns
    each = [one for one in rest if one.heading.endswith(EACH)]
    whole = [one for one in rest if one not in each]
    said = {"What each segment brings": whole, "What one customer of each segment brings": each}
    return {title: [name, *held] for title, held in said.items() if held}


class Bubbles(NamedTuple):
    """Segments on the plane of what a customer brings and could bring.

    across, up, size   headings of the columns they stand by, and are as large as
    placed             of each segment that has a place and a size its row in the columns, and its slot of the palette
    """

    across: str
    up: str
    size: str
    placed: list[tuple[int, int]]


def bubbles(segmentation: Segmentation) -> Bubbles:
    """The segments by what one customer of each brings and could bring, and what all of them bring."""
    customers, found = segmentation.customers, figures(segmentation)
    across, up = (f"{label(name)}{EACH}" for name in (customers.money, "potential"))
    each = [found[f"{name}_each"] for name in (customers.money, "potential")]
    measure = "revenue" if "revenue" in found else customers.money
    rows = np.flatnonzero(np.isfinite(each).all(axis=0) & (np.asarray(found[measure]) > 0)).tolist()
    size = label(measure)
    return Bubbles(across, up, size, [(row, int(found["colour"][row])) for row in rows])
