"""Things a process apart is asked to do in the tests."""

import os
import resource
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pyarrow as pa

from segmentation import Customers, Problem, read
from segmentation.apart.worker import memory
from segmentation.audit import audit
from segmentation.columns.match import match
from segmentation.reading.read import front
from segmentation.report import engine


def double(value):
    return value * 2


def itself(value):
    return value


def refuse() -> None:
    raise Problem("Nothing can be done with this: choose another.")


def break_off() -> None:
    raise ValueError("a defect of ours")


def die() -> None:
    os._exit(9)


def fill() -> int:
    held = []
    while True:
        held.append(np.ones(1 << 24))


def fill_with_arrow() -> int:
    held = []
    while True:
        held.append(pa.array(np.ones(1 << 24)).cast(pa.string()))


KEPT: list[bytes] = []


def leave_behind(megabytes: int) -> int:
    """Memory in pieces so small that none of it can be given back, though little of it is used; the process that has it."""
    held = [bytes(400) for _ in range(megabytes * 2_500)]
    KEPT.extend(held[::1_000])
    return os.getpid()


def draw() -> int:
    """A picture; the process that drew it."""
    assert engine.to_svg('{"data": {"values": [{}]}, "mark": "point"}').startswith("<svg")
    return os.getpid()


def room() -> int:
    """Bytes of memory this process may take beside what it has."""
    return allowed() - memory(os.getpid(), "VmData")


def allowed() -> int:
    """Bytes of memory of its own this process may have."""
    return resource.getrlimit(resource.RLIMIT_DATA)[0]


def work_long() -> None:
    while True:
        sum(range(100_000))


def count(progress: Callable[[float, str], None]) -> int:
    """Say so often how far it is, until told to end."""
    for step in range(10_000):
        progress(step / 10_000, f"step {step}")
        time.sleep(0.01)
    return 10_000


def wait(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def tell(progress: Callable[[float, str], None]) -> None:
    progress(0.5, "half")


def deaf(progress: Callable[[float, str], None]) -> None:
    """Work without ever saying how far it is."""
    work_long()


def everything(source, name: str) -> tuple[int, int]:
    """All that a page works out of a file: rows and columns; Problem where it cannot be read."""
    table = read(source, name=name)
    front(source, table.report)
    found = audit(table) if match(table) else []
    assert all(isinstance(one.sentence, str) for one in found)
    with suppress(Problem):
        Customers.build(table)
    return table.data.num_rows, table.data.num_columns
