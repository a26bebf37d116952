"""The pictures: one function a chart, small frame in, Altair chart out.

Colours are palette slots "0"–"7" on a scale without a range, so that light and dark themes fill in their own;
whatever moves with a threshold travels in the data, so that the chart itself stays the same and never flickers.
A chart is imported from its own file, so that a page brings with it what it draws and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import altair as alt

EMPTY = pd.DataFrame({"kind": [], "x": [], "y": [], "size": []})


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """A chart as a Vega-Lite specification without its data, so that it is built once and data travels alone."""
    plain = chart.to_dict()
    plain.pop("data", None)
    plain.pop("datasets", None)
    return plain
