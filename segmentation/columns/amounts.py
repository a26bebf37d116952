"""The amount of each line, by the columns that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from segmentation.problems import Problem
from segmentation.table import Table


def amounts(table: Table, roles: Mapping[str, str]) -> np.ndarray:
    """Revenue of each line as float64, NaN where missing. Problem where the table has no amounts."""
    parts = {role: floats(table, roles[role]) for role in roles if role in ("revenue", "units", "price", "discount")}
    return amounts_of(parts, table.name)


def amounts_of(numbers: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Revenue of each line by columns as floats: its own, else units × price, less the discount (a share, or per cent)."""
    if "revenue" in numbers:
        return numbers["revenue"]
    if "units" not in numbers or "price" not in numbers:
        raise Problem(f"{name} has no column of amounts: choose which is the revenue, or the units and the price.")
    revenue = numbers["units"] * numbers["price"]
    if "discount" in numbers:
        discount = np.nan_to_num(numbers["discount"])
        revenue = revenue * (1 - (discount / 100 if discount.max(initial=0) > 1 else discount))
    return revenue


def revenue_of(table: Table, roles: Mapping[str, str]) -> np.ndarray | None:
    """Revenue of each line as float64, NaN where missing; None where the table has no amounts."""
    return amounts(table, roles) if "revenue" in roles or {"units", "price"} <= roles.keys() else None


def with_revenue(table: Table, roles: Mapping[str, str], revenue: np.ndarray) -> tuple[Table, dict[str, str]]:
    """The table and its roles with another revenue (float64, NaN where missing), in its column or in one of its own."""
    data, values, name = table.data, pa.array(revenue, from_pandas=True), roles.get("revenue", "Revenue")
    if "revenue" in roles:
        data = data.set_column(data.column_names.index(name), name, values)
        return replace(table, data=data), dict(roles)
    while name in data.column_names:
        name += " "
    return replace(table, data=data.append_column(name, values)), {**roles, "revenue": name}


def floats(table: Table, heading: str) -> np.ndarray:
    """A column of numbers as float64, NaN where missing."""
    return np.asarray(table.data[heading].to_numpy(), dtype=np.float64)
