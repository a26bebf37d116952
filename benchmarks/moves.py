"""One threshold move with a million customers in memory: labels and every number the page shows, beside plain pandas.

    python -m benchmarks.moves [--rows 1000000]

Each contestant answers the same question: label every customer, count them, and add up revenue, profit and
potential per segment. Every run moves the threshold to another place, so nothing is answered from memory. The flip
ledger is that of all thresholds of the method together, each a step down and a step up.
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
from segmentation.analysis.summary import summarise
from segmentation.analysis.thresholds.sensitivity import ledger

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
    "ages": lambda n: {"edges": (10.0 + n % 30, 45.0, 65.0)},
    "attribute": lambda n: {"column": "region", "others": 0.02 + 0.005 * (n % 20)},
    "b2b_ladder": lambda n: {"rules": LADDER.format(1 + n % 20)},
    "cross": lambda n: {"first": {"method": "abc_classes", "a": 0.60 + 0.01 * (n % 30)}},
    "factor": lambda n: {"edges": (0.1 + 0.005 * (n % 30), 0.3)},
    "motive": lambda n: {"discount": 0.3 + 0.05 * (n % 12)},
    "new_churn": lambda n: {"months": 1 + n % 24},
    "onboarding": lambda n: {"stage": ("stage", "plan")[n % 2]},
    "repeat": lambda n: {"orders": 2 + n % 18},
    "response": lambda n: {"bought": ("bought", "clicked")[n % 2]},
    "rules": lambda n: {"rules": TEN.format(500 + 10 * (n % 30))},
    "sleepers": lambda n: {"late": 0.5 + 0.1 * (n % 15)},
    "spend_visits": lambda n: {"loyal": (100.0 + 10 * (n % 30),), "premium": (900.0,)},
    "tenure": lambda n: {"edges": (60.0 + n % 30, 365.0)},
    "value_score": lambda n: {"revenue": 1 + n % 10, "profit": 1 + n % 7},
    "vip": lambda n: {"share": 0.10 + 0.01 * (n % 30)},
    "vip_good": lambda n: {"share": 0.10 + 0.01 * (n % 30)},
    "volume_bands": lambda n: {"edges": (100.0 + 10 * (n % 30), 1000.0)},
}
LADDER = "cnc = yes and orders >= {} -> 5; cnc = yes -> 4; orders >= 5 -> 3; region = r1 -> 2; else -> 1"
TEN = (
    "revenue >= {} and orders >= 5 -> A; revenue >= 500 and region = r1 -> B; orders >= 8 and age < 30 -> C; "
    "recency_days < 60 and revenue >= 100 -> D; recency_days < 90 and cnc = yes -> E; growth > 0.5 -> F; "
    "age between 30 and 40 and orders > 2 -> G; tenure_days >= 700 -> H; revenue_cv < 0.5 -> I; profit < 0 -> J"
)


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
            "tenure_days": rng.integers(730, 1500, rows).astype(float),
            "cycle_days": np.where(rng.random(rows) < 0.6, rng.gamma(2, 30, rows).round(1), np.nan),
            "average_order": np.round(revenue / 3, 2),
            "age": rng.integers(0, 95, rows).astype(float),
            "discount_share": rng.beta(1, 2, rows).round(3),
            "express_share": rng.beta(1, 4, rows).round(3),
            "opened": rng.integers(0, 5, rows).astype(float),
            "clicked": rng.integers(0, 3, rows).astype(float),
            "bought": rng.integers(0, 2, rows).astype(float),
            "region": pd.Categorical.from_codes(
                np.minimum(rng.geometric(0.12, rows), 40) - 1, [f"r{n}" for n in range(40)]
            ),
            "cnc": pd.Categorical.from_codes(rng.integers(0, 2, rows), ["no", "yes"]),
            "stage": pd.Categorical.from_codes(rng.integers(0, 3, rows), ["signed up", "tried", "paid"]),
            "plan": pd.Categorical.from_codes(rng.integers(0, 3, rows), ["free", "trial", "paid"]),
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
    return pd.cut(frame["recency_days"], [-np.inf, days, 2 * days, 4 * days, np.inf])


def _portfolio(frame: pd.DataFrame, profit: float, potential: float) -> pd.Series:
    good, promising = frame["profit"] >= profit, frame["potential"] >= potential
    picked = np.select([good & promising, good, promising], ["Invest", "Harvest", "Develop"], "Serve cheaply")
    picked[(picked == "Serve cheaply") & (frame["profit"] < 0)] = "Let go"
    return pd.Series(picked, frame.index, dtype="category")


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    return (first.astype(str) + second.astype(str)).astype("category")


def _bands(column: pd.Series, cuts: list[float]) -> pd.Series:
    return pd.cut(column, [-np.inf, *cuts, np.inf], right=False)


def _select(frame: pd.DataFrame, conditions: list, names: list[str], rest: str) -> pd.Series:
    return pd.Series(np.select(conditions, names, rest), frame.index, dtype="category")


def _quantiles(column: pd.Series, shares: list[float], names: list[str]) -> pd.Series:
    return pd.qcut(column.rank(method="first"), [0, *shares, 1], labels=names)


def _attribute(frame: pd.DataFrame, others: float) -> pd.Series:
    shares = frame["region"].value_counts(normalize=True)
    return (
        frame["region"]
        .astype(object)
        .where(frame["region"].isin(shares.index[shares >= others]), "Other")
        .astype("category")
    )


def _furthest(frame: pd.DataFrame, bought: str) -> pd.Series:
    reached = [frame[bought] > 0, frame["clicked"] > 0, frame["opened"] > 0]
    return _select(frame, reached, ["Bought", "Clicked", "Opened"], "Never reacted")


def _motive(f: pd.DataFrame, discount: float) -> pd.Series:
    return _select(f, [f["express_share"] >= 0.5, f["discount_share"] >= discount], ["Urgency", "Price"], "Value")


def _new_churn(f: pd.DataFrame, months: int) -> pd.Series:
    once = f["tenure_days"] - f["recency_days"] < 1
    old = f["tenure_days"] > months * 365.25 / 12
    return _select(f, [once & old, once], ["Never came back", "Still new"], "Came back")


def _sleepers(f: pd.DataFrame, late: float) -> pd.Series:
    silence = f["recency_days"] / f["cycle_days"].fillna(f["cycle_days"].median())
    return pd.cut(silence, [-np.inf, late, 2, 3, np.inf])


def _spend_visits(f: pd.DataFrame, loyal: float) -> pd.Series:
    often, much = f["orders"] >= 3, f["revenue"] >= loyal
    conditions = [f["orders"] < 1, often & (f["revenue"] >= 900), often & much, much, often]
    return _select(f, conditions, ["Absent", "Premium", "Loyal", "Thrifty", "Economical"], "Disloyal")


def _value_score(f: pd.DataFrame, given: dict) -> pd.Series:
    weights = {
        "average_order": 1,
        "revenue": given["revenue"],
        "profit": given["profit"],
        "clicked": 1,
        "tenure_days": 1,
    }
    score = sum(f[name].rank(pct=True) * weight for name, weight in weights.items())
    return _quantiles(score, [0.5, 0.8], ["Low value", "Medium value", "High value"])


def _ladder(f: pd.DataFrame, rows: str) -> pd.Series:
    least = float(rows.split("orders >= ")[1].split(" ")[0])
    cnc = f["cnc"] == "yes"
    return _select(f, [cnc & (f["orders"] >= least), cnc, f["orders"] >= 5, f["region"] == "r1"], list("5432"), "1")


def _ten(f: pd.DataFrame, rows: str) -> pd.Series:
    least = float(rows.split("revenue >= ")[1].split(" ")[0])
    conditions = [
        (f["revenue"] >= least) & (f["orders"] >= 5),
        (f["revenue"] >= 500) & (f["region"] == "r1"),
        (f["orders"] >= 8) & (f["age"] < 30),
        (f["recency_days"] < 60) & (f["revenue"] >= 100),
        (f["recency_days"] < 90) & (f["cnc"] == "yes"),
        f["growth"] > 0.5,
        f["age"].between(30, 40) & (f["orders"] > 2),
        f["tenure_days"] >= 700,
        f["revenue_cv"] < 0.5,
        f["profit"] < 0,
    ]
    return _select(f, conditions, list("ABCDEFGHIJ"), "Other")


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
    "ages": lambda f, g: _bands(f["age"], [*g["edges"]]),
    "attribute": lambda f, g: _attribute(f, g["others"]),
    "b2b_ladder": lambda f, g: _ladder(f, g["rules"]),
    "cross": lambda f, g: _joined(_abc(f, [g["first"]["a"], 0.95]), _lifecycle(f, 3)),
    "factor": lambda f, g: _bands(f["profit"] / f["revenue"], [*g["edges"]]),
    "motive": lambda f, g: _motive(f, g["discount"]),
    "new_churn": lambda f, g: _new_churn(f, g["months"]),
    "onboarding": lambda f, g: f[g["stage"]].astype(object).map(str.casefold).astype("category"),
    "repeat": lambda f, g: _bands(f["orders"], [1, g["orders"]]),
    "response": lambda f, g: _furthest(f, g["bought"]),
    "rules": lambda f, g: _ten(f, g["rules"]),
    "sleepers": lambda f, g: _sleepers(f, g["late"]),
    "spend_visits": lambda f, g: _spend_visits(f, g["loyal"][0]),
    "tenure": lambda f, g: _bands(f["tenure_days"], [*g["edges"]]),
    "value_score": _value_score,
    "vip": lambda f, g: _quantiles(f["revenue"], [0.2, 1 - g["share"]], ["Difficult", "Regular", "VIP"]),
    "vip_good": lambda f, g: _quantiles(
        f["revenue"], [(1 - g["share"]) ** 2, 1 - g["share"]], ["Other", "Good", "VIP"]
    ),
    "volume_bands": lambda f, g: _bands(f["revenue"], [*g["edges"]]),
}
assert MOVES.keys() == PANDAS.keys() == {name for name, method in METHODS.items() if not method.fits}, (
    "say here how each method is moved, and its rival"
)


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


def rows_of(rows: int) -> list[tuple[str, str, float, float, float, float]]:
    """method, size, counts and sums (ms), with labels (ms), the flip ledger (ms), pandas (ms)."""
    from segmentation.methods.rfm import name_of

    _CELLS.update({int("".join(map(str, c))): name_of("eleven", *c) for c in np.ndindex(6, 6, 6) if min(c) > 0})
    base = customers(rows)
    table = []
    for method, move in MOVES.items():
        numbers, labels = ours(base, method, move)
        places = count(1)
        rival = median_ms(lambda m=method, v=move, p=places: by_pandas(m, base.frame, v(next(p))), 3)  # type: ignore[misc]
        flips = median_ms(lambda m=method, v=move, p=places: ledger(METHODS[m], base, v(next(p))), 5)  # type: ignore[misc]
        table.append((method, f"{rows:,}", numbers, labels, flips, rival))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    print(
        "| method | customers | counts and sums, ms | with labels, ms | flip ledger, ms | plain pandas, ms | pandas ÷ ours |"
    )
    print("|---|---|---|---|---|---|---|")
    for size in sorted({rows // 10, rows}):
        for method, said, numbers, labels, flips, rival in rows_of(size):
            print(
                f"| {method} | {said} | {numbers:.3f} | {labels:.2f} | {flips:.1f} | {rival:.0f} | {rival / labels:.0f} × |"
            )


if __name__ == "__main__":
    main()
