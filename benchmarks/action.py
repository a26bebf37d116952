"""From segments to action, with a million customers in 21 segments: pages, levers, the mix of products, the action pack.

    python -m benchmarks.action [--rows 1000000] [--lines 10000000] [--runs 9]

A websocket client says what a browser would say: it brings settings whose edge between segments stood nowhere before, opens
each page, and moves a lever. An answer goes from the request to the end of the page's script. Beside the clock stand
milliseconds of the server's processor, which say more where others use the machine too.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.moves import customers
from benchmarks.person import Person
from benchmarks.server import APP, LAST_DAY, Server, running
from pages.app.link import written
from segmentation import METHODS, Customers, Study
from segmentation.analysis.action.recipients import Action, Plan, action
from segmentation.analysis.portraits import mix
from segmentation.report.pack import pack
from segmentation.table import Report, Table, listed

WARM_UP = 2
SHOWN = {
    "Playbook, with the card": "",
    **{f"Money, {part}": part for part in ("Two segments", "One segment", "What if?")},
}
LEVERS = ("price", "serve", "let_go")  # a price is one sum; letting go looks for the least profitable customers
LIMITS = {"page": 150.0, "lever": 25.0, "mix, first": 2000.0, "mix, then": 100.0, "pack": 3000.0}  # ms
PACKS = {"everybody": [], "Mailchimp": ["mailchimp"], "Google Customer Match, hashed": ["google_customer_match"]}
PRODUCTS = 2_000
Took = tuple[float, float]  # milliseconds by the clock and of the processor


def study(turn: int) -> Study:
    """ABC by region; A ends elsewhere at each turn."""
    made = Study()
    made.choose("cross")
    region = {"method": "attribute", "column": "region", "others": 0.06}
    made.set(first={"method": "abc_classes", "a": 0.60 + 0.002 * turn}, second=region)
    return made


@dataclass
class Marketer(Person):
    """Somebody who opens pages under settings of a link, and moves what stands on them."""

    there: dict[str, tuple[str, str]] = field(default_factory=dict)  # end of a widget's id → its id, its fragment

    async def follow(self, settings: Study, page: str = "segments") -> None:
        """See a page under other settings, by a link."""
        self.page, self.request = page, BackMsg()
        run = self.request.rerun_script
        run.page_name, run.query_string = self.page, f"settings={written(settings)}"
        await self.ask()

    async def enter(self, page: str, part: str) -> None:
        """Open a page at one of its parts."""
        self.page, self.request = page, BackMsg()
        run = self.request.rerun_script
        run.page_name = page
        if part and "money part" in self.there:
            run.widget_states.widgets.add(id=self.there["money part"][0]).string_array_value.data[:] = [part]
        await self.ask()

    async def put(self, key: str, value: float | str) -> None:
        """Release a slider somewhere, or choose one of several; its fragment answers."""
        told, fragment = self.there[key]
        run = self.request.rerun_script
        run.fragment_id = fragment
        del run.widget_states.widgets[:]
        state = run.widget_states.widgets.add(id=told)
        if isinstance(value, str):
            state.string_array_value.data[:] = [value]
        else:
            state.double_array_value.data[:] = [value]
        await self.ask()

    def _take(self, answer: ForwardMsg) -> None:
        super()._take(answer)
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind and (told := getattr(getattr(element, kind), "id", "")):
            self.there[told.rpartition("-")[2]] = (told, answer.delta.fragment_id)


async def visit(server: Server, runs: int) -> dict[str, list[Took]]:
    """Each page and part under new segments, and each lever."""
    one, turns = await Marketer.arrive(server.port), iter(range(10_000))
    took: dict[str, list[Took]] = {}
    await one.open("money")
    for _ in range(runs + WARM_UP):
        for page, part in SHOWN.items():
            await one.follow(study(next(turns)))
            _note(took, page, await timed_by(server, one.enter(page.partition(",")[0].lower(), part)))
        for lever in LEVERS:
            value = 1.0 + next(turns) % 9
            _note(took, f"lever {lever}", await timed_by(server, one.put(f"what.{lever}", value)))
    if one.errors:
        raise RuntimeError("an answer had errors")
    await one.leave()
    return {what: each[WARM_UP:] for what, each in took.items()}


def _note(took: dict[str, list[Took]], what: str, one: Took) -> None:
    took.setdefault(what, []).append(one)


async def timed_by(server: Server, doing: Awaitable[None]) -> Took:
    """Milliseconds until something is done, by the clock and of the server's processor."""
    busy, start = server.busy(), time.perf_counter()
    await doing
    return 1000 * (time.perf_counter() - start), 1000 * (server.busy() - busy)


def timed(do: Callable[[], object]) -> Took:
    clock, busy = time.perf_counter(), time.process_time()
    do()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - busy)


def base(rows: int) -> pd.DataFrame:
    """Customers of `moves`, with what serving them costs and what they are reached by."""
    frame, n, draw = customers(rows).frame, np.arange(rows), np.random.default_rng(11)
    return frame.assign(
        cost_to_serve=draw.gamma(2, 5, rows).round(2),
        email=pd.Series(np.char.mod("ann.%07d@example.com", n), frame.index, dtype="str"),
        phone=pd.Series(np.char.mod("+49170%07d", n), frame.index, dtype="str"),
        first_name=pd.Series(np.array(["Anna", "Ben", "Élise", "Hans", "Jörg"])[n % 5], frame.index, dtype="str"),
        last_name=pd.Series(np.char.mod("Name%d", n * 7919 % 5000), frame.index, dtype="str"),
    )


def pages(frame: pd.DataFrame, runs: int) -> dict[str, list[Took]]:
    """A fresh server with a fresh file, and one visitor."""
    last_order = LAST_DAY - pd.to_timedelta(frame["recency_days"], unit="D")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.parquet"
        frame.assign(last_order=last_order.astype("datetime64[s]")).to_parquet(file)
        with running(APP, file) as server:
            return asyncio.run(visit(server, runs))


def packs(frame: pd.DataFrame, runs: int) -> dict[str, list[Took]]:
    """The action pack of everybody, once it is known whom to write to."""
    made = action(METHODS["abc_classes"](Customers(frame)), Plan())
    took: dict[str, list[Took]] = {}
    for _ in range(runs):
        for name, tools in PACKS.items():
            _note(took, f"pack, {name}", timed(partial(_packed, made, tools)))
    return took


def _packed(made: Action, tools: list[str]) -> None:
    pack(made, tools, personal=True).close()


def mixes(lines: int, runs: int) -> dict[str, list[Took]]:
    """The mix of products by segment from sale lines, the first time, and then by other segments."""
    people = Customers.build(sales(lines))
    took: dict[str, list[Took]] = {}
    for turn in range(runs + 1):
        made = METHODS["abc_classes"](people, a=0.60 + 0.01 * turn)
        made.codes  # noqa: B018  worked out when it is asked for
        what = "mix, then" if turn else "mix, first"
        _note(took, what, timed(partial(mix.mix, made, "product")))
    return took


def sales(lines: int) -> Table:
    """Sale lines of a tenth as many customers, drawn from a seed."""
    draw = np.random.default_rng(5)
    who = pa.array(np.char.mod("k%07d", np.arange(lines // 10)))
    names = pa.array([f"Product {n}" for n in range(PRODUCTS)])
    product = np.minimum(draw.geometric(0.005, lines), PRODUCTS) - 1
    days = np.datetime64("2024-07-01") + draw.integers(0, 730, lines)
    held = {
        "customer": who.take(pa.array(draw.integers(0, len(who), lines))),
        "date": pa.array(days),
        "product": names.take(pa.array(product)),
        "amount": pa.array(draw.lognormal(3, 1, lines).round(2)),
    }
    report = Report(lines, lines, None, None, None, {}, None, 1, (), ())
    return Table("sales.parquet", pa.table(held), report, listed([]))


def table(rows: int, lines: int, runs: int) -> Iterator[str]:
    head = f"{rows:,} customers, 21 segments; {lines:,} lines; median of {runs}, load {os.getloadavg()[0]:.1f}"
    yield f"| {head} | ms | ms of processor | processor ÷ limit | |"
    yield "|---|---:|---:|---:|---|"
    frame = base(rows)
    for take in (partial(pages, frame, runs), partial(packs, frame, max(runs // 3, 1)), partial(mixes, lines, runs)):
        for what, each in take().items():
            yield _row(what, each)


def _row(what: str, each: list[Took]) -> str:
    clock = statistics.median(one for one, _ in each)
    busy = statistics.mean(one for _, one in each)  # it is counted in hundredths of a second
    limit = next((most for name, most in LIMITS.items() if what.startswith(name)), LIMITS["page"])
    said = f"{'met' if busy <= limit else 'MISSED'}: at most {limit:g}"
    return f"| {what} | {clock:,.0f} | {busy:,.0f} | {busy / limit:.2f} × | {said} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="From segments to action.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    for row in table(options.rows, options.lines, options.runs):
        print(row, flush=True)


if __name__ == "__main__":
    main()
