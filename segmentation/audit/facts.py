"""A table by role, each column worked out at most once."""

from __future__ import annotations

import datetime as dt
from dataclasses import field, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.amounts import revenue_of
from segmentation.columns.kinds import as_text
from segmentation.columns.prices import priced
from segmentation.customers.entries import Kinds
from segmentation.customers.parents import Parents, with_parents
from segmentation.customers.refunds import less_refunds
from segmentation.customers.shapes import shape as shape_of
from segmentation.customers.spelling import in_one_spelling, spellings
from segmentation.customers.statuses import Judged, judged
from segmentation.customers.telling import counted, kinds_of
from segmentation.dataclass import dataclass
from segmentation.rollup.encode import SMALL_TABLE, encode, identify
from segmentation.table import Table

BEYOND = 2  # times so many rows tell whether there are more orders than that
FIRST = 1000  # rows that tell most columns of customers from one of two
EMPTY = 2  # texts that stand for no customer: none, and the empty one


@dataclass
class Facts:
    """A table by role, each column worked out at most once. Arrays have one place per row."""

    table: Table
    roles: dict[str, str]
    today: dt.date
    parents: Parents = field(init=False)

    def __post_init__(self) -> None:
        self.parents = with_parents(self.table, self.roles)
        self.table = self.parents.table

    @cached_property
    def revenue(self) -> np.ndarray | None:
        """float64, NaN where missing; None where the table has no amounts."""
        table, roles, _ = less_refunds(self.table, priced(self.table, self.roles, "told")[0])
        return revenue_of(table, roles)

    @cached_property
    def worth(self) -> np.ndarray:
        """The revenue, missing as 0."""
        return np.zeros(len(self)) if self.revenue is None else np.nan_to_num(self.revenue)

    @cached_property
    def judged(self) -> Judged | None:
        """What its statuses say of the rows of a table of sales."""
        found = judged(self.table, self.roles, {})
        return found if found is not None and (self.sales or found.deals) else None

    @cached_property
    def kinds(self) -> list[Kinds]:
        return kinds_of(self.table, self.roles, {}) if self.sales else []

    @cached_property
    def counted(self) -> np.ndarray:
        """Which rows are sales or returns (bool)."""
        return counted(self.judged, self.kinds, len(self))

    @cached_property
    def total(self) -> float:
        return float(self.worth.sum())

    @cached_property
    def customer(self) -> np.ndarray | None:
        """Numbers that tell customers apart, −1 where there is none; each customer in one spelling."""
        if not self.sales or "customer" not in self.roles:
            return self._identified("customer")
        return replace(self, table=in_one_spelling(self.table, self.roles["customer"])[0])._identified("customer")

    @cached_property
    def order(self) -> np.ndarray | None:
        return self._identified("order")

    @cached_property
    def customers(self) -> int | None:
        """How many customers there are; None where no column says who bought."""
        return _different(self.customer)

    @cached_property
    def written(self) -> int:
        """In how many ways customers are written: there are no more of them than that; found in half of the time."""
        return _different(self.named[0]) or 0

    @cached_property
    def known(self) -> int:
        """On how many rows a customer is named."""
        return int(np.count_nonzero(self.named[0] >= 0))

    @cached_property
    def named(self) -> tuple[np.ndarray, pa.StringArray]:
        """Customers as they are written: of each row its place among them, −1 where there is none; and all of them, sorted."""
        if "customer" not in self.roles:
            return np.full(len(self), -1, np.int32), pa.array([], pa.string())
        return encode(as_text(self.table.data[self.roles["customer"]]))

    @cached_property
    def several(self) -> bool:
        """Whether there are surely more than two customers, as the first rows tell."""
        if "customer" not in self.roles:
            return False
        texts = self.table.data[self.roles["customer"]].slice(0, FIRST)
        found = spellings(texts)
        meant = pc.unique(found.of(texts) if found else as_text(texts).cast(pa.string()))
        return len(meant) > 2 + EMPTY

    def has_orders_beyond(self, count: int) -> bool:
        """Whether there are surely more orders than that, as the first rows tell; all of them are not gone through."""
        if "order" not in self.roles:
            return False
        first = self.table.data[self.roles["order"]].slice(0, BEYOND * count)
        return (_different(_told_apart(first)) or 0) > count

    @cached_property
    def orders(self) -> int | None:
        """How many orders there are; None where no column numbers them."""
        return _different(self.order)

    @cached_property
    def day(self) -> np.ndarray | None:
        """datetime64[D], NaT where missing."""
        if "date" not in self.roles:
            return None
        return self.table.data[self.roles["date"]].cast(pa.date32()).to_numpy().astype("datetime64[D]")

    @cached_property
    def sales(self) -> bool:
        return shape_of(self.roles, self.table) == "transactions"

    @cached_property
    def heads(self) -> np.ndarray:
        """Which rows only name the customer of those below (bool)."""
        return self.parents.heads if len(self.parents.heads) else np.zeros(len(self), bool)

    @cached_property
    def continued(self) -> np.ndarray:
        """Which rows need no amount of their own: they continue an order or name a customer (bool)."""
        return self.heads | self.parents.filled if len(self.parents.filled) else self.heads

    def _identified(self, role: str) -> np.ndarray | None:
        return _told_apart(self.table.data[self.roles[role]]) if role in self.roles else None

    def __len__(self) -> int:
        return self.table.data.num_rows

    def lines(self, count: int) -> str:
        return formats.plural(count, "line" if self.sales else "row")

    def money(self, rows: np.ndarray) -> str:
        """What some rows are worth, and the share of all revenue that is."""
        worth = float(self.worth[rows].sum())
        share = f" ({formats.share(worth / self.total, 1)} of all)" if self.total > 0 else ""
        return f"{formats.whole(worth)}{share}"


def _told_apart(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers from 0 without large gaps, so that they can be places in a table; −1 for missing."""
    numbers, limit = identify(as_text(column))
    if limit > max(SMALL_TABLE, 4 * len(numbers)):
        known = numbers >= 0
        numbers[known] = np.unique(numbers[known], return_inverse=True)[1]
    return numbers


def _different(numbers: np.ndarray | None) -> int | None:
    """How many different numbers from 0 there are, which are places in a table."""
    if numbers is None:
        return None
    seen = np.zeros(int(numbers.max(initial=-1)) + 1, bool)
    seen[numbers[numbers >= 0]] = True
    return int(np.count_nonzero(seen))
