"""How fast the models of expected purchases and money are fitted, beside lifetimes.

    python -m benchmarks.expected [--rows 1000000] [--runs 5] [--lifetimes PYTHON] [--file SALES]

Both fit the same customers, each in a process of its own; imports are not counted, a first small fit warms both up.
Both are timed by the clock, in turns, and by the processor's time: a fit is over in a moment, and on a busy machine
the clock may tell what else ran.
The customers are those of CDNOW where its sale lines are given by --file (columns customer_id, date, revenue), and
drawn from a seed otherwise. A base of --rows customers is fitted by ours alone: from history to the money of each.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
CDNOW = 23_570
FITS = 5
CLOCKS = (time.perf_counter, time.process_time)
FACTOR, SECONDS = 20, 10.0  # at least so many times faster; at most so long for a million
MODELS = ("bgnbd", "mbgnbd", "gamma-gamma")
History = dict[str, np.ndarray]  # x, t_x, T (days) and mean, one place per customer


def drawn(customers: int) -> History:
    """Customers who buy and are lost as the modified model says, drawn from a seed."""
    rng = np.random.default_rng(11)
    T = rng.integers(1, 546, customers).astype(float)
    rate, chance = rng.gamma(0.5, 1 / 42, customers), rng.beta(0.9, 1.6, customers)
    x, t_x, now = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    buying = np.flatnonzero(rng.random(customers) >= chance)
    while len(buying):
        now[buying] += np.ceil(rng.exponential(1 / rate[buying]))
        buying = buying[now[buying] <= T[buying]]
        x[buying] += 1
        t_x[buying] = now[buying]
        buying = buying[rng.random(len(buying)) >= chance[buying]]
    mean = rng.gamma(6 * np.maximum(x, 1)) / np.maximum(x, 1) * rng.gamma(3.7, 1.6, customers)
    return {"x": x, "t_x": t_x, "T": T, "mean": np.where(x > 0, mean.round(2), 0)}


def from_sales(path: str) -> History:
    from segmentation import Customers, read
    from segmentation.potential.lifetimes.expected import history

    known = history(Customers.build(read(path)))
    return {"x": known.x, "t_x": known.t_x, "T": known.T, "mean": known.mean}


def ours(model: str, given: History) -> Callable[[], object]:
    from segmentation.potential.lifetimes.purchases import fit_purchases
    from segmentation.potential.lifetimes.spending import fit_spending

    if model == "gamma-gamma":
        return lambda: fit_spending(given["x"], given["mean"])
    return lambda: fit_purchases(given["x"], given["t_x"], given["T"], modified=model == "mbgnbd")


def lifetimes(model: str, given: History) -> Callable[[], object]:
    from lifetimes import BetaGeoFitter, GammaGammaFitter, ModifiedBetaGeoFitter

    if model == "gamma-gamma":
        used = (given["x"] > 0) & (given["mean"] > 0)
        return lambda: GammaGammaFitter().fit(given["x"][used], given["mean"][used])
    fitter = {"bgnbd": BetaGeoFitter, "mbgnbd": ModifiedBetaGeoFitter}[model]
    return lambda: fitter().fit(given["x"], given["t_x"], given["T"])


def measure(contestant: str, model: str, path: str) -> list[float]:
    """Seconds of a fit in this process, by the clock and of the processor, medians of a few, after one of few customers."""
    given = dict(np.load(path))
    make = {"ours": ours, "lifetimes": lifetimes}[contestant]
    make(model, {name: values[:200] for name, values in given.items()})()
    run = make(model, given)
    return [statistics.median(seconds(run, clock) for _ in range(FITS)) for clock in CLOCKS]


def seconds(run: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    run()
    return clock() - start


def in_own_process(contestant: str, model: str, path: str, python: str) -> list[float]:
    command = [python, "-m", "benchmarks.expected", "--contestant", contestant, "--model", model, "--data", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{contestant}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)


def beside(given: History, runs: int, python: str) -> list[str]:
    """A row a model: medians of rounds in which both fit it."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "history.npz")
        np.savez(path, **given)  # type: ignore[arg-type]
        for model in MODELS:
            rounds = [
                (in_own_process("ours", model, path, sys.executable), in_own_process("lifetimes", model, path, python))
                for _ in range(runs)
            ]
            (mine, my_work), (theirs, their_work) = (np.median(one, axis=0) for one in zip(*rounds, strict=True))
            verdict = "met" if theirs >= FACTOR * mine else "MISSED"
            rows.append(
                f"| {model} | {len(given['x']):,} | {mine:.4f} | {theirs:.3f} | {theirs / mine:.0f} × | "
                f"{their_work / my_work:.0f} × | {verdict}: at least {FACTOR} × |"
            )
    return rows


def alone(rows: int) -> list[str]:
    """Fits of a large base, and one model from the customers to the money of each."""
    import pandas as pd

    from segmentation import Customers
    from segmentation.potential import MODELS as POTENTIAL

    given = drawn(rows)

    taken = {f"{model}, fit": seconds(ours(model, given)) for model in MODELS}
    frame = pd.DataFrame(
        {
            "revenue": (given["x"] * given["mean"]).round(2) + 20,
            "first_revenue": 20.0,
            "visits": given["x"] + 1,
            "tenure_days": given["T"],
            "recency_days": given["T"] - given["t_x"],
        },
        index=pd.Index(np.char.mod("%07d", np.arange(rows)).astype(object), name="customer_id", dtype="str"),
    )
    taken["mbgnbd, both fits and the money of each"] = seconds(lambda: POTENTIAL["mbgnbd"](Customers(frame)))
    limit = SECONDS * rows / 1_000_000
    return [
        f"| {name} | {rows:,} | {s:.2f} | | | | {'met' if s <= limit else 'MISSED'}: at most {limit:g} s |"
        for name, s in taken.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Expected purchases and money beside lifetimes.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--lifetimes", default=sys.executable, metavar="PYTHON", help="a Python that has lifetimes")
    parser.add_argument("--file", help="sale lines to fit instead of customers drawn from a seed")
    for hidden in ("--contestant", "--model", "--data"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contestant:
        print(json.dumps(measure(options.contestant, options.model, options.data)))
        return
    given = from_sales(options.file) if options.file else drawn(CDNOW)
    print(
        "| model | customers | ours, s | lifetimes, s | lifetimes ÷ ours | of processor time | |\n|---|---|---|---|---|---|---|"
    )
    print(*beside(given, options.runs, options.lifetimes), *alone(options.rows), sep="\n")


if __name__ == "__main__":
    main()
