"""What visitors held is given back once they have left."""

import asyncio
import sys

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


async def _visits(server: Server) -> list[float]:
    held = []
    for number in range(ROUNDS):
        await _visit(server, number)
        held.append(await _left(server))
    return held


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_memory_does_not_grow_from_one_visitor_to_the_next():
    with running(APP, disconnectedSessionTTL=1) as server:
        held = asyncio.run(_visits(server))
    assert held[-1] <= 1.1 * held[2], held
