"""Customers of a large file that are kept beside it, beside reading and rolling up its lines: seconds of the processor.

    python -m benchmarks.restored [--rows 1000000]

As many customers as `--rows`, half as many lines again. Each is done in turn with the others; the least of each.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import segmentation
from segmentation import Customers
from segmentation.customers.stored import taken, written

RUNS = 3
MOST = 0.25  # of the time that reading and rolling up take


def write_lines(path: Path, customers: int) -> None:
    """A seeded file: customer, date, revenue, cost; everybody bought at least once."""
    rng = np.random.default_rng(1)
    lines = customers * 3 // 2
    who = np.concatenate([np.arange(customers), rng.integers(0, customers, lines - customers)])
    rng.shuffle(who)
    day = (np.datetime64("2024-01-01") + rng.integers(0, 720, lines)).astype(str)
    revenue = np.round(rng.lognormal(3, 1, lines), 2)
    cost = np.round(revenue * rng.uniform(0.3, 1.1, lines), 2)
    pd.DataFrame({"customer": who, "date": day, "revenue": revenue, "cost": cost}).to_csv(path, index=False)


def seconds(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restored", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    customers = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lines.csv"
        write_lines(file, customers)
        table = segmentation.read(file)
        made = Customers.build(table)
        content = written(made)
        assert content is not None
        ways: dict[str, Callable[[], object]] = {
            "read": lambda: segmentation.read(file),
            "rolled up": lambda: Customers.build(table),
            "taken from what is kept": lambda: taken(content, lambda: made.history),  # type: ignore[arg-type,return-value]
            "written, behind the answer": lambda: written(made),
        }
        took = {name: min(seconds(do) for _ in range(RUNS)) for name, do in ways.items()}
    anew = took["read"] + took["rolled up"]
    again = took["read"] + took["taken from what is kept"]
    said = "" if again <= MOST * anew else " (MISSED)"
    print(f"| {customers:,} customers, {len(content) / 1e6:.0f} MB kept | s of processor |\n|---|---:|")
    print("\n".join(f"| {name} | {took[name]:.2f} |" for name in ways))
    print(f"| restored (read, taken) ÷ anew (read, rolled up) | {again / anew:.2f} (at most {MOST}){said} |")


if __name__ == "__main__":
    main()
