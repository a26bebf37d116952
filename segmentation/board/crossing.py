"""Two crossed orderings, as a picture of their cells is sent them: see crossing.js."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt

from segmentation import formats
from segmentation.analysis.thresholds import positions
from segmentation.analysis.thresholds.crossing import Side, cells
from segmentation.analysis.thresholds.ground import places_of
from segmentation.analysis.thresholds.line import Line, of_shares
from segmentation.board.compiled import compiled
from segmentation.board.lines import SCRIPT, marked, panel, together
from segmentation.segments.bands import runs_of
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

MOST = 3000  # cells that are told of a line's ordering, so that the other axis follows it before the server answers
Both = tuple[Side, Side]
Chart = Callable[..., alt.LayerChart]  # of a segmentation, and for each ordering whether it holds shares


def crossing(
    method: Method,
    values: Mapping[str, Any],
    made: Segmentation,
    both: Both,
    chart: Chart,
    currency: str,
    turned: bool = False,
) -> dict[str, Any]:
    """What stands in the cells, the lines of both orderings, and the chart that shows them.

    turned   whether the first ordering goes up or down, not across
    """
    (lines, marks), held = marked(method, values, made), cells(made)
    still = f'{_kept(made, both, chart, lines)[:-1]}, "joint": {_joint(made, lines)}}}'  # put together as text: both are kept so
    told = {name: held[name].tolist() for name in held if name in positions.measures(made.customers)}
    meanings = {name: meaning for name in made.names if (meaning := method.meaning(name))}
    return {
        "still": still,
        "script": SCRIPT,
        "panels": [panel(made, at, lines, marks) for at in (0, 1)],
        "held": told,
        "turned": turned,
        "money": next((name for name in ("revenue", made.customers.money) if name in told), None),
        "attention": {name: meaning.attention for name, meaning in meanings.items()},
        "currency": currency,
    }


def named(both: Both) -> str:
    """What is crossed: Revenue × growth."""
    first, second = (_called(side) for side in both)
    return f"{first} × {second[:1].lower()}{second[1:]}"


def _called(side: Side) -> str:
    """What a side is, without what is said behind it of how it is cut: who has none of it cannot have it “missing as 0”."""
    return side.title.split(",")[0]


def gap(made: Segmentation, both: Both) -> list[str]:
    """How many customers stand in no cell, and why; nothing where all do."""
    missing = int(made.counts[-1])
    if not missing:
        return []
    lacking = [_called(side) for side, run in zip(both, runs_of(made.placing), strict=True) if run.counts[-1]]
    what = " or ".join(f"“{name}”" for name in lacking or map(_called, both))
    return [f"{formats.plural(missing, 'customer has', 'customers have')} no {what}, and no place here."]


def _kept(made: Segmentation, both: Both, chart: Chart, lines: Sequence[Line]) -> str:
    """What no line moves, as JSON: the chart, compiled, both sides, and the cells' segments."""
    runs, names = runs_of(made.placing), tuple(cells(made)["name"])
    percent = [of_shares(run, [line for line in lines if line.run == at]) for at, run in enumerate(runs)]
    key = ("cells", chart.__name__, *(run.ranked for run in runs), *percent, made.bands, made.colours, names)
    return made.customers.remember(key, lambda: _written(made, both, chart, percent))


def _joint(made: Segmentation, lines: Sequence[Line]) -> str:
    """What the cells hold in which both orderings meet, as JSON: the same wherever the lines stand among their stops."""
    places = [one.tobytes() for both in places_of(made, lines) for one in both]
    key = ("joint", *(run.ranked for run in runs_of(made.placing)), *places)

    def written() -> str:
        found = together(made, lines, MOST)
        return json.dumps([one and {"at": one["at"], "held": one["held"]} for one in found])  # the bounds do move

    return made.customers.remember(key, written)


def _written(made: Segmentation, both: Both, chart: Chart, percent: list[bool]) -> str:
    drawn = compiled(chart(made, percent=percent))
    sides = [
        {"ends": side.ends, "order": side.order.tolist(), "falls": side.falls, "bands": side.bands} for side in both
    ]
    segments = cells(made)[["name", "colour"]].to_dict("list")
    return json.dumps({"spec": drawn, "high": drawn["height"], "sides": sides, **segments})
