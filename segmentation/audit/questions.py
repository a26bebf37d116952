"""What is odd about a table, in plain words: what was found, what it does to the result, and what can be chosen.

A finding never changes anything by itself. Its choices are settings of a study, so that next month's
file is treated alike. Each question below is one small function; a further one is one more in CHECKS.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns import match as vocabulary
from segmentation.columns import who
from segmentation.columns.amounts import floats, revenue_of
from segmentation.columns.extras import beside
from segmentation.columns.kinds import as_text, distinct, kind_of, plain_text
from segmentation.columns.prices import priced, says_unit, told
from segmentation.columns.sums import PLUS, with_sums
from segmentation.columns.telling import is_expected, is_side
from segmentation.columns.words import words
from segmentation.customers.asking import answers
from segmentation.customers.entries import CALLED, Kinds
from segmentation.customers.parents import Parents, named_once, with_parents
from segmentation.customers.refunds import less_refunds
from segmentation.customers.shapes import shape as shape_of
from segmentation.customers.spelling import ROUNDED, in_one_spelling, spellings
from segmentation.customers.statuses import ASIDE, Judged, judged, quoted
from segmentation.customers.telling import counted, kinds_of
from segmentation.customers.whole_orders import looks, repeated
from segmentation.joining.linkage import company, recognise
from segmentation.rollup.encode import SMALL_TABLE, encode, identify
from segmentation.rollup.repeated import likely_alike, repeated_rows
from segmentation.rollup.settings import CHOICES
from segmentation.table import Table

LARGE = 0.02  # an order from this share of all revenue is named
ENOUGH_ORDERS = 100  # under so many, every order is a large part
QUIET_DAYS = 7  # shortest stretch without a sale that is called a gap
UNUSUAL = 4  # and it is so many times as long as almost all others
MOST_NAMED = 100  # orders are left out by name up to so many
ENOUGH_LINES = 4  # under so many, few customers tell nothing
FEW_CUSTOMERS = 10_000  # names of more are compared by `linkage.py`, not here
EMAIL = r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$"
PHONE = r"^[\s+()0-9./\-]{7,22}$"


@dataclass(frozen=True)
class Choice:
    """A way to answer a finding: what it is called, and the settings of a study that make it so."""

    label: str
    settings: dict[str, Any]


def _ways(name: str, first: str = "") -> tuple[Choice, ...]:
    """The ways of a choice about lines, the one that suits the finding before the others."""
    ways = CHOICES[name].ways
    return tuple(Choice(ways[way], {name: way}) for way in sorted(ways, key=lambda way: way != first))


@dataclass(frozen=True)
class Cell:
    """A value of the table that a sentence names: its heading, and how it is said."""

    heading: str
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing a person should know before trusting the result.

    name      what kind of finding it is (“duplicate_rows”)
    sentence  what was found, in numbers
    effect    what it does to the result
    choices   what can be done about it
    rows      int64: positions in the table of the rows it is about
    parts     the sentence in pieces, where it names values of the table
    """

    name: str
    sentence: str
    effect: str
    choices: tuple[Choice, ...] = ()
    rows: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    parts: tuple[str | Cell, ...] = ()

    def told(self, tell: Callable[[Cell], str]) -> str:
        """The sentence with the values it names told in another way: masked."""
        if not self.parts:
            return self.sentence
        return "".join(tell(part) if isinstance(part, Cell) else part for part in self.parts)


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
        """Numbers from 0 without large gaps, so that they can be places in a table; −1 for missing."""
        if role not in self.roles:
            return None
        numbers, limit = identify(as_text(self.table.data[self.roles[role]]))
        if limit > max(SMALL_TABLE, 4 * len(numbers)):
            known = numbers >= 0
            numbers[known] = np.unique(numbers[known], return_inverse=True)[1]
        return numbers

    def __len__(self) -> int:
        return self.table.data.num_rows

    def lines(self, count: int) -> str:
        return formats.plural(count, "line" if self.sales else "row")

    def money(self, rows: np.ndarray) -> str:
        """What some rows are worth, and the share of all revenue that is."""
        worth = float(self.worth[rows].sum())
        share = f" ({formats.share(worth / self.total, 1)} of all)" if self.total > 0 else ""
        return f"{formats.whole(worth)}{share}"


def audit(
    table: Table,
    roles: Mapping[str, str] | None = None,
    *,
    today: dt.date | None = None,
    checks: Iterable[Callable[[Facts], Iterator[Finding]]] | None = None,
) -> list[Finding]:
    """What is odd about a table, the gravest first within each question; nothing where all is well.

    roles    role → heading as chosen, over what is recognised; today: the day after which dates lie in the future
    checks   the questions asked; all there are, where not said
    Raises Problem where a role cannot be what it was chosen to be.
    """
    found = vocabulary.roles(table, dict(roles or {}))
    vocabulary.check_kinds(table, found)
    facts = Facts(with_sums(table, found.values()), found, today or dt.date.today())
    return [finding for check in checks or CHECKS for finding in check(facts)]


# Who bought


def _others(facts: Facts) -> tuple[Choice, ...]:
    """Other columns that may say who bought, because their values come back: each with how many customers it makes."""
    table, now = facts.table, facts.roles.get("customer")
    text = [name for name in table.data.column_names if kind_of(table.data[name].type) == "text" and name != now]
    free = [name for name in text if name not in {facts.roles.get(role) for role in ("order", "product", "category")}]
    found = who.candidates(table, free, facts.roles.get("email"), facts.roles.get("name"))
    return tuple(
        Choice(
            f"Count by “{one.heading}” ({formats.plural(distinct(table, one.heading), 'customer')})",
            {"columns": {"customer": one.heading}},
        )
        for one in found
        if who.comes_back(one)
    )[:3]


def _nobody(facts: Facts) -> Iterator[Finding]:
    """Sales of which no column says surely who bought."""
    if not facts.sales or "customer" in facts.roles:
        return
    found = answers(facts.table, facts.roles).items()
    yield Finding(
        "no_customer",
        "No column says surely who bought.",
        "Nothing can be computed per customer until one is chosen.",
        tuple(Choice(f"Count by “{name}” ({makes})", {"columns": {"customer": name}}) for name, makes in found),
    )


def _few_customers(facts: Facts) -> Iterator[Finding]:
    """One or two customers in the whole file."""
    if not facts.sales or facts.customer is None:
        return
    count = len(np.unique(facts.customer[facts.customer >= 0]))
    if count in (1, 2) and len(facts) >= (2 if count == 1 else ENOUGH_LINES):
        said = "is only one customer" if count == 1 else "are only two customers"
        yield Finding(
            "few_customers",
            f"There {said} in {facts.lines(len(facts))} (“{facts.roles['customer']}”).",
            "If the column holds our own company or a kind of customer, every segment says nothing: choose who bought.",
            _others(facts),
        )


def _once_each(facts: Facts) -> Iterator[Finding]:
    """As many customers as rows, or as orders: nobody ever comes back."""
    if not facts.sales or facts.customer is None or len(facts) < ENOUGH_LINES:
        return
    customers, orders = (
        None if codes is None else len(np.unique(codes[codes >= 0])) for codes in (facts.customer, facts.order)
    )
    known = int((facts.customer >= 0).sum())
    if customers not in (known, orders) or not customers or customers < ENOUGH_LINES:
        return
    each = "stands on one line alone" if customers == known else "has one order alone"
    whole = (Choice("A row is a customer, not a sale", {"shape": "customers"}),) if orders is None else ()
    others = _others(facts)
    beside = "; another column comes back" if others else ""
    yield Finding(
        "customers_once",
        f"Each of the {formats.count(customers)} customers in “{facts.roles['customer']}” {each}{beside}.",
        "Nobody ever comes back, so nothing can be said of loyalty. If the column numbers lines or orders, choose who bought.",
        (*others, *whole),
    )


def _names_differ(facts: Facts) -> Iterator[Finding]:
    """Several names under one number of a customer."""
    if facts.customer is None or "name" not in facts.roles or "customer" not in facts.roles:
        return
    heading = facts.roles["name"]
    codes, names = encode(as_text(facts.table.data[heading]))
    if not 1 < len(names) <= FEW_CUSTOMERS:
        return
    form = pd.factorize(np.array([company(name) for name in names.to_pylist()]))[0]
    rows = np.flatnonzero((facts.customer >= 0) & (codes >= 0))
    pairs = pd.DataFrame({"who": facts.customer[rows], "name": form[codes[rows]], "row": rows}).drop_duplicates(
        ["who", "name"]
    )
    several = pairs[pairs.duplicated("who", keep=False)]
    if not len(several):
        return
    about = np.flatnonzero(np.isin(facts.customer, several["who"]))
    first = several[several["who"] == several["who"].iloc[0]]["row"].to_numpy()[:2]
    number = Cell(facts.roles["customer"], str(facts.table.data[facts.roles["customer"]][int(first[0])]))
    both = [Cell(heading, str(facts.table.data[heading][int(row)])) for row in first]
    count = several["who"].nunique()
    said = f"{formats.plural(count, 'customer')} {_verb(count, 'stands', 'stand')} under several names ("
    parts = (said, number, ": ", both[0], ", ", both[1], ").")
    yield Finding(
        "names_differ",
        _joined(parts),
        f"If two customers share a number, they are counted as one, with {facts.money(about)}.",
        (Choice(f"Count by “{heading}”", {"columns": {"customer": heading}}),),
        about,
        parts,
    )


def _parents(facts: Facts) -> Iterator[Finding]:
    """Cells left blank below the first line of an order, or of a customer."""
    if not facts.parents.sentence:
        return
    rows = np.flatnonzero(facts.parents.filled)
    yield Finding(
        "blank_parents",
        facts.parents.sentence,
        f"Left blank, nobody would be credited with {facts.money(rows)}.",
        tuple(way for way in _ways("parents") if way.settings != {"parents": "down"}),
        rows,
    )


def _spelt(facts: Facts) -> Iterator[Finding]:
    """Customers written in several ways."""
    if not facts.sales or "customer" not in facts.roles:
        return
    if (found := spellings(facts.table.data[facts.roles["customer"]])) is None:
        return
    heading, groups = facts.roles["customer"], found.groups()
    several = [text for texts in groups.values() for text in texts]
    rows = np.flatnonzero(pc.is_in(plain_text(facts.table.data[heading]), pa.array(several)).to_numpy(False))
    some = [
        part for i, texts in enumerate([*groups.values()][:3]) for part in (", " if i else "", *_equal(heading, texts))
    ]
    said = f"{formats.plural(len(groups), 'customer is', 'customers are')} written in several ways ("
    parts = (said, *some, "): counted as one each.")
    yield Finding(
        "customers_spelt",
        _joined(parts),
        f"Kept apart there would be {formats.plural(len(several), 'customer')} in their place, who share {facts.money(rows)}.",
        _ways("spelling"),
        rows,
        parts,
    )


def _equal(heading: str, texts: list[str]) -> Iterator[str | Cell]:
    for i, text in enumerate(texts[:3]):
        if i:
            yield " = "
        yield Cell(heading, text)


def _rounded(facts: Facts) -> Iterator[Finding]:
    """Numbers of which a spreadsheet kept the first digits alone: 8.80105E+12."""
    if "customer" not in facts.roles or kind_of(facts.table.data[facts.roles["customer"]].type) != "text":
        return
    texts = as_text(facts.table.data[facts.roles["customer"]])
    some = pc.unique(texts.slice(0, 50_000).cast(pa.string())).drop_null()
    if not pc.any(pc.match_substring_regex(some, ROUNDED)).as_py():
        return
    hit = pc.fill_null(pc.match_substring_regex(plain_text(texts), ROUNDED), False).to_numpy(False)
    rows = np.flatnonzero(hit)
    example = _cell(facts, "customer", rows)
    assert example is not None
    numbers = formats.plural(pc.count_distinct(plain_text(texts).filter(pa.array(hit))).as_py(), "customer number")
    parts = (f"{numbers} lost digits in a spreadsheet (", example, f"), on {facts.lines(len(rows))}.")
    yield Finding(
        "rounded_numbers",
        _joined(parts),
        f"Different customers may hide behind one such number, with {facts.money(rows)}. This cannot be mended here: "
        "export the file again and do not open it in a spreadsheet before.",
        (),
        rows,
        parts,
    )


# Said twice


def _duplicate_rows(facts: Facts) -> Iterator[Finding]:
    rows = repeated_rows(facts.table)
    if len(rows):
        doubt = "" if facts.order is not None else " Without an order number, two equal sales on one day look the same."
        yield Finding(
            "duplicate_rows",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'repeats', 'repeat')} another in every column.",
            f"If they were entered twice, {facts.money(rows)} is counted too often.{doubt}",
            _ways("duplicates", first="drop"),
            rows,
        )


def _shared_orders(facts: Facts) -> Iterator[Finding]:
    """Order numbers under which several customers stand."""
    if facts.order is None or facts.customer is None or not facts.sales:
        return
    known = (facts.order >= 0) & (facts.customer >= 0)
    order, customer = facts.order[known], facts.customer[known]
    first = np.full(int(facts.order.max(initial=-1)) + 1, -1, np.int64)
    first[order[::-1]] = customer[::-1]
    mixed = np.zeros(len(first), bool)
    mixed[order[first[order] != customer]] = True
    if count := int(mixed.sum()):
        rows = np.flatnonzero((facts.order >= 0) & mixed[facts.order])
        yield Finding(
            "shared_orders",
            f"{formats.plural(count, 'order number')} {_verb(count, 'stands', 'stand')} under several customers.",
            f"Each of them counts it as an order of their own; it holds {facts.money(rows)}.",
            (),
            rows,
        )


def _repeated_orders(facts: Facts) -> Iterator[Finding]:
    """Orders of another number with the same customer, day and amount as an earlier one."""
    if facts.order is None or facts.customer is None or facts.day is None or facts.revenue is None:
        return
    known = np.flatnonzero((facts.order >= 0) & (facts.customer >= 0) & ~np.isnat(facts.day))
    order = facts.order[known]
    size = int(order.max(initial=-1)) + 1
    lines, sums = np.bincount(order, minlength=size), np.bincount(order, facts.worth[known], minlength=size)
    head = np.zeros(size, np.int64)
    head[order[::-1]] = known[::-1]
    there = np.flatnonzero((lines > 0) & (sums > 0))
    heads = head[there]
    about = [facts.customer[heads], facts.day[heads].astype(np.int64), lines[there], np.rint(sums[there] * 10_000)]
    suspects = likely_alike(values.astype(np.int64).view(np.uint64) for values in about)
    told = pd.DataFrame({i: values[suspects] for i, values in enumerate(about)})
    again = there[suspects[told.duplicated().to_numpy()]]
    if len(again):
        rows = np.flatnonzero(np.isin(facts.order, again))
        yield Finding(
            "repeated_orders",
            f"{formats.plural(len(again), 'order')} {_verb(len(again), 'has', 'have')} the customer, day, amount and number of "
            "lines of another order.",
            f"If they were booked twice, {facts.money(rows)} is counted too often.",
            _leaving_out(facts, rows) if len(again) <= MOST_NAMED else (),
            rows,
        )


# What is missing, negative, nothing


def _missing(facts: Facts) -> Iterator[Finding]:
    if not facts.sales:
        return
    if facts.customer is not None and len(rows := np.flatnonzero(facts.customer < 0)):
        yield Finding(
            "missing_customer",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'has', 'have')} no customer.",
            f"Nobody is credited with {facts.money(rows)}.",
            (*_from_above(facts), *_ways("blanks")),
            rows,
        )
    if facts.day is not None and len(rows := np.flatnonzero(np.isnat(facts.day) & ~facts.heads)):
        yield Finding(
            "missing_date",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'has', 'have')} no date.",
            f"They are set aside, with {facts.money(rows)}.",
            (),
            rows,
        )
    if facts.revenue is not None and len(rows := np.flatnonzero(np.isnan(facts.revenue) & ~facts.continued)):
        yield Finding(
            "missing_amount",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'has', 'have')} no amount.",
            "They count as purchases of 0: their customers look as if they bought more often for less.",
            _ways("zeros", first="drop"),
            rows,
        )


def _from_above(facts: Facts) -> tuple[Choice, ...]:
    """Where each customer is named in one block of rows alone, the rows without one may be theirs."""
    if not named_once(facts.table, facts.roles["customer"]):
        return ()
    return (Choice("They belong to the customer named above", {"parents": "down"}),)


def _negative(facts: Facts) -> Iterator[Finding]:
    if facts.revenue is not None and facts.sales and len(rows := np.flatnonzero(facts.revenue < 0)):
        yield Finding(
            "negative_amounts",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'is', 'are')} negative: returns, cancellations or credits.",
            f"They take {formats.whole(-float(facts.worth[rows].sum()))} off what was sold{_undone(facts, rows)}.",
            _ways("returns"),
            rows,
        )


def _profit_above_revenue(facts: Facts) -> Iterator[Finding]:
    """More profit than revenue: one of the two columns is something else."""
    if facts.revenue is None or "profit" not in facts.roles or "revenue" not in facts.roles:
        return
    profit = np.asarray(facts.table.data[facts.roles["profit"]].to_numpy(), np.float64)
    earned, sold = float(np.nansum(profit)), float(np.nansum(facts.revenue))
    if sold > 0 and earned > sold:
        yield Finding(
            "profit_above_revenue",
            f"The profits (“{facts.roles['profit']}”) add up to {formats.whole(earned)}, more than the revenue "
            f"(“{facts.roles['revenue']}”) of {formats.whole(sold)}.",
            "Shares and money beside each other then say little: if one of the two columns is something else, choose another for it.",
            (),
            np.flatnonzero(profit > facts.revenue),
        )


def _undone(facts: Facts, rows: np.ndarray) -> str:
    """How many customers the negative lines leave with nothing."""
    if facts.customer is None:
        return ""
    known = facts.customer >= 0
    sums = np.bincount(facts.customer[known], facts.worth[known])
    touched = np.unique(facts.customer[rows][facts.customer[rows] >= 0])
    nothing = int((sums[touched] < 0.005).sum())
    if not nothing:
        return ""
    return f"; {formats.plural(nothing, 'customer')} {_verb(nothing, 'is', 'are')} left with nothing or less"


def _zero(facts: Facts) -> Iterator[Finding]:
    if facts.revenue is not None and facts.sales and len(rows := np.flatnonzero(facts.revenue == 0)):
        nobody = _customers_only_in(facts, rows)
        rest = f"; {formats.plural(nobody, 'customer')} {_verb(nobody, 'has', 'have')} no other line" if nobody else ""
        yield Finding(
            "zero_amounts",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'has', 'have')} an amount of 0.",
            f"They bring nothing and count as purchases: gifts, corrections or missing prices{rest}.",
            _ways("zeros"),
            rows,
        )


def _customers_only_in(facts: Facts, rows: np.ndarray) -> int:
    """How many customers have no line but these."""
    if facts.customer is None:
        return 0
    size = int(facts.customer.max(initial=-1)) + 1
    counts = [np.bincount(codes[codes >= 0], minlength=size) for codes in (facts.customer, facts.customer[rows])]
    return int(((counts[0] == counts[1]) & (counts[0] > 0)).sum())


# Which rows are sales


def _no_sales(facts: Facts) -> Iterator[Finding]:
    """Each group of rows that a status makes no sale, and the payments and fees among the entries."""
    if facts.judged is not None:
        for group, called in ASIDE.items():
            if len(rows := np.flatnonzero(facts.judged.rows(group))):
                yield _aside(facts, called, facts.judged.said[group], rows)
    for kinds in facts.kinds:
        for group in ("payment", "other"):
            if len(rows := np.flatnonzero(kinds.of(group))):
                words = [word for word in kinds.words if kinds.called(word) == group]
                yield _aside(facts, CALLED[group][len(rows) > 1], words, rows)


def _aside(facts: Facts, called: str, words: list[str], rows: np.ndarray) -> Finding:
    more, money = _only_there(facts, rows), formats.whole(float(facts.worth[rows].sum()))
    who = f"{formats.plural(more, 'customer')} and " if more else ""
    return Finding(
        "no_sales",
        f"{facts.lines(len(rows))} {_verb(len(rows), 'is', 'are')} no sale: {called} ({quoted(words)}), {money} in all.",
        f"Set aside. If counted, there would be {who}{money} more.",
        (Choice("Set aside", {"counts": {}}), Choice("Count as sales", {"counts": dict.fromkeys(words, "sale")})),
        rows,
    )


def _only_there(facts: Facts, rows: np.ndarray) -> int:
    """How many customers have some of these rows and none that counts."""
    if facts.customer is None:
        return 0
    return len(np.setdiff1d(facts.customer[rows][facts.customer[rows] >= 0], facts.customer[facts.counted]))


def _sides(facts: Facts) -> Iterator[Finding]:
    """Debit and credit: which of the two is a sale cannot be known for sure."""
    for kinds in facts.kinds:
        sides = {kinds.says[word].way: word for word in kinds.words if kinds.says[word].group == word}
        if {"sale", "return"} <= sides.keys():
            sale, back = sides["sale"], sides["return"]
            rows = np.flatnonzero(kinds.of("return"))
            yield Finding(
                "debit_and_credit",
                f"In “{kinds.heading}”, “{sale}” is taken as a sale and “{back}” as money taken off: {facts.money(rows)}.",
                "Most money stands on the side of sales. The other way round, every amount changes its sign.",
                (
                    Choice(f"“{sale}” is a sale", {"counts": {}}),
                    Choice(f"“{back}” is a sale", {"counts": {sale: "return", back: "sale"}}),
                    Choice(f"“{back}” is a payment: set aside", {"counts": {back: "aside"}}),
                ),
                rows,
            )


def _two_columns(facts: Facts) -> Iterator[Finding]:
    """Debits and credits in two columns: what stands in the second may be money paid on account."""
    if not is_side(facts.roles.get("refund", "")) or not facts.sales:
        return
    sale, back = facts.roles.get("revenue", ""), facts.roles["refund"]
    credit = np.abs(np.nan_to_num(floats(facts.table, back)))
    rows, sum_ = np.flatnonzero(credit), formats.whole(float(credit.sum()))
    yield Finding(
        "debit_and_credit",
        f"“{sale}” is taken as sales and “{back}” as money taken off: {sum_} on {facts.lines(len(rows))}.",
        f"If “{back}” holds payments on account, they are no returns, and everybody who paid looks smaller.",
        (
            Choice(f"“{back}” is taken off", {"columns": {}}),
            Choice(f"“{back}” holds payments: leave it out", {"columns": {"refund": ""}, "zeros": "drop"}),
        ),
        rows,
    )


# What the amounts are


def _prices(facts: Facts) -> Iterator[Finding]:
    """A price beside a quantity that may be the line's; a revenue that is the same for every quantity."""
    if not facts.sales or "units" not in facts.roles:
        return
    if "revenue" in facts.roles:
        yield from _price_as_revenue(facts)
    elif "price" in facts.roles and not says_unit(facts.roles["price"]):
        yield from _price_of_what(facts)


def _price_of_what(facts: Facts) -> Iterator[Finding]:
    units, prices = (floats(facts.table, facts.roles[role]) for role in ("units", "price"))
    rows = np.flatnonzero((units > 1) & (prices > 0))
    if not len(rows) or told(facts.table, facts.roles):
        return
    each, whole = formats.whole(float(np.nansum(units * prices))), formats.whole(float(np.nansum(prices)))
    yield Finding(
        "unit_price",
        f"“{facts.roles['price']}” may be the price of one unit or of the whole line: the values do not tell.",
        f"Taken as that of one unit, the revenue is {each}; as that of the line, {whole}.",
        (Choice(f"Of one unit: {each}", {"prices": "unit"}), Choice(f"Of the whole line: {whole}", {"prices": "line"})),
        rows,
    )


def _price_as_revenue(facts: Facts) -> Iterator[Finding]:
    heading, units = facts.roles["revenue"], facts.roles["units"]
    if told(facts.table, facts.roles, "revenue") == "unit":
        each, lines = floats(facts.table, heading), floats(facts.table, units)
        rows = np.flatnonzero(lines > 1)
        yield Finding(
            "unit_price",
            f"“{heading}” is the same for every quantity of a product: it looks like the price of one unit.",
            f"Taken as the amount of the line, the revenue is {formats.whole(float(np.nansum(each)))}; times “{units}”, "
            f"{formats.whole(float(np.nansum(each * lines)))}.",
            (
                Choice("It is the amount of the line", {"columns": {}}),
                Choice("It is the price of one unit", {"columns": {"revenue": "", "price": heading}}),
            ),
            rows,
        )


def _order_amounts(facts: Facts) -> Iterator[Finding]:
    """An amount that is the same on every line of an order: it may be that of the whole order."""
    if facts.sales and "revenue" in facts.roles and looks(facts.table, facts.roles) == "asked":
        again = repeated(facts.table, facts.roles)
        line, order = formats.whole(facts.total), formats.whole(float(facts.worth[~again].sum()))
        yield Finding(
            "order_amounts",
            f"“{facts.roles['revenue']}” is the same on all lines of an order, whatever was bought.",
            f"Counted on each line the revenue is {line}; as the amount of the whole order, {order}.",
            (
                Choice(f"Of each line: {line}", {"amounts": "line"}),
                Choice(f"Of the order: {order}", {"amounts": "order"}),
            ),
            np.flatnonzero(again),
        )


def _tax_and_freight(facts: Facts) -> Iterator[Finding]:
    """Tax and freight beside the revenue, and whether they are in it."""
    found = beside(facts.table, facts.roles)
    if found is None or not round(found.sum):
        return
    revenue, extra, worth = facts.roles["revenue"], _named(found.named), formats.whole(found.sum)
    keep = Choice(f"Take “{revenue}”", {"columns": {}})
    if not found.other:
        other = Choice("Add them to it", {"columns": {"revenue": PLUS.join((revenue, *found.named))}})
        said, effect = (
            f"{extra} {_verb(len(found.named), 'stands', 'stand')} beside “{revenue}”.",
            f"{worth} in all is not added to it",
        )
    else:
        other = Choice(f"Take “{found.other}”", {"columns": {"revenue": found.other}})
        larger, smaller = (revenue, found.other) if found.inside else (found.other, revenue)
        said = f"“{larger}” is {_named((smaller, *found.named))} added up."
        effect = f"The revenue {'has' if found.inside else 'leaves out'} {worth} of tax or freight"
    yield Finding("tax_and_freight", said, f"{effect}: choose what your comparisons are made of.", (keep, other))


def _named(headings: Iterable[str]) -> str:
    return formats.listed([f"“{heading}”" for heading in headings])


# What carries the total


def _outliers(facts: Facts) -> Iterator[Finding]:
    """Orders that are a large part of all revenue."""
    if facts.revenue is None or not facts.sales or facts.total <= 0:
        return
    order = facts.order if facts.order is not None else np.arange(len(facts))
    single = np.where(order < 0, order.max(initial=-1) + 1 + np.arange(len(order)), order)
    sums = np.bincount(single, facts.worth * facts.counted)
    if np.count_nonzero(sums) < ENOUGH_ORDERS:
        return
    large = np.flatnonzero(sums >= LARGE * facts.total)
    for one in large[np.argsort(-sums[large], kind="stable")][:3]:
        rows = np.flatnonzero(single == one)
        back = _taken_back(facts, rows, float(sums[one]))
        worth = f" is {formats.share(sums[one] / facts.total, 1)} of all revenue: {formats.whole(sums[one])}"
        end = "; the same amount was taken back." if len(back) else "."
        parts = (*_order_name(facts, rows), worth, *_who(facts, rows), end)
        yield Finding(
            "outlier",
            _joined(parts),
            "It alone moves averages, growth and the rank of its customer.",
            _leaving_out(facts, np.concatenate((rows, back))),
            rows,
            parts,
        )


def _joined(parts: Iterable[str | Cell]) -> str:
    return "".join(part.text if isinstance(part, Cell) else part for part in parts)


def _order_name(facts: Facts, rows: np.ndarray) -> tuple[str | Cell, ...]:
    name = _cell(facts, "order", rows)
    return ("One order (", name, ")") if name else ("One line",)


def _who(facts: Facts, rows: np.ndarray) -> tuple[str | Cell, ...]:
    customer, day = _cell(facts, "customer", rows), _cell(facts, "date", rows)
    return ((", by ", customer) if customer else ()) + ((" on ", day) if day else ())


def _cell(facts: Facts, role: str, rows: np.ndarray) -> Cell | None:
    """The value of a role in the first of some rows, None where there is none."""
    if role not in facts.roles:
        return None
    value = facts.table.data[facts.roles[role]][int(rows[0])].as_py()
    said = formats.day(value) if isinstance(value, dt.date) else str(value or "")
    return Cell(facts.roles[role], said) if said else None


def _taken_back(facts: Facts, rows: np.ndarray, amount: float) -> np.ndarray:
    """The line by which the same customer has the same amount taken back, if there is one."""
    if facts.customer is None or facts.customer[rows[0]] < 0:
        return rows[:0]
    theirs = np.flatnonzero(facts.customer == facts.customer[rows[0]])
    return theirs[np.abs(facts.worth[theirs] + amount) < 0.005][:1]


def _leaving_out(facts: Facts, rows: np.ndarray) -> tuple[Choice, ...]:
    if facts.order is None:
        return ()
    names = pc.unique(plain_text(facts.table.data[facts.roles["order"]]).take(pa.array(rows))).to_pylist()
    label = f"Leave {'it' if len(names) == 1 else 'them'} out"
    return (Choice(label, {"without_orders": sorted(filter(None, names))}),) if any(names) else ()


# Time


def _days(facts: Facts) -> np.ndarray:
    """The days with a sale, in order, none after today."""
    if facts.day is None or not facts.sales:
        return np.zeros(0, "datetime64[D]")
    known = facts.day[facts.counted & ~np.isnat(facts.day) & (facts.day <= np.datetime64(facts.today))]
    if not len(known):
        return known
    first, places = known.min(), (known - known.min()).astype(np.int64)
    return first + np.flatnonzero(np.bincount(places))


def _future(facts: Facts) -> Iterator[Finding]:
    if facts.day is None:
        return
    rows = np.flatnonzero(facts.counted & (facts.day > np.datetime64(facts.today)))
    if len(rows) and not is_expected(facts.roles["date"]):
        known = _days(facts)
        until = (known.max() if len(known) else np.datetime64(facts.today)).item()
        yield Finding(
            "future_dates",
            f"{facts.lines(len(rows))} {_verb(len(rows), 'is', 'are')} dated after today, the last on "
            f"{formats.day(facts.day[rows].max().item())}.",
            "The study looks back from the last day: everybody else seems to have bought long ago.",
            (Choice(f"Analyse up to {formats.day(until)}", {"as_of": until.isoformat()}),),
            rows,
        )


def _gaps(facts: Facts) -> Iterator[Finding]:
    """The longest stretch without a sale, where it is far longer than others."""
    days = _days(facts)
    if len(days) < 30:
        return
    steps = np.diff(days).astype(np.int64)
    longest = int(steps.argmax())
    usual = float(np.quantile(np.delete(steps, longest), 0.95)) - 1
    empty = int(steps[longest]) - 1
    if empty >= max(QUIET_DAYS, UNUSUAL * usual):
        start, end = (days[longest] + 1).item(), (days[longest + 1] - 1).item()
        yield Finding(
            "gap",
            f"There is no sale from {formats.day(start)} to {formats.day(end)} ({empty} days; otherwise "
            f"{'rarely more than ' + formats.plural(round(usual), 'day') if usual >= 0.5 else 'hardly a day'}).",
            "If a part of the data is missing, growth and the time between purchases are wrong; a holiday does no harm.",
        )


def _last_month(facts: Facts) -> Iterator[Finding]:
    """A last month that stops before its end, longer before than sales usually pause."""
    days = _days(facts)
    if len(days) < 30:
        return
    last = days[-1]
    month = last.astype("datetime64[M]")
    end = (month + 1).astype("datetime64[D]") - 1
    usual = float(np.quantile(np.diff(days).astype(np.int64), 0.95))
    if (end - last).astype(int) <= max(usual, 3):
        return
    rows = np.flatnonzero(facts.day >= month.astype("datetime64[D]"))  # type: ignore[operator]
    before = (month.astype("datetime64[D]") - 1).item()
    yield Finding(
        "incomplete_month",
        f"{last.item():%B %Y} ends with its {_ordinal(last.item().day)} day: {facts.lines(len(rows))}, {facts.money(rows)}.",
        "Beside whole months it looks like a fall: growth and steadiness per month come out too low.",
        (Choice(f"Analyse up to {formats.day(before)}", {"as_of": before.isoformat()}),),
        rows,
    )


def _ordinal(day: int) -> str:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


# People


def _personal(facts: Facts) -> Iterator[Finding]:
    found = personal_columns(facts.table)
    for kind, headings in found.items():
        named = " and ".join(f"“{heading}”" for heading in headings)
        yield Finding(
            "personal_data",
            f"{named} {_verb(len(headings), 'holds', 'hold')} {kind}.",
            "Nothing is computed from them; whoever sees the screen sees them.",
            (Choice("Mask them on screen", {"masked": headings}), Choice("Show them", {"masked": []})),
        )


def personal_columns(table: Table) -> dict[str, list[str]]:
    """What kind of personal data → the headings that hold it, by content and heading."""
    found: dict[str, list[str]] = {}
    for heading in table.data.column_names:
        if kind := _personal_kind(table, heading):
            found.setdefault(kind, []).append(heading)
    return found


def _personal_kind(table: Table, heading: str) -> str:
    kind = recognise([heading])
    if kind_of(table.data[heading].type) != "text":
        return "dates of birth" if "birth" in kind and kind_of(table.data[heading].type) == "date" else ""
    sample = pc.unique(table.data[heading].slice(0, 5000).cast(pa.string())).drop_null().slice(0, 500)
    if not len(sample):
        return ""
    if pc.mean(pc.match_substring_regex(sample, EMAIL).cast(pa.float64())).as_py() > 0.5:
        return "e-mail addresses"
    digits = pc.mean(pc.match_substring_regex(sample, PHONE).cast(pa.float64())).as_py() > 0.5
    return "phone numbers" if digits and ("phone" in kind or "fax" in words(heading)) else ""


def mask(values: Iterable[Any], key: bytes) -> list[str | None]:
    """Values as short codes: the same value always gets the same code, which without the key tells nothing.

    A keyed hash (HMAC, RFC 2104) of 40 bits in hexadecimal; missing values stay missing.
    """
    known: dict[str, str] = {}
    codes: list[str | None] = []
    for value in values:
        if value is None or value != value or value == "":
            codes.append(None)
            continue
        text = str(value)
        if text not in known:
            known[text] = hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:10]
        codes.append(known[text])
    return codes


def _alike(facts: Facts) -> Iterator[Finding]:
    """Customers of different numbers whose names are the same but for legal form, capitals, order and accents."""
    if "customer" not in facts.roles:
        return
    if (names := _names(facts)) is None:
        return
    groups: dict[Any, list[str]] = {}
    for number, name in names.items():
        if name[0]:
            groups.setdefault(name, []).append(number)
    same = {
        number: min(group) for group in groups.values() if len(group) > 1 for number in group if number != min(group)
    }
    if same:
        numbers = facts.table.data[facts.roles["customer"]].cast(pa.string())
        rows = np.flatnonzero(pc.is_in(numbers, pa.array(list(same))).to_numpy())
        heading = facts.roles["customer"]
        said = f"{formats.plural(len(same), 'customer')} {_verb(len(same), 'looks', 'look')} the same as another"
        pairs = [(Cell(heading, number), " = ", Cell(heading, other)) for number, other in sorted(same.items())[:3]]
        examples = [part for i, pair in enumerate(pairs) for part in (", " if i else " (", *pair)]
        parts = (said, *examples, ").")
        yield Finding(
            "customers_alike",
            _joined(parts),
            f"{facts.money(rows)} may belong to others: these customers look smaller, and there seem to be more of them.",
            (Choice("Count each with the other", {"same": same}), Choice("They are different", {"same": {}})),
            rows,
            parts,
        )


def _names(facts: Facts) -> dict[str, tuple[str, ...]] | None:
    """Each customer's number → name in one form, with what else tells people apart; None where there is no name."""
    data, heading = facts.table.data, facts.roles["customer"]
    codes, ids = encode(as_text(data[heading]))
    if not 1 < len(ids) <= FEW_CUSTOMERS:
        return None
    kinds = recognise(name for name in data.column_names if name != heading)
    named = [
        kinds[kind] for kind in ("name", "given", "surname") if kind in kinds and distinct(facts.table, kinds[kind]) > 1
    ]
    if not named and not all(kind == "name" for kind in recognise([heading])):
        return None
    first = np.full(len(ids), 0, np.int64)
    first[codes[codes >= 0][::-1]] = np.flatnonzero(codes >= 0)[::-1]
    texts = ids.to_pylist()
    if not named:
        return {number: (company(number),) for number in texts} if recognise([heading]) else None
    beside = [kinds[kind] for kind in ("place", "postcode", "email", "phone", "birth", "street") if kind in kinds][:2]
    picked = data.select(named + beside).take(pa.array(first))
    columns = [plain_text(picked[column]).to_pylist() for column in picked.column_names]
    told = zip(*columns, strict=True)
    return {
        number: (
            company(" ".join(filter(None, row[: len(named)]))),
            *(company(cell or "") for cell in row[len(named) :]),
        )
        for number, row in zip(texts, told, strict=True)
    }


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


OF_CUSTOMERS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    *(_nobody, _rounded, _few_customers, _once_each, _names_differ),
)
CHECKS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    *OF_CUSTOMERS,
    _parents,
    _spelt,
    _outliers,
    _duplicate_rows,
    _repeated_orders,
    _shared_orders,
    _alike,
    _missing,
    _negative,
    _profit_above_revenue,
    _zero,
    _prices,
    _order_amounts,
    _tax_and_freight,
    _no_sales,
    _sides,
    _two_columns,
    _future,
    _last_month,
    _gaps,
    _personal,
)
