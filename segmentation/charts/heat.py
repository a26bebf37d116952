"""The cells of two orderings as a heat map: shade says how much stands there, colour whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import altair as alt

from segmentation.charts.layered import Layered
from segmentation.charts.scales import slots

FAINT, FULL = 0.06, 0.55  # of the colour: words on it can be read in both themes


def heat(
    size: tuple[int, int],
    titles: tuple[str, str],
    *,
    cells: Sequence[dict[str, Any]] = (),
    parts: Sequence[dict[str, Any]] = (),
    borders: Sequence[dict[str, Any]] = (),
    across: Sequence[Sequence[str]] = (),
    up: Sequence[Sequence[str]] = (),
    height: int = 230,
) -> alt.LayerChart:
    """A map of so many cells across and up, all of which but these two numbers and the titles are parameters.

    cells     slot (of the palette), shade (0–1), words: of each, column by column from the left, each from below
    parts     x, x2, y, y2, slot: what a cell is made of, as a bar in it
    borders   x, x2, y, y2: between cells of different segments
    across, up   what each band is called on its axis, line by line
    """
    grid = [{"at": at, "x": at // size[1], "y": at % size[1]} for at in range(size[0] * size[1])]
    given = {
        "cells": cells or [{"slot": "0", "shade": 0, "words": ""}] * len(grid),
        "parts": parts,
        "borders": borders,
        "across": across,
        "up": up,
    }
    params = [alt.param(name=name, value=list(value)) for name, value in given.items()]
    x, y = (
        alt.X("x:Q", title=titles[0], scale=_evenly(size[0]), axis=_axis(size[0], "across")),
        alt.Y("y:Q", title=titles[1], scale=_evenly(size[1]), axis=_axis(size[1], "up")),
    )
    squares = alt.Chart(alt.Data(values=grid))  # they stay, so that only what is said of them changes
    shades = (
        squares.transform_calculate(x2="datum.x + 1", y2="datum.y + 1", slot=_told("slot"), shade=_told("shade"))
        .mark_rect(stroke=None)
        .encode(x=x, x2=alt.X2("x2:Q"), y=y, y2=alt.Y2("y2:Q"), color=slots("slot"), opacity=_shade())
    )
    made_of = (
        _rows("parts", "x", "x2", "y", "y2", "slot")
        .mark_rect(stroke=None)
        .encode(x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q"), color=slots("slot"))
    )
    between = (
        _rows("borders", "x", "x2", "y", "y2")
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(x=alt.X("x:Q"), x2=alt.X2("x2:Q"), y=alt.Y("y:Q"), y2=alt.Y2("y2:Q"))
    )
    words = (
        squares.transform_calculate(x="datum.x + 0.5", y="datum.y + 0.31", words=_told("words"))
        .mark_text(color="currentColor", fontSize=12)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("words:N"))
    )
    layer, held = [shades, made_of, between, words], cast(Any, [one.param for one in params])
    return Layered(layer=layer, params=held, width=400, height=height)


def _told(field: str) -> str:
    return f"cells[datum.at].{field}"


def _rows(param: str, *fields: str) -> alt.Chart:
    """A parameter's objects as the rows of a chart: text in them is data, and never part of an expression."""
    return (
        alt.Chart(alt.Data(values=[{}]))
        .transform_calculate(row=param)
        .transform_flatten(["row"])
        .transform_filter("isValid(datum.row)")
        .transform_calculate(**{name: f"datum.row.{name}" for name in fields})
    )


def _evenly(size: int) -> alt.Scale:
    return alt.Scale(domain=[0, size], nice=False, zero=False)


def _axis(size: int, names: str) -> alt.Axis:
    """The bands' names in the middle of each."""
    return alt.Axis(
        values=[at + 0.5 for at in range(size)],
        labelExpr=f"{names}[floor(datum.value)]",
        grid=False,
        ticks=False,
        domain=False,
        labelLineHeight=14,
        labelOverlap=False,
    )


def _shade() -> alt.Opacity:
    return alt.Opacity("shade:Q", scale=alt.Scale(domain=[0, 1], range=[FAINT, FULL]), legend=None)
