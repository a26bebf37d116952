"""How a table becomes customers: its columns get their roles, rows are left out, the rest is rolled up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from segmentation.columns import match as vocabulary
from segmentation.customers.customer_table import from_customer_table
from segmentation.customers.left_out import sifted
from segmentation.customers.lines import from_lines
from segmentation.customers.wide import from_wide
from segmentation.rollup.settings import RollUpSettings
from segmentation.table import Table

MADE = {"transactions": from_lines, "customers": from_customer_table, "wide": from_wide}


def rolled_up(
    table: Table, columns: Mapping[str, str], settings: RollUpSettings
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a customer, and what else `Customers` is made of; see `Customers.build`."""
    roles = vocabulary.roles(table, dict(columns))
    vocabulary.check_kinds(table, roles)
    rows, form, said = sifted(table, roles, settings)
    frame, facts = MADE[form](rows.table, roles, settings)
    left_out = {**facts.get("left_out", {}), **rows.counts}
    headings = _headings(table, roles, frame)
    return frame, {**facts, "left_out": left_out, "notes": (*facts["notes"], *said), "headings": headings}


def _headings(table: Table, roles: Mapping[str, str], frame: pd.DataFrame) -> dict[str, str]:
    """Heading → column of the customers, of columns that took the name of their role or got “(column)” behind them."""
    named = {heading: role for role, heading in roles.items()}
    names = {heading: (named.get(heading, ""), f"{heading} (column)") for heading in table.data.column_names}
    return {heading: name for heading, both in names.items() for name in both if name in frame and heading not in frame}
