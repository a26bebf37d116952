"""What is imported before the first picture, beside bare Streamlit, pandas and Altair.

    python -m benchmarks.imports [--runs 9]

Each start is a process of its own; the two take turns. The clock runs inside the process, so that starting Python
itself, which both do, hides nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.1
LATER = ("pyarrow.csv", "duckdb", "sklearn", "python_calamine", "vl_convert")
BARE = "import streamlit, pandas, altair"
OURS = (
    "import streamlit; from pages.app import start; start.once(); "
    "from pages.app import derived, empty, frame, session, upload; from pages.widgets import editors; "
    "from pages.pieces.data import answer, choices, decisions, findings, joins, lookalikes, preview; "
    "from pages.pieces.data import questions, roles, set_aside, templates; "
    "from pages.pieces.segments import chooser, customer_list, edges, explanation, looks, own, pictures, shown, suggestions"
)
CLOCK = (
    "import sys, time; start_of_all = time.perf_counter(); {}; print(time.perf_counter() - start_of_all, *sys.modules)"
)


def start(code: str) -> tuple[float, set[str]]:
    """Seconds the imports take in a fresh process, and the modules that are loaded then.

    Compiled modules are kept, as Python does by itself: an app is compiled once, not at every start.
    """
    command = [sys.executable, "-c", CLOCK.format(code)]
    keeps = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    output = subprocess.run(command, cwd=ROOT, env=keeps, capture_output=True, text=True, check=True).stdout
    seconds, *modules = output.split()
    return float(seconds), set(modules)


def table(runs: int) -> str:
    """Medians of both and their ratio; and what was imported that could have waited."""
    pairs = [(start(BARE), start(OURS)) for _ in range(runs + 1)][1:]  # the first compiles, and fills the disk's cache
    bare, ours = (statistics.median(pair[which][0] for pair in pairs) for which in (0, 1))
    ratio = statistics.median(mine[0] / theirs[0] for theirs, mine in pairs)
    early = sorted(pairs[0][1][1].intersection(LATER) - pairs[0][0][1])
    verdict = f"{ratio:.2f} × ({'met' if ratio <= LIMIT else 'MISSED'}: at most {LIMIT:g})"
    return "\n".join(
        [
            f"| imports before the first picture, median of {runs}, load {os.getloadavg()[0]:.1f} | s |",
            "|---|---:|",
            f"| streamlit, pandas, altair | {bare:.2f} |",
            f"| the app's first page | {ours:.2f} |",
            f"| ours ÷ bare (median of the pairs) | {verdict} |",
            f"| imported though it could wait | {', '.join(early) or 'nothing'} |",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Imports before the first picture.")
    parser.add_argument("--runs", type=int, default=9)
    print(table(parser.parse_args().runs))


if __name__ == "__main__":
    main()
