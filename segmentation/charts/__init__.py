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
from segmentation.charts.deciles import deciles
from segmentation.charts.distribution import OTHER, distribution
from segmentation.charts.earned import earned
from segmentation.charts.heat import heat
from segmentation.charts.levers import levers
from segmentation.charts.lift import lift
from segmentation.charts.movement import arrows
from segmentation.charts.pareto import pareto
from segmentation.charts.sizes import sizes
from segmentation.charts.tornado import tornado
from segmentation.charts.whale import whale

__all__ = [
    "EMPTY",
    "OTHER",
    "arrows",
    "barcode",
    "bridge",
    "bubbles",
    "deciles",
    "distribution",
    "earned",
    "heat",
    "levers",
    "lift",
    "pareto",
    "sizes",
    "spec",
    "tornado",
    "whale",
]

EMPTY = pd.DataFrame({"kind": [], "x": [], "y": [], "size": []})


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A chart as a Vega-Lite specification without its data, so that it is built once and data travels alone."""
    plain = chart.to_dict()
    plain.pop("data", None)
    plain.pop("datasets", None)
    return plain
