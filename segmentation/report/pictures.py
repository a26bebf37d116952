"""The four pictures of a segmentation as PNG and SVG, in the app's own light palette."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt

from segmentation import charts
from segmentation.analysis import pareto, portfolio
from segmentation.analysis.summary import summarise
from segmentation.charts.axis import axis
from segmentation.charts.bubbles import bubbles_data
from segmentation.charts.pareto import pareto_data
from segmentation.charts.sizes import sizes_data
from segmentation.charts.whale import whale_data
from segmentation.columns.metrics import label
from segmentation.segments.segmentation import Segmentation

THEME = Path(__file__).parents[2] / ".streamlit" / "config.toml"
WIDTH = 640


def pictures(segmentation: Segmentation, lines: tuple[float, float], currency: str = "") -> dict[str, alt.LayerChart]:
    """Charts by name: pareto, sizes, whale, and bubbles where a potential is known.

    lines   the portfolio's cut lines, in money per customer
    """
    customers, summary = segmentation.customers, summarise(segmentation)
    column = pareto.column_of(segmentation)
    found = pareto.whale(customers)
    made = {
        "pareto": charts.pareto(
            pareto_data(
                pareto.curve(customers, column), pareto.parts(segmentation, column), along=segmentation.cuts_share
            ),
            title=f"Share of {label(column).lower()}",
        ),
        "sizes": charts.sizes(sizes_data(summary)),
        "whale": charts.whale(
            whale_data(found, currency), percent=found.peak_share is not None, title=f"Cumulative {customers.money}"
        ),
    }
    if customers.has_portfolio:
        made["bubbles"] = _bubbles(segmentation, summary, lines, currency)
    return {name: chart.properties(width=WIDTH) for name, chart in made.items()}


def _bubbles(segmentation: Segmentation, summary: Any, lines: tuple[float, float], currency: str) -> alt.LayerChart:
    customers = segmentation.customers
    points = portfolio.points(segmentation, summary)
    x_axis, y_axis = axis(customers.values(customers.money)), axis(customers.values("potential"))
    data = bubbles_data(points, lines, portfolio.corners(customers, lines), x_axis, y_axis)
    each = f"per customer ({currency.strip()})" if currency.strip() else "per customer"
    x_title, y_title = f"{label(customers.money)} {each}", f"Potential {each}"
    largest = customers.total(portfolio.volume(customers))
    return charts.bubbles(data, x_title=x_title, y_title=y_title, x_axis=x_axis, y_axis=y_axis, largest=largest)


def png(chart: alt.LayerChart) -> bytes:
    """A chart as a PNG at twice its size, ink on white."""
    import vl_convert

    return vl_convert.vegalite_to_png(_specification(chart), scale=2)


def svg(chart: alt.LayerChart) -> bytes:
    """A chart as an SVG."""
    import vl_convert

    return vl_convert.vegalite_to_svg(_specification(chart)).encode("utf-8")


def _specification(chart: alt.LayerChart) -> str:
    theme = _theme()
    palette = theme["chartCategoricalColors"]
    plain = {"color": palette[0]}  # of marks that stand for no segment
    with alt.data_transformers.disable_max_rows():
        themed = chart.configure(
            background="white", range=alt.RangeConfig(category=palette), area=plain, line=plain, point=plain
        ).to_dict()
    whole = json.loads(json.dumps(themed), parse_constant=lambda nan: None)
    return json.dumps(whole).replace('"currentColor"', json.dumps(theme["textColor"]))  # paper has no theme of its own


@cache
def _theme() -> dict[str, Any]:
    return tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]["light"]
