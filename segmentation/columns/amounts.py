"""The amount of each line, by the columns that say it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

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


def floats(table: Table, heading: str) -> np.ndarray:
    """A column of numbers as float64, NaN where missing."""
    return np.asarray(table.data[heading].to_numpy(), dtype=np.float64)
