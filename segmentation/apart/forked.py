"""A process that goes on from here beside this one, with all that is imported here: it starts in milliseconds.

For the shell, which is asked for one thing by one person; what many people ask is held to limits (`pool.py`).
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from typing import Any, NoReturn, TypeVar

from segmentation.apart.handing import Handed, hand, pack, take

T = TypeVar("T")
WITH_PARENT = 1  # as Linux numbers it: the signal that comes when the process that started this one ends


def possible() -> bool:
    """Whether this process can go on as two: nothing runs in it that only one of them would have."""
    return sys.platform == "linux" and threading.active_count() == 1 and "vl_convert" not in sys.modules


class Forked:
    """The other process, from now on; it ends when this one does. It does one thing after another, as a `Pool` of one."""

    def __init__(self) -> None:
        (ours, theirs), asking = socket.socketpair(), os.getpid()
        gc.freeze()  # what is here already stays shared, and is here for good: nobody need look through it again
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads that NumPy has and starts anew by itself
            self.process = os.fork()
        if not self.process:
            ours.close()
            _serve(Connection(theirs.detach()), asking)
        theirs.close()
        self.other, self._turn = Connection(ours.detach()), threading.Lock()

    def do(self, job: Callable[..., T], *args: Any) -> T:
        """What the function makes of its arguments, worked out there. RuntimeError where it cannot be made, or it has ended."""
        return self.later(job, *args).result()

    def later(self, job: Callable[..., T], *args: Any) -> Future[T]:
        """The same, and nobody waits. What it is made of is handed over now: it may be gone on with here at once."""
        try:
            return meanwhile(self._done, hand((job, args), _nobody_has))
        except Exception as error:  # what cannot be handed over
            return meanwhile(_refuse, f"{type(error).__name__}: {error}")

    def _done(self, work: Handed) -> Any:
        with self._turn:
            try:
                self.other.send(pack(work))
                send_handle(self.other, work.file.fileno(), self.process)
                made, answer = self.other.recv()
            except (EOFError, OSError):
                raise RuntimeError("What worked beside this process has ended.") from None
        return pickle.loads(answer) if made else _refuse(answer)


def meanwhile(do: Callable[..., T], *args: Any) -> Future[T]:
    """What a function makes, in a thread nobody has to wait for."""
    made: Future[T] = Future()

    def work() -> None:
        try:
            made.set_result(do(*args))
        except BaseException as error:
            made.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return made


def _refuse(why: str) -> NoReturn:
    raise RuntimeError(why)


def _nobody_has(value: Any) -> None:
    """Every object is handed over itself."""


def _serve(other: Connection, asking: int) -> NoReturn:
    """Do what is asked for as long as there is who asks; never go on with what this process was about to do."""
    with suppress(BaseException):
        _alone()
        gc.disable()  # it does a thing or two, and ends: looking for what is in circles takes a tenth of the time
        ctypes.CDLL(None).prctl(WITH_PARENT, signal.SIGKILL)
        while os.getppid() == asking:
            work = other.recv()
            other.send(_answer(Handed(**work, file=os.fdopen(recv_handle(other), "rb"))))
    os._exit(0)


def _alone() -> None:
    """Nothing is said from here, and nobody who reads what the other says waits for this process."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def _answer(work: Handed) -> tuple[bool, Any]:
    """Whether it was made, and that packed; else why not."""
    try:
        job, args = take(work, str)
        return True, pickle.dumps(job(*args), 5)
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"
