"""Which joins, in which order: from the finest table outward, as their values propose or as a person says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from segmentation.columns.match import sure
from segmentation.joining.joins import Join
from segmentation.joining.keys import Found, family, find
from segmentation.joining.rows import one_a_key
from segmentation.joining.spread import holds_sales, spread_of
from segmentation.joining.stacking import stack
from segmentation.problems import Problem
from segmentation.table import Table


def propose(tables: Sequence[Table]) -> list[Join]:
    """The joins found from matching values, from the finest table outward; the same in any order of the tables."""
    return [one for one, _ in planned(stack(tables))]


def main(tables: Sequence[Table]) -> Table:
    """The table that sells, or else the longest: what is left to look at where tables cannot be joined."""
    return next(table for table in tables if table.name == _finest(tables, []))


def _finest(tables: Sequence[Table], found: list[Found]) -> str:
    """The table that all others are joined to: from it sales are reached, and most tables; it sells, or is the longest."""
    sells = {table.name: table for table in tables if _sells(table)}
    steps = [one for one in found if one.unique]

    def rank(table: Table) -> tuple[bool, int, bool, int, str]:
        ways = list(_outward(table.name, steps))
        own = table.name in sells
        sold = own or any(one.to in sells and holds_sales(_join_of(one), sells[one.to]) for one in ways)
        return sold, len(ways), own, table.data.num_rows, table.name

    return max(tables, key=rank).name


def _sells(table: Table) -> bool:
    roles = sure(table)
    return "revenue" in roles or {"units", "price"} <= roles.keys()


def planned(tables: Sequence[Table]) -> list[tuple[Join, list[Join]]]:
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
        if not spread_of(_join_of(one), coarse):
            return True
        try:
            one_a_key(coarse, one.key, counted=True)
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


def _join_of(found: Found) -> Join:
    return Join(found.table, found.column, found.to, found.key)


def resolved(tables: list[Table], joins: list[Join]) -> list[Join]:
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


def root_of(tables: list[Table], plan: list[Join]) -> Table:
    """The table all joins lead outward from; without joins the one that sells, or else the longest."""
    name = plan[0].table if plan else _finest(tables, [])
    return next(table for table in tables if table.name == name)
