"""A process that does what it is asked, one thing after another, within limits: python -m segmentation.apart.worker FD ASKING NICE

It tells how far it is, and gives back what was made in memory both can see (`handing.py`), or one sentence why not.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import Any, NamedTuple

from segmentation.apart.handing import Handed, Known, Upload, hand, pack, take
from segmentation.problems import Problem
from segmentation.reading.limits import hold, hold_to

ANY = 1 << 60  # bytes: more than there are
PRELOADED = ("segmentation.joining.join", "segmentation.customers.build", "pyarrow.csv", "pyarrow.compute")


class Limits(NamedTuple):
    """What one thing to do may take: bytes of memory, seconds of processor time, bytes of what is made."""

    memory: int
    seconds: int
    output: int


class Ended(Exception):
    """Whoever asked wants the work to end."""


class TooLong(Exception):
    """The processor time is used up."""


def main() -> None:
    """Serve until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we end
    signal.signal(signal.SIGXCPU, _too_long)
    threading.Thread(target=_end_with, args=(int(sys.argv[2]),), daemon=True).start()
    if hasattr(os, "nice"):  # not on Windows
        os.nice(int(sys.argv[3]))
    for name in PRELOADED:
        importlib.import_module(name)
    other = Connection(int(sys.argv[1]))
    worker = Worker(other, int(sys.argv[2]))
    Worker.bare = memory(os.getpid(), "VmData")
    other.send(("ready",))
    while True:
        try:
            message = other.recv()
        except (EOFError, OSError):
            return
        if message[0] == "do":
            worker.do(*message[1:])
            give_back()


def _end_with(asking: int) -> None:
    """End when whoever asked has ended, in the middle of work too: nobody wants it any more."""
    while os.getppid() == asking:
        time.sleep(1)
    os._exit(0)


def _too_long(*_: Any) -> None:
    if Worker.busy:  # the signal comes again each second, also when what took so long is over
        raise TooLong


class Worker:
    """What this process does for whoever asks; nothing is kept between two things."""

    busy = False
    bare = 0  # bytes of memory it has room for before it does anything: what is left of one thing counts for the next
    reserved = 0  # bytes of them that what draws has reserved

    def __init__(self, other: Connection, asking: int) -> None:
        self.other, self.asking, self.memory = other, asking, 0

    def do(self, brought: list[dict[str, Any]], work: dict[str, Any], limits: Limits, tells: bool) -> None:
        """Do one thing, and answer."""
        for one in (*brought, work):
            one["file"] = os.fdopen(recv_handle(self.other), "rb")
        handed: Handed | None = None
        try:
            hold_to(limits.seconds, RLIMIT_DATA=Worker.bare + limits.memory, RLIMIT_FSIZE=limits.output)
            self.memory = limits.memory
            Worker.busy = True
            handed = self._made(brought, work, tells)
            answer: tuple[Any, ...] = ("made", pack(handed), Worker.reserved)
        except Ended:
            answer = ("ended",)
        except Problem as problem:
            answer = ("problem", pickle.dumps(problem))
        except (MemoryError, OSError) as error:
            answer = ("too large", f"{type(error).__name__}: {error}")
        except TooLong:
            answer = ("too long",)
        except BaseException:
            answer = ("failed", traceback.format_exc())
        Worker.busy = False
        self.other.send(answer)
        if handed is not None:
            send_handle(self.other, handed.file.fileno(), self.asking)

    def _made(self, brought: list[dict[str, Any]], work: dict[str, Any], tells: bool) -> Handed:
        """What the job makes, as it can be handed on; objects that were brought stand in it by their tokens."""
        known = Known()
        held: dict[str, Any] = {}
        for one in brought:
            size = one.pop("size", None)
            handed = Handed(**one)
            held[handed.token] = take(handed, held.__getitem__) if size is None else Upload(handed.file, size)
            known.add(held[handed.token], handed)
        job, args = take(Handed(**work), held.__getitem__)
        self._let_draw()
        return hand(job(*args, **({"progress": self._tell} if tells else {})), known.token)

    def _let_draw(self) -> None:
        """What draws may begin beside the limits; nothing draws before the module of the job is imported."""
        if "segmentation.report" in sys.modules:
            from segmentation.report import engine

            engine.around = self._reserving

    @contextmanager
    def _reserving(self) -> Iterator[None]:
        """Room that is reserved meanwhile is no work's: it neither takes from what this may have nor is left by it."""
        before = memory(os.getpid(), "VmData")
        hold(RLIMIT_DATA=ANY)
        yield
        reserved = memory(os.getpid(), "VmData") - before
        Worker.bare, Worker.reserved = Worker.bare + reserved, Worker.reserved + reserved
        hold(RLIMIT_DATA=Worker.bare + self.memory)

    def _tell(self, share: float, doing: str) -> None:
        """Say how far the work is, and end it where that is wanted."""
        if self.other.poll():
            self.other.recv()
            raise Ended
        self.other.send(("progress", share, doing))


def memory(pid: int, what: str) -> int:
    """Bytes of memory of a kind that a process has, as the system calls it; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(f"{what}:"))


def give_back() -> None:
    """To the system, what is free in this process."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


if __name__ == "__main__":
    main()
