"""How fast a file of sale lines becomes one row per customer, beside other programs that do the same.

    python -m benchmarks.rollup [--rows 1000000] [--runs 3] [--only polars …] [--lifetimes PYTHON]

Every contestant reads the same seeded CSV and leaves the same columns, in a process of its own; imports are
not counted. Times and memory are medians. Absolute numbers drift with the machine: read the ratios.
lifetimes gives four of the columns; it may need another Python than ours: --lifetimes names one that has it.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from segmentation.rollup.memory import Lines

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
    bought = rng.integers(0, rows // 2, rows)
    customer = np.char.mod("C%07d", rng.integers(0, rows // 10, rows // 2)[bought])  # of an order all lines are one's
    order = np.char.mod("O%d", bought)
    day = START + rng.integers(0, DAYS, rows)
    day[:2] = START, AS_OF
    columns = {
        "customer": customer,
        "date": day,
        "order": order,
        "revenue": revenue,
        "cost": np.round(revenue * 0.6, 2),
    }
    pyarrow.csv.write_csv(pa.table(columns), path)


def read_lines(path: str) -> "Lines":
    """The lines of the file as ours takes them."""
    import pyarrow as pa
    import pyarrow.csv as pc

    from segmentation.rollup.memory import Lines

    text, number = pa.string(), pa.float64()
    types = {"customer": text, "order": text, "date": pa.date32(), "revenue": number, "cost": number}
    table = pc.read_csv(path, convert_options=pc.ConvertOptions(column_types=types))

    def column(name: str, dtype: str) -> np.ndarray:
        return np.concatenate([chunk.to_numpy(zero_copy_only=False).astype(dtype) for chunk in table[name].chunks])

    day, revenue, cost = column("date", "datetime64[D]"), column("revenue", "float64"), column("cost", "float64")
    return Lines(table["customer"], day, revenue, cost_to_serve=cost, order=table["order"])


def ours(path: str) -> Callable[[], int]:
    from segmentation import Customers, read

    return lambda: len(Customers.build(read(path)))


def polars(path: str) -> Callable[[], int]:
    import polars as pl

    mid, as_of = MID.item(), AS_OF.item()
    revenue, bought = pl.col("revenue"), pl.col("revenue") >= 0

    def variation(cells: pl.LazyFrame, n: int, name: str) -> pl.LazyFrame:
        sums = cells.group_by("customer").agg(s=revenue.sum(), q=revenue.pow(2).sum())
        deviation = ((pl.col("q") - pl.col("s").pow(2) / n).clip(0) / (n - 1)).sqrt()
        return sums.select("customer", pl.when(pl.col("s") > 0).then(deviation / (pl.col("s") / n)).alias(name))

    def run() -> int:
        lines = pl.scan_csv(path, try_parse_dates=True)
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
        same = pl.col("customer") == pl.col("customer").shift()
        gaps = visits.with_columns(gap=pl.when(same).then(pl.col("date").diff().dt.total_days()))
        rhythm = gaps.group_by("customer").agg(pl.col("gap").median(), visits=pl.len())
        months = lines.group_by("customer", pl.col("date").dt.truncate("1mo")).agg(revenue.sum())
        quarters = months.group_by("customer", pl.col("date").dt.truncate("1q")).agg(revenue.sum())
        table = (
            totals.join(rhythm, on="customer", how="left")
            .join(variation(months, MONTHS, "cv_month"), on="customer", how="left")
            .join(variation(quarters, MONTHS // 3, "cv"), on="customer", how="left")
            .with_columns(
                recency=(as_of - pl.col("last_order")).dt.total_days(),
                tenure=(as_of - pl.col("first_order")).dt.total_days(),
                cycle=pl.when(pl.col("visits") >= 3).then(pl.col("gap")),
                growth=pl.when(pl.col("before") > 0).then(pl.col("recent") / pl.col("before") - 1),
                average=revenue / pl.col("orders"),
                per_quarter=pl.col("visits") / (DAYS / 91.3125),
            )
            .sort("customer")
        )
        return table.collect(engine="streaming").height

    return run


def pandas(path: str) -> Callable[[], int]:
    import pandas as pd

    def variation(cells: pd.Series, n: int) -> pd.Series:
        sums = cells.groupby("customer").sum()
        squares = (cells * cells).groupby("customer").sum()
        deviation = ((squares - sums**2 / n).clip(lower=0) / (n - 1)) ** 0.5
        return (deviation / (sums / n)).where(sums > 0)

    def run() -> int:
        lines = pd.read_csv(path)
        lines["date"] = pd.to_datetime(lines["date"])
        bought = lines[lines["revenue"] >= 0]
        recent = lines["date"] >= pd.Timestamp(MID)
        month = lines["date"].dt.year * 12 + lines["date"].dt.month - 1
        table = lines.groupby("customer")[["revenue", "cost"]].sum()
        table["recent"] = lines["revenue"].where(recent, 0).groupby(lines["customer"]).sum()
        table["before"] = lines["revenue"].where(~recent, 0).groupby(lines["customer"]).sum()
        purchases = bought.groupby("customer")
        table["orders"] = purchases["order"].nunique()
        table["first_order"], table["last_order"] = purchases["date"].min(), purchases["date"].max()
        visits = bought[["customer", "date"]].drop_duplicates().sort_values(["customer", "date"])
        gap = visits["date"].diff().dt.days.where(visits["customer"] == visits["customer"].shift())
        table["visits"] = visits.groupby("customer").size()
        table["cycle"] = gap.groupby(visits["customer"]).median().where(table["visits"] >= 3)
        cells = lines["revenue"].groupby([lines["customer"], month.rename("month")]).sum()
        table["cv_month"] = variation(cells, MONTHS)
        quarter = pd.Series(cells.index.get_level_values("month") // 3, cells.index, name="quarter")
        table["cv"] = variation(cells.groupby([pd.Grouper(level="customer"), quarter]).sum(), MONTHS // 3)
        table["recency"] = (pd.Timestamp(AS_OF) - table["last_order"]).dt.days
        table["tenure"] = (pd.Timestamp(AS_OF) - table["first_order"]).dt.days
        table["growth"] = (table["recent"] / table["before"] - 1).where(table["before"] > 0)
        table["average"] = table["revenue"] / table["orders"]
        table["per_quarter"] = table["visits"] / (DAYS / 91.3125)
        return len(table)

    return run


def lifetimes(path: str) -> Callable[[], int]:
    import pandas as pd
    from lifetimes.utils import summary_data_from_transaction_data

    def run() -> int:
        lines = pd.read_csv(path)
        return len(summary_data_from_transaction_data(lines, "customer", "date", "revenue", datetime_format="%Y-%m-%d"))

    return run


def duckdb(path: str) -> Callable[[], int]:
    """The same lines through definition.sql."""
    from segmentation.rollup.duckdb import roll_up_sql

    return lambda: len(roll_up_sql(read_lines(path)).ids)


CONTESTANTS = {function.__name__: function for function in (ours, polars, pandas, lifetimes, duckdb)}


Result = dict[str, Any]  # s, MB and customers; or error, why it did not run


def measure(name: str, path: str) -> Result:
    """Run one contestant in this process: seconds, peak memory of the process in MB, customers found."""
    try:
        run = CONTESTANTS[name](path)
        start = time.perf_counter()
        customers = run()
    except Exception as error:  # another program's failure is a row of the table, not the end of it
        return {"error": f"{type(error).__name__}: {error}"}
    seconds = time.perf_counter() - start
    return {"s": seconds, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "customers": customers}


def in_own_process(name: str, path: str, python: str) -> Result:
    """The same in a fresh process of the given Python."""
    command = [python, "-m", "benchmarks.rollup", "--contestant", name, "--file", path]
    return json.loads(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout)


def compare(path: str, names: list[str], runs: int, pythons: dict[str, str]) -> dict[str, Result]:
    """Medians per contestant. Every round has them all, so that a slow minute of the machine hits each alike."""
    rounds = [
        {name: in_own_process(name, path, pythons.get(name, sys.executable)) for name in names} for _ in range(runs)
    ]
    return {name: _medians([each[name] for each in rounds]) for name in names}


def _medians(results: list[Result]) -> Result:
    failed = [result for result in results if "error" in result]
    return failed[0] if failed else {key: statistics.median(result[key] for result in results) for key in results[0]}


def table(results: dict[str, Result], rows: int) -> str:
    """One row per contestant: seconds, memory, and what ours takes of them, with the verdict where there is a target."""
    mine = results["ours"]
    if "error" in mine:
        raise RuntimeError(mine["error"])
    head = f"{rows:,} lines, {mine['customers']:,.0f} customers\n{'':10}{'s':>8}{'MB':>8}   ours takes"
    return "\n".join([head, *(_row(name, result, mine) for name, result in results.items())])


def _row(name: str, result: Result, mine: Result) -> str:
    if "error" in result:
        return f"{name:10}not run: {result['error']}"
    if result["customers"] != mine["customers"]:
        raise RuntimeError(f"{name} found {result['customers']} customers, ours {mine['customers']}")
    shares = mine["s"] / result["s"], mine["MB"] / result["MB"]
    text = f"{shares[0]:.2f} of the time, {shares[1]:.2f} of the memory"
    return (
        f"{name:10}{result['s']:8.2f}{result['MB']:8.0f}   {text}{_verdict(*shares, *TARGETS.get(name, (None, None)))}"
    )


def _verdict(time_share: float, memory_share: float, time_limit: float | None, memory_limit: float | None) -> str:
    if time_limit is None:
        return ""
    met = time_share <= time_limit and memory_share <= (memory_limit or np.inf)
    limits = f"{time_limit:.2f} and {memory_limit:.2f}" if memory_limit else f"{time_limit:.2f} of the time"
    return f" ({'met' if met else 'MISSED'}: at most {limits})"


def main() -> None:
    parser = argparse.ArgumentParser(description="The roll-up beside other programs.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lifetimes", default=sys.executable, metavar="PYTHON", help="a Python that has lifetimes")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS), help="besides ours")
    parser.add_argument("--file", help=argparse.SUPPRESS)
    parser.add_argument("--contestant", choices=CONTESTANTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contestant:
        print(json.dumps(measure(options.contestant, options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.csv"
        write_lines(path, options.rows)
        names = list(dict.fromkeys(["ours", *options.only]))
        results = compare(str(path), names, options.runs, {"lifetimes": options.lifetimes})
    print(table(results, options.rows))


if __name__ == "__main__":
    main()
