"""Sale lines or a customer table → Customers: one row each, every metric a method may need, orderings kept."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import columns as vocabulary
from segmentation.problems import Problem

if TYPE_CHECKING:
    from segmentation.read import Table
    from segmentation.rollup import Lines

EXACT = 2.0**53  # whole numbers below this add up exactly in float64, in any order
KEPT = 64  # bands and sums of recent thresholds kept for a Customers (1 MB each at a million customers)
MOST_VALUES = 1000  # a text column of sale lines with more different values than this is no attribute

NO_CUSTOMER = "(no customer)"
METRICS = {  # every standard metric column and what it is called in plain words
    "revenue": "Revenue",
    "profit": "Profit",
    "cost_to_serve": "Cost to serve",
    "units": "Units",
    "orders": "Orders",
    "first_order": "First order",
    "last_order": "Last order",
    "recency_days": "Days since last order",
    "tenure_days": "Days since first order",
    "cycle_days": "Days between purchases",
    "revenue_cv": "Variation of revenue per quarter",
    "revenue_cv_month": "Variation of revenue per month",
    "revenue_before": "Revenue, earlier half",
    "revenue_recent": "Revenue, recent half",
    "growth": "Growth",
    "average_order": "Average order",
    "visits_per_quarter": "Visits per quarter",
    "potential": "Potential, next 12 months",
}
LEFT_OUT = {
    "without_customer": "without a customer",
    "without_date": "without a date",
    "after_as_of": "after the as-of date",
    "before_window": "before the window",
    "returns_dropped": "that are returns",
}


def label(column: str) -> str:
    """A column's name in plain words; an attribute keeps its heading."""
    return METRICS.get(column, column)


def whole(values: np.ndarray) -> tuple[np.ndarray, float]:
    """The values as whole numbers of the coarsest unit (1, 1/100, 1/10 000) that keeps them, and that scale.

    Sums of whole numbers in float64 are exact, so they agree whatever the order and whatever the route
    (running totals or a sum per segment). Values no unit keeps come back as they are, with scale 1.
    Missing values count as 0.
    """
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    for scale in (1.0, 100.0, 10_000.0):
        scaled = np.rint(values * scale)
        if np.abs(scaled).sum() < EXACT and np.array_equal(scaled / scale, values):
            return scaled, scale
    return values, 1.0


@dataclass(frozen=True)
class Ranked:
    """One column in order, largest first; equal values by customer id; missing values last.

    order      int32 (n,): row numbers of the customers in that order
    position   int32 (n,): the place of each row in that order
    negated    float64 (known,): the known values in that order, negated (so that they ascend)
    positive   how many are above zero
    before     float64 (positive,): share of the positive total reached before each of them, 0 ≤ before < 1
    """

    order: np.ndarray
    position: np.ndarray
    negated: np.ndarray
    positive: int
    before: np.ndarray
    running: Callable[[str], np.ndarray]

    @property
    def known(self) -> int:
        """How many values are not missing."""
        return len(self.negated)

    def reach(self, cut: float) -> int:
        """How many customers stand before the cumulative share `cut`: those whose share before them is below it."""
        return int(np.searchsorted(self.before, cut, side="left"))

    def at_least(self, cut: float) -> int:
        """How many customers have a value of `cut` or more."""
        return int(np.searchsorted(self.negated, -cut, side="right"))


class Customers:
    """One row per customer, sorted by customer id (text), with the metric and attribute columns.

    frame    DataFrame indexed by `customer_id`; see `rollup.sql` for what each metric means
    as_of    the day the study looks back from; start: the first day it looks at (None without dates)
    notes    what was assumed or left out, in sentences
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
    ) -> None:
        self.frame = frame
        self.as_of = as_of
        self.start = start
        self.notes = notes
        self.left_out = dict(left_out or {})
        self._kept: OrderedDict[Any, Any] = OrderedDict()
        self._columns: dict[Any, Any] = {}
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"Customers({len(self):,} customers, as of {self.as_of}, columns: {', '.join(self.frame.columns)})"

    @property
    def days(self) -> int | None:
        """Length of the window in days, both ends included."""
        return (self.as_of - self.start).days + 1 if self.as_of and self.start else None

    @property
    def money(self) -> str:
        """The column that stands for what a customer earns us: profit where it is known, else revenue."""
        return "profit" if "profit" in self.frame else "revenue"

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Names of the columns that hold numbers."""
        return tuple(name for name in self.frame if pd.api.types.is_numeric_dtype(self.frame[name].dtype))

    def with_column(self, name: str, values: np.ndarray, note: str = "") -> Customers:
        """The same customers with one number column more (or replaced), and a note that says where it comes from."""
        notes = (*self.notes, note) if note else self.notes
        return Customers(
            self.frame.assign(**{name: values}), as_of=self.as_of, start=self.start, notes=notes, left_out=self.left_out
        )

    def values(self, name: str) -> np.ndarray:
        """A number column as float64 (n,), missing as NaN. Raises Problem where there is none of that name."""
        if name not in self.numeric:
            raise Problem(f"There is no number column “{name}”; there are: {', '.join(self.numeric) or 'none'}.")
        return self._once(
            ("values", name), lambda: np.ascontiguousarray(self.frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
        )

    def exact(self, name: str) -> tuple[np.ndarray, float]:
        """`whole` of a column, kept."""
        return self._once(("exact", name), lambda: whole(self.values(name)))

    def total(self, name: str) -> float:
        """Sum of a column over all customers, missing as 0."""
        scaled, scale = self.exact(name)
        return self._once(("total", name), lambda: float(scaled.sum()) / scale)

    def ranked(self, name: str) -> Ranked:
        """The column's ordering and running totals, computed once."""
        return self._once(("ranked", name), lambda: self._rank(name))

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

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._columns:
            with self._lock:
                if key not in self._columns:
                    self._columns[key] = make()
        return self._columns[key]

    def _rank(self, name: str) -> Ranked:
        values = self.values(name)
        order = np.argsort(-values, kind="stable").astype(np.int32)  # NaN sorts last; rows stand by id, so ties do too
        position = np.empty_like(order)
        position[order] = np.arange(len(order), dtype=np.int32)
        negated = -values[order[: len(values) - int(np.isnan(values).sum())]]
        positive = int((values > 0).sum())
        scaled = self.exact(name)[0][order[:positive]]
        reached = np.cumsum(scaled)
        before = np.concatenate(([0.0], reached[:-1])) / reached[-1] if positive else np.empty(0)

        def running(other: str) -> np.ndarray:
            """Running total of another column along this order, in its exact unit: float64 (n + 1,), from 0."""
            return self._once(
                ("running", name, other), lambda: np.concatenate(([0.0], np.cumsum(self.exact(other)[0][order])))
            )

        return Ranked(order, position, negated, positive, before, running)

    @classmethod
    def build(
        cls,
        table: Table,
        columns: Mapping[str, str] | None = None,
        *,
        as_of: dt.date | str | None = None,
        window: int | None = None,
        returns: str = "net",
        blanks: str = "aside",
        margin: float | None = None,
    ) -> Customers:
        """Customers of a table as read.

        columns  role → heading, over what is recognised (see `columns.py`)
        as_of    look back from this day; default: the last day in the file
        window   look back this many calendar months; default: to the first day
        returns  negative lines: "net" their money counts, they are no purchase; "keep" as any line; "drop" set aside
        blanks   lines without a customer: "aside" set aside, "one" all of them one customer named (no customer)
        margin   profit as a share of revenue, where the file has neither cost nor profit
        Raises Problem where no usable column or no row is left.
        """
        roles = vocabulary.roles(table, dict(columns or {}))
        if returns not in ("net", "keep", "drop"):
            raise Problem(f"Returns can be net, keep or drop, not “{returns}”.")
        if vocabulary.shape(roles, table) == "customers":
            return _from_customer_table(table, roles, as_of, margin)
        return _from_lines(table, roles, as_of, window, returns, blanks, margin)


def _from_lines(
    table: Table, roles: dict[str, str], as_of: Any, window: int | None, returns: str, blanks: str, margin: float | None
) -> Customers:
    from segmentation.rollup import roll_up

    lines = _lines(table, roles, blanks)
    rolled = roll_up(lines, as_of=as_day64(as_of), window=window or None, returns=returns)
    if not len(rolled.ids):
        raise Problem(f"{table.name} leaves no customer: {_reasons(rolled.left_out) or 'it has no rows'}.")
    frame = pd.DataFrame(rolled.columns, index=_index(rolled.ids), copy=False)
    for heading in _attributes(table, roles):
        frame[heading] = _latest(table.data[heading], rolled.codes, lines.day, len(frame))
    note = _add_profit(frame, roles, margin)
    dated = lines.day is not None
    return _finished(
        frame,
        as_of=rolled.as_of.item() if dated else None,
        start=rolled.start.item() if dated else None,
        notes=(note,) if dated else (note, "There is no date column: methods that look at time cannot be used."),
        left_out=rolled.left_out,
    )


def _from_customer_table(table: Table, roles: dict[str, str], as_of: Any, margin: float | None) -> Customers:
    """One row a customer already: columns take their metric's name, all others stay attributes."""
    data = table.data
    ids = (
        _text(data[roles["customer"]]) if "customer" in roles else pa.array([str(i + 1) for i in range(data.num_rows)])
    )
    _refuse_repeats(ids, table.name, roles)
    order = pc.sort_indices(ids)
    frame = pd.DataFrame(index=_index(ids.take(order)))
    names = {heading: role for role, heading in roles.items() if role != "customer"}
    for heading in data.column_names:
        if heading != roles.get("customer"):
            column = data[heading].take(order)
            frame[_own_name(heading, names, roles)] = column.to_pandas().array
    note = _add_profit(frame, roles, margin)
    last = _add_dates(frame, as_day64(as_of))
    if not any(pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes):
        raise Problem(f"{table.name} has no column of numbers: choose one that holds money, or add one.")
    if "revenue" not in frame:
        note = f"There is no revenue column: choose one on the Data page. {note}"
    return _finished(frame, as_of=last, notes=(note,))


def _finished(frame: pd.DataFrame, *, notes: tuple[str, ...], **known: Any) -> Customers:
    from segmentation.potential import with_potential

    customers = Customers(frame, notes=tuple(note for note in notes if note), **known)
    return with_potential(customers) if "revenue" in frame or "profit" in frame else customers


def _lines(table: Table, roles: dict[str, str], blanks: str) -> Lines:
    """The sale lines of a table by role."""
    from segmentation.rollup import Lines

    if blanks not in ("aside", "one"):
        raise Problem(f"Lines without a customer can be set aside or kept as one, not “{blanks}”.")
    numbers = {
        role: _numbers(table, heading) for role, heading in roles.items() if vocabulary.ROLES[role].kind == "number"
    }
    revenue = _revenue(numbers, table.name)
    profit = numbers.get("profit")
    if profit is None and "cost" in numbers:
        profit = revenue - np.nan_to_num(numbers["cost"]) - np.nan_to_num(numbers.get("cost_to_serve", 0.0))
    customer = table.data[_needed(roles, "customer", table.name)]
    return Lines(
        customer=_one_customer(customer) if blanks == "one" else _texts(customer),
        day=_days(table.data[roles["date"]]) if "date" in roles else None,
        revenue=revenue,
        profit=profit,
        cost_to_serve=numbers.get("cost_to_serve"),
        units=numbers.get("units"),
        order=_texts(table.data[roles["order"]]) if "order" in roles else None,
    )


def _revenue(numbers: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Revenue of each line: its column, else units × price, less the discount (a share, or per cent)."""
    if "revenue" in numbers:
        return numbers["revenue"]
    if "units" not in numbers or "price" not in numbers:
        raise Problem(f"{name} has no column of amounts: choose the revenue, or units and price, on the Data page.")
    revenue = numbers["units"] * numbers["price"]
    if "discount" in numbers:
        discount = np.nan_to_num(numbers["discount"])
        revenue = revenue * (1 - (discount / 100 if discount.max(initial=0) > 1 else discount))
    return revenue


def _needed(roles: dict[str, str], role: str, name: str) -> str:
    if role not in roles:
        raise Problem(f"{name} has no {vocabulary.ROLES[role].label.lower()}: choose the column on the Data page.")
    return roles[role]


def _numbers(table: Table, heading: str) -> np.ndarray:
    column = table.data[heading]
    if vocabulary.kind_of(column.type) != "number":
        example = next((value for value in column.slice(0, 50).to_pylist() if value), "nothing")
        raise Problem(
            f"The column “{heading}” of {table.name} does not hold numbers (it begins with “{example}”): choose another."
        )
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _days(column: pa.ChunkedArray) -> np.ndarray:
    if vocabulary.kind_of(column.type) != "date":
        raise Problem(
            "The column chosen as date does not hold dates: choose another, or say how its dates are written."
        )
    return column.cast(pa.date32()).to_numpy().astype("datetime64[D]", copy=False)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text, plain or dictionary; numbers as they would be written."""
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return column
    return column.cast(pa.string())


def _text(column: pa.ChunkedArray) -> pa.Array:
    plain = _texts(column).cast(pa.string()).combine_chunks()
    return plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain


def _one_customer(column: pa.ChunkedArray) -> pa.Array:
    text = _text(column)
    return pc.if_else(pc.equal(pc.fill_null(text, ""), ""), NO_CUSTOMER, text)


def _refuse_repeats(ids: pa.Array, name: str, roles: dict[str, str]) -> None:
    if ids.null_count or pc.any(pc.equal(ids, "")).as_py():
        raise Problem(
            f"{name} has {ids.null_count or 'some'} rows without a customer in “{roles['customer']}”: fill or remove them."
        )
    counts = pc.value_counts(ids)
    often = counts.filter(pc.greater(counts.field("counts"), 1))
    if len(often):
        first = often[0]["values"].as_py()
        raise Problem(
            f"{name} has one row a customer, but {len(often):,} customers stand on several, “{first}” among them: "
            "choose the date column if its rows are sales, or another customer column."
        )


def _own_name(heading: str, names: dict[str, str], roles: dict[str, str]) -> str:
    """The metric a heading stands for; another heading that would take a metric's name gets “(column)” behind it."""
    name = names.get(heading, heading)
    return f"{heading} (column)" if heading not in names and heading in roles else name


def _add_profit(frame: pd.DataFrame, roles: dict[str, str], margin: float | None) -> str:
    """Add `profit` where it can be known, and say how."""
    if "profit" in roles:
        return f"Profit is the file's column “{roles['profit']}”."
    if "cost" in roles:
        if "profit" not in frame:  # a customer table: the lines had it subtracted already
            frame["profit"] = frame["revenue"] - frame["cost"] - frame.get("cost_to_serve", 0.0)
        serve = f" and “{roles['cost_to_serve']}”" if "cost_to_serve" in roles else ""
        return f"Profit is revenue less “{roles['cost']}”{serve}."
    if margin is not None and "revenue" in frame:
        frame["profit"] = np.round(frame["revenue"] * margin, 4)
        return f"Profit is assumed: {margin:.0%} of revenue, the same for everybody."
    return "The file has neither cost nor profit: revenue stands in its place until you assume a margin."


def _add_dates(frame: pd.DataFrame, as_of: np.datetime64 | None) -> dt.date | None:
    """Recency and tenure of a customer table from its dates; the as-of day, or None without dates."""
    dates = [name for name in ("first_order", "last_order") if name in frame]
    for name in dates:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    if not dates:
        return None
    last = pd.Timestamp(as_of) if as_of is not None else frame[dates].max().max()
    for name, metric in (("first_order", "tenure_days"), ("last_order", "recency_days")):
        if name in frame and metric not in frame:
            frame[metric] = (last - frame[name]).dt.days.astype("float64")
    return last.date() if pd.notna(last) else None


def _attributes(table: Table, roles: dict[str, str]) -> list[str]:
    """Text columns without a role and with few enough different values to describe customers."""
    taken = {roles.get(role) for role in ("customer", "order", "date")}
    text = [
        name
        for name in table.data.column_names
        if vocabulary.kind_of(table.data[name].type) == "text" and name not in taken
    ]
    return [name for name in text if name not in METRICS and _few(table.data[name])]


def _few(column: pa.ChunkedArray) -> bool:
    head = column.slice(0, 20_000)  # a column of many different values shows it at once
    return all(
        len(pc.unique(part.cast(pa.string()))) <= MOST_VALUES
        for part in (head, column)
        if part is head or len(column) > len(head)
    )


def _latest(column: pa.ChunkedArray, codes: np.ndarray, day: np.ndarray | None, size: int) -> pd.Categorical:
    """Each customer's latest known value of a text column; of several on that day the alphabetically last."""
    values = _texts(column)
    encoded = (
        (values if pa.types.is_dictionary(values.type) else values.dictionary_encode())
        .unify_dictionaries()
        .combine_chunks()
    )
    words = encoded.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(words) + 1, np.int64)
    rank[order], rank[-1] = np.arange(len(words)), -1
    place = rank[pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)]
    used = (codes >= 0) & (place >= 0)
    when = day[used].astype(np.int64) if day is not None else np.zeros(int(used.sum()), np.int64)
    latest = np.full(size, -1, np.int64)
    base = when.min(initial=0)
    np.maximum.at(latest, codes[used], (when - base) * len(words) + place[used])
    known = np.where(latest >= 0, latest % max(len(words), 1), -1)
    return pd.Categorical.from_codes(known, [words[i] for i in order])


def _index(ids: pa.Array) -> pd.Index:
    return pd.Index(pd.array(ids, dtype="str"), name="customer_id")


def _reasons(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} lines {LEFT_OUT[reason]}" for reason, count in left_out.items() if count)


def as_day64(day: dt.date | str | None) -> np.datetime64 | None:
    """A numpy day of a date or ISO text; Problem where it is none."""
    if day is None:
        return None
    try:
        return np.datetime64(dt.date.fromisoformat(day) if isinstance(day, str) else day, "D")
    except ValueError:
        raise Problem(f"“{day}” is no date: write it as 2026-06-30.") from None
