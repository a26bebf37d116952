"""What one row of a table is: a sale, a customer, or a customer with a column a month."""

from __future__ import annotations

from typing import Literal

from segmentation.columns import periods
from segmentation.columns.kinds import distinct
from segmentation.table import Table

Shape = Literal["transactions", "customers", "wide"]


def shape(roles: dict[str, str], table: Table) -> Shape:
    """What a row is: three columns or more headed by months, quarters or years make a wide file; else a sale or a
    customer, where no date and nothing repeated (or already counted) is a customer table. Who bought is not made up where
    some rows are said to be no sales.
    """
    if periods.of(table):
        return "wide"
    if "date" in roles:
        return "transactions"
    if {"orders", "last_order", "recency_days"} & roles.keys():
        return "customers"
    if "customer" not in roles:
        return "transactions" if {"status", "entry", "side"} & roles.keys() else "customers"
    return "customers" if distinct(table, roles["customer"]) == table.data.num_rows else "transactions"
