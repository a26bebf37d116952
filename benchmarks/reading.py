"""Clean large files must not pay for reading messy ones: this reader beside the one of an earlier commit.

    python -m benchmarks.reading [--rows 1000000] [--runs 7] [--against 6986c52]

Both read the same seeded CSV, each in a process of its own, in turns; imports are not counted. Medians of the pairs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.rollup import write_lines

ROOT = Path(__file__).resolve().parents[1]
AGAINST = "6986c52"  # the last reader that knew clean files only
LIMIT = 1.15
READ = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from segmentation import read
start = time.perf_counter()
table = read(sys.argv[2])
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, table.data.num_rows)
"""


def run(root: Path, file: Path) -> tuple[float, float]:
    """Seconds and MB that the reader of a checkout takes."""
    command = [sys.executable, "-c", READ, str(root), str(file)]
    seconds, megabytes, _ = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(megabytes)


def table(rows: int, runs: int, against: str) -> str:
    """Medians of both and of the pairs' ratios."""
    with tempfile.TemporaryDirectory() as folder:
        file, before = Path(folder, "lines.csv"), Path(folder, "before")
        write_lines(file, rows)
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(before), against], capture_output=True, check=True)
        try:
            pairs = [(run(before, file), run(ROOT, file)) for _ in range(runs + 1)][1:]  # the first fills the cache
        finally:
            subprocess.run([*git, "remove", "--force", str(before)], capture_output=True, check=True)
    lines = [f"| {rows:,} rows, median of {runs}, load {os.getloadavg()[0]:.1f} | s | MB |", "|---|---:|---:|"]
    for name, which in ((f"the reader of {against}", 0), ("this reader", 1)):
        seconds, megabytes = (statistics.median(pair[which][i] for pair in pairs) for i in (0, 1))
        lines.append(f"| {name} | {seconds:.2f} | {megabytes:.0f} |")
    ratios = [statistics.median(now[i] / then[i] for then, now in pairs) for i in (0, 1)]
    met = "met" if max(ratios) <= LIMIT else "MISSED"
    said = " | ".join(f"{ratio:.2f} ×" for ratio in ratios)
    return "\n".join([*lines, f"| ratio ({met}: at most {LIMIT:g}) | {said} |"])


def main() -> None:
    parser = argparse.ArgumentParser(description="This reader beside that of an earlier commit.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--against", default=AGAINST, metavar="COMMIT")
    given = parser.parse_args()
    print(table(given.rows, given.runs, given.against))


if __name__ == "__main__":
    main()
