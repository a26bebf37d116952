"""The map of customers: near each other who are alike, coloured by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.analysis.groups.crowd import Crowd
from segmentation.charts.scales import slots, wrapped

LETTERS, LINES = 20, 2  # of a name
PLANE = (440.0, 400.0)  # about the width and height of the map in pixels
LETTER, LINE, APART = 7.5, 16.0, 4.0  # width of a letter, height of a line, room around a name
STEPS = 41  # places across and up that are tried for a name
COVERED = 6.0  # pixels a name rather goes than cover one customer more
MIDDLE = 300.0  # or the middle of a group
OUTSIDE = 1e6  # or stand outside the map, or on another name
RING, RINGS = 220, (("#FFFFFF", 6), ("#161B28", 2.5))  # around the customer who is marked: its size, colours and widths
BOX = "box"  # the selection: a box drawn around customers


class Marked(NamedTuple):
    """The one customer who is marked: where, and what it is called."""

    place: np.ndarray
    who: str


def crowd_data(
    found: Crowd,
    here: np.ndarray,
    middles: np.ndarray,
    names: Sequence[str],
    colours: Sequence[int],
    who: Sequence[str],
    chosen: str = "",
    marked: Marked | None = None,
) -> pa.Table:
    """Rows x, y, colour, group, who (what a customer is called), shade (0–1), kind "customer", "name" or "marked"; of names also
    the line that leads to the middle of the group, and how far the first of several lines stands above the middle (rise, in
    pixels).

    here     the group of each of those drawn; who: what they are called; middles: of each group, as `Crowd.middles` has them
    chosen   the one group that stands out, if any
    """
    here = np.minimum(here, len(names)).astype(np.int32)
    shades = np.array([1.0 if chosen in ("", name) else 0.15 for name in (*names, "")])
    words = {
        "kind": ["customer"] * (len(names) + 1),
        "group": [*names, ""],
        "colour": [*map(str, colours[: len(names)]), "7"],
    }
    people = {
        **{
            name: pa.DictionaryArray.from_arrays(pa.array(here), held).cast(pa.string()) for name, held in words.items()
        },
        **dict(zip("xy", found.places[found.drawn].T, strict=True)),
        "who": pa.array(who, pa.string()),
        "shade": shades[here],
    }
    rows = [pa.table(people), _names(found, middles, names, colours), *([_mark(marked)] if marked else [])]
    return pa.concat_tables(rows, promote_options="default")


def _mark(one: Marked) -> pa.Table:
    return pa.table({"kind": ["marked"], "who": [one.who], "x": [float(one.place[0])], "y": [float(one.place[1])]})


def _names(found: Crowd, middles: np.ndarray, names: Sequence[str], colours: Sequence[int]) -> pa.Table:
    """Rows of the names: where each is written (x, y), from where a line leads (fromx, fromy) to the middle of its group."""
    held = np.flatnonzero(np.isfinite(middles[:, 0])).tolist()
    middles = middles[held]
    said = wrapped([names[at] for at in held], LETTERS, LINES)
    low, high = found.ends
    unit = np.where(high > low, high - low, 1.0) / PLANE
    written, ends = _beside((found.places[found.drawn] - low) / unit, (middles - low) / unit, said)
    rows = np.hstack([written * unit + low, ends * unit + low, middles])
    return pa.table(
        {
            **dict(zip(("x", "y", "fromx", "fromy", "tox", "toy"), rows.T.copy(), strict=True)),
            "kind": pa.array(["name"] * len(said), pa.string()),
            "group": pa.array(said, pa.string()),
            "colour": pa.array([str(colours[at]) for at in held], pa.string()),
            "rise": pa.array([-LINE / 2 * name.count("\n") for name in said], pa.float64()),
        }
    )


def _beside(people: np.ndarray, middles: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Where names stand, near the middle of their group but on as few people as can be, on no middle and no other name, and where each ends
    towards its middle: float64 (names, 2) twice; all in pixels of the map."""
    across, up = (np.linspace(0, end, STEPS) for end in PLANE)
    across = across[:, None]
    inside = np.histogram2d(people[:, 0], people[:, 1], STEPS - 1, [(0.0, end) for end in PLANE])[0]
    upto = np.pad(inside.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))  # people to the left of a place and below it
    taken: list[np.ndarray] = []  # where a name stands, and half of its size
    for middle, name in zip(middles, names, strict=True):
        lines = name.split("\n")
        half = np.array([max(map(len, lines)) * LETTER, len(lines) * LINE]) / 2 + APART
        lost = np.hypot(across - middle[0], up - middle[1]) + COVERED * _covered(upto, half)
        lost += OUTSIDE * (
            (across < half[0]) | (across > PLANE[0] - half[0]) | (up < half[1]) | (up > PLANE[1] - half[1])
        )
        for other in middles:
            lost += MIDDLE * ((np.abs(across - other[0]) < half[0]) & (np.abs(up - other[1]) < half[1]))
        for at, size in taken:
            wide, high = half + size
            lost += OUTSIDE * ((np.abs(across - at[0]) < wide) & (np.abs(up - at[1]) < high))
        row, column = divmod(int(lost.argmin()), STEPS)
        taken.append(np.array([[across[row, 0], up[column]], half]))
    written, half = np.array(taken).reshape(-1, 2, 2).swapaxes(0, 1)
    return written, np.clip(middles, written - half, written + half)


def _covered(upto: np.ndarray, half: np.ndarray) -> np.ndarray:
    """How many people a name of this half size covers at each place that is tried: float64 (STEPS, STEPS)."""
    steps = np.ceil(half * (STEPS - 1) / PLANE).astype(int)
    low, high = ([np.clip(np.arange(STEPS) + way * step, 0, STEPS - 1) for step in steps] for way in (-1, 1))
    return upto[np.ix_(*high)] - upto[np.ix_(low[0], high[1])] - upto[np.ix_(high[0], low[1])] + upto[np.ix_(*low)]


def crowd(data: pa.Table | pd.DataFrame, *, height: int = 420) -> alt.LayerChart:
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
    named = words.mark_text(
        fontSize=13,
        fontWeight="bold",
        lineBreak="\n",
        lineHeight=LINE,
        baseline="middle",
        dy=alt.expr("datum.rise || 0"),
    ).encode(color=slots())
    leads = base.transform_filter(
        "datum.kind == 'name'"
    ).transform_calculate(
        fromx=f"datum.x + (datum.fromx - datum.x) * min(1, {PLANE[0]:g} / width)"  # a name is as wide in a wider picture
    )
    led = leads.mark_rule(strokeWidth=1.5).encode(
        alt.X("fromx:Q", axis=axis), alt.Y("fromy:Q", axis=axis), slots(), x2="tox:Q", y2="toy:Q"
    )
    middles = words.mark_circle(size=60, opacity=1).encode(
        alt.X("tox:Q", axis=axis), alt.Y("toy:Q", axis=axis), slots()
    )
    marked = base.transform_filter("datum.kind == 'marked'").encode(
        x, y, tooltip=alt.Tooltip("who:N", title="Customer")
    )
    rings = [  # dark on light: seen on any background
        marked.mark_point(size=RING, filled=False, opacity=1, color=color, strokeWidth=width) for color, width in RINGS
    ]
    # on a canvas: else the box and each customer would be read out, without words; it knows no currentColor
    return (people + led + middles + named + rings[0] + rings[1]).properties(
        height=height, usermeta={"embedOptions": {"renderer": "canvas"}}
    )
