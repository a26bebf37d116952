"""Amounts stand once, whatever the number of rows that take them: which are shared out, and how."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import kind_of
from segmentation.columns.match import sure
from segmentation.columns.metrics import ADDING_UP
from segmentation.columns.roles import split_words
from segmentation.columns.words import words
from segmentation.joining.joins import Join
from segmentation.joining.keys import called, names_role
from segmentation.problems import Problem
from segmentation.rollup.memory import FINEST
from segmentation.table import Table

FEES = frozenset(
    split_words(
        "freight, shipping, postage, fee, fees, tax, tip, deposit, surcharge, fracht, versand, porto, gebuhr, steuer, frais, "
        "flete, доставка, ongkir"
    )
)


def spread_of(one: Join, coarse: Table) -> list[str]:
    """The amounts of the coarser table that are shared out over the rows that take them."""
    if one.spread is not None:
        for heading in one.spread:
            if heading not in coarse.data.column_names or kind_of(coarse.data[heading].type) != "number":
                raise Problem(f"{coarse.name} has no column of numbers “{heading}” to spread: choose another.")
        return [heading for heading in one.spread if heading != one.key]
    roles = sure(coarse)
    if not holds_sales(one, coarse):
        return []
    amounts = {roles[role] for role in ADDING_UP if role in roles}
    rates = {roles[role] for role in ("price", "discount") if role in roles}
    numbers = [name for name in coarse.data.column_names if kind_of(coarse.data[name].type) == "number"]
    loose = [n for n in numbers if n not in rates and n != one.key and (_is_fee(n) or _fractions(coarse.data[n]))]
    return [n for n in numbers if n in amounts or n in loose]


def holds_sales(one: Join, coarse: Table) -> bool:
    """Whether the coarser table holds sales (orders), whose amounts count, and no customers or products."""
    names = called(one.table, one.column) | called(one.to, one.key)
    lists = names_role("customer", names) or names_role("product", names) or names_role("category", names)
    return not lists and ("date" in sure(coarse) or names_role("order", names))


def _is_fee(heading: str) -> bool:
    """Whether a heading speaks of what is paid once an order, although no role is called so."""
    return not FEES.isdisjoint(words(heading))


def _fractions(column: pa.ChunkedArray) -> bool:
    return pa.types.is_floating(column.type) and not pc.all(pc.equal(column, pc.floor(column))).as_py()


def shared_out(column: pa.ChunkedArray, place: pa.ChunkedArray) -> pa.Array:
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


def numbers_of(data: pa.Table) -> list[str]:
    """The columns that hold numbers."""
    return [name for name in data.column_names if kind_of(data.schema.field(name).type) == "number"]


def total_of(column: pa.ChunkedArray) -> float:
    """The sum to the ten-thousandth, the same in any order of rows."""
    return sum_of(np.asarray(column.to_numpy(), np.float64))


def sum_of(values: np.ndarray) -> float:
    """The sum to the ten-thousandth, unknown values left aside."""
    return float(np.rint(np.nan_to_num(values) * FINEST).sum()) / FINEST
