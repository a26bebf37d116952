"""What is imported before the first page, and before the first picture, beside bare Streamlit, pandas and Altair.

    python -m benchmarks.imports [--runs 9]

Each start is a process of its own; they take turns. What is counted is processor time
inside the process, so that neither starting Python itself, which all do, nor other work beside it hides anything.
"""

from __future__ import annotations

import argparse
import ast
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.1
LATER = ("pyarrow.csv", "duckdb", "sklearn", "python_calamine", "vl_convert")
BARE = "import streamlit, pandas, altair"
IMPORTS = (ast.Import, ast.ImportFrom)
FIRST = ("app.py", "pages/data.py")  # what runs before there is a file
WITH_A_FILE = (*FIRST, "pages/app/derived.py", "pages/segments.py")  # until its first picture is there
READ = "from segmentation import join, read; from segmentation.audit import audit; from segmentation.exports import EXPORTS"


def first() -> str:
    """The imports of the first page as it stands, in their order, and what it does once a server."""
    return "; ".join(ast.unparse(one) for file in FIRST for one in _module(file).body if _told(one))


def with_a_file() -> str:
    """These, and then all that the pages import until a file is read and its first picture shown, within functions too."""
    more = (ast.unparse(one) for file in WITH_A_FILE for one in ast.walk(_module(file)) if isinstance(one, IMPORTS))
    return "; ".join([first(), *(one for one in more if "__future__" not in one), READ])


def _module(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


def _told(one: ast.stmt) -> bool:
    return isinstance(one, IMPORTS) or ast.unparse(one) == "start.once()"


CLOCK = "import sys, time; begun = time.process_time(); {}; print(time.process_time() - begun, *sys.modules)"


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
    """Medians of all and their ratios; and what was imported that could have waited."""
    starts = BARE, first(), with_a_file()
    rounds = [[start(code) for code in starts] for _ in range(runs + 1)][
        1:
    ]  # the first compiles, and fills the disk's cache
    bare, page, picture = (statistics.median(one[which][0] for one in rounds) for which in range(3))
    early = sorted(rounds[0][2][1].intersection(LATER) - rounds[0][0][1])
    return "\n".join(
        [
            f"| imports, median of {runs}, load {os.getloadavg()[0]:.1f} | s | ÷ bare (median of the pairs) |",
            "|---|---:|---:|",
            f"| streamlit, pandas, altair | {bare:.2f} | |",
            f"| the app's first page | {page:.2f} | {_verdict([one[1][0] / one[0][0] for one in rounds])} |",
            f"| and until the first picture | {picture:.2f} | {_verdict([one[2][0] / one[0][0] for one in rounds])} |",
            f"| imported though it could wait | {', '.join(early) or 'nothing'} | |",
        ]
    )


def _verdict(ratios: list[float]) -> str:
    ratio = statistics.median(ratios)
    return f"{ratio:.2f} × ({'met' if ratio <= LIMIT else 'MISSED'}: at most {LIMIT:g})"


def main() -> None:
    parser = argparse.ArgumentParser(description="Imports before the first page and the first picture.")
    parser.add_argument("--runs", type=int, default=9)
    print(table(parser.parse_args().runs))


if __name__ == "__main__":
    main()
