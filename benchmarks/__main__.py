"""All benchmarks, one after the other, as one Markdown report.

    python -m benchmarks [--rows 1000000] [--quick] [--lifetimes PYTHON]

Each runs in a process of its own and can be run alone the same way. `--quick` takes small sizes: it shows that
everything runs, its numbers mean little.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUICK_ROWS = 100_000
Benchmark = tuple[str, str, list[str]]  # title, module, arguments


def benchmarks(rows: int) -> list[Benchmark]:
    """The full run: one size, and the roll-up at ten times that size too."""
    size = ["--rows", str(rows)]
    return [
        ("From a file of sale lines to customers", "rollup", size),
        ("The same with ten times the lines", "rollup", ["--rows", str(10 * rows), "--runs", "1"]),
        ("Reading a clean file, beside the former reader", "reading", size),
        ("A study replayed, all formats", "replay", size),
        ("Customers kept beside their file", "restored", size),
        ("Polluted CSV files", "polluted", []),
        ("One threshold moved", "moves", size),
        ("What the server works for an answer", "answers", size),
        ("An answer beside that of a bare slider", "floor", size),
        ("From segments to action", "action", [*size, "--lines", str(10 * rows)]),
        ("Expected purchases fitted", "expected", size),
        ("Groups of customers", "clusters", size),
        ("Imports before the first picture", "imports", []),
        ("From the slider to the changed picture", "page", size),
        ("Thirty people at once", "crowd", size),
    ]


def quick() -> list[Benchmark]:
    """The same in about two minutes."""
    size = ["--rows", str(QUICK_ROWS)]
    return [
        ("From a file of sale lines to customers", "rollup", [*size, "--runs", "1"]),
        ("A study replayed, all formats", "replay", [*size, "--runs", "1"]),
        ("Customers kept beside their file", "restored", size),
        ("Polluted CSV files", "polluted", ["--every", "50"]),
        ("One threshold moved", "moves", size),
        ("An answer beside that of a bare slider", "floor", [*size, "--moves", "40"]),
        ("From segments to action", "action", [*size, "--lines", str(QUICK_ROWS), "--runs", "1"]),
        ("Expected purchases fitted", "expected", [*size, "--runs", "1"]),
        ("Groups of customers", "clusters", [*size, "--runs", "1"]),
        ("Imports before the first picture", "imports", ["--runs", "3"]),
        ("From the slider to the changed picture", "page", [*size, "--moves", "5"]),
        ("Five people at once", "crowd", [*size, "--people", "5", "--seconds", "10"]),
    ]


def run(title: str, module: str, arguments: list[str]) -> bool:
    """Print one benchmark's section; whether it came to its end."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout.strip() if done.returncode == 0 else f"It failed:\n\n{done.stderr.strip()[-2000:]}"
    fenced = said if said.startswith("|") else f"```\n{said}\n```"
    print(f"## {title}\n\n`python -m benchmarks.{module} {' '.join(arguments)}`\n\n{fenced}\n", flush=True)
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="All benchmarks as one Markdown report.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="small sizes: does everything run?")
    parser.add_argument(
        "--lifetimes", metavar="PYTHON", default=sys.executable, help="a Python that has lifetimes and clevercsv"
    )
    options = parser.parse_args()
    chosen = quick() if options.quick else benchmarks(options.rows)
    rival = {module: ["--lifetimes", options.lifetimes] for module in ("rollup", "expected")}
    rival["polluted"] = ["--rivals", options.lifetimes]
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start\n")
    done = [run(title, module, [*given, *rival.get(module, [])]) for title, module, given in chosen]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
