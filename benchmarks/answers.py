"""What the server works for an answer: a line put to another of its stops with a million customers in memory.

    python -m benchmarks.answers [--rows 1000000] [method …]

Milliseconds of the processor, medians: labels of everybody, the numbers of every segment, what the picture is sent, and
that as text. Every run puts a line elsewhere, the first of a method in turn with the last; a score is moved by a weight
too. Of the methods that fit groups the one is there that has a line: its groups are found before.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import statistics
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from benchmarks.moves import MOVES, customers
from segmentation import METHODS, Customers
from segmentation.analysis.summary import figures
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.segments.method import Method

RUNS, WARM_UP = 15, 3
FAR = 3  # stops a line goes at once
LIMIT = 10.0  # ms of labels and numbers together; the picture comes on top
PARTS = ("labels", "numbers", "picture", "as text", "all")
MOVED = {**MOVES, "fuzzy_cmeans": lambda n: {"sure": 0.3 + 0.05 * (n % 8)}}


def moved(base: Customers, method: Method) -> Iterator[Mapping[str, Any]]:
    """The thresholds with the first and the last line by turns some stops further; else as `moves` moves them."""
    values: Mapping[str, Any] = method.complete(MOVED[method.name](0))
    for n in range(10_000):
        values, made = stated(method, values, method(base, **values))
        if not (lines := lines_of(method, values, made)):
            yield method.complete(MOVED[method.name](n))
            continue
        line = lines[-(n % 2)]
        step = FAR if n // 8 % 2 else -FAR
        at = line.here + step if 0 <= line.here + step < len(line.stops) else line.here - step
        values = {**values, **line.put(values, line.stops[min(max(at, 0), len(line.stops) - 1)].item())}
        yield values


def answer(base: Customers, method: Method, values: Mapping[str, Any]) -> list[float]:
    """Milliseconds of each of PARTS."""
    from segmentation.board import data_of, own

    at = [time.process_time()]
    made = method(base, **values)
    made.codes  # noqa: B018  worked out when it is asked for
    at.append(time.process_time())
    figures(made)
    at.append(time.process_time())
    card = own(method, values, made, "€")
    at.append(time.process_time())
    json.dumps(data_of([[card] if card else []], made))
    at.append(time.process_time())
    return [1000 * (after - before) for before, after in zip([*at[:-1], at[0]], [*at[1:], at[-1]], strict=True)]


def table(rows: int, names: list[str]) -> Iterator[str]:
    yield f"| {rows:,} customers, median of {RUNS}, load {os.getloadavg()[0]:.1f} | {' | '.join(PARTS)} | |"
    yield f"|---|{'---:|' * len(PARTS)}---|"
    base = customers(rows)
    for name in names:
        moves = moved(base, METHODS[name])
        yield _row(name, [answer(base, METHODS[name], values) for values in islice(moves, RUNS + WARM_UP)])
        if name == "value_score":
            weights = (METHODS[name].complete(MOVES[name](n)) for n in range(RUNS + WARM_UP))
            yield _row("value_score, a weight", [answer(base, METHODS[name], values) for values in weights])


def _row(name: str, found: list[list[float]]) -> str:
    middle = [statistics.median(one) for one in zip(*found[WARM_UP:], strict=True)]
    said = "met" if sum(middle[:2]) <= LIMIT else f"MISSED: labels and numbers at most {LIMIT:g}"
    return f"| {name} | {' | '.join(f'{one:.1f}' for one in middle)} | {said} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="What the server works for an answer.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("methods", nargs="*")
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # of Streamlit, that there is no visitor
    for row in table(options.rows, options.methods or list(MOVED)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
