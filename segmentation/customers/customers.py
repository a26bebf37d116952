"""Sale lines or a customer table → Customers: one row each, every metric a method may need, orderings kept."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cache, cached_property
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers import outlook
from segmentation.customers.history import History
from segmentation.customers.ordering import largest_first
from segmentation.customers.outlook import BOUND, DAMPING, SAYS, Potential
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.rollup.memory import months_back
from segmentation.rollup.settings import settled
from segmentation.table import Table

EXACT = 2.0**53  # whole numbers below this add up exactly in float64, in any order
FIRST = 1_000  # values by which most units are seen not to keep a column
RATIOS = ("revenue_cv", "revenue_cv_month", "growth")
DIGITS = 9
LARGE = 1e6  # from here on there are no nine digits behind the point to tell apart
NAMED = 12  # columns there are, where one is asked for that there is not
KEPT = 64  # bands and sums of recent thresholds kept for a Customers (1 MB each at a million of them, 60 for who is undecided)


def whole(values: np.ndarray) -> tuple[np.ndarray, float]:
    """The values as whole numbers of the coarsest unit (1, 1/100, 1/10 000) that keeps them, and that scale.

    Sums of whole numbers in float64 are exact, so they agree whatever the order and whatever the route
    (running totals or a sum per segment). Values no unit keeps come back as they are, with scale 1.
    Missing values count as 0.
    """
    values = np.where(np.isfinite(values), values, 0.0)
    for scale in (1.0, 100.0, 10_000.0):
        if not _kept_by(scale, values[:FIRST]):
            continue
        scaled = np.rint(values * scale)
        if np.abs(scaled).sum() < EXACT and np.array_equal(scaled / scale, values):
            return scaled, scale
    return values, 1.0


def _kept_by(scale: float, values: np.ndarray) -> bool:
    return np.array_equal(np.rint(values * scale) / scale, values)


@dataclass(frozen=True, eq=False)  # so that one can be part of a key: what is kept of it never outlives it
class Ranked:
    """One column in order, largest first; equal values by customer id; missing values last.

    order      int32 (n,): row numbers of the customers in that order
    negated    float64 (known,): the known values in that order, negated (so that they ascend)
    positive   how many are above zero
    before     float64 (positive,): share of the positive total reached before each of them, 0 ≤ before < 1
    running, counted   another column's running totals along this order; its values by row in whole units, None without
               such, or where its running totals are there
    called     what it is in words, where it orders by no column
    """

    order: np.ndarray
    negated: np.ndarray
    positive: int
    reaching: Callable[[], np.ndarray]
    running: Callable[[str], np.ndarray]
    counted: Callable[[str], np.ndarray | None]
    recent: dict[Any, Any] = field(default_factory=dict)  # bands last asked for, from which the next are carried; sums
    called: str = ""

    @cached_property
    def position(self) -> np.ndarray:
        """The place of each row in that order: int32 (n,)."""
        position = np.empty_like(self.order)
        position[self.order] = np.arange(len(self.order), dtype=np.int32)
        return position

    @cached_property
    def before(self) -> np.ndarray:
        """Made where it is asked for: edges and shares of customers do without."""
        return self.reaching()

    @property
    def known(self) -> int:
        """How many values are not missing."""
        return len(self.negated)

    def runs(self) -> tuple[np.ndarray, np.ndarray]:
        """Where in that order each known value begins, and how many have it: int64 (values,) both."""
        begins = np.flatnonzero(np.concatenate(([True], self.negated[1:] != self.negated[:-1])))[: self.known]
        return begins, np.diff(begins, append=self.known)

    def reach(self, cut: float) -> int:
        """How many customers stand before the cumulative share `cut`: those whose share before them is below it."""
        return int(np.searchsorted(self.before, cut, side="left"))

    def reached(self, cut: float) -> float:
        """The cumulative share those customers bring: `cut`, and what the one who crosses it brings on top."""
        place = self.reach(cut)
        return float(self.before[place]) if place < self.positive else 1.0

    def at_least(self, cut: float) -> int:
        """How many customers have a value of `cut` or more."""
        return int(np.searchsorted(self.negated, -cut, side="right"))

    def more_than(self, cut: float) -> int:
        """How many customers have a value above `cut`."""
        return int(np.searchsorted(self.negated, -cut, side="left"))

    def quantile(self, share: float) -> float:
        """The type 7 quantile of the known values, as numpy interpolates it, read off the ordering."""
        place = share * (self.known - 1)
        low, part = int(place), place % 1
        one, next_ = (-float(self.negated[max(self.known - 1 - at, 0)]) for at in (low, low + 1))
        return one + (next_ - one) * part if part < 0.5 else next_ - (next_ - one) * (1 - part)

    def above(self, value: float) -> float:
        """The smallest known value larger than this one; infinity where there is none."""
        larger = self.more_than(value)
        return -float(self.negated[larger - 1]) if larger else np.inf

    def ties(self, share: float) -> list[tuple[float, int]]:
        """Values that more than this share of the known customers have each, largest first, and how many have them."""
        if not self.known:
            return []
        least = max(int(share * self.known), 1)
        at = np.flatnonzero(self.negated[least:] == self.negated[: self.known - least])  # so many places apart, alike
        found = np.unique(self.negated[at])
        return [(-value, self.at_least(-value) - self.more_than(-value)) for value in found.tolist()]

    def between(self, low: float, high: float, open: bool | None = None) -> np.ndarray:
        """Row numbers of the customers from low to high: both included, or low alone (open False), or high (True)."""
        first = int(np.searchsorted(self.negated, -high, side="right" if open is False else "left"))
        last = int(np.searchsorted(self.negated, -low, side="left" if open else "right"))
        return self.order[first : max(first, last)]


class Customers:
    """One row per customer, sorted by customer id (text), with the metric and attribute columns.

    frame    DataFrame indexed by `customer_id`; see `definition.sql` for what each metric means
    as_of    the day the study looks back from; start: the first day it looks at (None without dates)
    notes    what was assumed or left out, in sentences; left_out: lines not used, by reason
    stated   what the file itself says of each customer's potential, or None
    history  the sale lines, from which further columns are computed when somebody asks for them; None without lines
    headings  the file's own heading of a column → its name here, where the two differ
    called, reached   the columns that hold what each customer is called (together), and by which e-mail each is reached
    before   the same customers without the last of them, who are newcomers; None where nobody is new
    Nothing here changes after it is made; orderings, running totals and bands are computed once and kept.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        *,
        as_of: dt.date | None = None,
        start: dt.date | None = None,
        notes: tuple[str, ...] = (),
        left_out: Mapping[str, int] | None = None,
        stated: np.ndarray | None = None,
        history: History | None = None,
        headings: Mapping[str, str] | None = None,
        called: tuple[str, ...] = (),
        reached: tuple[str, ...] = (),
        before: Customers | None = None,
    ) -> None:
        self.frame = frame
        self.as_of = as_of
        self.start = start
        self.notes = notes
        self.left_out = dict(left_out or {})
        self.stated = stated
        self.history = history
        self.headings = dict(headings or {})
        self.called = called
        self.reached = reached
        self.before = before
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._columns: dict[Any, Any] = {}
        self._made_of: dict[Any, frozenset[str]] = {}
        self._lock = threading.RLock()

    def __getstate__(self) -> dict[str, Any]:
        """What it is made of: what was worked out of that is worked out again, but for the potential it came with."""
        afresh: dict[str, Any] = {"_kept": OrderedDict(), "_made_of": {}, "_lock": None}
        found = {key: self._columns[key] for key in ("found",) if key in self._columns}
        return {**self.__dict__, **afresh, "_columns": found}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.RLock())

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"Customers({len(self):,} customers, as of {self.as_of}, columns: {', '.join(self.frame.columns)})"

    @property
    def day(self) -> str:
        """The day they are looked back at from, as settings hold it: ISO, "" without dates."""
        return self.as_of.isoformat() if self.as_of else ""

    @property
    def days(self) -> int | None:
        """Length of the window in days, both ends included."""
        return (self.as_of - self.start).days + 1 if self.as_of and self.start else None

    def days_back(self, months: int) -> float:
        """Days between the as-of date and the day some calendar months earlier; average months where no date is known."""
        if self.as_of is None:
            return months * outlook.MONTH
        as_of = np.datetime64(self.as_of, "D")
        return float((as_of - months_back(as_of, months)).astype(int))

    @property
    def found(self) -> Potential | None:
        """What a model, or the usual one, found as their potential."""
        return self._columns.get("found")

    @property
    def ahead(self) -> str:
        """The time their potential is about, in words; empty where it is not known."""
        return self.found.when if self.found else ""

    @property
    def money(self) -> str:
        """The column that stands for what a customer earns us: profit, else revenue, else the first of numbers."""
        return next(name for name in ("profit", "revenue", *self.numeric) if name in self.frame)

    @property
    def has_portfolio(self) -> bool:
        """Whether each customer has a place in profit now against potential."""
        return "potential" in self.frame and self.money in ("profit", "revenue")

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Names of the columns that hold numbers."""
        return tuple(name for name, kind in self.frame.dtypes.items() if pd.api.types.is_numeric_dtype(kind))

    def titles(self, columns: tuple[str, ...] | None = None, rows: np.ndarray | None = None) -> np.ndarray:
        """What customers are called beside the number, by these columns of words or by `called`: object.

        rows   row numbers of the customers asked for; all of them, kept, where not said
        """
        wanted = self.called if columns is None else columns
        if rows is not None:
            return _titles(self.frame[[*wanted]].iloc[rows])
        return self.keep(("titles", wanted), lambda: _titles(self.frame[[*wanted]]))

    def has(self, name: str) -> bool:
        """Whether there is a column of that name or heading, or the sale lines give one."""
        return self.named(name) in self.frame or (self.history is not None and name in self.history.offers)

    def named(self, heading: str) -> str:
        """The name here of a column of the file, or of one as the pages call it; what names a column already, or nothing, as it is."""
        if heading in self.frame or heading in self.headings:
            return heading if heading in self.frame else self.headings[heading]
        return next((name for name in self.numeric if label(name) == heading), heading)

    def with_column(self, name: str, values: np.ndarray, note: str = "") -> Customers:
        """The same customers with one number column more (or replaced), and a note that says where it comes from.

        What was kept and is made of other columns alone goes along.
        """
        notes = (*self.notes, note) if note else self.notes
        made = Customers(
            self.frame.assign(**{name: values}),
            as_of=self.as_of,
            start=self.start,
            notes=notes,
            left_out=self.left_out,
            stated=self.stated,
            history=self.history,
            headings=self.headings,
            called=self.called,
            reached=self.reached,
        )
        with self._lock:
            made._made_of = {key: columns for key, columns in self._made_of.items() if name not in columns}
            made._columns = {key: self._columns[key] for key in made._made_of}
        return made

    def with_found(self, found: Potential) -> Customers:
        """The same customers with what a model found as their `potential`; one that was there is replaced."""
        made = self.with_column("potential", found.values)
        made.keep("found", lambda: found, of=("potential",))
        others = (note for note in self.notes if not note.startswith(SAYS))
        made.notes = (*others, " ".join((found.sentence, *found.warnings)))
        return made

    def usual_potential(self) -> Potential:
        """Their potential where nobody chose a model: what the file states, else the trend."""
        return outlook.stated(self.stated) if self.stated is not None else self.trend()

    def trend(self, damping: float = DAMPING, bound: float = BOUND) -> Potential:
        """Their money a year on; see `outlook.trend`."""
        known = {name: self.values(name) for name in (self.money, "growth") if name in self.frame}
        return outlook.trend(known, self.money, self.days, damping, bound)

    def values(self, name: str) -> np.ndarray:
        """A number column as float64 (n,), missing as NaN. Raises Problem where there is none of that name."""
        if (kept := self._columns.get(("values", name))) is not None:
            return kept
        if name not in self.frame and self.history is not None and name in self.history.offers:
            return self.keep(("values", name), self.history.offers[name])
        if (column := self.named(name)) != name:
            return self.values(column)
        if name not in self.numeric:
            choice = (
                f"choose from {formats.first([*map(label, self.numeric)], NAMED)}"
                if self.numeric
                else "it holds no numbers at all"
            )
            raise Problem(f"There is no number column “{label(name)}” in this file: {choice}.")
        return self.keep(
            ("values", name),
            lambda: np.ascontiguousarray(self.frame[name].to_numpy(dtype=np.float64, na_value=np.nan)),
            of=self._itself(name),
        )

    def _itself(self, name: str) -> tuple[str, ...]:
        """The column that something of its own is made of; nothing where it is made of others."""
        return (name,) if name in self.frame else ()

    def known(self, name: str) -> int:
        """How many customers have a value in this column."""
        return self.keep(("known", name), lambda: int(np.count_nonzero(~np.isnan(self.values(name)))))

    def derive(self, name: str, make: Callable[[], np.ndarray]) -> str:
        """Keep a column made from others, beside the frame, under this name; it can then be cut as any other."""
        self.keep(("values", name), make)
        return name

    def known_of(self, name: str) -> str:
        """A column that is 1 where the value of another is known, else 0: its sums are how many are known."""
        return self.derive(f"{name} is known", lambda: (~np.isnan(self.values(name))) * 1.0)

    def exact(self, name: str) -> tuple[np.ndarray, float]:
        """`whole` of a column, kept."""
        return self.keep(("exact", name), lambda: whole(self.values(name)), of=self._itself(name))

    def whole(self, name: str) -> bool:
        """Whether a column has a unit in which it is of whole numbers, whose sums are exact in any order."""
        scaled = self.exact(name)[0]
        return self.keep(
            ("is whole", name),
            lambda: bool(_kept_by(1.0, scaled) and np.abs(scaled).sum() < EXACT),
            of=self._itself(name),
        )

    def total(self, name: str) -> float:
        """Sum of a column over all customers, missing as 0."""
        scaled, scale = self.exact(name)
        return self.keep(("total", name), lambda: float(scaled.sum()) / scale)

    def ranked(self, name: str) -> Ranked:
        """The column's ordering and running totals, computed once."""
        return self.keep(("ranked", name), lambda: self._rank(name))

    def remember(self, key: Any, make: Callable[[], Any]) -> Any:
        """`make()` once for a key; the most recent are kept, so one moved threshold recomputes one band."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def keep(self, key: Any, make: Callable[[], Any], of: Iterable[str] = ()) -> Any:
        """`make()` once for a key and for good: what belongs to a column, wherever the thresholds stand.

        of   the columns of the frame it is made of: as long as they stay it goes along with `with_column`
        """
        if key not in self._columns:
            with self._lock:
                if key not in self._columns:
                    self._columns[key] = make()
                    if columns := frozenset(of):
                        self._made_of[key] = columns
        return self._columns[key]

    def compared(self, name: str) -> np.ndarray:
        """The values as they are compared with each other and with cuts: ratios to DIGITS digits. float64 (n,).

        Customers whose money went alike are alike, whatever the last binary digit and whatever the currency.
        """
        values = self.values(name)
        if name not in RATIOS:
            return values
        return np.where(np.abs(values) < LARGE, np.round(np.clip(values, -LARGE, LARGE), DIGITS), values)

    def _rank(self, name: str) -> Ranked:
        values = self.compared(name)
        alike = name not in RATIOS and self.whole(name) and not np.isinf(values).any()
        order = largest_first(values, self.exact(name)[0] if alike else None)  # rows stand by id, so ties do too
        negated, positive = _known(values, order)

        def reaching() -> np.ndarray:
            return _reached(self.exact(name)[0][order[:positive]])

        def running(other: str) -> np.ndarray:
            return self.keep(("running", name, other), lambda: self._running(order, other))

        def counted(other: str) -> np.ndarray | None:
            there = ("running", name, other) in self._columns
            return self.exact(other)[0] if not there and self.whole(other) else None

        return Ranked(order, negated, positive, reaching, running, counted)

    def ordered(self, called: str, values: np.ndarray) -> Ranked:
        """The ordering by values that are no column, float64 (n,), missing as NaN; what is made of it goes when it goes."""
        order = largest_first(values, None)
        negated, positive = _known(values, order)
        running = cache(lambda other: self._running(order, other))
        reaching = lambda: _reached(-negated[:positive])  # noqa: E731
        return Ranked(order, negated, positive, reaching, running, lambda _: None, called=called)

    def _running(self, order: np.ndarray, other: str) -> np.ndarray:
        """Running total of a column along an order, in its exact unit: float64 (n + 1,), from 0."""
        return np.concatenate(([0.0], np.cumsum(self.exact(other)[0][order])))

    @classmethod
    def build(cls, table: Table, columns: Mapping[str, str] | None = None, **settings: Any) -> Customers:
        """Customers of a table as read.

        columns   role → heading, over what is recognised (see `match.py`)
        settings  those of `RollUpSettings`, which says what each is: as_of, window, returns …
        Raises Problem for a setting that cannot be used, and where no usable column or no row is left.
        """
        from segmentation.customers.build import rolled_up  # all that reads rows comes with the first table

        frame, facts = rolled_up(table, columns or {}, settled(**settings))
        made = cls(frame, **facts)
        return made.with_found(made.usual_potential()) if {"revenue", "profit"} & set(frame) else made


def _known(values: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, int]:
    """The known values in this order, negated, and how many are above zero."""
    return -values[order[: len(values) - int(np.isnan(values).sum())]], int((values > 0).sum())


def _reached(held: np.ndarray) -> np.ndarray:
    """The share of their total that is reached before each of these."""
    reached = np.cumsum(held)
    total = reached[-1] if len(held) else 0.0
    return np.concatenate(([0.0], reached[:-1])) / total if total else np.zeros(len(held))


def _titles(words: pd.DataFrame) -> np.ndarray:
    """The words of each row beside each other, "" where there are none or they only repeat the customer's number."""
    texts = [words[name].astype(object).where(words[name].notna(), "").map(str).to_numpy() for name in words]
    told = [" ".join(filter(None, map(str.strip, parts))) for parts in zip(*texts, strict=True)] or [""] * len(words)
    return np.array([said if said != one else "" for said, one in zip(told, words.index, strict=True)], object)
