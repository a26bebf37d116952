"""How a table becomes customers: its columns get their roles, rows are left out, the rest is rolled up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from segmentation.columns import match as vocabulary
from segmentation.customers.customer_table import from_customer_table
from segmentation.customers.left_out import sifted
from segmentation.customers.lines import from_lines
from segmentation.customers.reasons import counted
from segmentation.customers.wide import from_wide
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
    frame, facts = MADE[rows.form](rows.table, rows.roles, settings)
    left_out = {**facts.get("left_out", {}), **rows.counts}
    headings = vocabulary.headings(table, roles, [*frame])
    return frame, {**facts, "left_out": left_out, "notes": (*facts["notes"], *said), "headings": headings}
