"""What each group is like against all customers: fields that say at a glance where it has more and where less."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation import formats
from segmentation.analysis.groups.factors import Factors
from segmentation.analysis.portraits.profile import Profile, valued
from segmentation.charts.scales import slots, wrapped
from segmentation.columns.metrics import label

NARROW_PICTURE = "width < 330"  # there heads would not fit beside each other
FULL = 2.0  # standard deviations from the mean of all at which a field is full
EVERYBODY = "Everybody"
ROW = "row"  # the selection: the row that was clicked
FIELD: dict[str, Any] = {"cornerRadius": 3, "width": {"band": 0.96}, "height": {"band": 0.92}}
COLUMNS = 12  # drawn beside each other at most: more cannot be read
WIDE, NARROW, LINES = 22, 11, 2  # letters in a line of a name and of a column, lines


def portrait_data(found: Profile, names: Sequence[str], currency: str = "", chosen: str = "") -> pa.Table:
    """Rows name, column (in words), text (what is typical), colour (palette slot), shade (0–1), at, place (orders), chosen.

    names   what the segments are called now; below them stands what is usual for everybody; chosen: the one framed, if any
    Of very many columns those are drawn that set a segment apart most.
    """
    places, called = telling(found.apart.T), wrapped([*names, EVERYBODY], WIDE, LINES)
    heads = wrapped([label(found.columns[place]) for place in places], NARROW, LINES)
    typical, apart = [*found.typical, found.usual], [*found.apart, np.zeros(len(found.columns))]
    rows = [
        {
            "name": name,
            "at": at,
            "column": head,
            "place": place,
            "text": valued(found.columns[place], typical[at][place], currency),
            "colour": "0" if apart[at][place] >= 0 else "1",
            "shade": min(abs(float(apart[at][place])) / FULL, 1.0),
            "chosen": at < len(names) and names[at] == chosen,
        }
        for at, name in enumerate(called)
        for place, head in zip(places, heads, strict=True)
    ]
    return pa.Table.from_pylist(rows)


def telling(apart: np.ndarray) -> list[int]:
    """The places of the columns that are drawn, in their order: all, or those that lie furthest apart somewhere.

    apart   float64 (columns, rows)
    """
    furthest = np.round(np.nan_to_num(np.abs(apart)).max(axis=1, initial=0.0), 6)
    return sorted(np.argsort(-furthest, kind="stable")[:COLUMNS].tolist())


def loadings_data(found: Factors, count: int) -> pd.DataFrame:
    """The same rows of so many factors: how far each column goes with each, blue up with it, orange against it."""
    places = telling(found.loadings[:, :count])
    heads = wrapped([label(found.columns[place]) for place in places], NARROW, LINES)
    rows = [
        {
            "name": f"Factor {at + 1}",
            "at": at,
            "column": head,
            "place": place,
            "text": formats.share(round(float(found.loadings[place, at]), 2) + 0.0),
            "colour": "0" if found.loadings[place, at] >= 0 else "1",
            "shade": min(abs(float(found.loadings[place, at])), 1.0),
        }
        for at in range(count)
        for place, head in zip(places, heads, strict=True)
    ]
    return pd.DataFrame(rows)


def portrait(
    data: pa.Table | pd.DataFrame, rows: str = "Group", value: str = "Typically", choosing: bool = False
) -> alt.LayerChart:
    """The fields of `portrait_data`: blue where a group has more than all, orange where less, the fuller the more.

    rows, value   what a row and the text of a field are called; choosing: a click on a row selects it as `ROW`
    """
    by, along = (alt.EncodingSortField(one, op="min", order="ascending") for one in ("at", "place"))
    base = alt.Chart(data).encode(
        x=alt.X("column:N", sort=along, axis=None),
        y=alt.Y(
            "name:N", sort=by, title=None,
            axis=alt.Axis(labelLimit=180, ticks=False, domain=False, labelExpr="split(datum.label, '\\n')"),
        ),
        tooltip=[alt.Tooltip("name:N", title=rows), alt.Tooltip("column:N", title="Column"), alt.Tooltip("text:N", title=value)],
    )  # fmt: skip
    fields = base.mark_rect(**FIELD).encode(
        color=slots(), opacity=alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 0.65]), legend=None)
    )
    heads = (
        base.transform_filter("datum.at == 0")
        .mark_text(
            color="currentColor", fontSize=11, opacity=0.75, lineBreak="\n", lineHeight=12,
            angle={"expr": f"{NARROW_PICTURE} ? 300 : 0"}, align={"expr": f"{NARROW_PICTURE} ? 'left' : 'center'"},
            baseline={"expr": f"{NARROW_PICTURE} ? 'middle' : 'bottom'"}, dy={"expr": f"{NARROW_PICTURE} ? 0 : -16"},
        )
        .encode(y=alt.YValue(-6), text=alt.Text("column:N"))
    )  # fmt: skip
    words = base.mark_text(color="currentColor", fontSize=12).encode(text=alt.Text("text:N"))
    if choosing:
        framed = alt.condition("datum.chosen", alt.value("currentColor"), alt.value(None))
        click = alt.selection_point(name=ROW, fields=["at"], on="click", clear=False, toggle=False)
        fields = fields.mark_rect(**FIELD, cursor="pointer", strokeWidth=1.5).encode(stroke=framed).add_params(click)
        words = words.mark_text(color="currentColor", fontSize=12, cursor="pointer")
    return (fields + heads + words).properties(height=alt.Step(40))
