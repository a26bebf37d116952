"""Several tables, several customer numbers → one table of sales, with nothing multiplied.

Each join takes one row of a coarser table (an order, a customer, a product) to each row of the finer
one (a line), never the other way round, so no row and no money can be doubled. An amount that stands
once per order is spread over its lines; a number that describes (a list price) is repeated and can
never be counted. `keys.py` finds the joins; a person confirms or changes them as plain data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa

from segmentation import formats
from segmentation.columns.amounts import revenue_of
from segmentation.columns.roles import ROLES
from segmentation.joining.attach import Work, attach
from segmentation.joining.joins import Choice, Join, Joined
from segmentation.joining.plan import planned, resolved, root_of
from segmentation.joining.reports import asides, reports
from segmentation.joining.rows import text_of
from segmentation.joining.spread import sum_of, total_of
from segmentation.joining.stacking import stack
from segmentation.problems import Problem
from segmentation.reading.read import Below
from segmentation.table import Known, Table

NOT_FOUND = "none of its columns is found in the others without counting money twice"


def join(tables: Sequence[Table], joins: Iterable[Join | Mapping[str, Any]] | None = None) -> Joined:
    """Several tables as one, from the finest outward.

    tables   as `read` returns them; those with the same headings are put below each other first
    joins    the joins to make (plain data or Join); None makes those `propose` finds
    Raises Problem where a join names what is not there, where tables cannot be put together, or where
    an amount would not be the same before and after.
    """
    stacked = stack(tables)
    found = planned(stacked) if joins is None else []
    plan = [one for one, _ in found] if joins is None else resolved(stacked, [Join.of(one) for one in joins])
    by_name = {table.name: table for table in stacked}
    work = Work(root_of(stacked, plan))
    for one in plan:
        attach(work, one, by_name[one.table], by_name[one.to])
    alone = [table.name for table in stacked if table.name not in work.homes]
    if alone and not plan:
        raise Problem(
            f"{' and '.join(alone[:3])} have no column whose values stand in {work.root.name}: "
            "say which belong together, or bring one file at a time."
        )
    why = NOT_FOUND if joins is None else "no join leads to it"
    left_out = {name: f"{name} is left out: {why}." for name in alone}
    return _finished(work, stacked, left_out, _choices(work, found))


def _choices(work: Work, plan: list[tuple[Join, list[Join]]]) -> tuple[Choice, ...]:
    """The joins of a plan that others could stand in for with another result, each with the plan as it would be then."""
    joins = [one for one, _ in plan]

    def here(one: Join) -> pa.ChunkedArray:
        return text_of(work.data[work.homes[one.table][one.column]])

    def differ(taken: Join, other: Join) -> bool:
        return not here(taken).drop_null().equals(here(other).drop_null())

    def instead(taken: Join, other: Join) -> tuple[Join, ...]:
        return tuple(other if one == taken else one for one in joins)

    asked = [(one, [other for other in close if differ(one, other)]) for one, close in plan]
    return tuple(Choice(one, tuple((other, instead(one, other)) for other in close)) for one, close in asked if close)


def _finished(work: Work, tables: list[Table], left_out: dict[str, str], choices: tuple[Choice, ...]) -> Joined:
    links = tuple(work.links)
    said = [sentence for link in links for sentence in link.sentences]
    said += [*left_out.values(), *(one.sentence for one in choices), _rows_and_revenue(work)]
    used = [table for table in tables if table.name not in left_out]
    repeats = pd.concat(work.aside, ignore_index=True) if work.aside else asides([])
    set_aside = pd.concat([asides(used), repeats], ignore_index=True)
    rows = work.data.num_rows  # what only describes them are no rows of the study
    report = replace(reports(used, tuple(said)), rows_in=rows + len(set_aside), rows_used=rows)
    roles = {role: heading for role, heading in work.roles.items() if role in ("customer", "date", "order")}
    roles |= {role: work.roles.get(role, "") for role, one in ROLES.items() if one.kind == "number"}
    return Joined(
        name=" + ".join(table.name for table in used),
        data=work.data,
        report=report,
        set_aside=set_aside,
        unread=asides(used, "unread"),
        where=Below(((work.root.name, work.root.data.num_rows, work.root.where), *work.longer)),
        known=Known(roles, work.lists, work.repeated),
        joins=tuple(link.join for link in links),
        links=links,
        choices=choices,
        left_out=tuple(left_out.values()),
    )


def _rows_and_revenue(work: Work) -> str:
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
        before = total_of(held.data[home[heading]])
    elif (own := revenue_of(work.root, work.roles if _within(work) else {})) is not None:
        before = sum_of(own)
    else:
        return f"{rows}; revenue is {sum_of(after):,.2f}."
    if abs(before - sum_of(after)) > 1e-9 * max(abs(before), 1):
        raise Problem(f"The joins would change the revenue from {before:,.2f} to {sum_of(after):,.2f}: choose others.")
    return f"{rows}; revenue is {before:,.2f} before and after."


def _within(work: Work) -> bool:
    """Whether all that makes the revenue stands in the finest table."""
    used = {work.roles[role] for role in ("revenue", "units", "price", "discount") if role in work.roles}
    return used <= set(work.root.data.column_names)
