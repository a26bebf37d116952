"""What the server works for an answer to a moved line, beside the least there is: a slider with one component.

    python -m benchmarks.floor [--rows 1000000] [--moves 200] [--page segments]

Both servers are asked in turn, a move each, so that a slow minute of the machine hits both alike; milliseconds of the
processor. A quarter of the moves took less than what is said: what others do on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.person import SLIDERS, Person
from benchmarks.server import APP, Server, running, write_customers

BARE = Path(__file__).with_name("bare_page.py")
LIMIT = 2.5  # times the bare page
WARM_UP = 20
AFTER = 0.005  # seconds in which a server ends what an answer began


async def compared(servers: dict[str, Server], pages: dict[str, str], moves: int) -> dict[str, float]:
    """Milliseconds an answer takes on each of the servers, asked in turn."""
    people = {name: await Person.arrive(server.port, page=pages[name]) for name, server in servers.items()}
    for person in people.values():
        await person.come()
    took: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(WARM_UP + moves):
        for name, person in people.items():
            before = servers[name].busy()
            await person.move()
            await asyncio.sleep(AFTER)
            took[name].append(1000 * (servers[name].busy() - before))
    await asyncio.gather(*(person.leave() for person in people.values()))
    return {name: statistics.quantiles(each[WARM_UP:])[0] for name, each in took.items()}


def table(rows: int, moves: int, page: str) -> str:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file = Path(folder) / "customers.parquet"
        write_customers(file, rows)
        servers = {"ours": stack.enter_context(running(APP, file)), "bare": stack.enter_context(running(BARE))}
        found = asyncio.run(compared(servers, {"ours": page, "bare": "segments"}, moves))
    ratio = found["ours"] / found["bare"]
    lines = [
        f"| an answer, {page}, {rows:,} customers, quarter of {moves}, load {os.getloadavg()[0]:.1f} | ms of processor | |",
        "|---|---:|---|",
        *(f"| {name} | {took:.1f} | |" for name, took in found.items()),
        f"| ratio | {ratio:.2f} × | {'met' if ratio <= LIMIT else 'MISSED'}: at most {LIMIT:g} |",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="An answer's work, beside that of a bare slider.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--moves", type=int, default=200)
    parser.add_argument("--page", choices=[page for page, slider in SLIDERS.items() if slider], default="segments")
    options = parser.parse_args()
    print(table(options.rows, options.moves, options.page))


if __name__ == "__main__":
    main()
