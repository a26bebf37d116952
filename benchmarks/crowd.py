"""Many people at once: each moves a line once a second on the same million customers.

    python -m benchmarks.crowd [--rows 1000000] [--people 30] [--seconds 60 | --minutes 10] [--page portfolio]
    python -m benchmarks.crowd --beside uploads|large|tabs [--rows 1000000] [--people 5]

With --beside, something happens while they move: 20 people bring a file of 5 MB each at once, one brings 200 MB with
every row twice, or 50 tabs are opened at once.

The line is ABC's threshold on the Segments page, or the line of profit on the Portfolio page.

Everybody is a websocket client that says what a browser would say. An answer is timed from the moment the move was
due until the script has finished, so that a server that falls behind cannot hide it. Who waits longer than until the next
move is due makes the newest then and skips those between, as a hand does; how many were skipped is said. Memory is the server's resident
memory: with one person after half a minute of moves at most, with everybody at the end, and its slope over the
second half.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.person import SLIDERS, Person, moves, timed
from benchmarks.server import APP, Server, running, write_customers

WARM_UP = 30  # most seconds the first person moves alone
QUIET, PATIENCE = 5, 300  # seconds alone, and until what happens beside must be over
LIMITS_BESIDE = {
    "uploads": {"others meanwhile, slowest, ms": 1000.0, "errors": 0.0},
    "large": {"others meanwhile, slowest, ms": 300.0, "errors": 0.0},
    "tabs": {"last of them done, s": 20.0, "others meanwhile, median, ms": 60.0, "errors": 0.0},
}
LIMITS = {"errors": 0.0, "MB per further person": 2.0}
MEDIAN = {30: 30.0, 60: 60.0, 100: 250.0}  # ms at most for so many people
P95 = {30: 100.0}


@dataclass
class Crowd:
    """What was seen: milliseconds of each answer, and the server's memory in MB, second by second."""

    people: int
    answers: list[float] = field(default_factory=list)
    errors: int = 0
    skipped: int = 0  # moves nobody could make, since the one before was not answered yet
    first: float = 0.0  # seconds until the first person saw the page
    alone: float = 0.0  # MB with one person
    busy: float = 0.0  # processor seconds of the server for all answers
    together: list[float] = field(default_factory=list)

    def numbers(self) -> dict[str, float]:
        """What the report says of it."""
        later = self.together[len(self.together) // 2 :]
        slope = np.polyfit(np.arange(len(later)), later, 1)[0] * 60 if len(later) > 2 else float("nan")
        return {
            "answers": len(self.answers),
            "moves skipped": self.skipped,
            "of all moves answered, %": answered(self.answers, self.skipped),
            "median, ms": statistics.median(self.answers),
            "p95, ms": float(np.quantile(self.answers, 0.95)),
            "slowest, ms": max(self.answers),
            "server's processor per answer, ms": 1000 * self.busy / len(self.answers),
            "errors": self.errors,
            "MB with one person": self.alone,
            "MB with all": self.together[-1],
            "MB per further person": (self.together[-1] - self.alone) / max(self.people - 1, 1),
            "MB per minute, second half": slope,
            "first page, s": self.first,
        }


async def visit(server: Server, people: int, seconds: int, page: str) -> Crowd:
    """One person comes and moves alone, then everybody does."""
    seen = Crowd(people)
    crowd = [await Person.arrive(server.port, number, page) for number in range(people)]
    start = time.perf_counter()
    await crowd[0].come()
    seen.first = time.perf_counter() - start
    await moves(crowd[0], 0, min(seconds, WARM_UP))
    crowd[0].skipped = 0
    seen.alone = server.memory()
    for person in crowd[1:]:
        await person.come()
    busy = server.busy()
    async with asyncio.TaskGroup() as group:
        group.create_task(_watch(server, seconds, seen))
        turns = [group.create_task(moves(person, person.number / people, seconds)) for person in crowd]
    seen.busy = server.busy() - busy
    seen.answers = [answer for turn in turns for answer in turn.result()]
    seen.errors = sum(person.errors for person in crowd)
    seen.skipped = sum(person.skipped for person in crowd)
    await asyncio.gather(*(person.leave() for person in crowd))
    return seen


async def disturbed(server: Server, people: int, beside: str) -> dict[str, float]:
    """People who move, alone and while something happens beside them."""
    crowd = [await Person.arrive(server.port, number) for number in range(people)]
    for person in crowd:
        await person.come()
    do = BESIDE[beside](server)
    quiet = await _all_move(crowd, QUIET, None)
    doing = asyncio.ensure_future(asyncio.gather(*map(timed, do)))
    meanwhile = await _all_move(crowd, PATIENCE, doing)
    took = await doing
    await asyncio.gather(*(person.leave() for person in crowd))
    return {
        "first of them done, s": min(took),
        "last of them done, s": max(took),
        "others before, median, ms": statistics.median(quiet),
        "others meanwhile, median, ms": statistics.median(meanwhile),
        "others meanwhile, p95, ms": float(np.quantile(meanwhile, 0.95)),
        "others meanwhile, slowest, ms": max(meanwhile),
        "of their moves answered, %": answered(quiet + meanwhile, sum(person.skipped for person in crowd)),
        "errors": sum(person.errors for person in crowd),
        "MB of all processes": server.memory_of_all(),
    }


def answered(answers: list[float], skipped: int) -> float:
    """The share of the moves that were due which had an answer, in percent."""
    return 100 * len(answers) / (len(answers) + skipped)


async def _all_move(crowd: list[Person], seconds: int, beside: asyncio.Future[Any] | None) -> list[float]:
    turns = await asyncio.gather(*(moves(one, one.number / len(crowd), seconds, beside) for one in crowd))
    return [answer for turn in turns for answer in turn]


def _uploads(server: Server) -> list[Coroutine[Any, Any, None]]:
    return [_bring(server, sales(5 << 20, seed)) for seed in range(20)]


def _large(server: Server) -> list[Coroutine[Any, Any, None]]:
    head, _, rows = sales(95 << 20, 0).partition(b"\n")
    return [_bring(server, b"%b\n%b%b" % (head, rows, rows))]


def _tabs(server: Server) -> list[Coroutine[Any, Any, None]]:
    async def tab(number: int) -> None:
        await (await Person.arrive(server.port, number)).come()

    return [tab(number) for number in range(50)]


BESIDE = {"uploads": _uploads, "large": _large, "tabs": _tabs}


async def _bring(server: Server, content: bytes) -> None:
    person = await Person.arrive(server.port)
    await person.bring(content, "sales.csv")
    await person.leave()
    if person.errors:
        raise RuntimeError("the file was not read")


def sales(size: int, seed: int) -> bytes:
    """Sale lines of about so many bytes, drawn from a seed."""
    lines, draw = size // 25, np.random.default_rng(seed)
    who, day, cents = (
        draw.integers(0, lines // 5, lines),
        draw.integers(0, 700, lines),
        draw.integers(100, 99_999, lines),
    )
    days = [str(one) for one in np.datetime64("2024-01-01") + np.arange(700)]
    rows = (f"c{a},{days[b]},{c / 100}" for a, b, c in zip(who.tolist(), day.tolist(), cents.tolist(), strict=True))
    return ("customer,date,amount\n" + "\n".join(rows) + "\n").encode()


async def _watch(server: Server, seconds: int, seen: Crowd) -> None:
    for _ in range(seconds):
        await asyncio.sleep(1)
        seen.together.append(server.memory())


def measure(rows: int, people: int, seconds: int, page: str) -> dict[str, float]:
    """A fresh server with a fresh file, and a crowd on it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.parquet"
        write_customers(file, rows)
        with running(APP, file) as server:
            return asyncio.run(visit(server, people, seconds, page)).numbers()


def measure_beside(rows: int, people: int, beside: str) -> dict[str, float]:
    """A fresh server with a fresh file, a crowd on it, and something that happens beside."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.parquet"
        write_customers(file, rows)
        with running(APP, file) as server:
            return asyncio.run(disturbed(server, people, beside))


def table(rows: int, people: int, seconds: int, page: str) -> str:
    """The numbers as a Markdown table, with the verdict where there is a limit."""
    found = measure(rows, people, seconds, page)
    return _table(f"{people} people, {page}, {rows:,} customers, {seconds} s", found, limits(people))


def limits(people: int) -> dict[str, float]:
    """What each number may be with so many people: what more of them may take, fewer may too."""
    said = {"median, ms": MEDIAN, "p95, ms": P95}
    return LIMITS | {name: most[min(more)] for name, most in said.items() if (more := [n for n in most if n >= people])}


def _table(head: str, found: dict[str, float], limits: Mapping[str, float]) -> str:
    lines = [f"| {head}, load {os.getloadavg()[0]:.1f} | measured | at most | |", "|---|---:|---:|---|"]
    return "\n".join([*lines, *(_row(name, value, limits.get(name)) for name, value in found.items())])


def _row(name: str, value: float, limit: float | None) -> str:
    if limit is None:
        return f"| {name} | {value:,.1f} | | |"
    return f"| {name} | {value:,.1f} | {limit:g} | {'met' if value <= limit else 'MISSED'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Many people moving a threshold at once.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--minutes", type=int, default=0, help="instead of seconds: to see whether memory is flat")
    parser.add_argument("--page", choices=tuple(SLIDERS), default="segments")
    parser.add_argument("--beside", choices=tuple(BESIDE), help="what happens while they move")
    options = parser.parse_args()
    if options.beside:
        found = measure_beside(options.rows, options.people, options.beside)
        print(_table(f"{options.people} people beside {options.beside}", found, LIMITS_BESIDE[options.beside]))
        return
    print(table(options.rows, options.people, 60 * options.minutes or options.seconds, options.page))


if __name__ == "__main__":
    main()
