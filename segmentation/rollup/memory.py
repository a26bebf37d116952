"""Sale lines → one row per customer, in memory. `definition.sql` defines what this computes; a test holds them equal."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import field
from itertools import pairwise

import numpy as np
import pyarrow as pa

from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.rollup.encode import blocks, encode, identify
from segmentation.rollup.settings import check

REASONS = ("without_customer", "without_date", "after_as_of", "before_window", "returns_dropped")
QUARTER = 91.3125  # days: a quarter of the mean Julian year
FINEST = 10_000  # amounts are DECIMAL(18, 4)
LARGEST = 10**14
PART = 1 << 17  # lines whose customers are worked on at a time
EXACT = 2**53  # whole numbers below this are exact in float64
NO_DAY = np.datetime64("NaT", "D")
OF_REVENUE = ("revenue_cv", "revenue_cv_month", "revenue_before", "revenue_recent", "growth", "first_revenue")


@dataclass(frozen=True)
class Lines:
    """Sale lines, one place per line in every column.

    customer and order are texts (plain or dictionary), null or empty where missing; order None: every
    line is an order of its own. day is datetime64[D] with NaT where missing, None where the file has
    no dates. Amounts are float64, NaN where missing: a line without revenue is a purchase of 0,
    and a customer without a line of known revenue has no known revenue.
    """

    customer: pa.Array | pa.ChunkedArray
    day: np.ndarray | None
    revenue: np.ndarray
    profit: np.ndarray | None = None
    cost_to_serve: np.ndarray | None = None
    units: np.ndarray | None = None
    order: pa.Array | pa.ChunkedArray | None = None

    def __len__(self) -> int:
        return len(self.revenue)

    def amounts(self) -> dict[str, np.ndarray]:
        """The amounts there are, by name, revenue first."""
        columns = {name: getattr(self, name) for name in ("revenue", "profit", "cost_to_serve", "units")}
        return {name: values for name, values in columns.items() if values is not None}


@dataclass(frozen=True)
class RollUp:
    """One row per customer with a line in use, by id in the order of code points.

    ids: distinct texts. columns: arrays as long as ids, float64 (NaN where unknown), counts
    (`orders`, `lines`, `visits`) int64, `first_order` and `last_order` datetime64[D]. as_of and start: last and first day looked at (NaT
    without dates), days: how many that is. codes: int32, for each line its customer's place in ids or −1
    where the line is not used. left_out: lines not used, by the first reason of REASONS that applies.
    """

    ids: pa.StringArray
    columns: dict[str, np.ndarray]
    as_of: np.datetime64
    start: np.datetime64
    days: int
    codes: np.ndarray
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Amounts:
    """Amounts of one column, rounded to 4 decimals: `whole / per` (int64, 0 where missing; per 1, 100 or 10 000)."""

    whole: np.ndarray
    per: int
    missing: np.ndarray | None = None  # bool; None where nothing is


@dataclass(frozen=True)
class Span:
    """The days looked at: start … as_of, `days` of them; the later half begins with mid. NaT and 0 without dates."""

    start: np.datetime64 = NO_DAY
    as_of: np.datetime64 = NO_DAY

    @property
    def days(self) -> int:
        return 0 if np.isnat(self.start) else int((self.as_of - self.start).astype(int)) + 1

    @property
    def mid(self) -> np.datetime64:
        return self.start + self.days // 2

    def periods(self, months_each: int) -> np.ndarray:
        """For each day looked at, the number from 0 of its calendar month (1) or quarter (3)."""
        if not self.days:
            return np.zeros(1, np.int64)
        months = np.arange(self.start, self.as_of + 1).astype("datetime64[M]").astype(np.int64)
        return months // months_each - months[0] // months_each


def roll_up(
    lines: Lines, *, as_of: np.datetime64 | None = None, window: int | None = None, returns: str = "net"
) -> RollUp:
    """Roll sale lines up to customers as `definition.sql` defines it.

    as_of: last day looked at, by default the last day of a line with a customer. window: calendar
    months that end with as_of, by default all lines. returns, lines with revenue below 0: "net" counts
    their money but not as purchases, "keep" as any line, "drop" sets them aside.
    Raises Problem for an amount of 10^14 or more, a column that adds up to more than that, or other returns.
    """
    check("returns", returns)
    with ThreadPoolExecutor(2) as pool:
        order = None if lines.order is None else pool.submit(identify, lines.order)
        codes, ids = encode(lines.customer)
        money = {name: whole(values, name) for name, values in lines.amounts().items()}
        use, span, left_out = choose(codes, lines.day, money["revenue"].whole, as_of, window, returns)
        codes, ids = renumber(codes, ids, use)
        size, used, revenue = len(ids), only(codes, use), only(money["revenue"].whole, use)
        purchase = np.ones(len(revenue), bool) if returns == "keep" else revenue >= 0
        orders = pool.submit(count_orders, used, order, use, purchase, size)
        columns = {name: total(amounts, codes, use, size) for name, amounts in money.items()}
        columns["lines"] = np.bincount(used, minlength=size)
        per = money.pop("revenue").per
        del money, purchase
        if lines.day is not None:
            day = (only(lines.day, use) - span.start).astype(np.int32)
            over_days = dated(used, day, Amounts(revenue, per), span, size, returns, pool)
            columns |= {name: _known(over_days[name], columns["revenue"], name) for name in over_days}
        columns["orders"] = orders.result()
    columns["average_order"] = ratio(columns["revenue"], columns["orders"])
    return RollUp(ids, columns, span.as_of, span.start, span.days, codes, left_out)


def whole(values: np.ndarray, name: str) -> Amounts:
    """Round amounts to 4 decimals once and for all, as whole numbers of the largest of 1, 1/100, 1/10 000 that fits.

    Whole numbers add up to the same total in any order. Raises Problem where they would not fit.
    """
    per, sizes = 1, 0.0
    for rows in blocks(len(values)):
        part = ten_thousandths(values[rows])
        largest = np.abs(part).max()
        if not largest < LARGEST * FINEST:
            raise Problem(f"An amount in {name} is 10^14 or more: check the column, or state it in thousands.")
        sizes += float(np.abs(part).sum())
        while per < FINEST and (largest >= EXACT or np.any(np.rint(part * (per / FINEST)) * (FINEST // per) != part)):
            per *= 100
    if sizes >= LARGEST * FINEST:
        raise Problem(f"The amounts in {name} add up to 10^14 or more: state the column in thousands.")
    numbers = np.empty(len(values), np.int64)
    for rows in blocks(len(values)):
        numbers[rows] = np.rint(ten_thousandths(values[rows]) / (FINEST // per))
    missing = np.isnan(values)
    return Amounts(numbers, per, missing if missing.any() else None)


def ten_thousandths(values: np.ndarray) -> np.ndarray:
    """Amounts × 10 000, rounded, half to even; missing ones are 0. float64."""
    with np.errstate(over="ignore"):
        rounded = np.rint(values * FINEST)
    missing = np.isnan(rounded)
    if missing.any():
        rounded[missing] = 0
    return rounded


def last_day(codes: np.ndarray, day: np.ndarray | None) -> np.datetime64:
    """The last day of a line with a customer, NaT where there is none."""
    if day is None:
        return NO_DAY
    numbers = only(day, codes >= 0).view(np.int64)  # NaT is the smallest int64: before every day
    return numbers.max(initial=NO_DAY.view(np.int64)).view("datetime64[D]")


def months_back(day: np.datetime64, months: int) -> np.datetime64:
    """The day so many calendar months earlier, as every span of months is counted.

    It is the same day of the month, or the last day of a shorter month; of a month's last day it is a last day.
    """
    month = day.astype("datetime64[M]")
    last = (month - months + 1).astype("datetime64[D]") - 1
    ends = (day + 1).astype("datetime64[M]") != month
    return last if ends else min((month - months).astype("datetime64[D]") + (day - month), last)


def window_start(as_of: np.datetime64, months: int | None) -> np.datetime64:
    """First day of so many calendar months that end with as_of; NaT where there is no limit.

    It is the day after the one so many months back: a window of whole months starts on the first of a month.
    """
    return NO_DAY if months is None or np.isnat(as_of) else months_back(as_of, months) + 1


def choose(
    codes: np.ndarray,
    day: np.ndarray | None,
    revenue: np.ndarray,
    as_of: np.datetime64 | None,
    window: int | None,
    returns: str,
) -> tuple[np.ndarray, Span, dict[str, int]]:
    """Which lines are used (bool), the days looked at, and how many lines are not used by the first reason that applies."""
    as_of = last_day(codes, day) if as_of is None or day is None else as_of
    start = window_start(as_of, window)
    use, left_out = np.ones(len(codes), bool), dict.fromkeys(REASONS, 0)
    for reason, fits in _conditions(codes, day, revenue, as_of, start, returns):
        before = np.count_nonzero(use)
        use &= fits
        left_out[reason] = int(before - np.count_nonzero(use))
    if day is not None and np.isnat(start) and use.any():
        start = only(day, use).min()
    return use, Span(start, as_of), left_out


def unused(
    lines: Lines, *, as_of: np.datetime64 | None = None, window: int | None = None, returns: str = "net"
) -> dict[str, np.ndarray]:
    """Positions (int64) of the lines that `roll_up` leaves out with the same arguments, by the reasons it counts."""
    check("returns", returns)
    codes, revenue = encode(lines.customer)[0], whole(lines.revenue, "revenue").whole
    as_of = last_day(codes, lines.day) if as_of is None or lines.day is None else as_of
    use, places = np.ones(len(lines), bool), {}
    for reason, fits in _conditions(codes, lines.day, revenue, as_of, window_start(as_of, window), returns):
        places[reason] = np.flatnonzero(use & ~fits)
        use &= fits
    return places


def _conditions(
    codes: np.ndarray,
    day: np.ndarray | None,
    revenue: np.ndarray,
    as_of: np.datetime64,
    start: np.datetime64,
    returns: str,
) -> Iterator[tuple[str, np.ndarray]]:
    """What a line must fulfil to be used, in the order of REASONS."""
    yield "without_customer", codes >= 0
    if day is not None:
        yield "without_date", ~np.isnat(day)
        yield "after_as_of", day <= as_of
        if not np.isnat(start):
            yield "before_window", day >= start
    if returns == "drop":
        yield "returns_dropped", revenue >= 0


def only(values: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The values where mask holds; themselves, not a copy, where it holds everywhere."""
    return values if mask.all() else values[mask]


def ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above ÷ below, NaN where below is not positive."""
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def renumber(codes: np.ndarray, ids: pa.StringArray, use: np.ndarray) -> tuple[np.ndarray, pa.StringArray]:
    """Drop customers without a line in use; −1 on the lines not used."""
    seen = np.zeros(len(ids) + 1, bool)
    seen[codes if use.all() else codes[use]] = True
    seen = seen[:-1]
    if use.all() and seen.all():
        return codes, ids
    rank = np.append(np.cumsum(seen, dtype=np.int32) - 1, np.int32(-1)).astype(np.int32)
    return np.where(use, rank[codes], np.int32(-1)), ids.filter(pa.array(seen))


def total(amounts: Amounts, codes: np.ndarray, use: np.ndarray, size: int) -> np.ndarray:
    """Sum per customer; NaN for a customer none of whose amounts is known."""
    used, sums = only(codes, use), np.zeros(size, np.int64)
    np.add.at(sums, used, only(amounts.whole, use))
    if amounts.missing is None:
        return sums / amounts.per
    known = np.zeros(size, bool)
    known[used[~only(amounts.missing, use)]] = True
    return np.where(known, sums / amounts.per, np.nan)


def _known(values: np.ndarray, revenue: np.ndarray, name: str) -> np.ndarray:
    """A column that is made of revenue where that is known; any other column as it is."""
    return np.where(np.isnan(revenue), np.nan, values) if name in OF_REVENUE and np.isnan(revenue).any() else values


def count_orders(
    used: np.ndarray, order: Future | None, use: np.ndarray, purchase: np.ndarray, size: int
) -> np.ndarray:
    """Distinct orders per customer among purchases; a purchase without an order id is an order of its own."""
    if order is None:
        return np.bincount(only(used, purchase), minlength=size)
    numbers, limit = order.result()
    numbers = only(numbers, use)
    alone = np.bincount(used[purchase & (numbers < 0)], minlength=size)
    known = purchase & (numbers >= 0)
    return alone + count_distinct(only(used, known), only(numbers, known), limit, size)


def count_distinct(codes: np.ndarray, numbers: np.ndarray, limit: int, size: int) -> np.ndarray:
    """How many different numbers (0 ≤ number < limit) each code comes with."""
    if size.bit_length() + limit.bit_length() > 63:
        numbers = np.unique(numbers, return_inverse=True)[1]
        limit = len(numbers)
    bits = limit.bit_length()
    pairs = codes.astype(np.int64)
    pairs <<= bits
    pairs |= numbers
    pairs = only(pairs, changes(pairs))  # the lines of one order often follow each other
    pairs.sort()
    pairs = only(pairs, changes(pairs))
    pairs >>= bits
    return np.bincount(pairs, minlength=size)


def changes(values: np.ndarray) -> np.ndarray:
    """True where a value differs from the one before it, and at the first."""
    different = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=different[1:])
    return different


def dated(
    used: np.ndarray, day: np.ndarray, amounts: Amounts, span: Span, size: int, returns: str, pool: ThreadPoolExecutor
) -> dict[str, np.ndarray]:
    """The columns that need days. used, day (from the start of span) and the revenue have one place per line.

    Once the lines are in the order of customers and days, some customers at a time are worked on: what
    lies between the steps then stays in the processor's cache.
    """
    bits = span.days.bit_length()
    parts = by_customer_and_day(used, day, amounts.whole, bits, size)
    done = list(pool.map(lambda part: over_time(part[0], part[1], bits, amounts.per, span, returns), parts))
    return {name: np.concatenate([columns[name] for columns in done]) for name in done[0]}


def by_customer_and_day(
    used: np.ndarray, day: np.ndarray, revenue: np.ndarray, bits: int, size: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Lines in the order of customer and day, some customers at a time: (customer << bits | day, revenue), int64."""
    cells = used.astype(np.int64)
    cells <<= bits
    cells |= day
    lowest = revenue.min(initial=0)
    room = int(revenue.max(initial=0) - lowest).bit_length()
    if size.bit_length() + bits + room > 63:
        order = np.argsort(cells, kind="stable")
        cells, revenue = cells[order], revenue[order]
        for rows in whole_customers(cells, bits):
            yield cells[rows], revenue[rows]
        return
    cells <<= room  # sorting a number that carries the amount along is faster than sorting places
    cells += revenue
    cells -= lowest
    cells.sort()
    for rows in whole_customers(cells, bits + room):
        yield cells[rows] >> room, (cells[rows] & ((1 << room) - 1)) + lowest


def whole_customers(cells: np.ndarray, bits: int) -> list[slice]:
    """Cut sorted customer << bits | … into slices of about PART places that do not cut a customer."""
    first = cells[PART::PART] >> bits
    cuts = [0, *np.unique(np.searchsorted(cells, first << bits)), len(cells)]
    return [slice(a, b) for a, b in pairwise(cuts) if a < b or not len(cells)]


def over_time(
    cells: np.ndarray, amounts: np.ndarray, bits: int, per: int, span: Span, returns: str
) -> dict[str, np.ndarray]:
    """The columns that need days, of customers that follow each other; cells and amounts: see by_customer_and_day."""
    customer, day = cells >> bits, cells & ((1 << bits) - 1)
    customer -= customer[:1]
    size = int(customer[-1]) + 1 if len(customer) else 0
    first_of_day = changes(cells)
    visit = first_of_day
    if returns != "keep" and amounts.min(initial=0) < 0:
        visit = np.flatnonzero(amounts >= 0)
        visit = visit[changes(cells[visit])]
    columns = rhythm(customer[visit], day[visit], bits, span, size)
    first_of_day = np.flatnonzero(first_of_day)
    sums = np.add.reduceat(amounts, first_of_day)
    columns["first_revenue"] = of_first_day(cells[visit], cells[first_of_day], sums, bits, size) / per
    return columns | money_over_time(customer[first_of_day], day[first_of_day], sums, per, span)


def of_first_day(visits: np.ndarray, days: np.ndarray, sums: np.ndarray, bits: int, size: int) -> np.ndarray:
    """Revenue of each customer's first purchase day, NaN without one.

    visits and days: customer << bits | day in order, of purchases and of all lines; sums: the revenue of days.
    """
    firsts = visits[changes(visits >> bits)]
    found = np.full(size, np.nan)
    found[(firsts >> bits) - (days[:1] >> bits)] = sums[np.searchsorted(days, firsts)]
    return found


def rhythm(customer: np.ndarray, day: np.ndarray, bits: int, span: Span, size: int) -> dict[str, np.ndarray]:
    """Columns from the distinct purchase days, in order; a customer may have none."""
    count = np.bincount(customer, minlength=size)
    first, last = np.full((2, size), NO_DAY)
    opens, closes = changes(customer), np.ones(len(customer), bool)
    closes[:-1] = opens[1:]
    first[customer[opens]], last[customer[closes]] = span.start + day[opens], span.start + day[closes]
    return {
        "first_order": first,
        "last_order": last,
        "recency_days": _days(span.as_of - last),
        "tenure_days": _days(span.as_of - first),
        "cycle_days": median_gap(customer, day, bits, count),
        "visits": count,
        "visits_per_quarter": count / (span.days / QUARTER),
    }


def _days(length: np.ndarray) -> np.ndarray:
    return np.where(np.isnat(length), np.nan, length.astype(np.int64))


def median_gap(customer: np.ndarray, day: np.ndarray, bits: int, count: np.ndarray) -> np.ndarray:
    """Median days between purchase days that follow each other; NaN with fewer than 3 of them. count: days per customer."""
    gaps = (customer[1:] << bits) | np.abs(np.diff(day))
    gaps = gaps[customer[1:] == customer[:-1]]
    gaps.sort()
    gaps &= (1 << bits) - 1
    rhythmic = np.flatnonzero(count >= 3)
    gap_count = np.maximum(count - 1, 0)
    start = (np.cumsum(gap_count) - gap_count)[rhythmic]
    below, above = (gaps[start + (gap_count[rhythmic] - 1 + upper) // 2] for upper in (0, 1))
    median = np.full(len(count), np.nan)
    median[rhythmic] = (below + above) / 2
    return median


def money_over_time(
    customer: np.ndarray, day: np.ndarray, amounts: np.ndarray, per: int, span: Span
) -> dict[str, np.ndarray]:
    """Columns from the revenue per customer and day: in order, every customer present."""
    starts = np.flatnonzero(changes(customer))
    later = day >= (span.mid - span.start).astype(np.int64)
    recent = np.add.reduceat(amounts * later, starts)
    before = np.add.reduceat(amounts, starts) - recent
    return {
        "revenue_cv": variation(customer, day, amounts, span.periods(3)),
        "revenue_cv_month": variation(customer, day, amounts, span.periods(1)),
        "revenue_before": before / per,
        "revenue_recent": recent / per,
        "growth": ratio(recent / per, before / per) - 1,
    }


def variation(customer: np.ndarray, day: np.ndarray, amounts: np.ndarray, period_of_day: np.ndarray) -> np.ndarray:
    """Sample deviation ÷ mean of revenue over all periods, those without a line as 0; NaN under 3 periods or mean ≤ 0.

    Squared distances from the mean, those of k periods with a line and (n − k) of the mean itself, lose
    no digits where revenue is steady; the shorter Q − S²/n would.
    """
    periods = int(period_of_day[-1]) + 1
    cells = customer * periods + period_of_day[day]
    starts = np.flatnonzero(changes(cells))
    customer, sums = customer[starts], np.add.reduceat(amounts, starts)
    first = np.flatnonzero(changes(customer))
    if periods < 3:
        return np.full(len(first), np.nan)
    active = np.diff(first, append=len(customer))
    mean = np.add.reduceat(sums, first) / periods
    distance = sums - np.repeat(mean, active)
    squares = np.add.reduceat(distance * distance, first) + (periods - active) * mean * mean
    return ratio(np.sqrt(squares / (periods - 1)), mean)
