"""python -m tests.fuzz --seed 1 --files 20000 --studies 10000 --into fuzz: what fails is kept in that folder."""

from __future__ import annotations

import argparse
import faulthandler
import sys
from pathlib import Path

from segmentation.apart.pool import Pool
from tests.apart.room import LONGEST, MEMORY, SECONDS, work_on
from tests.fuzz.run import failures, used
from tests.reading.hostile import FILES


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--files", type=int, default=20_000)
    options.add_argument("--studies", type=int, default=10_000)
    options.add_argument("--first", type=int, default=0, help="number of the first: to try one again, with --files 1")
    options.add_argument("--hostile", action="store_true", help="try each kind of file made to stop a server instead")
    options.add_argument("--into", type=Path, default=Path("build/fuzz"), help="folder for what fails")
    given = options.parse_args()
    faulthandler.enable()
    if given.hostile:
        return min(_hostile(), 1)
    counts = {"file": given.files, "study": given.studies}
    return min(sum(_tried(kind, count, given) for kind, count in counts.items()), 1)


def _tried(kind: str, count: int, given: argparse.Namespace) -> int:
    """How many failed; each is told and kept."""
    failed, start = 0, used()
    for done, failure in enumerate(failures(kind, given.seed, count, given.first), 1):
        if failure is not None:
            failed += 1
            last = failure.told.strip().splitlines()[-1]
            print(f"{failure.seed}: {failure.save(given.into)}: {last[:200]}", flush=True)
        if done % 1000 == 0 or done == count:
            print(f"{kind}: {done:,} tried, {failed} failed, {used() - start:.0f} s", flush=True)
    return failed


def _hostile() -> int:
    """Each kind is told with what it took; how many took too much."""
    pool, failed = Pool(1), 0
    pool.do(len, "warm")
    for kind, make in FILES.items():
        felt = work_on(pool, *make())
        bad = felt.reading > SECONDS or felt.memory > MEMORY or felt.held > LONGEST
        failed += bad
        took = f"{felt.reading:5.1f} s to read, {felt.seconds:5.1f} s in all, {felt.memory:5.0f} MB, {felt.held:.3f} s held"
        print(f"{'FAILED' if bad else 'ok':6} {kind:60} {took}  {felt.ended[:80]}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
