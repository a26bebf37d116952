"""One threshold move with a million customers in memory: labels and every number the page shows, beside plain pandas.

    python -m benchmarks.moves [--rows 1000000]

Each contestant answers the same question: label every customer, count them, and add up revenue, profit and
potential per segment. Every run moves the threshold to another place, so nothing is answered from memory.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from itertools import count

import numpy as np
import pandas as pd

from segmentation import METHODS, Customers
from segmentation.summary import summarise

RUNS = 15
MONEY = ["revenue", "profit", "potential"]
# method → the thresholds of its n-th move
MOVES: dict[str, Callable[[int], dict[str, object]]] = {
    "abc_classes": lambda n: {"a": 0.60 + 0.01 * (n % 30)},
    "abc_nested": lambda n: {"share": 0.60 + 0.01 * (n % 30)},
    "xyz": lambda n: {"x": 0.5 + 0.05 * (n % 30), "y": 2.5},
    "abc_xyz": lambda n: {"a": 0.60 + 0.01 * (n % 30)},
    "rfm": lambda n: {"recency": (30.0 + n % 30, 90.0, 200.0)},
    "bcg": lambda n: {"growth": 0.05 * (n % 30)},
    "lifecycle": lambda n: {"step": 1 + n % 24},
    "portfolio": lambda n: {"profit": (10.0 + n % 30,), "potential": (20.0,)},
}


def customers(rows: int) -> Customers:
    """A base of so many customers, drawn from a seed."""
    rng = np.random.default_rng(7)
    revenue = np.round(rng.lognormal(4, 1.4, rows), 2)
    before = np.round(revenue * rng.uniform(0, 1, rows), 2) * (rng.random(rows) > 0.1)
    recent = np.round(revenue - before, 2)
    frame = pd.DataFrame(
        {
            "revenue": revenue,
            "profit": np.round(revenue * rng.normal(0.3, 0.2, rows), 2),
            "potential": np.round(revenue * rng.lognormal(-1, 0.6, rows), 2),
            "orders": rng.geometric(0.3, rows),
            "recency_days": rng.integers(0, 730, rows).astype(float),
            "revenue_cv": rng.gamma(4, 0.35, rows),
            "revenue_before": before,
            "revenue_recent": recent,
            "growth": np.divide(recent, before, out=np.full(rows, np.nan), where=before > 0) - 1,
        },
        index=pd.Index(np.char.mod("%07d", np.arange(rows)).astype(object), name="customer_id", dtype="str"),
    )
    return Customers(frame)


def by_pandas(method: str, frame: pd.DataFrame, given: dict) -> pd.DataFrame:
    """The same labels and sums as a good pandas user would write them on a slider's callback."""
    labels = PANDAS[method](frame, given)
    return frame[MONEY].groupby(labels, observed=False).agg(["size", "sum"])


def _abc(frame: pd.DataFrame, cuts: list[float]) -> pd.Series:
    ordered = frame["revenue"].sort_values(ascending=False)
    before = (ordered.cumsum() - ordered) / ordered.sum()
    return pd.cut(before, [-np.inf, *cuts, np.inf], labels=["A", "B", "C"], right=False).reindex(frame.index)


def _xyz(frame: pd.DataFrame, x: float, y: float) -> pd.Series:
    return pd.cut(frame["revenue_cv"], [-np.inf, x, y, np.inf], labels=["X", "Y", "Z"], right=False)


def _thirds(frame: pd.DataFrame) -> pd.Series:
    return pd.qcut(frame["revenue_cv"], [0, 0.33, 0.67, 1], labels=["X", "Y", "Z"])


def _rfm(frame: pd.DataFrame, given: dict) -> pd.Series:
    r = pd.cut(frame["recency_days"], [-np.inf, *given["recency"], np.inf], labels=[5, 4, 2, 1], right=False)
    f = pd.cut(frame["orders"], [-np.inf, 5, 10, 15, np.inf], labels=[1, 2, 4, 5], right=False)
    m = pd.cut(frame["revenue"], [-np.inf, 200, 600, 1000, np.inf], labels=[1, 2, 4, 5], right=False)
    return (r.astype(int) * 100 + f.astype(int) * 10 + m.astype(int)).map(_CELLS)


def _bcg(frame: pd.DataFrame, rate: float) -> pd.Series:
    large = _abc(frame, [0.8, 0.8000001]) == "A"
    high = (frame["growth"] >= rate) | ((frame["revenue_before"] <= 0) & (frame["revenue_recent"] > 0))
    picked = np.select([large & high, large, high], ["Stars", "Cash cows", "Dark horses"], "Dogs")
    return pd.Series(picked, frame.index, dtype="category")


def _lifecycle(frame: pd.DataFrame, step: int) -> pd.Series:
    days = 365.25 / 12 * step
    return pd.cut(frame["recency_days"], [-np.inf, days, 2 * days, 4 * days, np.inf], right=False)


def _portfolio(frame: pd.DataFrame, profit: float, potential: float) -> pd.Series:
    good, promising = frame["profit"] >= profit, frame["potential"] >= potential
    picked = np.select([good & promising, good, promising], ["Invest", "Harvest", "Develop"], "Let go")
    return pd.Series(picked, frame.index, dtype="category")


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    return (first.astype(str) + second.astype(str)).astype("category")


_CELLS: dict[int, str] = {}
PANDAS: dict[str, Callable[[pd.DataFrame, dict], pd.Series]] = {
    "abc_classes": lambda f, g: _abc(f, [g["a"], 0.95]),
    "abc_nested": lambda f, g: _abc(f, [g["share"], 1 - (1 - g["share"]) ** 2]),
    "xyz": lambda f, g: _xyz(f, g["x"], g["y"]),
    "abc_xyz": lambda f, g: _joined(_abc(f, [g["a"], 0.95]), _thirds(f)),
    "rfm": _rfm,
    "bcg": lambda f, g: _bcg(f, g["growth"]),
    "lifecycle": lambda f, g: _lifecycle(f, g["step"]),
    "portfolio": lambda f, g: _portfolio(f, g["profit"][0], g["potential"][0]),
}


def median_ms(run: Callable[[], object], runs: int) -> float:
    """Median milliseconds of so many runs, after one that is not counted."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def ours(base: Customers, method: str, move: Callable[[int], dict[str, object]]) -> tuple[float, float]:
    """Median milliseconds of counts and sums, and of the labels on top."""
    places = count(1)

    def numbers() -> object:
        return summarise(METHODS[method](base, **move(next(places))))

    def with_labels() -> object:
        segmentation = METHODS[method](base, **move(next(places)))
        return summarise(segmentation), segmentation.codes

    return median_ms(numbers, RUNS), median_ms(with_labels, RUNS)


def rows_of(rows: int) -> list[tuple[str, str, float, float, float]]:
    """method, size, counts and sums (ms), with labels (ms), pandas (ms)."""
    from segmentation.methods.rfm import name_of

    _CELLS.update({int("".join(map(str, c))): name_of("eleven", *c) for c in np.ndindex(6, 6, 6) if min(c) > 0})
    base = customers(rows)
    table = []
    for method, move in MOVES.items():
        numbers, labels = ours(base, method, move)
        places = count(1)
        rival = median_ms(lambda m=method, v=move, p=places: by_pandas(m, base.frame, v(next(p))), 3)  # type: ignore[misc]
        table.append((method, f"{rows:,}", numbers, labels, rival))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    print("| method | customers | counts and sums, ms | with labels, ms | plain pandas, ms | pandas ÷ ours |")
    print("|---|---|---|---|---|---|")
    for size in sorted({rows // 10, rows}):
        for method, said, numbers, labels, rival in rows_of(size):
            print(f"| {method} | {said} | {numbers:.3f} | {labels:.2f} | {rival:.0f} | {rival / labels:.0f} × |")


if __name__ == "__main__":
    main()
