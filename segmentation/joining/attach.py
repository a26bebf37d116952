"""One join after the other: a coarser table's rows are taken to each row of the finer one, with what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import kind_of
from segmentation.columns.match import sure
from segmentation.columns.metrics import ADDING_UP
from segmentation.dataclass import dataclass
from segmentation.joining.joins import Join, Linked
from segmentation.joining.keys import called, names_role, stem
from segmentation.joining.rows import is_loose, one_a_key, place_of, plain, rows_unused, text_of
from segmentation.joining.spread import holds_sales, numbers_of, shared_out, spread_of, total_of
from segmentation.problems import Problem
from segmentation.reading.draft import check_cells
from segmentation.table import Table, Where

ANYWHERE = ("price", "discount", "product", "category", "potential", "channel")  # roles any table may bring
TRANSLATES = 2  # columns of a table that holds nothing but the numbers of two systems


@dataclass
class Work:
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
        self.roles = sure(self.root)


def attach(work: Work, one: Join, fine: Table, coarse: Table) -> None:
    """Join one coarser table to the work."""
    column = work.homes[one.table][one.column]
    spread = spread_of(one, coarse)
    coarse, repeats = one_a_key(coarse, one.key, bool(spread))
    work.used[coarse.name] = coarse
    loose = is_loose(fine.data[one.column], coarse.data[one.key])
    place = place_of(work.data[column], coarse.data[one.key], loose)
    before = {heading: total_of(coarse.data[heading]) for heading in spread}
    own = {name: total_of(work.data[name]) for name in numbers_of(work.data)}
    link = _linked(one, fine, coarse, place_of(fine.data[one.column], coarse.data[one.key], loose))
    names = work.homes[coarse.name] = _headings(work, one, coarse)
    _refuse_cells(work, coarse, place)
    lost = rows_unused(place, coarse.data.num_rows) if spread else pa.array([], pa.int32())
    place = pa.chunked_array([*place.chunks, lost])
    work.data = _longer(work.data, column, coarse.data[one.key].take(lost), len(lost))
    if len(lost):
        of, places = coarse.where, lost.to_numpy().astype(np.int64)
        work.longer.append((coarse.name, len(lost), lambda rows: of(places[rows])))
    if loose:
        _respell(work, column, coarse.data[one.key], place)
    _describe(work, coarse, place, {h: n for h, n in names.items() if h not in spread and h != one.key})
    for heading in spread:
        work.data = work.data.append_column(names[heading], shared_out(coarse.data[heading], place))
    _check_totals(work, coarse, names, own, before)
    _take_roles(work, one, fine, coarse, place, spread)
    said = (*_sentences(one, coarse, link, loose, repeats, before, len(lost)), *_without_sale(work, link))
    work.links.append(replace(link, sentences=said))
    work.aside.append(repeats)


def _refuse_cells(work: Work, coarse: Table, place: pa.ChunkedArray) -> None:
    """Problem where the table would have more cells than can be held; rows nothing asks for may be added below."""
    names = f"{work.root.name} with {' and '.join(list(work.homes)[1:])}"
    rows = work.data.num_rows + len(rows_unused(place, coarse.data.num_rows))
    check_cells(names, rows, work.data.num_columns + coarse.data.num_columns - 1)


def _linked(one: Join, fine: Table, coarse: Table, place: pa.ChunkedArray) -> Linked:
    unused = rows_unused(place, coarse.data.num_rows)
    counts = pc.value_counts(text_of(fine.data[one.column]).filter(pc.is_null(place)))
    missing = pd.DataFrame({"value": counts.field("values").to_pylist(), "rows": counts.field("counts").to_pylist()})
    missing = missing.sort_values(["rows", "value"], ascending=[False, True], ignore_index=True)
    gone = plain(coarse.data.take(unused)).to_pandas(date_as_object=False)
    rows, keys = fine.data.num_rows, coarse.data.num_rows
    return Linked(one, rows - place.null_count, rows, keys - len(unused), keys, missing, gone)


def _headings(work: Work, one: Join, coarse: Table) -> dict[str, str]:
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


def _respell(work: Work, column: str, keys: pa.ChunkedArray, place: pa.ChunkedArray) -> None:
    """Keys as the coarser table writes them, so that 007 and 7 are one customer."""
    spelt = pc.coalesce(text_of(keys).combine_chunks().take(place), text_of(work.data[column]))
    work.data = work.data.set_column(work.data.column_names.index(column), column, spelt)


def _describe(work: Work, coarse: Table, place: pa.ChunkedArray, names: dict[str, str]) -> None:
    for heading, name in names.items():
        column = coarse.data[heading]
        if kind_of(column.type) == "text":  # many rows take one text: it is kept once
            column = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            column = column.unify_dictionaries()
        work.data = work.data.append_column(name, column.combine_chunks().take(place))


def _check_totals(
    work: Work, coarse: Table, names: dict[str, str], own: dict[str, float], before: dict[str, float]
) -> None:
    expected = own | {names[heading]: total for heading, total in before.items()}
    for name, total in expected.items():
        if abs(found := total_of(work.data[name]) - total) > 1e-9 * max(abs(total), 1):
            raise Problem(
                f"Joining {coarse.name} would change the total of “{name}” by {found:,.4f}: choose other columns to join by."
            )


def _take_roles(work: Work, one: Join, fine: Table, coarse: Table, place: pa.ChunkedArray, spread: list[str]) -> None:
    """Roles the work does not have yet come from the coarser table; its repeated numbers may never add up."""
    names = work.homes[coarse.name]
    repeats = len(place) - place.null_count > pc.count_distinct(place.drop_null()).as_py()
    if repeats:
        work.repeated |= {names[h]: coarse.name for h in numbers_of(coarse.data) if h not in (*spread, one.key)}
    priced = "revenue" in work.roles or {"units", "price"} <= work.roles.keys()
    for role, heading in sure(coarse).items():
        fits = role in ANYWHERE or heading in spread or not repeats or holds_sales(one, coarse)
        counted = role in ADDING_UP and (names[heading] in work.repeated or (role == "revenue" and priced))
        if role not in work.roles and heading != one.key and fits and not counted:
            work.roles[role] = names[heading]
    if _lists_customers(work, one, fine):
        _list_customers(work, one, fine, coarse)


def _lists_customers(work: Work, one: Join, fine: Table) -> bool:
    """Whether the coarser table lists the customers: not the people behind a list of customers, unless that only translates."""
    listed = any(
        names_role("customer", called(via.to, via.key))
        for via in (link.join for link in work.links)
        if via.to == fine.name
    )
    named = names_role("customer", called(one.table, one.column) | called(one.to, one.key))
    bought = work.roles.get("customer") == work.homes[one.table].get(one.column)  # by an e-mail, or by name
    return (named or bought) and not (listed and fine.data.num_columns > TRANSLATES)


def _list_customers(work: Work, one: Join, fine: Table, coarse: Table) -> None:
    """The coarser table lists the customers: its key numbers them, and those without a sale stay."""
    names = work.homes[coarse.name]
    key = names[one.key]
    for via in (link.join for link in work.links if link.join.to == one.table):
        if not holds_sales(via, fine):
            _keep_untranslated(work, key, work.homes[via.table][via.column])
    work.roles["customer"] = key
    work.lists = {key: coarse.data.rename_columns([names[heading] for heading in coarse.data.column_names])}


def _keep_untranslated(work: Work, key: str, former: str) -> None:
    """Where a list of numbers does not know a customer's, the customer keeps the former one: “crm id 17”."""
    named = pc.binary_join_element_wise(pa.scalar(former), text_of(work.data[former]), " ")
    kept = pc.coalesce(text_of(work.data[key]), named)
    work.data = work.data.set_column(work.data.column_names.index(key), key, kept)


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
        date = sure(coarse).get("date")
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


def _without_sale(work: Work, link: Linked) -> Iterator[str]:
    """Customers of a list whom no row asks for."""
    if (quiet := link.keys - link.used) and work.homes[link.join.to][link.join.key] in work.lists:
        stay = "customer without a sale stays" if quiet == 1 else "customers without a sale stay"
        yield f"{formats.count(quiet)} {stay}, apart from the others, with 0 orders."
