"""The pictures of a segmentation on paper, in the app's own light palette."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import altair as alt

from segmentation.analysis import pareto, portfolio
from segmentation.analysis.summary import figures, summarise
from segmentation.charts.axis import axis
from segmentation.charts.bubbles import bubbles as bubbles_chart
from segmentation.charts.bubbles import bubbles_data
from segmentation.charts.own import Chart, Own
from segmentation.charts.pareto import pareto as pareto_chart
from segmentation.charts.pareto import pareto_data
from segmentation.charts.sizes import sizes as sizes_chart
from segmentation.charts.sizes import sizes_data
from segmentation.charts.whale import whale as whale_chart
from segmentation.charts.whale import whale_data
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.report.archive import NO_LETTERS
from segmentation.report.palette import theme
from segmentation.segments import plane
from segmentation.segments.segmentation import Segmentation

CUTS = "cuts"  # the name of the picture a method opens on
EDGES = "edges"  # that of the one beside it
MARKS = ("area", "line", "point")
Names = Callable[[Iterable[str]], list[str]]
ROOM = {"left": 20, "right": 28, "top": 8, "bottom": 8}  # for names of wider letters than those they were measured by


def pictures(
    segmentation: Segmentation,
    lines: Mapping[str, float],
    currency: str = "",
    who: Names = list,
    opened: Own | None = None,
    edges: Own | None = None,
) -> dict[str, Callable[[], Chart]]:
    """What draws each chart, by name: cuts and edges where there are such pictures, pareto, sizes, whale, and bubbles where a
    potential is known.

    lines    the portfolio's cut lines, as the study keeps them
    who      what customers, given by number, are called where one points at them
    opened   the picture the method opens on; edges: that beside it
    """
    each: dict[str, Callable[[], Chart]] = {
        **({CUTS: opened.draw} if opened else {}),
        **({EDGES: edges.draw} if edges else {}),
        "pareto": lambda: _pareto(segmentation),
        "sizes": lambda: sizes_chart(sizes_data(figures(segmentation))),
        "whale": lambda: _whale(segmentation.customers, currency),
    }
    if segmentation.customers.has_portfolio:
        each["bubbles"] = lambda: _bubbles(segmentation, _lines(segmentation, lines), currency, who)
    return each


def _lines(segmentation: Segmentation, lines: Mapping[str, float]) -> tuple[float, float]:
    """Those the segments are made by, where there is one of profit and one of potential; else those all pages share."""
    now, later = plane.lines_in(segmentation) or ((), ())
    return (now[0], later[0]) if len(now) == 1 else plane.cut_lines(segmentation.customers, lines)


def _pareto(segmentation: Segmentation) -> alt.LayerChart:
    column = pareto.column_of(segmentation)
    curve, parts = pareto.curve(segmentation.customers, column), pareto.parts(segmentation, column)
    data = pareto_data(curve, parts, along=segmentation.cuts_share)
    return pareto_chart(data, title=f"Share of {label(column).lower()}")


def _whale(customers: Customers, currency: str) -> alt.LayerChart:
    found = pareto.whale(customers)
    return whale_chart(
        whale_data(found, currency), percent=found.peak_share is not None, title=f"Cumulative {customers.money}"
    )


def _bubbles(segmentation: Segmentation, lines: tuple[float, float], currency: str, who: Names) -> alt.LayerChart:
    customers = segmentation.customers
    points = portfolio.points(segmentation, summarise(segmentation))
    first = points["kind"].count("customer")
    points = {**points, "name": [*who(points["name"][:first]), *points["name"][first:]]}
    x_axis, y_axis = axis(customers.values(customers.money)), axis(customers.values("potential"))
    data = bubbles_data(points, lines, portfolio.corners(customers, lines), x_axis, y_axis)
    each = f"per customer ({currency.strip()})" if currency.strip() else "per customer"
    x_title, y_title = f"{label(customers.money)} {each}", f"Potential {each}"
    largest = customers.total(portfolio.volume(customers))
    return bubbles_chart(data, x_title=x_title, y_title=y_title, x_axis=x_axis, y_axis=y_axis, largest=largest)


def specification(chart: Chart, width: int | None = None) -> str:
    """A chart as Vega-Lite for paper, so many pixels wide: the palette and ink of the app's light theme, on white.

    What paper asks is put into what Altair made of it: each change to a chart would copy all of it.
    """
    palette = theme()["chartCategoricalColors"]
    plain = {"color": palette[0]}  # of marks that stand for no segment
    with alt.data_transformers.disable_max_rows():
        made = chart.to_dict(
            validate=False
        )  # the shape of our own charts is for tests to see: half of the time is saved
    looks = {
        "aria": False,
        "background": "white",
        "padding": ROOM,
        "range": {"category": palette},
        **dict.fromkeys(MARKS, plain),
    }
    made["config"] = {**made.get("config", {}), **looks}
    for one in made.get("vconcat", [made]) if width is not None else ():
        one["width"] = width
    whole = _drawable(json.loads(json.dumps(made), parse_constant=lambda nan: None))
    return json.dumps(whole).replace(
        '"currentColor"', json.dumps(theme()["textColor"])
    )  # paper has no theme of its own


def _drawable(value: Any) -> Any:
    """A specification without letters that XML cannot hold: one of them ends the process that draws it."""
    if isinstance(value, dict):
        return {_drawable(key): _drawable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_drawable(one) for one in value]
    return NO_LETTERS.sub("\ufffd", value) if isinstance(value, str) else value
