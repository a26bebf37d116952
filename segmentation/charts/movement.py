"""Movement: where customers stood one period earlier and where they stand now, as arrows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from segmentation.charts.axis import axis
from segmentation.charts.scales import along, slots
from segmentation.segments.plane import Cuts


def arrows_data(trail: pd.DataFrame, sectors: pd.Series, colours: dict[str, int], lines: Cuts) -> pd.DataFrame:
    """Rows kind "customer" (name, x0, y0, x1, y1, the sector it is in now and its palette slot) and the cut lines.

    trail   as `movement.trail` gives it; sectors: sector by customer id; colours: sector → slot
    """
    known = trail.dropna()
    now = sectors.reindex(known.index).astype("str")
    slot = now.map(colours).fillna(7).astype(int).astype("str")
    people = known.reset_index(drop=True).assign(
        kind="customer", name=known.index.astype("str"), sector=now.to_numpy(), colour=slot.to_numpy()
    )
    cuts = [pd.DataFrame({"kind": f"{name} line", f"{name}1": at}) for name, at in zip("xy", lines, strict=True)]
    return pd.concat([people, *cuts], ignore_index=True)


def arrows(data: pd.DataFrame, *, x_title: str, y_title: str, height: int = 380) -> alt.LayerChart:
    """The arrows of `arrows_data`: a thin tail from the earlier place, a point at the present one, both cut lines."""
    x = alt.X("x1:Q", title=x_title, **along(axis([*data["x0"], *data["x1"]])))
    y = alt.Y("y1:Q", title=y_title, **along(axis([*data["y0"], *data["y1"]])))
    people = alt.Chart(data).transform_filter("datum.kind == 'customer'")
    tail = people.mark_rule(opacity=0.5, strokeWidth=1.3).encode(x, y, slots(), x2=alt.X2("x0:Q"), y2=alt.Y2("y0:Q"))
    head = people.mark_circle(size=45, opacity=0.9).encode(x, y, slots(), tooltip=_tip())
    return (tail + head + _cut(data, "x line").encode(x) + _cut(data, "y line").encode(y)).properties(height=height)


def _cut(data: pd.DataFrame, kind: str) -> alt.Chart:
    line = alt.Chart(data).transform_filter(f"datum.kind == '{kind}'")
    return line.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, opacity=0.75, color="#808895")


def _tip() -> list[alt.Tooltip]:
    said = {"x0": "Money before", "x1": "Money now", "y0": "Potential before", "y1": "Potential now"}
    money = [alt.Tooltip(f"{name}:Q", title=title, format=",.0f") for name, title in said.items()]
    return [alt.Tooltip("name:N", title="Customer"), alt.Tooltip("sector:N", title="Now in"), *money]
