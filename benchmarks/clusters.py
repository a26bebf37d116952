"""Every number of groups with all that is said of it, beside scikit-learn's bare fits; names and profiles of groups.

    python -m benchmarks.clusters [--rows 1000000] [--runs 3]

Seconds of the processor, in turns, the least of each: nine fits of k-means as scikit-learn makes them by itself, all measures
of quality, and these with everybody in a group, told in words. Then the whole for --rows customers, and for these, in
milliseconds, names and profiles of four and of eight groups, and a further number of groups, which was kept: by the library,
and as the whole answer of the Clusters page, where a websocket client chooses them in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.action import Marketer, Took, timed_by
from benchmarks.server import APP, LAST_DAY, Server, running
from segmentation import METHODS, Customers, Study
from segmentation.analysis.groups.clusters import NUMBERS, clusters
from segmentation.analysis.groups.quality import quality
from segmentation.analysis.portraits.profile import profile
from segmentation.segments import groups

COLUMNS = ("revenue", "orders", "recency_days", "tenure_days", "visits", "units")
BESIDE = 100_000  # customers, beside scikit-learn
TIMES, SECONDS, TOLD, CHANGED = 1.5, 15.0, 100.0, 25.0  # at most: × the bare fits; s of a million; ms


def customers(rows: int) -> Customers:
    """Customers of four kinds, who differ in three of six columns; drawn from a seed."""
    rng = np.random.default_rng(1)
    kind = rng.integers(0, 4, rows)
    frame = pd.DataFrame(
        {
            "revenue": np.exp(rng.normal(5 + 0.8 * kind, 0.6)).round(2),
            "orders": rng.poisson(3 + 3 * kind) + 1,
            "recency_days": rng.integers(0, 100, rows) + 100 * kind,
            "tenure_days": rng.integers(0, 3000, rows),
            "visits": rng.poisson(9, rows),
            "units": np.exp(rng.normal(2, 1, rows)).round(),
        },
        index=pd.Index(np.char.mod("%07d", np.arange(rows)).astype(object), name="customer_id", dtype="str"),
    )
    return Customers(frame)


def seconds(run: Callable[[], object], runs: int = 1) -> float:
    """Of the processor, the least of some runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return min(taken)


def bare(rows: int) -> None:
    """The nine fits alone, of the same points."""
    from sklearn.cluster import KMeans

    values = groups.points(customers(rows), COLUMNS).values
    for k in NUMBERS:
        KMeans(k, random_state=0).fit(values)


def beside(runs: int) -> Iterator[str]:
    """All numbers of groups beside the bare fits, in turns; each time of customers of whom nothing is kept."""
    ways: dict[str, Callable[[], object]] = {
        "scikit-learn's nine fits alone": lambda: bare(BESIDE),
        "2 to 10 groups with all measures": lambda: quality(customers(BESIDE), COLUMNS),
        "the same, with everybody in them, profiles and rules": lambda: clusters(customers(BESIDE), COLUMNS),
    }
    rounds = [[seconds(way) for way in ways.values()] for _ in range(runs)]
    least = np.min(rounds, axis=0)
    for way, taken in zip(ways, least, strict=True):
        ratio = taken / least[0]
        yield f"| {way}, {BESIDE:,} customers | {taken:.2f} s | {ratio:.2f} × ({_judged(ratio, TIMES)} ×) |"


def alone(rows: int) -> Iterator[str]:
    """The whole search of a large base, and what is told of groups that are there."""
    base = customers(rows)
    found = clusters(base, COLUMNS)
    fresh = customers(rows)  # of whom nothing is kept
    searched = seconds(lambda: clusters(fresh, COLUMNS))
    yield f"| the whole, {rows:,} customers | {searched:.1f} s | {_judged(searched, SECONDS * rows / 1e6)} s |"
    for k in (4, 8):
        made = METHODS["kmeans"](base, columns=COLUMNS, k=k)
        told = 1000 * seconds(lambda made=made: profile(made, COLUMNS), 9)  # type: ignore[misc]
        yield f"| names and profiles of {k} groups, {rows:,} customers | {told:.0f} ms | {_judged(told, TOLD)} ms |"
    changed = 1000 * max(seconds(lambda k=k: found.of[k].profile.frame()) for k in found.of)  # type: ignore[misc]
    yield f"| another number of groups, {rows:,} customers | {changed:.1f} ms | {_judged(changed, CHANGED)} ms |"


def answered(rows: int) -> Iterator[str]:
    """Another number of groups on the page, once it has shown each; mean of the processor, which is counted in hundredths."""
    took = _on_the_page(rows)
    clock, busy = statistics.median(one for one, _ in took), statistics.mean(one for _, one in took)
    shown = f"{busy:.1f} ms ({clock:.0f} by the clock)"
    yield f"| the same, the page's whole answer | {shown} | {_judged(busy, CHANGED)} ms |"


def _on_the_page(rows: int) -> list[Took]:
    """A fresh server with a file of these customers, and one visitor who chooses each number in turn."""
    frame = customers(rows).frame
    last_order = (LAST_DAY - pd.to_timedelta(frame["recency_days"], unit="D")).astype("datetime64[s]")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.parquet"
        frame.drop(columns="recency_days").assign(last_order=last_order).to_parquet(file)
        with running(APP, file) as server:
            return asyncio.run(_choosing(server))


async def _choosing(server: Server) -> list[Took]:
    study = Study()
    study.set_of("kmeans", columns=COLUMNS, transform="log", outliers="cap", k=4)
    one = await Marketer.arrive(server.port, patience=None)
    await one.follow(study, "clusters")
    took = [await timed_by(server, one.put("clusters.k", str(k))) for _ in range(3) for k in NUMBERS]
    if one.errors:
        raise RuntimeError("an answer had errors")
    await one.leave()
    return took[len(NUMBERS) :]


def _judged(taken: float, most: float) -> str:
    return f"{'met' if taken <= most else 'MISSED'}: at most {most:g}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Groups of customers, beside scikit-learn's bare fits.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"| groups of customers, six columns, of processor time, load {os.getloadavg()[0]:.1f} | | |\n|---|---:|---|")
    clusters(customers(2_000), COLUMNS)  # imports
    for row in itertools.chain(beside(options.runs), alone(options.rows), answered(options.rows)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
