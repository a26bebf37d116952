"""Several columns of amounts added up as one: “Fresh+Milk” is the sum of “Fresh” and “Milk”, where no column is called so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import kind_of
from segmentation.columns.roles import Kind, split_words
from segmentation.columns.telling import is_side
from segmentation.columns.words import is_identifier, words
from segmentation.table import Table

PLUS = "+"
MOST = 100  # columns that are added up
_AMOUNTS = frozenset(  # words of headings that speak of money spent
    split_words(
        "mnt, amt, amount, spend, spent, spending, sales, revenue, turnover, umsatz, betrag, ausgaben, montant, depense, depenses, "
        "monto, importe, gasto, gastos, ventas, valor, vendas, сумма, траты, расходы, продажи, belanja, pengeluaran, penjualan, shuma, "
        "shpenzime, shitje, 金额, 消费, 销售额"
    )
)
_NO_AMOUNTS = frozenset(  # and of numbers that are none, however large
    split_words(
        "total, saldo, balance, solde, остаток, saldi, est, estimated, expected, forecast, weighted, target, "
        "budget, age, "
        "year, birth, income, salary, recency, days, day, months, num, number, count, n, score, rating, visits, zip, lat, lon, "
        "latitude, longitude, id, size, weight, height, percent, pct, rate, quantity, qty, units, tax, limit, debt, alter, jahr, "
        "einkommen, anzahl, menge, gewicht, edad, ano, ingresos, возраст, год, доход, количество, umur, usia, tahun, mosha, viti"
    )
)
FEWEST, ALIKE, LEAST, DISTINCT = (
    3,
    100,
    10,
    20,
)  # columns; how far their middles may be apart; and a middle; different values


def parts(heading: str, names: Collection[str]) -> tuple[str, ...]:
    """The columns that a heading adds up, in order; the heading itself where it is one, nothing where a part is none."""
    if heading in names:
        return (heading,)
    pieces = heading.split(PLUS)
    found: dict[int, tuple[str, ...]] = {len(pieces): ()}  # place → the columns from there on
    for i in reversed(range(len(pieces) if len(pieces) <= MOST else 0)):
        for j in range(i + 1, len(pieces) + 1):
            if j in found and (name := PLUS.join(pieces[i:j]).strip()) in names:
                found[i] = (name, *found[j])
                break
    return found.get(0, ())


def with_sums(table: Table, headings: Iterable[str]) -> Table:
    """The table with a column for each heading that adds up several of its columns of numbers (float64, null where all are)."""
    for heading in headings:
        columns = parts(heading, table.data.column_names) if PLUS in heading else ()
        if len(columns) > 1 and all(kind_of(table.data[name].type) == "number" for name in columns):
            table = replace(table, data=table.data.append_column(heading, _sum(table.data.select(columns))))
    return table


def _sum(data: pa.Table) -> pa.Array:
    values = np.stack([np.asarray(column.to_numpy(), dtype=np.float64) for column in data.columns])
    sums = np.where(np.isnan(values).all(axis=0), np.nan, np.nansum(values, axis=0))
    return pa.array(np.round(sums, 9), from_pandas=True)


def said(heading: str, names: Collection[str]) -> str:
    """What is added up, as a sentence; "" where it is one column."""
    columns = parts(heading, names)
    return f"Revenue is the sum of {', '.join(f'“{name}”' for name in columns)}." if len(columns) > 1 else ""


def alike(table: Table, kinds: Mapping[str, Kind], used: Collection[str]) -> list[str]:
    """The columns of numbers that look like amounts to be added up: two whose headings say so, or else three alike.

    A number that is the same on every row is no amount of anybody.
    """
    numbers = [n for n, kind in kinds.items() if kind == "number" and n not in used and not is_identifier(n)]
    numbers = [name for name in numbers if _NO_AMOUNTS.isdisjoint(words(name)) and not is_side(name)]
    named = [name for name in numbers if not _AMOUNTS.isdisjoint(words(name)) and len(words(name)) > 1]
    named = [name for name in named if pc.count_distinct(table.data[name].slice(0, 20_000)).as_py() > 1]
    if len(named) > 1:
        return named
    middles = {name: middle for name in numbers if (middle := _middle(table, name)) >= LEAST}
    if len(middles) < max(FEWEST, len(numbers) / 2) or max(middles.values()) > ALIKE * min(middles.values()):
        return []
    return list(middles)


def _middle(table: Table, name: str) -> float:
    """The middle of a column's values; 0 where it has few different ones, or some below 0."""
    values = np.asarray(table.data[name].slice(0, 20_000).drop_null().to_numpy(), dtype=np.float64)
    if not len(values) or values.min() < 0 or pc.count_distinct(pa.array(values)).as_py() < min(DISTINCT, len(values)):
        return 0.0
    return float(np.median(values))
