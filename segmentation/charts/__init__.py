"""The pictures: one function a chart, small frame in, Altair chart out.

Colours are palette slots "0"–"7" on a scale without a range, so that light and dark themes fill in their own;
whatever moves with a threshold travels in the data, so that the chart itself stays the same and never flickers.
"""

from typing import Any

import altair as alt
import pandas as pd

from segmentation.charts.barcode import barcode
from segmentation.charts.bridge import bridge
from segmentation.charts.bubbles import bubbles
from segmentation.charts.candidates import candidates
from segmentation.charts.crowd import crowd
from segmentation.charts.deciles import deciles
from segmentation.charts.distribution import OTHER, distribution, score, spread
from segmentation.charts.drivers import drivers
from segmentation.charts.earned import earned
from segmentation.charts.fewer import fewer
from segmentation.charts.heat import heat
from segmentation.charts.levers import levers
from segmentation.charts.lift import lift
from segmentation.charts.movement import arrows
from segmentation.charts.overlaps import overlaps
from segmentation.charts.pareto import pareto
from segmentation.charts.portrait import portrait
from segmentation.charts.shapes import shapes
from segmentation.charts.sizes import sizes
from segmentation.charts.strip import strip
from segmentation.charts.together import together
from segmentation.charts.tornado import tornado
from segmentation.charts.values import values
from segmentation.charts.whale import whale

__all__ = [
    "EMPTY",
    "OTHER",
    "arrows",
    "barcode",
    "bridge",
    "bubbles",
    "candidates",
    "crowd",
    "deciles",
    "distribution",
    "drivers",
    "earned",
    "fewer",
    "heat",
    "levers",
    "lift",
    "overlaps",
    "pareto",
    "portrait",
    "score",
    "shapes",
    "sizes",
    "spec",
    "spread",
    "strip",
    "together",
    "tornado",
    "values",
    "whale",
]

EMPTY = pd.DataFrame({"kind": [], "x": [], "y": [], "size": []})


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A chart as a Vega-Lite specification without its data, so that it is built once and data travels alone."""
    plain = chart.to_dict()
    plain.pop("data", None)
    plain.pop("datasets", None)
    return plain
