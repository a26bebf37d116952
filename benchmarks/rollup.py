"""How fast a file of sale lines becomes one row per customer, beside other programs that do the same.

    python -m benchmarks.rollup [--rows 1000000] [--runs 3] [--lifetimes PYTHON]

Every contestant reads the same seeded CSV and leaves the same columns, in a process of its own; imports are
not counted. Times and memory are medians. Absolute numbers drift with the machine: read the ratios.
lifetimes gives four of the columns; it may need another Python than ours: --lifetimes names one that has it.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
START, AS_OF, MID = (np.datetime64(day, "D") for day in ("2022-01-01", "2023-12-31", "2023-01-01"))
MONTHS, DAYS = 24, 730
TARGETS = {"polars": (1.0, 1.5), "pandas": (1 / 2.5, None), "lifetimes": (1 / 5, None)}  # at most: time, memory


def write_lines(path: Path, rows: int) -> None:
    """A seeded file: customer, date, order, revenue, cost; ten lines a customer, two an order id, two years."""
    import pyarrow as pa
    import pyarrow.csv

    rng = np.random.default_rng(1)
    revenue = np.round(rng.gamma(2, 30, rows), 2)
    digits = [np.char.mod("C%07d", rng.integers(0, rows // 10, rows)), np.char.mod("O%d", rng.integers(0, rows // 2, rows))]
    day = START + rng.integers(0, DAYS, rows)
    day[:2] = START, AS_OF
    columns = {"customer": digits[0], "date": day, "order": digits[1], "revenue": revenue, "cost": np.round(revenue * 0.6, 2)}
    pyarrow.csv.write_csv(pa.table(columns), path)


def ours(path: str) -> Callable[[], int]:
    import pyarrow as pa
    import pyarrow.csv as pc

    from segmentation.rollup import Lines, roll_up

    types = {"customer": pa.string(), "order": pa.string(), "date": pa.date32(), "revenue": pa.float64(), "cost": pa.float64()}

    def numbers(column: pa.ChunkedArray, dtype: str) -> np.ndarray:
        return np.concatenate([chunk.to_numpy(zero_copy_only=False).astype(dtype) for chunk in column.chunks])

    def run() -> int:
        table = pc.read_csv(path, convert_options=pc.ConvertOptions(column_types=types))
        day = numbers(table["date"], "datetime64[D]")
        revenue, cost = (numbers(table[name], "float64") for name in ("revenue", "cost"))
        table = table.select(["customer", "order"])
        lines = Lines(table["customer"], day, revenue, cost_to_serve=cost, order=table["order"])
        del table, day, revenue, cost
        return len(roll_up(lines).ids)

    return run


def polars(path: str) -> Callable[[], int]:
    import polars as pl

    mid, as_of = (day.item() for day in (MID, AS_OF))

    def variation(lines: pl.LazyFrame, every: str, n: int, name: str) -> pl.LazyFrame:
        cells = lines.group_by("customer", pl.col("date").dt.truncate(every)).agg(pl.col("revenue").sum())
        sums = cells.group_by("customer").agg(s=pl.col("revenue").sum(), q=pl.col("revenue").pow(2).sum())
        deviation = ((pl.col("q") - pl.col("s").pow(2) / n).clip(0) / (n - 1)).sqrt()
        return sums.select("customer", pl.when(pl.col("s") > 0).then(deviation / (pl.col("s") / n)).alias(name))

    def run() -> int:
        lines = pl.scan_csv(path, try_parse_dates=True)
        bought, revenue = pl.col("revenue") >= 0, pl.col("revenue")
        totals = lines.group_by("customer").agg(
            revenue.sum(),
            pl.col("cost").sum(),
            orders=pl.col("order").filter(bought).n_unique(),
            first_order=pl.col("date").filter(bought).min(),
            last_order=pl.col("date").filter(bought).max(),
            before=revenue.filter(pl.col("date") < mid).sum(),
            recent=revenue.filter(pl.col("date") >= mid).sum(),
        )
        visits = lines.filter(bought).select("customer", "date").unique().sort("customer", "date")
        gap = pl.col("date").diff().over("customer").dt.total_days()
        rhythm = (
            visits.with_columns(gap=pl.when(pl.col("customer") == pl.col("customer").shift()).then(pl.col("date").diff().dt.total_days()))
            .group_by("customer")
            .agg(pl.col("gap").median(), visits=pl.len())
        )
        del gap
        table = (
            totals.join(rhythm, on="customer", how="left")
            .join(variation(lines, "1q", MONTHS // 3, "cv"), on="customer", how="left")
            .join(variation(lines, "1mo", MONTHS, "cv_month"), on="customer", how="left")
            .with_columns(
                recency=(as_of - pl.col("last_order")).dt.total_days(),
                tenure=(as_of - pl.col("first_order")).dt.total_days(),
                cycle=pl.when(pl.col("visits") >= 3).then(pl.col("gap")),
                growth=pl.when(pl.col("before") > 0).then(pl.col("recent") / pl.col("before") - 1),
                average=pl.col("revenue") / pl.col("orders"),
                per_quarter=pl.col("visits") / (DAYS / 91.3125),
            )
            .sort("customer")
        )
        return table.collect(engine=os.environ.get("PL","streaming")).height

    return run
