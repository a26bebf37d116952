"""Several tables, several customer numbers → one table of sales, with nothing multiplied.

Each join takes one row of a coarser table (an order, a customer, a product) to each row of the finer
one (a line), never the other way round, so no row and no money can be doubled. An amount that stands
once per order is spread over its lines; a number that describes (a list price) is repeated and can
never be counted. `keys.py` finds the joins; a person confirms or changes them as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns import match as vocabulary
from segmentation.columns.amounts import revenue_of
from segmentation.columns.kinds import kind_of
from segmentation.columns.metrics import ADDING_UP
from segmentation.columns.roles import ROLES, split_words
from segmentation.columns.words import key, words
from segmentation.joining.keys import Found, called, family, find, loosened, names_role, stem
from segmentation.problems import Problem
from segmentation.reading.draft import check_cells
from segmentation.reading.read import Below
from segmentation.rollup.memory import FINEST
from segmentation.rollup.repeated import repeated_rows
from segmentation.table import ASIDE, Known, Question, Report, Table, Where

ANYWHERE = ("price", "discount", "product", "category", "potential", "channel")  # roles any table may bring
NOT_FOUND = "none of its columns is found in the others without counting money twice"
TRANSLATES = 2  # columns of a table that holds nothing but the numbers of two systems
FEES = frozenset(
    split_words(
        "freight, shipping, postage, fee, fees, tax, tip, deposit, surcharge, fracht, versand, porto, gebuhr, steuer, frais, "
        "flete, доставка, ongkir"
    )
)


@dataclass(frozen=True)
class Join:
    """Each row of `table` takes the row of `to` whose `key` is its `column`.

    spread: amounts of `to` that stand once (freight of an order) and are shared out over the rows that
    take them; None leaves it to us: the amounts of orders, none of customers or products.
    """

    table: str
    column: str
    to: str
    key: str
    spread: tuple[str, ...] | None = None

    @classmethod
    def of(cls, plain: Join | Mapping[str, Any]) -> Join:
        """A join from plain data (of a study, of JSON); Problem where it is none."""
        if isinstance(plain, Join):
            return plain
        names = ("table", "column", "to", "key")
        fits = isinstance(plain, Mapping) and set(names) <= set(plain) <= {*names, "spread"}
        spread = plain.get("spread") if fits else None
        listed = isinstance(spread, list | tuple | None)
        texts = [plain[name] for name in names] + list(spread or ()) if fits and listed else [None]
        if not all(isinstance(text, str) for text in texts):
            raise Problem("A join is a table, a column, the table it goes to and the key there, all of them names.")
        return cls(
            plain["table"], plain["column"], plain["to"], plain["key"], None if spread is None else tuple(spread)
        )

    def plain(self) -> dict[str, Any]:
        """The join as plain values that JSON can hold."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items() if v is not None}


@dataclass(frozen=True)
class Linked:
    """What a join did. Counts are rows, empty keys among those not matched.

    matched of rows   rows of the finer table that have theirs in the coarser one
    used of keys      rows of the coarser table that are taken by at least one
    missing           DataFrame(value, rows): values of the finer table that the coarser does not have
    unused            DataFrame: the rows of the coarser table nothing asked for
    """

    join: Join
    matched: int
    rows: int
    used: int
    keys: int
    missing: pd.DataFrame
    unused: pd.DataFrame
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A join that was taken although others would do as well; `others` are the whole plans that take one of them."""

    taken: Join
    others: tuple[tuple[Join, tuple[Join, ...]], ...]

    @property
    def sentence(self) -> str:
        ways = " or ".join(_way(one) for one in (self.taken, *(one for one, _ in self.others)))
        return f"{stem(self.taken.to)} can be joined by {ways}, as well by one as by the other: {_way(self.taken)} is taken."


def _way(one: Join) -> str:
    return f"“{one.column}” of {stem(one.table)}"


@dataclass(frozen=True)
class Joined(Table):
    """Several tables as one; `joins` as plain data (to keep in a study), `links` what each did, in that order.

    choices    where another join would do as well: to be asked
    left_out   a sentence for each table that is not part of it
    """

    joins: tuple[Join, ...] = ()
    links: tuple[Linked, ...] = ()
    choices: tuple[Choice, ...] = ()
    left_out: tuple[str, ...] = ()


def join(tables: Sequence[Table], joins: Iterable[Join | Mapping[str, Any]] | None = None) -> Joined:
    """Several tables as one, from the finest outward.

    tables   as `read` returns them; those with the same headings are put below each other first
    joins    the joins to make (plain data or Join); None makes those `propose` finds
    Raises Problem where a join names what is not there, where tables cannot be put together, or where
    an amount would not be the same before and after.
    """
    stacked = stack(tables)
    found = _plan(stacked) if joins is None else []
    plan = [one for one, _ in found] if joins is None else _resolved(stacked, [Join.of(one) for one in joins])
    by_name = {table.name: table for table in stacked}
    work = _Work(_root(stacked, plan))
    for one in plan:
        _attach(work, one, by_name[one.table], by_name[one.to])
    alone = [table.name for table in stacked if table.name not in work.homes]
    if alone and not plan:
        raise Problem(
            f"{' and '.join(alone[:3])} have no column whose values stand in {work.root.name}: "
            "say which belong together, or bring one file at a time."
        )
    why = NOT_FOUND if joins is None else "no join leads to it"
    left_out = {name: f"{name} is left out: {why}." for name in alone}
    return _finished(work, stacked, left_out, _choices(work, found))


def propose(tables: Sequence[Table]) -> list[Join]:
    """The joins found from matching values, from the finest table outward; the same in any order of the tables."""
    return [one for one, _ in _plan(stack(tables))]


def main(tables: Sequence[Table]) -> Table:
    """The table that sells, or else the longest: what is left to look at where tables cannot be joined."""
    return next(table for table in tables if table.name == _finest(tables, []))


def stack(tables: Sequence[Table]) -> list[Table]:
    """Tables with the same headings put below each other (a file a month), and every table with a name of its own."""
    groups: dict[frozenset[str], list[Table]] = {}
    for table in sorted(tables, key=lambda table: table.name):
        groups.setdefault(frozenset(map(key, table.data.column_names)), []).append(table)
    return _named([_below(group) if len(group) > 1 else group[0] for group in groups.values()])


def _named(tables: list[Table]) -> list[Table]:
    taken: set[str] = set()
    for i, table in enumerate(tables):
        name, times = table.name, 1
        while name in taken:
            times += 1
            name = f"{table.name} ({times})"
        taken.add(name)
        tables[i] = replace(table, name=name)
    return tables


def _below(tables: list[Table]) -> Table:
    """Tables of the same headings as one; a column that is text in one of them is text in all."""
    first = tables[0]
    names = {key(heading): heading for heading in first.data.column_names}
    parts = [one.data.rename_columns([names[key(h)] for h in one.data.column_names]) for one in tables]
    parts = [part.select(list(names.values())) for part in parts]
    called = " and ".join(one.name for one in tables)
    check_cells(called, sum(part.num_rows for part in parts), len(names))
    for heading in names.values():
        if len({kind_of(part.schema.field(heading).type) for part in parts}) > 1:
            parts = [_as_text(part, heading) for part in parts]
    parts = [_plain(part) for part in parts]
    for one, part in enumerate(parts):
        if any(part.equals(other) for other in parts[:one]):
            raise Problem(f"{tables[one].name} was given twice, with the same rows: bring it once.")
    said = f"{called} have the same headings and were put below each other."
    return replace(
        first, data=pa.concat_tables(parts, promote_options="permissive"), report=_reports(tables, (said,)),
        set_aside=_asides(tables),
        unread=_asides(tables, "unread"),
        where=Below(tuple((one.name, one.data.num_rows, one.where) for one in tables)),
    )  # fmt: skip


def _plain(data: pa.Table) -> pa.Table:
    """Dictionary columns as text: two files have different dictionaries."""
    for i, name in enumerate(data.column_names):
        if pa.types.is_dictionary(data.schema.field(i).type):
            data = _as_text(data, name)
    return data


def _as_text(data: pa.Table, heading: str) -> pa.Table:
    return data.set_column(data.column_names.index(heading), heading, data[heading].cast(pa.string()))


# The plan: which joins, in which order


def _finest(tables: Sequence[Table], found: list[Found]) -> str:
    """The table that all others are joined to: from it sales are reached, and most tables; it sells, or is the longest."""
    sells = {table.name: table for table in tables if _sells(table)}
    steps = [one for one in found if one.unique]

    def rank(table: Table) -> tuple[bool, int, bool, int, str]:
        ways = list(_outward(table.name, steps))
        own = table.name in sells
        sold = own or any(one.to in sells and _sold(_join_of(one), sells[one.to]) for one in ways)
        return sold, len(ways), own, table.data.num_rows, table.name

    return max(tables, key=rank).name


def _sells(table: Table) -> bool:
    roles = _sure(table)
    return "revenue" in roles or {"units", "price"} <= roles.keys()


def _plan(tables: Sequence[Table]) -> list[tuple[Join, list[Join]]]:
    """The joins found, each with others that would do as well in its place."""
    tables = sorted(tables, key=lambda table: table.name)
    found = _possible(tables)
    sells = {table.name for table in tables if _sells(table)}
    steps = [one for one in found if one.unique or one.to not in sells]
    chosen = list(_outward(_finest(tables, found), steps))
    return [(_join_of(best), list(map(_join_of, _rivals(best, chosen, steps)))) for best in chosen]


def _possible(tables: Sequence[Table]) -> list[Found]:
    """What is found, without joins that would count amounts wrongly: several payments for one order."""
    by_name = {table.name: table for table in tables}

    def counts(one: Found) -> bool:
        coarse = by_name[one.to]
        if not _spread(_join_of(one), coarse):
            return True
        try:
            _one_row_a_key(coarse, one.key, counted=True)
        except Problem:
            return False
        return True

    return [one for one in find(list(tables)) if counts(one)]


def _rivals(best: Found, chosen: list[Found], found: list[Found]) -> list[Found]:
    """Ways as good into the table of a chosen one, from the tables that lead there."""
    entered = {one.to: one.table for one in chosen}
    before = [best.table]
    while before[-1] in entered:
        before.append(entered[before[-1]])
    return [one for one in found if one.table in before and one.rivals(best)]


def _outward(root: str, found: list[Found]) -> Iterator[Found]:
    """The best ways that lead from a table to every other that can be reached, each entered once.

    The customers first, as what else is known of them is better than what is known of their orders. Tables with
    several rows per key (notes, calls) come last: their latest row describes the customer, and no further such
    table is entered through it.
    """
    reached, latest, lists = {root}, set[str](), set[str]()

    def rank(one: Found) -> tuple[Any, ...]:
        return not one.unique, not one.lists_customers, -one.score, one.kind, one.table not in lists, one.order

    while open_ := [
        one
        for one in found
        if one.table in reached and one.to not in reached and (one.unique or one.table not in latest)
    ]:
        best = min(open_, key=rank)
        yield best
        reached.add(best.to)
        if best.lists_customers:
            lists.add(best.to)
        if not best.unique or best.table in latest:
            latest.add(best.to)


def _choices(work: _Work, plan: list[tuple[Join, list[Join]]]) -> tuple[Choice, ...]:
    """The joins of a plan that others could stand in for with another result, each with the plan as it would be then."""
    joins = [one for one, _ in plan]

    def here(one: Join) -> pa.ChunkedArray:
        return _text(work.data[work.homes[one.table][one.column]])

    def differ(taken: Join, other: Join) -> bool:
        return not here(taken).drop_null().equals(here(other).drop_null())

    def instead(taken: Join, other: Join) -> tuple[Join, ...]:
        return tuple(other if one == taken else one for one in joins)

    asked = [(one, [other for other in close if differ(one, other)]) for one, close in plan]
    return tuple(Choice(one, tuple((other, instead(one, other)) for other in close)) for one, close in asked if close)


def _join_of(found: Found) -> Join:
    return Join(found.table, found.column, found.to, found.key)


def _resolved(tables: list[Table], joins: list[Join]) -> list[Join]:
    """Joins under the names the tables have now (next month's file has another name), in the order they can be made."""
    names = _names_now(tables, joins)
    joins = [replace(one, table=names[one.table], to=names[one.to]) for one in joins]
    targets = [one.to for one in joins]
    if twice := [name for name in targets if targets.count(name) > 1]:
        raise Problem(f"{twice[0]} is joined twice: keep one of the two joins.")
    roots = sorted({one.table for one in joins} - set(targets))
    if joins and len(roots) != 1:
        raise Problem(
            f"The joins start from {' and '.join(roots)}: they must all lead outward from one table."
            if roots
            else "The joins go round in a circle: take one of them away."
        )
    ordered: list[Join] = []
    reached = set(roots)
    while ready := [one for one in joins if one.table in reached and one not in ordered]:
        ordered += ready
        reached |= {one.to for one in ready}
    if len(ordered) < len(joins):
        raise Problem("The joins go round in a circle: take one of them away.")
    return ordered


def _names_now(tables: list[Table], joins: list[Join]) -> dict[str, str]:
    """The table each name of the joins means: of that name, else the only one left that has the columns asked for.

    Of several that have them, the one that is called like it but for the month.
    """
    asked: dict[str, set[str]] = {}
    for one in joins:
        asked.setdefault(one.table, set()).add(one.column)
        asked.setdefault(one.to, set()).update({one.key, *(one.spread or ())})
    names = {table.name: table.name for table in tables if table.name in asked}
    for name in sorted(set(asked) - set(names)):
        left = [table for table in tables if table.name not in names.values()]
        fits = [table.name for table in left if asked[name] <= set(table.data.column_names)]
        alike = [one for one in fits if family(one) == family(name)]
        fits = alike if len(alike) == 1 else fits
        if len(fits) != 1:
            columns = " and ".join(f"“{column}”" for column in sorted(asked[name]))
            have = "several files have" if fits else "no other file has"
            raise Problem(f"The join with {name} needs the column {columns}; {have} it: bring that file, or join anew.")
        names[name] = fits[0]
    for table in tables:
        for original in (was for was, now in names.items() if now == table.name):
            if gone := sorted(asked[original] - set(table.data.column_names)):
                raise Problem(f"{table.name} has no column “{gone[0]}” to join by: choose another.")
    return names


def _root(tables: list[Table], plan: list[Join]) -> Table:
    """The table all joins lead outward from; without joins the one that sells, or else the longest."""
    name = plan[0].table if plan else _finest(tables, [])
    return next(table for table in tables if table.name == name)


# One join after the other


@dataclass
class _Work:
    """The joined table on its way. homes: table → {its heading: the heading here}."""

    root: Table
    data: pa.Table = field(init=False)
    homes: dict[str, dict[str, str]] = field(init=False)
    roles: dict[str, str] = field(init=False)
    repeated: dict[str, str] = field(default_factory=dict)
    lists: dict[str, pa.Table] = field(default_factory=dict)
    links: list[Linked] = field(default_factory=list)
    used: dict[str, Table] = field(default_factory=dict)  # the coarser tables as joined, one row a key
    aside: list[pd.DataFrame] = field(default_factory=list)
    longer: list[tuple[str, int, Where]] = field(default_factory=list)  # tables whose rows were added below

    def __post_init__(self) -> None:
        self.data = self.root.data
        self.homes = {self.root.name: {name: name for name in self.data.column_names}}
        self.roles = _sure(self.root)


def _sure(table: Table) -> dict[str, str]:
    return {one.role: one.heading for one in vocabulary.match(table) if one.sure}


def _attach(work: _Work, one: Join, fine: Table, coarse: Table) -> None:
    """Join one coarser table to the work."""
    column = work.homes[one.table][one.column]
    spread = _spread(one, coarse)
    coarse, repeats = _one_row_a_key(coarse, one.key, bool(spread))
    work.used[coarse.name] = coarse
    loose = _loose(fine.data[one.column], coarse.data[one.key])
    place = _place(work.data[column], coarse.data[one.key], loose)
    before = {heading: _total(coarse.data[heading]) for heading in spread}
    own = {name: _total(work.data[name]) for name in _sums(work.data)}
    link = _linked(one, fine, coarse, _place(fine.data[one.column], coarse.data[one.key], loose))
    names = work.homes[coarse.name] = _headings(work, one, coarse)
    _refuse_cells(work, coarse, place)
    lost = _unused(place, coarse.data.num_rows) if spread else pa.array([], pa.int32())
    place = pa.chunked_array([*place.chunks, lost])
    work.data = _longer(work.data, column, coarse.data[one.key].take(lost), len(lost))
    if len(lost):
        of, places = coarse.where, lost.to_numpy().astype(np.int64)
        work.longer.append((coarse.name, len(lost), lambda rows: of(places[rows])))
    if loose:
        _respell(work, column, coarse.data[one.key], place)
    _describe(work, coarse, place, {h: n for h, n in names.items() if h not in spread and h != one.key})
    for heading in spread:
        work.data = work.data.append_column(names[heading], _shared(coarse.data[heading], place))
    _check_totals(work, coarse, names, own, before)
    _take_roles(work, one, fine, coarse, place, spread)
    said = (*_sentences(one, coarse, link, loose, repeats, before, len(lost)), *_without_sale(work, link))
    work.links.append(replace(link, sentences=said))
    work.aside.append(repeats)


def _refuse_cells(work: _Work, coarse: Table, place: pa.ChunkedArray) -> None:
    """Problem where the table would have more cells than can be held; rows nothing asks for may be added below."""
    names = f"{work.root.name} with {' and '.join(list(work.homes)[1:])}"
    rows = work.data.num_rows + len(_unused(place, coarse.data.num_rows))
    check_cells(names, rows, work.data.num_columns + coarse.data.num_columns - 1)


@dataclass(frozen=True)
class _Among:
    """`Table.where` of some rows of a table."""

    of: Where
    rows: np.ndarray

    def __call__(self, places: np.ndarray) -> pd.DataFrame:
        return self.of(self.rows[places])


def _one_row_a_key(coarse: Table, heading: str, counted: bool) -> tuple[Table, pd.DataFrame]:
    """One row of each key: the latest where rows are dated, else the first in the order of their contents.

    Also the rows left out, as rows set aside. counted: the rows hold amounts, so only copies may go, and rows
    without a key stay; Problem where rows of one key differ.
    """
    texts = _text(coarse.data[heading])
    known = pc.fill_null(pc.not_equal(texts, ""), False)
    if pc.all(known).as_py() and pc.count_distinct(texts).as_py() == len(texts):
        return coarse, _asides([])
    order = _latest_first(coarse, heading).to_numpy()
    ordered = texts.take(pa.array(order)).to_pandas()
    keyed = np.asarray(known.to_numpy(), bool)[order]
    first = np.where(keyed, ~ordered.duplicated().to_numpy(), counted)
    kept, left = np.sort(order[first]), np.sort(order[~first])
    if counted and len(left) > len(repeated_rows(replace(coarse, data=coarse.data.filter(known)))):
        raise Problem(
            f"{coarse.name} has several rows with the same “{heading}” and amounts of their own, which a join would "
            "count wrongly: choose another column, or take that table as the finer one."
        )
    names = coarse.data.column_names
    aside = coarse.data.take(pa.array(left)).to_pydict() if len(left) else {name: [] for name in names}
    whole = [", ".join("" if cell is None else str(cell) for cell in row) for row in zip(*aside.values(), strict=True)]
    reasons = [
        "no value to join by" if cell in (None, "") else "another row has the same key" for cell in aside[heading]
    ]
    lines = coarse.where(left)["line"].to_numpy()
    frame = pd.DataFrame({"file": coarse.name, "line": lines, "column": heading, "reason": reasons, "text": whole})
    of = coarse.where
    return replace(coarse, data=coarse.data.take(pa.array(kept)), where=_Among(of, kept)), frame


def _latest_first(table: Table, heading: str) -> pa.Array:
    data = _plain(table.data)
    date = _sure(table).get("date")
    others = [name for name in sorted(data.column_names) if name not in (date, heading)]
    keys = [
        (heading, "ascending"),
        *([(date, "descending")] if date else []),
        *((name, "ascending") for name in others),
    ]
    return pc.sort_indices(data, sort_keys=keys)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())


def _loose(column: pa.ChunkedArray, keys: pa.ChunkedArray) -> bool:
    """Whether leaving spaces, capitals and leading zeros aside finds more keys, and confuses no two of them."""
    values, exact = pc.unique(_text(column)).drop_null(), _text(keys).combine_chunks()
    found = pc.sum(pc.is_in(values, exact)).as_py() or 0
    if found == len(values):
        return False
    loose = loosened(exact)
    more = pc.sum(pc.is_in(loosened(values), loose)).as_py() or 0
    return more > found and pc.count_distinct(loose).as_py() == len(loose)


def _place(column: pa.ChunkedArray, keys: pa.ChunkedArray, loose: bool) -> pa.ChunkedArray:
    """For each value its row among the keys, null where there is none."""
    texts, among = _text(column), _text(keys).combine_chunks()
    if loose:
        texts, among = loosened(texts), loosened(among)
    place = pc.index_in(texts, value_set=among, skip_nulls=True)
    return place if isinstance(place, pa.ChunkedArray) else pa.chunked_array([place])


def _unused(place: pa.ChunkedArray, size: int) -> pa.Array:
    seen = np.zeros(size, bool)
    seen[place.drop_null().to_numpy()] = True
    return pa.array(np.flatnonzero(~seen).astype(np.int32))


def _linked(one: Join, fine: Table, coarse: Table, place: pa.ChunkedArray) -> Linked:
    unused = _unused(place, coarse.data.num_rows)
    counts = pc.value_counts(_text(fine.data[one.column]).filter(pc.is_null(place)))
    missing = pd.DataFrame({"value": counts.field("values").to_pylist(), "rows": counts.field("counts").to_pylist()})
    missing = missing.sort_values(["rows", "value"], ascending=[False, True], ignore_index=True)
    gone = _plain(coarse.data.take(unused)).to_pandas(date_as_object=False)
    rows, keys = fine.data.num_rows, coarse.data.num_rows
    return Linked(one, rows - place.null_count, rows, keys - len(unused), keys, missing, gone)


def _headings(work: _Work, one: Join, coarse: Table) -> dict[str, str]:
    """What each heading of the coarser table is called here: its own name, or with its table's before it."""
    taken, names = set(work.data.column_names), {}
    for heading in coarse.data.column_names:
        name, times = heading, 1
        while name in taken:
            name = f"{stem(coarse.name)}: {heading}" + (f" ({times})" if times > 1 else "")
            times += 1
        taken.add(name)
        names[heading] = name
    names[one.key] = work.homes[one.table][one.column]
    return names


def _longer(data: pa.Table, column: str, keys: pa.ChunkedArray, rows: int) -> pa.Table:
    """The table with rows below it that hold nothing but their key: orders of which no line is known."""
    if not rows:
        return data
    arrays = [
        keys.cast(pa.string()).cast(one.type) if one.name == column else pa.nulls(rows, one.type) for one in data.schema
    ]
    return pa.concat_tables([data, pa.Table.from_arrays(arrays, schema=data.schema)])


def _respell(work: _Work, column: str, keys: pa.ChunkedArray, place: pa.ChunkedArray) -> None:
    """Keys as the coarser table writes them, so that 007 and 7 are one customer."""
    spelt = pc.coalesce(_text(keys).combine_chunks().take(place), _text(work.data[column]))
    work.data = work.data.set_column(work.data.column_names.index(column), column, spelt)


def _describe(work: _Work, coarse: Table, place: pa.ChunkedArray, names: dict[str, str]) -> None:
    for heading, name in names.items():
        column = coarse.data[heading]
        if kind_of(column.type) == "text":  # many rows take one text: it is kept once
            column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            column = column.unify_dictionaries()
        work.data = work.data.append_column(name, column.combine_chunks().take(place))


# Amounts: once, whatever the number of rows


def _spread(one: Join, coarse: Table) -> list[str]:
    """The amounts of the coarser table that are shared out over the rows that take them."""
    if one.spread is not None:
        for heading in one.spread:
            if heading not in coarse.data.column_names or kind_of(coarse.data[heading].type) != "number":
                raise Problem(f"{coarse.name} has no column of numbers “{heading}” to spread: choose another.")
        return [heading for heading in one.spread if heading != one.key]
    roles = _sure(coarse)
    if not _sold(one, coarse):
        return []
    amounts = {roles[role] for role in ADDING_UP if role in roles}
    rates = {roles[role] for role in ("price", "discount") if role in roles}
    numbers = [name for name in coarse.data.column_names if kind_of(coarse.data[name].type) == "number"]
    loose = [n for n in numbers if n not in rates and n != one.key and (_is_fee(n) or _fractions(coarse.data[n]))]
    return [n for n in numbers if n in amounts or n in loose]


def _sold(one: Join, coarse: Table) -> bool:
    """Whether the coarser table holds sales (orders), whose amounts count, and no customers or products."""
    names = called(one.table, one.column) | called(one.to, one.key)
    lists = names_role("customer", names) or names_role("product", names) or names_role("category", names)
    return not lists and ("date" in _sure(coarse) or names_role("order", names))


def _is_fee(heading: str) -> bool:
    """Whether a heading speaks of what is paid once an order, although no role is called so."""
    return not FEES.isdisjoint(words(heading))


def _fractions(column: pa.ChunkedArray) -> bool:
    return pa.types.is_floating(column.type) and not pc.all(pc.equal(column, pc.floor(column))).as_py()


def _shared(column: pa.ChunkedArray, place: pa.ChunkedArray) -> pa.Array:
    """Each row's share of the amount it takes; the shares of one amount add up to it to the ten-thousandth."""
    amounts = np.rint(np.asarray(column.to_numpy(), np.float64) * FINEST)
    taken = np.asarray(pc.fill_null(place, -1).to_numpy())
    used = np.flatnonzero(taken >= 0)
    of = taken[used]
    count = np.bincount(of, minlength=len(amounts))
    order = np.argsort(of, kind="stable")
    nth = np.empty(len(of), np.int64)
    nth[order] = np.arange(len(of)) - (np.cumsum(count) - count)[of[order]]
    whole, rest = np.divmod(np.nan_to_num(amounts), np.maximum(count, 1))
    shares = np.full(len(taken), np.nan)
    shares[used] = np.where(np.isnan(amounts[of]), np.nan, (whole[of] + (nth < rest[of])) / FINEST)
    return pa.array(shares, from_pandas=True)


def _sums(data: pa.Table) -> list[str]:
    return [name for name in data.column_names if kind_of(data.schema.field(name).type) == "number"]


def _total(column: pa.ChunkedArray) -> float:
    """The sum to the ten-thousandth, the same in any order of rows."""
    return _sum(np.asarray(column.to_numpy(), np.float64))


def _sum(values: np.ndarray) -> float:
    return float(np.rint(np.nan_to_num(values) * FINEST).sum()) / FINEST


def _check_totals(
    work: _Work, coarse: Table, names: dict[str, str], own: dict[str, float], before: dict[str, float]
) -> None:
    expected = own | {names[heading]: total for heading, total in before.items()}
    for name, total in expected.items():
        if abs(found := _total(work.data[name]) - total) > 1e-9 * max(abs(total), 1):
            raise Problem(
                f"Joining {coarse.name} would change the total of “{name}” by {found:,.4f}: choose other columns to join by."
            )


def _take_roles(work: _Work, one: Join, fine: Table, coarse: Table, place: pa.ChunkedArray, spread: list[str]) -> None:
    """Roles the work does not have yet come from the coarser table; its repeated numbers may never add up."""
    names = work.homes[coarse.name]
    repeats = len(place) - place.null_count > pc.count_distinct(place.drop_null()).as_py()
    if repeats:
        work.repeated |= {names[h]: coarse.name for h in _sums(coarse.data) if h not in (*spread, one.key)}
    priced = "revenue" in work.roles or {"units", "price"} <= work.roles.keys()
    for role, heading in _sure(coarse).items():
        fits = role in ANYWHERE or heading in spread or not repeats or _sold(one, coarse)
        counted = role in ADDING_UP and (names[heading] in work.repeated or (role == "revenue" and priced))
        if role not in work.roles and heading != one.key and fits and not counted:
            work.roles[role] = names[heading]
    if _lists_customers(work, one, fine):
        _list_customers(work, one, fine, coarse)


def _lists_customers(work: _Work, one: Join, fine: Table) -> bool:
    """Whether the coarser table lists the customers: not the people behind a list of customers, unless that only translates."""
    listed = any(
        names_role("customer", called(via.to, via.key))
        for via in (link.join for link in work.links)
        if via.to == fine.name
    )
    named = names_role("customer", called(one.table, one.column) | called(one.to, one.key))
    bought = work.roles.get("customer") == work.homes[one.table].get(one.column)  # by an e-mail, or by name
    return (named or bought) and not (listed and fine.data.num_columns > TRANSLATES)


def _list_customers(work: _Work, one: Join, fine: Table, coarse: Table) -> None:
    """The coarser table lists the customers: its key numbers them, and those without a sale stay."""
    names = work.homes[coarse.name]
    key = names[one.key]
    for via in (link.join for link in work.links if link.join.to == one.table):
        if not _sold(via, fine):
            _keep_untranslated(work, key, work.homes[via.table][via.column])
    work.roles["customer"] = key
    work.lists = {key: coarse.data.rename_columns([names[heading] for heading in coarse.data.column_names])}


def _keep_untranslated(work: _Work, key: str, former: str) -> None:
    """Where a list of numbers does not know a customer's, the customer keeps the former one: “crm id 17”."""
    named = pc.binary_join_element_wise(pa.scalar(former), _text(work.data[former]), " ")
    kept = pc.coalesce(_text(work.data[key]), named)
    work.data = work.data.set_column(work.data.column_names.index(key), key, kept)


# In words


def _sentences(
    one: Join, coarse: Table, link: Linked, loose: bool, repeats: pd.DataFrame, spread: dict[str, float], lost: int
) -> Iterator[str]:
    fine, other = stem(one.table), stem(one.to)
    yield (
        f"{formats.count(link.matched)} of {formats.plural(link.rows, 'row')} of {fine} have their “{one.column}” in {other}; "
        f"{formats.count(link.used)} of {formats.plural(link.keys, 'row')} of {other} {'is' if link.used == 1 else 'are'} used."
    )
    if loose:
        yield "They match once spaces, capitals and leading zeros are left aside."
    if len(repeats):
        date = _sure(coarse).get("date")
        which = f"the latest by “{date}”" if date else "the first in alphabetical order"
        yield (
            f"{formats.plural(len(repeats), 'row')} of {other} {'repeats' if len(repeats) == 1 else 'repeat'} a “{one.key}” "
            f"or {'has' if len(repeats) == 1 else 'have'} none: of each, {which} is used, so that no sale counts twice."
        )
    for heading, total in spread.items():
        yield (
            f"“{heading}” stands once per row of {other} and is shared out over the rows of {fine}: "
            f"{total:,.2f} before and after."
        )
    if lost:
        yield f"{formats.plural(lost, 'row')} of {other} without any in {fine} {'is' if lost == 1 else 'are'} kept as they stand."


def _without_sale(work: _Work, link: Linked) -> Iterator[str]:
    """Customers of a list whom no row asks for."""
    if (quiet := link.keys - link.used) and work.homes[link.join.to][link.join.key] in work.lists:
        stay = "customer without a sale stays" if quiet == 1 else "customers without a sale stay"
        yield f"{formats.count(quiet)} {stay}, apart from the others, with 0 orders."


def _finished(work: _Work, tables: list[Table], left_out: dict[str, str], choices: tuple[Choice, ...]) -> Joined:
    links = tuple(work.links)
    said = [sentence for link in links for sentence in link.sentences]
    said += [*left_out.values(), *(one.sentence for one in choices), _rows_and_revenue(work)]
    used = [table for table in tables if table.name not in left_out]
    repeats = pd.concat(work.aside, ignore_index=True) if work.aside else _asides([])
    set_aside = pd.concat([_asides(used), repeats], ignore_index=True)
    rows = work.data.num_rows  # what only describes them are no rows of the study
    report = replace(_reports(used, tuple(said)), rows_in=rows + len(set_aside), rows_used=rows)
    roles = {role: heading for role, heading in work.roles.items() if role in ("customer", "date", "order")}
    roles |= {role: work.roles.get(role, "") for role, one in ROLES.items() if one.kind == "number"}
    return Joined(
        name=" + ".join(table.name for table in used),
        data=work.data,
        report=report,
        set_aside=set_aside,
        unread=_asides(used, "unread"),
        where=Below(((work.root.name, work.root.data.num_rows, work.root.where), *work.longer)),
        known=Known(roles, work.lists, work.repeated),
        joins=tuple(link.join for link in links),
        links=links,
        choices=choices,
        left_out=tuple(left_out.values()),
    )


def _rows_and_revenue(work: _Work) -> str:
    """Rows and revenue before and after; Problem where the revenue is not the same."""
    rows = (
        f"{formats.plural(work.root.data.num_rows, 'row')} before the joins, {formats.count(work.data.num_rows)} after"
    )
    joined = replace(work.root, data=work.data)
    after = revenue_of(joined, work.roles)
    heading = work.roles.get("revenue", "")
    held = next((table for name, table in work.used.items() if heading in work.homes[name].values()), work.root)
    if after is None:
        return f"{rows}."
    if heading:
        home = {here: there for there, here in work.homes[held.name].items()}
        before = _total(held.data[home[heading]])
    elif (own := revenue_of(work.root, work.roles if _within(work) else {})) is not None:
        before = _sum(own)
    else:
        return f"{rows}; revenue is {_sum(after):,.2f}."
    if abs(before - _sum(after)) > 1e-9 * max(abs(before), 1):
        raise Problem(f"The joins would change the revenue from {before:,.2f} to {_sum(after):,.2f}: choose others.")
    return f"{rows}; revenue is {before:,.2f} before and after."


def _within(work: _Work) -> bool:
    """Whether all that makes the revenue stands in the finest table."""
    used = {work.roles[role] for role in ("revenue", "units", "price", "discount") if role in work.roles}
    return used <= set(work.root.data.column_names)


def _reports(tables: Sequence[Table], said: tuple[str, ...]) -> Report:
    """The reports of several files as one: what was said of each, under its name."""
    first = tables[0].report
    several = len(tables) > 1
    return replace(
        first,
        rows_in=sum(one.report.rows_in for one in tables),
        rows_used=sum(one.report.rows_used for one in tables),
        dates={name: order for one in reversed(tables) for name, order in one.report.dates.items()},
        sentences=(*said, *(f"{one.name}: {text}" if several else text for one in tables for text in one.report.sentences)),
        questions=tuple(_named_question(one.name, asked) if several else asked for one in tables for asked in one.report.questions),
    )  # fmt: skip


def _named_question(name: str, asked: Question) -> Question:
    return Question(f"{name}: {asked}", asked.setting, asked.column, asked.readings, asked.chosen)


def _asides(tables: Sequence[Table], which: str = "set_aside") -> pd.DataFrame:
    """What was set aside (or left unread) of several files, each with its file."""
    parts = [(one.name, getattr(one, which)) for one in tables]
    frames = [part if "file" in part else part.assign(file=name) for name, part in parts]
    names = ["file", *ASIDE]
    full = [frame[names] for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=names).astype({"line": "int64"})
