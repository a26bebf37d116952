"""A study replayed from the shell, all formats written, beside the roll-up and the methods alone.

    python -m benchmarks.replay [--rows 1000000] [--runs 3] [--as csv,html]

The same seeded file of sale lines and a study with eight methods; both start a Python of their own, read the file and
roll it up, so what is compared is what `run` takes beyond: lists, pictures, report, slides and workbook. In turns, the
least of each: seconds by the clock, and seconds of the processor in whichever process takes longer, which is what the
clock says where nothing else runs. Before the first turn the charts' script is made once and what Python compiles is
kept, as on every machine where `run` ran before.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.rollup import write_lines

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("abc_classes", "xyz", "lifecycle", "sleepers", "repeat", "tenure", "value_score")
LIMIT = 1.5
ALONE = """
import sys
from segmentation import Study
study = Study.load(sys.argv[1])
table = study.table([sys.argv[2]])
customers = study.customers(table)
study.segmentation(customers).labels()
for cell in study.cells:
    study.methods[cell["method"]](customers, **cell["thresholds"]).labels()
"""


def write_study(path: Path) -> None:
    """RFM, and seven findings of other methods that were kept."""
    from segmentation import Study

    study = Study()
    study.choose("rfm")
    for method in KEPT:
        study.keep_finding(method, {})
    path.write_text(study.to_json(), encoding="utf-8")


SUBREAPER = 36  # as Linux numbers it: what a process leaves behind is left to us, and can be counted


def seconds(command: list[str]) -> tuple[float, float]:
    """What a command takes: by the clock, and of the processor in the process of it that takes longest."""
    start, out = time.perf_counter(), os.open(os.devnull, os.O_WRONLY)
    first = os.posix_spawn(
        sys.executable, [sys.executable, *command], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)]
    )
    os.close(out)
    clock, each = 0.0, []
    for process, status, used in iter(_ended, None):
        each.append(used.ru_utime + used.ru_stime)
        if process == first:
            clock = time.perf_counter() - start
            assert status == 0, command
    return clock, max(each)


def _ended() -> tuple[int, int, Any] | None:
    try:
        return os.wait4(-1, 0)
    except ChildProcessError:
        return None


def table(rows: int, runs: int, folder: Path, chosen: str) -> str:
    lines, study = folder / "lines.csv", folder / "study.json"
    write_lines(lines, rows)
    write_study(study)
    run = ["-m", "segmentation", "run", str(study), str(lines), "--out", str(folder / "out")]
    run += ["--as", chosen] if chosen else []
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    seconds(run)
    turns = [(seconds(["-c", ALONE, str(study), str(lines)]), seconds(run)) for _ in range(runs)]
    alone, whole = (tuple(map(min, zip(*each, strict=True))) for each in zip(*turns, strict=True))
    ratios = [both / bare for both, bare in zip(whole, alone, strict=True)]
    return "\n".join(
        [
            f"| {rows:,} sale lines, least of {runs}, load {os.getloadavg()[0]:.1f} | clock | processor |",
            "|---|---:|---:|",
            f"| a process that reads, rolls up and takes the methods | {alone[0]:.2f} s | {alone[1]:.2f} s |",
            f"| `run`, {chosen or 'all formats'} | {whole[0]:.2f} s | {whole[1]:.2f} s |",
            f"| ratio, at most {LIMIT} | {' | '.join(f'{one:.2f} × {_verdict(one)}' for one in ratios)} |",
        ]
    )


def _verdict(ratio: float) -> str:
    return "met" if ratio <= LIMIT else "MISSED"


def main() -> None:
    parser = argparse.ArgumentParser(description="A study replayed, beside the roll-up and the methods alone.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--as", dest="formats", default="", help="the formats written, all if not said")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        print(table(options.rows, options.runs, Path(folder), options.formats))


if __name__ == "__main__":
    main()
