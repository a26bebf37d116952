"""Which column says who bought: its heading and its values must both say so.

An e-mail, a user name or a name is a candidate as good as a number. Of several the best comes back from order to order
and is the same on all lines of one order; what is different on every line numbers lines, not people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import distinct
from segmentation.columns.roles import ROLES
from segmentation.columns.words import (
    NAMES,
    USER_NAMES,
    WHO,
    is_kind,
    key,
    numbers_something_else,
    plain_key,
    ranks,
    ruled_out,
    says_number,
    words,
)
from segmentation.dataclass import dataclass
from segmentation.table import Table

HEAD = 50_000  # rows that are looked at: a column shows soon what it is
MOST_WORDS = 4  # a heading of more words is a sentence
FEW = 3  # so many customers, each with one row, tell nothing yet
ALL_DIFFERENT = 0.98  # share of rows with a value of their own from which a column differs on every row
MUCH_FEWER = 0.9
MOST_VARYING = 0.05  # share of orders with several values up to which a column is still that of the order
NUMBER, WORD, MAIL, NAME, BARE, WEAK = range(6)  # how plainly a heading says customer, the plainest first
OF_ANYBODY = (MAIL, NAME, WEAK)  # headings that say who buys only where something is bought
OPEN = "names, of whom it does not say"
_LEDGER = r"^\s*[0-9]{3,6}\s*[-–·:]?\s+\D"
_OF_INCOME = (
    r"(?i)\b(income|revenues?|sales|receivables?|umsatzerlöse|erlöse|forderungen|produits|ventes|ingresos|ventas|receitas?|"
    r"vendas|выручка|доходы?|продажи|pendapatan|penjualan|të ardhura|shitje)\b"
)
_ACCOUNT = ("account", "konto", "compte", "cuenta", "conta", "счет", "akun", "llogari", "科目")


@dataclass(frozen=True)
class Candidate:
    """A column that may say who bought; `tier` is how plainly its heading says so."""

    heading: str
    tier: int
    column: pa.Array  # text of the first rows, nothing as null

    @cached_property
    def known(self) -> int:
        return len(self.column) - self.column.null_count

    @cached_property
    def values(self) -> pa.Array:
        return pc.unique(self.column.drop_null())

    @property
    def repeats(self) -> bool:
        return 0 < len(self.values) < self.known

    @property
    def told(self) -> str:
        """What its values say, in words."""
        if self.repeats:
            return f"{formats.plural(len(self.values), 'value')} in {formats.plural(self.known, 'row')}"
        return f"{formats.plural(self.known, 'row')}, each with another value"


def candidates(table: Table, headings: list[str], mail: str | None, name: str | None) -> list[Candidate]:
    """The columns of text that may say who bought, the plainest heading first.

    mail, name   headings already known to hold e-mail addresses and names of customers
    """
    tiers = {heading: (MAIL, 0) if heading == mail else _tier(heading) for heading in headings}
    if name in tiers and tiers[name] is None:
        tiers[name] = (NAME, 0)
    found = sorted((tier, heading) for heading, tier in tiers.items() if tier is not None)
    every = (Candidate(heading, tier[0], _head(table, heading)) for tier, heading in found)
    return [one for one in every if one.known]


@lru_cache(20_000)
def _tier(heading: str) -> tuple[int, int] | None:
    """How plainly a heading says customer, and its rank among such headings; None where it does not."""
    parts, whole, known = words(heading), key(heading), ranks("customer")
    spelt = (whole, key(re.sub(r"\([^()]*\)", " ", heading)), plain_key(heading))
    rank = next((known[one] for one in spelt if one in known), None)
    if whole == "id" or not parts:
        return (BARE, 0) if parts else None
    if rank is not None:
        return (NUMBER, rank) if rank < known["customer"] else (WORD, rank)
    if whole in _weak():
        return (WEAK, 0)
    if whole in USER_NAMES:
        return (MAIL, 1)
    if len(parts) == 1 and parts[0] in WHO:
        return WORD, len(known)
    return _tier_in_words(heading, parts) if 1 < len(parts) <= MOST_WORDS else None


def _tier_in_words(heading: str, parts: list[str]) -> tuple[int, int] | None:
    """The tier of a heading that speaks of who buys and says of what: Buyer Name, Username (Buyer), Billing E-mail."""
    if WHO.isdisjoint(parts) or ruled_out("customer", heading):
        return None
    if says_number(heading) and not numbers_something_else(heading):
        return NUMBER, len(ranks("customer"))
    ends = {parts[0], parts[-1]}
    if ends & {"email", "mail", *USER_NAMES}:
        return MAIL, 2
    return (NAME, 1) if ends & NAMES else None


@cache
def _weak() -> frozenset[str]:
    return frozenset(map(key, ROLES["name"].weak))


def _head(table: Table, heading: str) -> pa.Array:
    column = table.data[heading].slice(0, HEAD).cast(pa.string()).combine_chunks()
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.if_else(pc.equal(column, ""), None, column)


def choose(found: list[Candidate], order: pa.Array | None, sales: bool) -> tuple[Candidate, str] | None:
    """The best candidate and why its values speak against it ("" where they do not); None without a candidate.

    order   the order of each row, where there is one; sales: whether a row is a sale, so that a customer can come back
    """
    against = [(one, doubt(one, found, order, sales)) for one in found]

    def rank(pair: tuple[Candidate, str]) -> tuple[int, float]:
        """No doubt before a heading that leaves it open before values that deny it; then how plainly it is said."""
        one, said = pair
        tier = one.tier if sales or one.tier != BARE else WORD + 0.5  # a list of customers numbers them by its ID
        return 2 * bool(said) - (said == OPEN), tier

    return min(against, key=rank, default=None)


def not_denied(table: Table, headings: list[str], order: pa.Array | None, sales: bool) -> list[str]:
    """Those of the headings known to say who bought whose values do not speak against it."""
    every = [Candidate(heading, NUMBER, _head(table, heading)) for heading in headings]
    some = [one for one in every if one.known]
    return [one.heading for one in some if not doubt(one, some, order, sales)]


def doubt(one: Candidate, among: list[Candidate], order: pa.Array | None, sales: bool) -> str:
    """Why the values of a column are no customers; nothing where they may be."""
    return next(filter(None, _doubts(one, among, order, sales)), "")


def _doubts(one: Candidate, among: list[Candidate], order: pa.Array | None, sales: bool) -> Iterator[str]:
    yield of_something_else(one)
    if len(one.values) == 1 and one.known > 1 and any(len(other.values) > 1 for other in among):
        yield "the same on every row"
    yield _numbers_rows(one, among, order, sales)
    yield _mostly_blank(one, among)
    if one.tier in (BARE, WORD) and _varies(one, order):
        yield "different on the lines of one order"
    if one.tier == WEAK and _varies(one, order, at_most=0) is not False:
        yield OPEN


def _numbers_rows(one: Candidate, among: list[Candidate], order: pa.Array | None, sales: bool) -> str:
    """Whether a column differs from row to row, or from order to order, where customers come back."""
    each = "row" if len(one.values) >= ALL_DIFFERENT * one.known else "order" if _one_an_order(one, order) else ""
    if not each or one.known < 2:
        return ""
    others = [other for other in among if other.tier < NAME and comes_back(other) and _fewer(other, one)]
    if not (others and (sales or one.tier == BARE)) and not (one.tier == BARE and sales):
        return ""
    beside = f", while “{others[0].heading}” comes back" if others else ""
    return f"different on every {each}{beside}: it numbers {each}s, not customers"


def _fewer(other: Candidate, one: Candidate) -> bool:
    """Whether a column has fewer values than one that has one for each row or order; clearly fewer where it repeats."""
    return len(other.values) < (MUCH_FEWER if one.repeats else 1) * len(one.values)


def _one_an_order(one: Candidate, order: pa.Array | None) -> bool:
    """Whether every order has a value of its own."""
    if order is None or len(one.values) != pc.count_distinct(order.drop_null()).as_py():
        return False
    pairs = pa.table({"order": order, "value": one.column}).drop_null()
    return pairs.group_by(["order", "value"]).aggregate([]).num_rows == len(one.values) > 1


def _mostly_blank(one: Candidate, among: list[Candidate]) -> str:
    """Whether a column says nothing on most rows where another says who bought on nearly all: guests have no number."""
    rows = len(one.column)
    full = [other for other in among if other.tier < NAME and other.known >= 0.9 * rows and comes_back(other)]
    if 2 * one.known >= rows or not full:
        return ""
    return (
        f"blank on {formats.count(rows - one.known)} of {formats.plural(rows, 'row')}, while “{full[0].heading}” is not"
    )


def comes_back(one: Candidate) -> bool:
    """Whether the values of a column return as customers do."""
    return one.repeats and len(one.values) > 1 and not of_something_else(one)


def of_something_else(one: Candidate) -> str:
    """What the values of a column are instead of customers: kinds of them, accounts of the ledger; else nothing."""
    return _words_for_a_kind(one) or _ledger(one)


_NO_KIND = frozenset({"na", "none"})  # they stand among kinds where none is known; alone they are somebody's name


def _words_for_a_kind(one: Candidate) -> str:
    few = one.values[:20].to_pylist()
    if 0 < len(one.values) <= len(few) and all(map(is_kind, few)) and not _NO_KIND.issuperset(map(key, few)):
        return f"words for a kind of customer ({', '.join(f'“{value}”' for value in sorted(few)[:3])}), not customers"
    return ""


def _ledger(one: Candidate) -> str:
    """Accounts of the ledger (“4000 Sales”, “Services Income”) under a heading that says account."""
    if not any(word in key(one.heading) for word in _ACCOUNT) or not len(one.values):
        return ""
    numbered = pc.match_substring_regex(one.values, _LEDGER)
    named = pc.match_substring_regex(one.values, _OF_INCOME)
    alike = pc.mean(pc.or_(numbered, named).cast(pa.float64())).as_py()
    return "accounts of the ledger, not customers" if alike > 0.8 else ""


def _varies(one: Candidate, order: pa.Array | None, at_most: float = MOST_VARYING) -> bool | None:
    """Whether more than a share of the orders hold several values of a column; None where no order has several lines."""
    if order is None:
        return None
    pairs = pa.table({"order": order, "value": one.column}).drop_null()
    orders = pairs.group_by("order").aggregate([("value", "count_distinct"), ("value", "count")])
    several = orders.filter(pc.greater(orders["value_count"], 1))
    if not several.num_rows:
        return None
    return pc.sum(pc.greater(several["value_count_distinct"], 1)).as_py() > at_most * several.num_rows


def says_who(heading: str) -> bool:
    """Whether a heading speaks outright of those who buy: Customer Name, but not Company."""
    return not WHO.isdisjoint(words(heading))


def belongs(table: Table, heading: str, customer: str) -> bool:
    """Whether a column says the same on nearly all rows of a customer, as a name does."""
    pairs = pa.table({"who": _head(table, customer), "said": _head(table, heading)}).drop_null()
    if not pairs.num_rows:
        return False
    each = pairs.group_by("who").aggregate([("said", "count_distinct")])
    alike = pc.sum(pc.equal(each["said_count_distinct"], 1)).as_py() / each.num_rows
    names = pc.count_distinct(pairs["said"]).as_py()
    return alike >= 1 - MOST_VARYING and (names > 1 or each.num_rows == 1)


def heads_groups(table: Table, heading: str, date: str) -> bool:
    """Whether a column names groups of dated rows, each on a line of its own above them."""
    if not table.data[date].null_count:
        return False
    named, dated = _head(table, heading).is_valid(), table.data[date].slice(0, HEAD).is_valid()
    both, heads = pc.any(pc.and_(named, dated)).as_py(), pc.sum(named).as_py() or 0
    return bool(not both and named[0].as_py() and 1 < heads < (pc.sum(dated).as_py() or 0))


def once_each(table: Table, customer: str) -> bool:
    """Whether every customer stands on one row alone."""
    column = _head(table, customer).drop_null()
    unique = len(column) > FEW and pc.count_distinct(column).as_py() == len(column)
    whole = table.data.num_rows
    return unique and (whole <= HEAD or distinct(table, customer) >= whole - table.data[customer].null_count)


def order_numbers(column: pa.Array) -> bool:
    """Whether values are orders as a shop numbers them: #1001, #1002 …"""
    values = pc.unique(column.drop_null())
    return len(values) > 0 and bool(pc.all(pc.match_substring_regex(values, "^#[A-Z0-9-]*[0-9]+$")).as_py())


def mapped(table: Table, roles: Mapping[str, str]) -> pa.Array | None:
    """The order of each of the first rows, None without orders."""
    return _head(table, roles["order"]) if "order" in roles else None
