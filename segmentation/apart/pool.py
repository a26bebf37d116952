"""A few processes apart, kept warm, that take turns at what many people ask.

POOL.do(read, source, name=…)        what a function makes, worked out apart
"""

from __future__ import annotations

import functools
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import Any, TypeVar

from segmentation import formats
from segmentation.apart.handing import Handed, Known, Upload, hand, pack, take
from segmentation.apart.worker import Limits, memory
from segmentation.problems import Problem

T = TypeVar("T")
Progress = Callable[[float, str], None]
WORKERS = max(1, min(2, (os.cpu_count() or 2)))
MEMORY = 1 << 30  # bytes that even the smallest file may take; what was brought may take so many times more:
TIMES = 10
MOST = 6 << 30  # bytes of memory for the largest of all
OUTPUT = 4 << 30  # bytes of what is made
SECONDS = 10  # of processor time to read even the smallest file; so many more for each MB, and the most for any work:
MORE, MOST_SECONDS = 3, 300
CLOCK = 60  # seconds on the clock to get going on a busy machine, beside four times those of processor time
NICE = 10  # whoever waits for a file lets those go first who move something
LOOK = 0.1  # seconds between two looks whether the work is to end
KEPT = 256 << 20  # bytes of memory of its own a process at rest may keep
GRACE = 2.0  # seconds a process has to end by itself


class _Process:
    """One process, and the line to it.

    reserved   bytes of memory it has room for that what draws keeps for good: no work left them behind
    """

    def __init__(self, nice: int) -> None:
        self.nice = nice
        self.start()

    def start(self) -> None:
        self.reserved = 0
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", "segmentation.apart.worker"]
            command += map(str, (theirs.fileno(), os.getpid(), self.nice))
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=_environment(), close_fds=True)
        self.other = Connection(ours.detach())

    def memory(self, what: str = "RssAnon") -> int:
        """Bytes it holds that nobody shares, or (VmData) has room for; 0 where the system does not say."""
        return memory(self.process.pid, what)

    def renew(self) -> None:
        """A fresh process in the place of this one."""
        self.end()
        self.start()

    def end(self) -> None:
        self.other.close()
        self.process.kill()
        self.process.wait()


def _environment() -> dict[str, str]:
    """No pool that reserves more memory than it uses, no threads beside; the package is found wherever we found it."""
    here = Path(__file__).resolve().parents[2]
    path = os.pathsep.join(filter(None, [str(here), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1"}


class Pool:
    """So many processes, started when the first thing is asked; further askers wait in the order they came.

    nice   how far they let others of this machine go first
    """

    def __init__(self, workers: int = WORKERS, nice: int = NICE) -> None:
        self.workers, self.nice = workers, nice
        self._idle: list[_Process] = []
        self._count = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()
        self._known = Known()

    def warm(self, least: int | None = None) -> None:
        """Start the processes, or at least so many, so that nobody waits for them."""
        with self._changed:
            while self._count < (self.workers if least is None else least):
                self._idle.append(_Process(self.nice))
                self._count += 1

    def do(self, job: Callable[..., T], *args: Any, progress: Progress | None = None, **more: Any) -> T:
        """What the function makes of its arguments, worked out apart. Raises what it raises as a Problem.

        progress   is told how far it is; what it raises ends the work. The function then takes `progress` too.
        """
        work = hand((functools.partial(job, **more), args), self._known.token)  # which may ask for something itself
        process = self._taken(progress)
        try:
            made = self._done(process, work, args, progress)
        except BaseException:
            self._give_back(process)
            raise
        self._give_back(process)
        return made

    def renew(self) -> None:
        """Put fresh processes in the place of those at rest that keep much memory."""
        with self._changed:
            for process in self._idle:
                if process.memory() > KEPT:
                    process.renew()

    # Who works

    def _taken(self, progress: Progress | None) -> _Process:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                while self._waiting[0] is not ticket or not (self._idle or self._count < self.workers):
                    self._changed.wait(LOOK)
                    if progress is not None and (before := self._waiting.index(ticket)):
                        progress(0.0, f"Waiting: {formats.plural(before, 'file is', 'files are')} before this one")
                if self._idle:
                    return self._idle.pop()
                self._count += 1
                return _Process(self.nice)
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _give_back(self, process: _Process) -> None:
        """The process to whoever waits; one that has ended makes room for another."""
        with self._changed:
            if process.process.poll() is None and not process.other.closed:
                self._idle.append(process)
            else:
                self._count -= 1
            self._changed.notify_all()

    # What is said

    def _done(self, process: _Process, work: Handed, args: tuple, progress: Progress | None) -> Any:
        brought = [self._known.value(token) for token in self._order(work)]
        paths = sum(one.stat().st_size for one in args if isinstance(one, Path))
        reading = any(isinstance(one, Upload) for one in brought)
        limits, size = _limits(sum(map(self._size, brought)) + _held(work) + paths, reading)
        left = process.memory("VmData") - process.reserved
        if left > max(KEPT, limits.memory // 2):  # by larger work: it would count as this work's
            process.renew()
        try:
            answer = self._asked(process, brought, work, limits, progress)
        except (EOFError, OSError):
            process.end()
            raise Problem(_too_large(limits, size)) from None
        if answer[0] == "made":
            process.reserved = answer[2]
            handed = Handed(**answer[1], file=os.fdopen(recv_handle(process.other), "rb"))
            made = take(handed, self._known.value)
            self._known.add(made, handed)
            return made
        raise _error(answer, limits, size)

    def _asked(
        self, process: _Process, brought: list[Any], work: Handed, limits: Limits, progress: Progress | None
    ) -> tuple[Any, ...]:
        """Ask, and hear the answer; what is said meanwhile goes to `progress`."""
        self._say(process, brought, work, limits, progress is not None)
        told, end = (0.0, "Starting"), time.monotonic() + CLOCK + 4 * limits.seconds
        while True:
            if process.other.poll(LOOK if progress else 1.0):
                answer = process.other.recv()
                if answer[0] == "ready":
                    continue
                if answer[0] != "progress":
                    return answer
                told = answer[1:]
            elif process.process.poll() is not None:
                raise EOFError
            if time.monotonic() > end:
                process.end()
                return ("too long",)
            if progress is not None:
                self._told(process, progress, told)

    def _told(self, process: _Process, progress: Progress, told: tuple[float, str]) -> None:
        try:
            progress(*told)
        except BaseException:
            _end_work(process)
            raise

    def _say(self, process: _Process, brought: list[Any], work: Handed, limits: Limits, tells: bool) -> None:
        process.other.send(("do", [self._packed(one) for one in brought], pack(work), limits, tells))
        for one in (*map(self._known.handed, brought), work):
            send_handle(process.other, one.file.fileno(), process.process.pid)

    def _packed(self, value: Any) -> dict[str, Any]:
        size = {"size": value.size} if isinstance(value, Upload) else {}
        return {**pack(self._known.handed(value)), **size}

    def _size(self, value: Any) -> int:
        return value.size if isinstance(value, Upload) else _held(self._known.handed(value))

    def _order(self, work: Handed) -> list[str]:
        """The tokens of all that is needed, each after those it needs itself."""
        found: dict[str, None] = {}

        def visit(token: str) -> None:
            if token not in found:
                for one in self._known.handed(self._known.value(token)).needs:
                    visit(one)
                found[token] = None

        for token in work.needs:
            visit(token)
        return list(found)


def _held(handed: Handed) -> int:
    """Bytes of what is large in it."""
    return sum(handed.spans[-1]) if handed.spans else 0


def _limits(size: int, reading: bool) -> tuple[Limits, int]:
    """What the work may take, by the size in bytes of what was brought, and that size.

    reading   a file that somebody brought is read: its size says how long that can take, of other work it does not
    """
    seconds = min(SECONDS + MORE * (size >> 20), MOST_SECONDS) if reading else MOST_SECONDS
    most = min(MEMORY + TIMES * size, MOST)
    return Limits(most, seconds, min(most, OUTPUT)), size


def _end_work(process: _Process) -> None:
    """Let the work end by itself; where it does not, end the process."""
    with suppress(OSError, EOFError):
        process.other.send(("end",))
        end = time.monotonic() + GRACE
        while time.monotonic() < end:
            said = process.other.recv()[0] if process.other.poll(LOOK) else "progress"
            if said == "made":
                os.close(recv_handle(process.other))
            if said not in ("progress", "ready"):
                return
    process.end()


def _error(answer: tuple[Any, ...], limits: Limits, size: int) -> Exception:
    if answer[0] == "problem":
        return pickle.loads(answer[1])
    if answer[0] == "too large":
        return Problem(_too_large(limits, size))
    if answer[0] == "too long":
        return Problem(
            f"This takes longer than {formats.plural(limits.seconds, 'second')} of this server's time, which is the limit: "
            "choose a smaller file, or run it on your own machine."
        )
    return RuntimeError(answer[1])


def _too_large(limits: Limits, size: int) -> str:
    of = f" of {max(size >> 20, 1)} MB" if size else ""
    return (
        f"What was brought{of} is too large for this server: it needs more than {limits.memory >> 20} MB of memory, which "
        "is the limit. Choose a smaller part of it, or run it on your own machine."
    )


POOL = Pool()
