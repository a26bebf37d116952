"""The map of customers: near each other who are alike, coloured by group."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from segmentation.analysis.groups.crowd import Crowd
from segmentation.charts.scales import slots, wrapped

LETTERS, LINES = 20, 2  # of a name
BOX = "box"  # the selection: a box drawn around customers


def crowd_data(
    found: Crowd, codes: np.ndarray, names: Sequence[str], colours: Sequence[int], who: Sequence[str], chosen: str = ""
) -> pd.DataFrame:
    """Rows x, y, colour, group, who (what a customer is called), shade (0–1), kind "customer" or "name".

    codes    the group of each row of the customers; who: of those drawn; chosen: the one group that stands out, if any
    """
    groups = codes[found.rows]
    here = groups[found.drawn]
    named = np.array([*names, ""], object)[np.minimum(here, len(names))]
    places = found.places[found.drawn]
    people = pd.DataFrame(
        {"kind": "customer", "x": places[:, 0], "y": places[:, 1], "group": named, "who": list(who),
         "colour": [str(colours[one]) if one < len(names) else "7" for one in here],
         "shade": np.where((named == chosen) | (chosen == ""), 1.0, 0.15)}
    )  # fmt: skip
    middles = [
        found.places[groups == at].mean(axis=0) if (groups == at).any() else (np.nan, np.nan)
        for at in range(len(names))
    ]
    words = pd.DataFrame(np.array(middles).reshape(-1, 2), columns=["x", "y"]).assign(
        kind="name", group=wrapped(names, LETTERS, LINES), colour=[str(one) for one in colours[: len(names)]]
    )
    return pd.concat([people, words.dropna(subset=["x"])], ignore_index=True)


def crowd(data: pd.DataFrame, *, height: int = 420) -> alt.LayerChart:
    """The map of `crowd_data`; a box drawn in it is the selection `BOX`. The scales of the map say nothing by themselves."""
    brush = alt.selection_interval(name=BOX)
    axis = alt.Axis(labels=False, ticks=False, grid=False, title=None)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(zero=False, nice=False, padding=12))
    y = alt.Y("y:Q", axis=axis, scale=alt.Scale(zero=False, nice=False, padding=12))
    base = alt.Chart(data)
    people = (
        base.transform_filter("datum.kind == 'customer'")
        .mark_circle(size=26)
        .encode(
            x, y, slots(),
            opacity=alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[0, 0.3]), legend=None),
            tooltip=[alt.Tooltip("who:N", title="Customer"), alt.Tooltip("group:N", title="Group")],
        )
        .add_params(brush)
    )  # fmt: skip
    words = base.transform_filter("datum.kind == 'name'").encode(x, y, text=alt.Text("group:N"))
    named = words.mark_text(fontSize=13, fontWeight="bold", lineBreak="\n").encode(color=slots())
    # on a canvas: else the box and each customer would be read out, without words; it knows no currentColor
    return (people + named).properties(height=height, usermeta={"embedOptions": {"renderer": "canvas"}})
