"""What others in the room feel while a file is worked on apart: processor time, memory, and how long they are held up."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from segmentation import Customers, Problem, read
from segmentation.apart.handing import Upload
from segmentation.apart.pool import Pool
from segmentation.audit import audit
from segmentation.columns.match import match
from segmentation.reading.read import front

TICK = 0.005  # seconds between two ticks
SECONDS, MEMORY, LONGEST = 12, 1500, 0.1  # of processor time (ten, and to end), MB, and seconds held up, at most
HZ = os.sysconf("SC_CLK_TCK")


@dataclass
class Felt:
    """How some work ended ("table" or a sentence), and what it took.

    reading, seconds   of processor time, of all processes: to read the file, and in all
    memory             MB at most, of the processes apart and what they hand over
    held               seconds this process let nobody else do anything, at the longest
    """

    ended: str = ""
    reading: float = 0
    seconds: float = 0
    memory: float = 0
    held: float = 0


def work_on(pool: Pool, name: str, content: bytes) -> Felt:
    """What the app works out of a file that is dropped, as the app does it."""
    felt = Felt()
    start = _used()
    with _watched(felt):
        try:
            table = pool.do(read, upload := Upload.of(content), name=name, progress=lambda share, doing: None)
            felt.reading = _used() - start
            pool.do(front, upload, table.report)
            if pool.do(match, table):
                pool.do(audit, table)
            with suppress(Problem):
                pool.do(Customers.build, table)
            felt.ended = "table"
        except Problem as problem:
            felt.ended = str(problem)
    felt.seconds = _used() - start
    felt.reading = felt.reading or felt.seconds
    return felt


@contextmanager
def _watched(felt: Felt) -> Iterator[None]:
    over = threading.Event()
    before = _memory()

    def look() -> None:
        while not over.wait(0.02):
            felt.memory = max(felt.memory, (_memory() - before) / 1e6)

    watchers = [threading.Thread(target=look), threading.Thread(target=_tick, args=(over, felt))]
    for one in watchers:
        one.start()
    try:
        yield
    finally:
        over.set()
        for one in watchers:
            one.join()


def _tick(over: threading.Event, felt: Felt) -> None:
    """The longest gap between two ticks, as far as this process was at work in it: a busy machine is not its fault."""
    clock, busy = time.perf_counter(), time.process_time()
    while not over.is_set():
        time.sleep(TICK)
        now, used = time.perf_counter(), time.process_time()
        felt.held = max(felt.held, min(now - clock, used - busy))
        clock, busy = now, used


def held(do: Callable[[], Any]) -> float:
    """Seconds this process let nobody else do anything while it did that, at the longest."""
    felt, over = Felt(), threading.Event()
    ticking = threading.Thread(target=_tick, args=(over, felt))
    ticking.start()
    do()
    over.set()
    ticking.join()
    return felt.held


def _started(pid: int) -> list[int]:
    """The processes that a process started, and those they started."""
    found: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                found += [child, *_started(child)]
    return found


def _memory() -> int:
    """Bytes nobody else holds, of the processes apart, and what they share with this one."""
    total = 0
    for pid in _started(os.getpid()):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("RssAnon", "RssShmem")))
    return total


def _used() -> float:
    """Seconds of processor time so far: of this process, of those apart, and of those that have ended."""
    total = sum(os.times()[:4])
    for pid in _started(os.getpid()):
        with suppress(OSError):
            total += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15])) / HZ
    return total
