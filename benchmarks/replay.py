"""A study replayed from the shell, all formats written, beside the roll-up and the methods alone.

    python -m benchmarks.replay [--rows 1000000] [--runs 3]

The same seeded file of sale lines and a study with eight methods; both start a Python of their own, read the file and
roll it up, so what is compared is what `run` takes beyond: lists, pictures, report, slides and workbook. Seconds by the
clock, in turns, the least of each; a busy machine has no second processor for the pictures, so see the load. Before
the first turn the charts' script is made once, as on every machine where `run` ran before.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rollup import write_lines

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("abc_classes", "xyz", "lifecycle", "sleepers", "repeat", "tenure", "value_score")
LIMIT = 1.5
ALONE = """
import sys, time
start = time.perf_counter()
from segmentation import Study
study = Study.load(sys.argv[1])
table = study.table([sys.argv[2]])
read = time.perf_counter()
customers = study.customers(table)
study.segmentation(customers).labels()
for cell in study.cells:
    study.methods[cell["method"]](customers, **cell["thresholds"]).labels()
print(time.perf_counter() - read)
"""


def write_study(path: Path) -> None:
    """RFM, and seven findings of other methods that were kept."""
    from segmentation import Study

    study = Study()
    study.choose("rfm")
    for method in KEPT:
        study.keep_finding(method, {})
    path.write_text(study.to_json(), encoding="utf-8")


def seconds(command: list[str]) -> tuple[float, str]:
    """What a process takes by the clock, and what it says."""
    start = time.perf_counter()
    said = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - start, said


def table(rows: int, runs: int, folder: Path) -> str:
    lines, study = folder / "lines.csv", folder / "study.json"
    write_lines(lines, rows)
    write_study(study)
    run = ["-m", "segmentation", "run", str(study), str(lines), "--out", str(folder / "out")]
    seconds([*run[:-1], str(folder / "first")])
    turns = [(seconds(["-c", ALONE, str(study), str(lines)]), seconds(run)[0]) for _ in range(runs)]
    alone, whole = min(took for (took, _), _ in turns), min(took for _, took in turns)
    bare = min(float(said) for (_, said), _ in turns)
    verdict = "met" if whole <= LIMIT * alone else "MISSED"
    return "\n".join(
        [
            f"| {rows:,} sale lines, least of {runs}, load {os.getloadavg()[0]:.1f} | s | |",
            "|---|---:|---|",
            f"| roll-up and methods, without start and reading | {bare:.2f} | |",
            f"| a process that reads, rolls up and takes the methods | {alone:.2f} | |",
            f"| `run`, all formats | {whole:.2f} | |",
            f"| ratio | {whole / alone:.2f} × | {verdict}: at most {LIMIT} |",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="A study replayed, beside the roll-up and the methods alone.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(options.rows, options.runs, Path(folder)))


if __name__ == "__main__":
    main()
