"""The sale lines behind the customers, for figures that are computed only when a method asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.concepts import CONCEPTS
from segmentation.columns.words import is_no, key
from segmentation.dataclass import dataclass
from segmentation.rollup.memory import months_back
from segmentation.table import Table

FAST = (
    "express",
    "fast",
    "urgent",
    "same day",
    "next day",
    "courier",
    "priority",
    "срочн",
    "экспресс",
    "kilat",
    "eil",
    "加急",
)


@dataclass(frozen=True)
class History:
    """Lines in use and whose they are.

    codes    int32, for each line of the table the customer's row, −1 where the line is not used; size: customers
    revenue  makes the revenue of each line anew (float64): only the table itself is held
    returns  as in `definition.sql`: unless "keep", a line below zero is no purchase
    """

    table: Table
    roles: Mapping[str, str]
    codes: np.ndarray
    size: int
    revenue: Callable[[], np.ndarray]
    as_of: np.datetime64
    returns: str

    def __getstate__(self) -> dict[str, Any]:
        """What was worked out of the lines is worked out again wherever they are handed to."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def among(self, before: pd.Index, after: pd.Index) -> History:
        """The same lines where customers who bought nothing were added: whose they are among all of them."""
        rows = np.append(after.get_indexer(before), -1).astype(np.int32)[self.codes]
        return replace(self, codes=rows, size=len(after))

    @cached_property
    def offers(self) -> dict[str, Callable[[], np.ndarray]]:
        """Column name → how it is made, for those the file's columns allow; float64 (customers,), NaN where unknown."""
        dated, priced = "date" in self.roles, "product" in self.roles and bool({"price", "units"} & self.roles.keys())
        made = {
            "spend_last_quarter": (dated, lambda: self.spend(3)),
            "visits_last_quarter": (dated, lambda: self.visits(3)),
            "discount_share": ("discount" in self.roles, lambda: self._share(self._number("discount") > 0)),
            "express_share": (self._delivery is not None, lambda: self._share(self._fast())),
            "price_index": (priced, self._price_index),
        }
        return {name: make for name, (possible, make) in made.items() if possible}

    def spend(self, months: int) -> np.ndarray:
        """Revenue of the calendar months that end with the as-of day."""
        return self._summed(self._day > self._before(months))

    def visits(self, months: int) -> np.ndarray:
        """Different days with a purchase in those months."""
        lines = (self._day > self._before(months)) & self._purchase
        days = pd.DataFrame({"customer": self.codes[lines], "day": self._day[lines]}).drop_duplicates()
        return np.bincount(days["customer"], minlength=self.size).astype(np.float64)

    def days_before(self, rows: np.ndarray) -> list[np.ndarray]:
        """Of some customers how many days before the as-of day they bought: for each row int64, each day once, ascending."""
        wanted = np.full(self.size + 1, -1)
        wanted[rows] = np.arange(len(rows))
        lines = self._purchase & (wanted[self.codes] >= 0)  # a line not used is −1: the last, which nobody wants
        days = (self.as_of.astype("datetime64[D]") - self._day[lines]).astype(np.int64)
        which = wanted[self.codes[lines]]
        return [np.unique(days[which == at]) for at in range(len(rows))]

    def calendar(self, groups: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """On how many days the customers of each group bought, each customer's days once: by weekday, Monday first, int64
        (count, 7); and by month over the last year, int64 (count, 12).

        groups   of each customer, from 0; those at `count` and above are in none
        """
        group = np.append(groups, count)[self.codes]
        lines = self._purchase & (group < count) & ~np.isnat(self._day)
        day = self._day[lines].astype("datetime64[D]").astype(np.int64)
        least = int(day.min(initial=0))
        wide = int(day.max(initial=0)) - least + 1
        customer, day = np.divmod(np.unique(self.codes[lines].astype(np.int64) * wide + day - least), wide)
        day, group = day + least, groups[customer].astype(np.int64)
        month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
        year = day > int(self._before(12).astype("datetime64[D]").astype(np.int64))
        by_weekday = np.bincount(group * 7 + (day + 3) % 7, minlength=count * 7)  # 1970 began on a Thursday
        by_month = np.bincount(group[year] * 12 + month[year], minlength=count * 12)
        return by_weekday.reshape(count, 7), by_month.reshape(count, 12)

    def by_value(self, heading: str) -> pd.DataFrame:
        """The lines in use by what they say themselves in a column of words: index the words, columns lines, revenue.

        Most revenue first; lines without a word stand under "".
        """
        words = self.table.data[heading].cast(pa.string()).to_pandas().fillna("")
        hundredths = np.rint(np.nan_to_num(self.revenue()) * 10_000)  # whole numbers: any order, one sum
        used = pd.DataFrame({"lines": 1, "revenue": hundredths, heading: words})[self.codes >= 0]
        found = used.groupby(heading).sum().sort_index().sort_values("revenue", ascending=False, kind="stable")
        return found.assign(revenue=found["revenue"] / 10_000)

    def changed(self, heading: str) -> int:
        """How many customers have lines with different words in a column; lines without a word say nothing."""
        words = self.table.data[heading].cast(pa.string()).combine_chunks().dictionary_encode().indices
        said = pc.fill_null(words, -1).to_numpy(zero_copy_only=False)
        known = (self.codes >= 0) & (said >= 0)
        first = np.full(self.size, -1, np.int64)
        first[self.codes[known]] = said[known]
        return len(np.unique(self.codes[known][said[known] != first[self.codes[known]]]))

    def by_month(self, months: int) -> np.ndarray:
        """Revenue in each of the calendar months that end with the as-of day, latest first: (months, customers)."""
        ends = [self._before(back) for back in range(months + 1)]
        spans = zip(ends[1:], ends[:-1], strict=True)
        return np.stack([self._summed((self._day > start) & (self._day <= end)) for start, end in spans])

    def _before(self, months: int) -> np.datetime64:
        """The last day before so many months."""
        return months_back(self.as_of, months)

    def _summed(self, lines: np.ndarray) -> np.ndarray:
        lines = lines & (self.codes >= 0)
        hundredths = np.rint(np.nan_to_num(self.revenue()[lines]) * 10_000)  # whole numbers: any order, one sum
        return np.bincount(self.codes[lines], hundredths, self.size) / 10_000

    @property
    def _day(self) -> np.ndarray:
        column = self.table.data[self.roles["date"]].cast(pa.date32())
        return column.to_numpy().astype("datetime64[D]", copy=False)

    @property
    def _purchase(self) -> np.ndarray:
        """Lines in use that are purchases."""
        used = self.codes >= 0
        return used if self.returns == "keep" else used & ~(self.revenue() < 0)

    def _number(self, role: str) -> np.ndarray:
        return np.asarray(self.table.data[self.roles[role]].to_numpy(), dtype=np.float64)

    def _share(self, which: np.ndarray) -> np.ndarray:
        """The share of each customer's purchase lines for which it holds."""
        lines = self._purchase
        held, all_ = (np.bincount(self.codes[some], minlength=self.size) for some in (lines & which, lines))
        return np.divide(held, all_, out=np.full(self.size, np.nan), where=all_ > 0)

    @cached_property
    def _delivery(self) -> str | None:
        words = (*CONCEPTS["delivery"], "express", "expressdelivery")
        free = [name for name in self.table.data.column_names if name not in self.roles.values()]
        return next((name for name in free if key(name) in words), None)

    def _fast(self) -> np.ndarray:
        """Lines delivered fast: a flag above zero, or a way of delivery that says so."""
        assert self._delivery is not None
        column = self.table.data[self._delivery]
        if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            return np.asarray(column.to_numpy(), dtype=np.float64) > 0
        flag = "express" in key(self._delivery)
        words = pc.fill_null(column.cast(pa.string()), "").combine_chunks().dictionary_encode()
        said = [word.casefold().strip() for word in words.dictionary.to_pylist()]
        fast = [
            not is_no(word) and (any(sign in word for sign in FAST) or (flag and word != "standard")) for word in said
        ]
        return np.array(fast, bool)[words.indices.to_numpy()]

    def _price_index(self) -> np.ndarray:
        """The mean, over a customer's purchases, of the price paid ÷ the median price of the same product."""
        paid = self.revenue() / self._number("units") if "units" in self.roles else self._number("price")
        use = self._purchase & np.isfinite(paid) & (paid > 0)
        lines = pd.DataFrame({"product": self.table.data[self.roles["product"]].to_pandas()[use], "paid": paid[use]})
        index = (lines["paid"] / lines.groupby("product", observed=True)["paid"].transform("median")).to_numpy()
        codes = self.codes[use][np.isfinite(index)]
        parts = np.rint(index[np.isfinite(index)] * 1e6)
        count = np.bincount(codes, minlength=self.size)
        total = np.bincount(codes, parts, self.size) / 1e6
        return np.divide(total, count, out=np.full(self.size, np.nan), where=count > 0)
