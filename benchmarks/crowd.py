"""Many people at once: each moves a line once a second on the same million customers.

    python -m benchmarks.crowd [--rows 1000000] [--people 30] [--seconds 60 | --minutes 10] [--page portfolio]

The line is ABC's threshold on the Segments page, or the line of profit on the Portfolio page.

Everybody is a websocket client that says what a browser would say. An answer is timed from the moment the move was
due until the script has finished, so that a server that falls behind cannot hide it. Memory is the server's resident
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
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.server import APP, Server, running, write_customers

SLIDERS = {"segments": "abc_classes.a", "portfolio": "portfolio.profit"}
RERUN = ForwardMsg.FINISHED_EARLY_FOR_RERUN  # the answer goes on
WARM_UP = 30  # most seconds the first person moves alone
LIMITS = {"median, ms": 60.0, "p95, ms": 250.0, "errors": 0.0, "MB per further person": 2.0}


@dataclass
class Person:
    """One visitor of a page: where the slider is, its stops if it has such, and what went wrong."""

    number: int
    stream: ClientConnection
    page: str = "segments"
    stops: list[str] = field(default_factory=list)
    request: BackMsg = field(default_factory=BackMsg)
    moves: int = 0
    errors: int = 0

    async def come(self) -> None:
        """Open the page and find the slider on it."""
        self.request.rerun_script.page_name = self.page
        await self.ask()
        if not self.request.rerun_script.fragment_id:
            raise RuntimeError(f"the page shows no slider {SLIDERS[self.page]}")

    async def move(self) -> None:
        """Release the slider somewhere else."""
        self.moves += 1
        state = self.request.rerun_script.widget_states.widgets[0]
        place = 7 * self.moves + 3 * self.number
        if self.stops:
            state.string_array_value.data[:] = [self.stops[place % len(self.stops)]]
        else:
            state.double_array_value.data[:] = [60 + place % 30, 95]
        await self.ask()

    async def ask(self) -> None:
        """Send the request and take the answer to its end; anything but an answer without errors is counted."""
        await self.stream.send(self.request.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "script_finished" or answer.script_finished == RERUN:
            answer.ParseFromString(await asyncio.wait_for(self.stream.recv(), 60))
            self._take(answer)
        done = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        self.errors += answer.script_finished not in done

    def _take(self, answer: ForwardMsg) -> None:
        run = self.request.rerun_script
        if answer.HasField("navigation"):
            run.page_script_hash = answer.navigation.page_script_hash
        element = answer.delta.new_element
        self.errors += element.WhichOneof("type") in ("exception", "alert")
        if element.HasField("slider") and element.slider.id.endswith(SLIDERS[self.page]) and not run.fragment_id:
            self.stops = list(element.slider.options)
            run.fragment_id = answer.delta.fragment_id
            run.widget_states.widgets.add(id=element.slider.id)


@dataclass
class Crowd:
    """What was seen: milliseconds of each answer, and the server's memory in MB, second by second."""

    people: int
    answers: list[float] = field(default_factory=list)
    errors: int = 0
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
    address = f"ws://localhost:{server.port}/_stcore/stream"
    streams = [await _connect(address) for _ in range(people)]
    crowd = [Person(number, stream, page) for number, stream in enumerate(streams)]
    start = time.perf_counter()
    await crowd[0].come()
    seen.first = time.perf_counter() - start
    await _moves(crowd[0], 0, min(seconds, WARM_UP))
    seen.alone = server.memory()
    for person in crowd[1:]:
        await person.come()
    busy = server.busy()
    async with asyncio.TaskGroup() as group:
        group.create_task(_watch(server, seconds, seen))
        turns = [group.create_task(_moves(person, person.number / people, seconds)) for person in crowd]
    seen.busy = server.busy() - busy
    seen.answers = [answer for turn in turns for answer in turn.result()]
    seen.errors = sum(person.errors for person in crowd)
    await asyncio.gather(*(stream.close() for stream in streams))
    return seen


async def _connect(address: str) -> ClientConnection:
    return await connect(address, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]


async def _moves(person: Person, phase: float, seconds: int) -> list[float]:
    """A move a second; milliseconds from when each was due to its answer."""
    loop, took = asyncio.get_running_loop(), []
    start = loop.time() + phase
    for due in (start + second for second in range(seconds)):
        await asyncio.sleep(max(0.0, due - loop.time()))
        await person.move()
        took.append(1000 * (loop.time() - due))
    return took


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


def table(rows: int, people: int, seconds: int, page: str) -> str:
    """The numbers as a Markdown table, with the verdict where there is a limit."""
    found = measure(rows, people, seconds, page)
    head = f"{people} people, {page}, {rows:,} customers, {seconds} s, load {os.getloadavg()[0]:.1f}"
    lines = [f"| {head} | measured | at most | |", "|---|---:|---:|---|"]
    return "\n".join([*lines, *(_row(name, value, LIMITS.get(name)) for name, value in found.items())])


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
    parser.add_argument("--page", choices=SLIDERS, default="segments")
    options = parser.parse_args()
    print(table(options.rows, options.people, 60 * options.minutes or options.seconds, options.page))


if __name__ == "__main__":
    main()
