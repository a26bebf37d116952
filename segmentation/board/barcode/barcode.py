"""Purchases of some customers as strips by segment, with the lines that cut silence through all of them.

The lines are those of the picture the method opens on: moved here they move there too. "moved" tells as that one does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.axes import months_of
from segmentation.analysis.thresholds.strips import Strips, silence_of, strips
from segmentation.board import card
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT
from segmentation.charts.barcode import barcode as barcode_chart
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

TITLE = "Purchases, customer by customer"
SAID = ("Now is at the left", ": each tick is a purchase, each bar the silence since the last one.")
NONE = "Here stand the purchases of forty customers, where the file has a row for each purchase. This one has none."


def barcode(method: Method, made: Segmentation, who: Callable[[Iterable[object]], list[str]]) -> dict[str, Any] | None:
    """A card for a method that cuts silence; None for others. Where no purchases are known, it says so.

    who   customers' numbers → as they may be shown
    """
    if (cut := silence_of(method, made)) is None:
        return None
    at, unit = cut
    run = runs_of(made.placing)[at]
    if (found := strips(made.customers, run, unit)) is None:
        return card("barcode", TITLE, "", None, said=[NONE])
    data = {
        "still": made.customers.remember(("barcode", run.ranked, unit), lambda: _chart(made, run, found)),
        "script": SCRIPT,
        "ordering": at,
        "who": who(made.customers.frame.index[found.rows]),
        "segments": _segments(made, at, found),
        "names": [*made.names, "Unknown"],
        "colours": [*made.colours, UNKNOWN_COLOUR],
        "unit": unit,
        "closed": run.closed,
    }
    alt = f"Purchases of {formats.plural(len(found.rows), 'customer')} over time, by segment"
    return card("barcode", TITLE, "drag a line through them", data, alt, SAID)


def _segments(made: Segmentation, at: int, found: Strips) -> list[list[int]]:
    """For each customer the segment in each band of the ordering, largest values first, the others as they are."""
    placing = made.placing
    if isinstance(placing, Runs):
        order = {run: segment for segment, run in enumerate(placing.order)}
        return [[order[band] for band in range(len(placing) - 1)]] * len(found.rows)
    assert isinstance(placing, Merged)
    table = placing.table.reshape([len(run) for run in placing.runs])
    bands = [run.runs_at(run.ranked.position[found.rows]).tolist() for run in placing.runs]
    return [
        table[tuple(slice(None) if n == at else band for n, band in enumerate(one))][:-1].tolist()
        for one in zip(*bands, strict=True)
    ]


def _chart(made: Segmentation, run: Runs, found: Strips) -> str:
    """The chart as JSON, compiled, with each customer's silence: all but colours, places and lines."""
    months = months_of(made.customers, found.end) if found.unit == "days" else []
    until = f"before {formats.day(made.customers.as_of)}" if made.customers.as_of else "before the last day"
    title = f"{'Months' if months else found.unit.capitalize() if found.unit == 'days' else 'Own cycles'} {until}"
    bought = pd.DataFrame(
        [(row, x) for row, held in enumerate(found.bought) for x in held.tolist()], columns=["row", "x"]
    )
    silent = pd.DataFrame({"row": range(len(found.rows)), "x": found.silence})
    spec = compiled(barcode_chart(bought, silent, found.end, title=title, months=months, days=found.unit == "days"))
    counts = [len(held) for held in found.bought]
    return json.dumps({"spec": spec, "silence": found.silence.tolist(), "end": found.end, "bought": counts})
