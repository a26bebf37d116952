"""How a table becomes customers: its columns get their roles, rows are left out, the rest is rolled up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from segmentation.columns import match as vocabulary
from segmentation.customers.asking import who_bought
from segmentation.customers.customer_table import from_customer_table
from segmentation.customers.left_out import sifted
from segmentation.customers.lines import attribute_name, from_lines
from segmentation.customers.reasons import counted
from segmentation.customers.wide import from_wide
from segmentation.joining.linkage import recognise
from segmentation.problems import Problem
from segmentation.rollup.settings import RollUpSettings
from segmentation.table import Table

MADE = {"transactions": from_lines, "customers": from_customer_table, "wide": from_wide}


def rolled_up(
    table: Table, columns: Mapping[str, str], settings: RollUpSettings
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a customer, and what else `Customers` is made of; see `Customers.build`."""
    roles = vocabulary.roles(table, dict(columns))
    vocabulary.check_kinds(table, roles)
    rows, said = sifted(table, roles, settings)
    if not rows.table.data.num_rows and rows.counts:
        raise Problem(f"{table.name} leaves no customer: {', '.join(counted(rows.counts).values())}.")
    if rows.form == "transactions" and "customer" not in rows.roles:
        raise who_bought(table, rows.roles)
    frame, facts = MADE[rows.form](rows.table, rows.roles, settings)
    left_out = {**facts.get("left_out", {}), **rows.counts}
    headings = vocabulary.headings(table, roles, [*frame])
    told = {"headings": headings, "called": _called(frame, roles), "reached": _named(frame, [roles.get("email")])}
    return frame, {**facts, "left_out": left_out, "notes": (*facts["notes"], *said), **told}


def _called(frame: pd.DataFrame, roles: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that together hold what a customer is called: the name, else the given name and the surname."""
    if "name" in roles:
        return _named(frame, [roles["name"]])
    kinds = recognise(map(str, frame.columns))
    return _named(frame, [kinds.get("given"), kinds.get("surname")])


def _named(frame: pd.DataFrame, headings: list[str | None]) -> tuple[str, ...]:
    """The columns made of these headings, those of words that are there."""
    names = [attribute_name(heading, pa.string()) for heading in headings if heading]
    return tuple(name for name in names if name in frame and not pd.api.types.is_numeric_dtype(frame[name]))
