"""A process that does what it is asked, one thing after another, within limits: python -m segmentation.apart.worker FD

It tells how far it is, and gives back what was made in memory both can see (`handing.py`), or one sentence why not.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import signal
import sys
import traceback
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import Any, NamedTuple

from segmentation.apart.handing import Handed, Known, Upload, hand, pack, take
from segmentation.problems import Problem

HELD = 12  # objects kept mapped for whoever asks about them again
PRELOADED = ("segmentation", "pyarrow.csv", "pyarrow.compute")


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
    for name in PRELOADED:
        importlib.import_module(name)
    other = Connection(int(sys.argv[1]))
    worker = Worker(other, int(sys.argv[2]))
    other.send(("ready",))
    while True:
        try:
            message = other.recv()
        except (EOFError, OSError):
            return
        if message[0] == "do":
            worker.do(*message[1:])


def _too_long(*_: Any) -> None:
    raise TooLong


class Worker:
    """What this process keeps between two things it does."""

    def __init__(self, other: Connection, asking: int) -> None:
        self.other, self.asking = other, asking
        self.known = Known()
        self.held: OrderedDict[str, Any] = OrderedDict()

    def do(self, brought: list[dict[str, Any]], work: dict[str, Any], limits: Limits, tells: bool) -> None:
        """Do one thing, and answer."""
        for one in (*brought, work):
            one["file"] = os.fdopen(recv_handle(self.other), "rb")
        try:
            _hold_to(limits)
            for one in brought:
                self._keep(one)
            job, args = take(Handed(**work), self._found)
            made = job(*args, **({"progress": self._tell} if tells else {}))
            handed = hand(made, self.known.token)
            answer: tuple[Any, ...] = ("made", pack(handed))
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
        _free()
        self.other.send(answer)
        if answer[0] == "made":
            send_handle(self.other, handed.file.fileno(), self.asking)
            self._remember(handed, made)

    def _keep(self, one: dict[str, Any]) -> None:
        upload = one.pop("upload", None)
        handed = Handed(**one)
        value = take(handed, self._found) if upload is None else Upload(handed.file, upload)
        self._remember(handed, value)

    def _remember(self, handed: Handed, value: Any) -> None:
        """Keep an object that may be asked about again; the one asked about longest ago goes."""
        self.known.add(value, handed)
        self.held[handed.token] = value
        while len(self.held) > HELD:
            self.held.popitem(last=False)

    def _found(self, token: str) -> Any:
        self.held.move_to_end(token)
        return self.held[token]

    def _tell(self, share: float, doing: str) -> None:
        """Say how far the work is, and end it where that is wanted."""
        if self.other.poll():
            self.other.recv()
            raise Ended
        self.other.send(("progress", share, doing))


def _hold_to(limits: Limits) -> None:
    """Memory, processor time and size of files from here on, where the system can hold a process to them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.seconds
    for what, most in (
        (getattr(resource, "RLIMIT_DATA", None), _data() + limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_CORE, 0),
    ):
        if what is not None:
            hard = resource.getrlimit(what)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(what, (most, hard))
            except (ValueError, OSError):  # macOS refuses some of them
                continue


def _data() -> int:
    """Bytes of memory this process has of its own already."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(lines["VmData"].split()[0]) << 10
    except (OSError, KeyError):
        return 0


def _free() -> None:
    """Give back what was worked with."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


Job = Callable[..., Any]

if __name__ == "__main__":
    main()
