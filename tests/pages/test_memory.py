"""What visitors held is given back once they have left."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.person import Person
from benchmarks.server import APP, Server, running

ROUNDS, ROWS = 10, 300_000
SETTLED = 12  # seconds within which the memory of somebody who left is free


def _file(number: int) -> bytes:
    """Sales that nobody had before, so that nothing can be shared."""
    return b"customer,date,amount\n" + b"".join(
        b"c%d,2026-%02d-%02d,%d.%02d\n" % (i * 7919 % 60_000, i % 12 + 1, i % 28 + 1, i % 900 + number, i % 100)
        for i in range(ROWS)
    )


async def _visit(server: Server, number: int) -> None:
    """Bring a file, look at every page, and leave."""
    person = await Person.arrive(server.port)
    await person.bring(_file(number), "sales.csv")
    for page in ("segments", "portfolio"):
        await person.open(page)
    await person.leave()
    assert not person.errors


async def _left(server: Server) -> float:
    """MB once memory does not fall any more."""
    held = [server.memory_of_all()]
    for _ in range(SETTLED):
        await asyncio.sleep(1)
        held.append(server.memory_of_all())
        if len(held) > 4 and max(held[-3:]) - min(held[-3:]) < 1:
            break
    return min(held)


async def _visits(server: Server) -> tuple[float, float]:
    """MB after the third visitor, when what all share is there, and after the last."""
    held = {}
    for number in range(ROUNDS):
        await _visit(server, number)
        if number in (2, ROUNDS - 1):
            held[number] = await _left(server)
    return held[2], held[ROUNDS - 1]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_memory_does_not_grow_from_one_visitor_to_the_next():
    # in a thread of its own: a browser test may have left a loop running in this one
    with running(APP, disconnectedSessionTTL=1) as server, ThreadPoolExecutor(1) as apart:
        early, late = apart.submit(asyncio.run, _visits(server)).result()
    assert late <= 1.1 * early, (early, late)
