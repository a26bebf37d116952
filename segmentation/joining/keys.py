"""Which column of one table is found in another: keys by their values, headings only where values do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import PurePath

import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns import words as headings
from segmentation.columns.kinds import kind_of
from segmentation.dataclass import dataclass
from segmentation.reading.months import number as month
from segmentation.table import Table

ENOUGH = 0.5  # of a column's different values must be found in the other table before a join is proposed
ALL = 0.95  # or so many of the keys must be asked for: facts on some of the households
PARTLY = 0.9  # which is worth less than as large a share of the values: every sale has a product, few a survey
FEW = 3  # fewer different values say nothing by themselves
PLAYED = 0.9  # the likeness of a number and one that plays a part: address id and ship to address id
CLOSE = 0.05  # two joins whose scores differ by less are as good as each other
UNIQUE = 0.95  # of a key's rows must be its only ones; the others are duplicates to be said
ALIKE = 0.8  # two headings from this likeness on speak of the same thing
DRESSED = r"[^!-`{-~]|^0.|\.0+$|[a-z]"  # what `loosened` may change
SAMPLE = 200  # different values looked up before all of them are
SAME_ROLE = 0.95  # the likeness of two words for one thing: Kundennummer and client id
COPIES = ("copy", "new", "final", "kopie", "copia", "copie", "salinan", "копия", "новый")  # of a file's name
FILES = (
    "export",
    "table",
    "tbl",
    "sheet",
    "data",
    "dataset",
    "list",
    "master",
    "dim",
    "file",
    "csv",
    "tabelle",
    "blatt",
)
THINGS = ("customer", "order", "product")  # what numbers are of, whatever they are called
NAMES_NOTHING = ("id", "no", "nr", "num", "number", "code", "key", "name", "title", "номер", "код", "编号")


@dataclass(frozen=True)
class Found:
    """A column whose values stand in a column of another table.

    overlap   share of its different values found there; where nearly all of the keys are asked for, nine tenths of their share
    """

    table: str
    column: str
    to: str
    key: str
    overlap: float
    likeness: float
    unique: bool  # every value of the key stands on one row of its table (but for a few duplicates)
    own: bool = False  # the key is what the rows of its table are numbered by

    @property
    def score(self) -> float:
        return self.overlap + self.likeness / 2

    @property
    def order(self) -> tuple[float, bool, bool, str, str, str, str]:
        """Best first, of equals into a table's own number, a number before a name; whatever the order of the tables."""
        return (-self.score, *self.kind, self.table, self.column, self.to, self.key)

    @property
    def kind(self) -> tuple[bool, bool]:
        """What puts it behind others as good: the key is not its table's own number, the column is no number."""
        return not self.own, not headings.says_number(self.column)

    @property
    def lists_customers(self) -> bool:
        """Whether the key numbers the customers."""
        return names_role("customer", called(self.to, self.key))

    def rivals(self, best: Found) -> bool:
        """Whether another way into the same table is as good as the best one: a number called as well, found as often."""
        ways = self.to == best.to and self.unique == best.unique and self != best
        alike = self.kind == best.kind and self.likeness >= best.likeness
        return ways and alike and best.score - self.score < CLOSE


class Column:
    """One column as a possible key: its different values, looked at once."""

    def __init__(self, table: Table, heading: str) -> None:
        self.table, self.heading = table, heading

    @cached_property
    def names(self) -> set[str]:
        """What it may be called; the first column of a table, where it numbers the rows, may be called after the table."""
        names = called(self.table.name, self.heading)
        first = self.heading == self.table.data.column_names[0]
        own = first and self.numbers and self.unique and not any(names_role(role, names) for role in THINGS)
        return names | called(self.table.name, "id") if own else names

    @cached_property
    def own(self) -> bool:
        """Whether it is called as the number of its own table."""
        return self.unique and bool(self.names & called(self.table.name, "id"))

    @property
    def numbers(self) -> bool:
        return headings.says_number(self.heading) or headings.key(self.heading) in NAMES_NOTHING

    @cached_property
    def texts(self) -> pa.Array:
        """The different values as text, without empty ones."""
        found = pc.unique(self.table.data[self.heading])
        if pa.types.is_dictionary(found.type):
            found = pc.unique(found.dictionary_decode())
        found = found.cast(pa.string())
        return found.filter(pc.fill_null(pc.not_equal(found, ""), False))

    @cached_property
    def loose(self) -> pa.Array:
        return pc.unique(loosened(self.texts))

    @cached_property
    def may_be_key(self) -> bool:
        kind = kind_of(self.table.data.schema.field(self.heading).type)
        return kind == "text" or (kind == "number" and self._whole)

    @property
    def _whole(self) -> bool:
        column = self.table.data[self.heading]
        return pa.types.is_integer(column.type) or bool(pc.all(pc.equal(column, pc.floor(column))).as_py())

    @cached_property
    def unique(self) -> bool:
        rows = len(self.table.data) - self.table.data[self.heading].null_count
        return rows > 0 and len(self.texts) >= UNIQUE * rows

    @cached_property
    def counted(self) -> bool:
        """Values 1, 2, 3 …: found in every other such column too, so only the headings can tell."""
        digits = pc.all(pc.match_substring_regex(self.loose, "^[0-9]{1,9}$")).as_py()
        return bool(digits) and pc.max(self.loose.cast(pa.int64())).as_py() <= 10 * max(len(self.loose), 10)


def loosened(texts: pa.Array) -> pa.Array:
    """Keys without spaces around them, capitals, leading zeros and a “.0” behind: " 007" and "7.0" are "7"."""
    if not pc.any(pc.match_substring_regex(texts, DRESSED)).as_py():
        return texts  # a look costs a fraction of the work
    plain = pc.utf8_upper(pc.utf8_trim_whitespace(texts))
    return pc.replace_substring_regex(pc.replace_substring_regex(plain, r"^([0-9]+)\.0+$", r"\1"), "^0+(.)", r"\1")


def find(tables: list[Table]) -> list[Found]:
    """Every column found in a column of another table, best first."""
    sides = [[Column(table, name) for name in table.data.column_names] for table in tables]
    pairs = (
        (one, other)
        for i, ones in enumerate(sides)
        for j, others in enumerate(sides)
        if i != j
        for one in ones
        for other in others
    )
    return sorted((found for one, other in pairs for found in _compared(one, other)), key=lambda found: found.order)


def _compared(one: Column, other: Column) -> Iterator[Found]:
    if not (one.may_be_key and other.may_be_key):
        return
    alike = likeness(one, other)
    if alike < ALIKE and (not other.unique or len(one.loose) < FEW or one.counted or other.counted):
        return
    overlap = _overlap(one.loose, other.loose)
    told = alike >= PLAYED or not other.counted
    if told and other.numbers and len(other.loose) >= FEW and (other.unique or not one.unique):
        asked = _overlap(other.loose, one.loose)
        overlap = max(overlap, PARTLY * asked) if asked >= ALL else overlap
    if overlap >= ENOUGH:
        yield Found(
            one.table.name, one.heading, other.table.name, other.heading, overlap, alike, other.unique, other.own
        )


def _overlap(values: pa.Array, among: pa.Array) -> float:
    """Share of values that stand among others; none where a sample of them shows next to none."""
    if len(values) > 5 * SAMPLE:
        sample = values.take(pa.array(range(0, len(values), len(values) // SAMPLE)))
        if _share(sample, among) < ENOUGH / 2:
            return 0.0
    return _share(values, among)


def _share(values: pa.Array, among: pa.Array) -> float:
    return pc.mean(pc.is_in(values, among).cast(pa.float64())).as_py() if len(values) else 0.0


def likeness(one: Column, other: Column) -> float:
    """How much two headings speak of the same thing, from 0 to 1; “id” in orders.csv is “order id”."""
    first, second = one.names, other.names
    nothing = set(NAMES_NOTHING)
    own = {headings.key(one.heading), headings.key(other.heading)} <= nothing  # each numbers its own table
    if first <= nothing or second <= nothing:
        return float(first == second and not own)
    if first & second and not own:
        return 1.0
    if plays(one.heading, second):
        return PLAYED
    if any(names_role(role, first) and names_role(role, second) for role in THINGS):
        return SAME_ROLE
    return 0.0 if own else max(SequenceMatcher(None, a, b, autojunk=False).ratio() for a in first for b in second)


def plays(heading: str, names: set[str]) -> bool:
    """Whether a heading says one of the names and, before it, which part that plays: “ship to address id”."""
    words, longest = headings.words(heading), max(map(len, names), default=0)  # no name has more words than letters
    return any("".join(words[i:]) in names for i in range(max(1, len(words) - longest), len(words) - 1))


def names_role(role: str, names: set[str]) -> bool:
    """Whether one of these is a synonym of the role."""
    return any(headings.names_role(role, name) for name in names)


def called(table: str, heading: str) -> set[str]:
    """What a heading may be called: by itself or, where it says only “id”, with what its table holds before it."""
    plain = headings.key(heading)
    if plain not in NAMES_NOTHING:
        return {plain}
    things = [word for word in headings.words(re.sub(r"\d+", " ", stem(table))) if word not in FILES] or [""]
    return {owner + plain for owner in (*_both("".join(things)), *_both(things[-1]))}


def _both(word: str) -> tuple[str, str]:
    """The word and its singular."""
    return word, word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def stem(name: str) -> str:
    """A file's name without what follows the dot: "order_lines.csv.gz" is "order_lines"."""
    return PurePath(name).name.split(".")[0] or name


def family(name: str) -> tuple[str, ...]:
    """What a file is called whatever the month: "Orders 2026-05 (2).csv" and "orders_june.csv" are both "orders"."""
    words = headings.words(re.sub(r"\d+", " ", stem(name)))
    return (*(word for word in words if word not in COPIES and not month(word)), PurePath(name).suffix.casefold())


def named_apart(names: Iterable[str]) -> list[str]:
    """Names of files, each different: a second "orders.csv" is "orders (2).csv"."""
    apart: list[str] = []
    for name in names:
        first, dot, rest = name.partition(".")
        tries = (name, *(f"{first} ({times}){dot}{rest}" for times in range(2, len(apart) + 3)))
        apart.append(next(one for one in tries if one not in apart))
    return apart
