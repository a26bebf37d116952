"""The cells of two orderings as a heat map: shade says how much stands there, colour whose it is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from segmentation.charts.layered import layered
from segmentation.charts.scales import slots

FAINT, FULL = 0.06, 0.55  # of the colour: words on it can be read in both themes
WIDE = 400  # px, all cells across
LETTER = 6.4  # px a letter takes, about
MARKS = "abcdefghijklmnopqrstuvwxyz"  # of what has no room for its name: numbers would be taken for customers or scores

Run = tuple[int, int, int]  # of cells in a row: which row, where they begin, how many


def heat(
    size: tuple[int, int],
    titles: tuple[str, str],
    *,
    cells: Sequence[dict[str, Any]] = (),
    parts: Sequence[dict[str, Any]] = (),
    borders: Sequence[dict[str, Any]] = (),
    across: Sequence[Sequence[str]] = (),
    up: Sequence[Sequence[str]] = (),
    names: Sequence[dict[str, Any]] = (),
    height: int = 230,
) -> alt.LayerChart:
    """A map of so many cells across and up, all of which but these two numbers and the titles are parameters.

    cells     slot (of the palette), shade (0–1), words: of each, column by column from the left, each from below
    parts     x, x2, y, y2, slot: what a cell is made of, as a bar in it
    borders   x, x2, y, y2: between cells of different segments
    across, up   what each band is called on its axis, line by line
    names     x, y, words, beside: what the cells are called, see `named`
    """
    grid = [{"at": at, "x": at // size[1], "y": at % size[1]} for at in range(size[0] * size[1])]
    given = {
        "cells": cells or [{"slot": "0", "shade": 0, "words": ""}] * len(grid),
        "parts": parts,
        "borders": borders,
        "across": across,
        "up": up,
        "names": names,
    }
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
    params = {name: list(value) for name, value in given.items()}
    return layered(shades, made_of, between, words, *_names(), params=params, width=WIDE, height=height)


def _names() -> list[alt.Chart]:
    """What stands at the upper left of cells, and what beside how many there are."""
    rows = _rows("names", "x", "y", "words", "beside")
    style: dict[str, Any] = {"color": "currentColor", "fontSize": 12, "fontWeight": "bold"}
    above: dict[str, Any] = {**style, "align": "left", "baseline": "top", "dx": 4, "dy": 4}
    beside: dict[str, Any] = {**style, "align": "right", "dx": -4}
    upper = rows.transform_filter("!datum.beside").transform_calculate(y="datum.y + 1").mark_text(**above)
    right = rows.transform_filter("datum.beside").transform_calculate(x="datum.x + 1", y="datum.y + 0.31")
    both = (upper, right.mark_text(**beside))
    return [one.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text=alt.Text("words:N")) for one in both]


def mark(segment: int) -> str:
    """The letter of a segment by its place: a, b … z, aa, bb …"""
    return MARKS[segment % len(MARKS)] * (segment // len(MARKS) + 1)


def named(most: np.ndarray, held: np.ndarray, names: Sequence[str]) -> tuple[list[dict[str, Any]], set[int]]:
    """What the cells are called: every segment by its name wherever its cells hang together and there is room, else by
    its mark, which the legend explains, in each of their rows; and the segments that stand by their marks.

    most   int (across, up): the segment each cell is called after; held: int (across, up, segments), its customers
    A segment after which none is called stands where most of its customers are, beside how many there are.
    """
    found: dict[int, list[dict[str, Any]]] = {}
    for segment, name in enumerate(names):
        words = [_called(piece, segment, name, WIDE / len(most)) for piece in _pieces(_runs(most == segment))]
        if words:
            found[segment] = [*itertools.chain(*words)]
        elif held[:, :, segment].any():
            x, y = np.unravel_index(held[:, :, segment].argmax(), most.shape)
            found[segment] = [_word(int(x), int(y), mark(segment), beside=True)]
    marked = {segment for segment, words in found.items() if any(one["words"] != names[segment] for one in words)}
    return [one for words in found.values() for one in words], marked


def _called(piece: Sequence[Run], segment: int, name: str, wide: float) -> list[dict[str, Any]]:
    """The name in the widest row of a piece of cells so many pixels wide; without room for it the mark in each row."""
    y, x, many = max(piece, key=lambda run: (run[2], run[0]))
    fits = len(name) * LETTER < wide * many - 6
    return [_word(x, y, name)] if fits else [_word(x, y, mark(segment)) for y, x, _ in piece]


def _word(x: int, y: int, words: str, beside: bool = False) -> dict[str, Any]:
    return {"x": x, "y": y, "words": words, "beside": beside}


def _pieces(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that come row by row as pieces that hang together."""
    found: list[list[Run]] = []
    for y, x, many in runs:
        touching = [one for one in found if any(up == y - 1 and a < x + many and x < a + b for up, a, b in one)]
        found = [one for one in found if one not in touching] + [[*itertools.chain(*touching), (y, x, many)]]
    return found


def _runs(cells: np.ndarray) -> list[Run]:
    """Cells (across, up) that hang together in a row."""
    found = []
    for y, row in enumerate(cells.T):
        ends = np.flatnonzero(np.diff(np.pad(row.astype(np.int8), 1)))
        found += [(y, int(x), int(end - x)) for x, end in zip(ends[::2], ends[1::2], strict=True)]
    return found


def borders(most: np.ndarray) -> list[dict[str, int]]:
    """The lines between cells (across, up) that are not called after the same segment."""
    right = [{"x": x + 1, "x2": x + 1, "y": y, "y2": y + 1} for x, y in np.argwhere(most[1:] != most[:-1]).tolist()]
    above = np.argwhere(most[:, 1:] != most[:, :-1]).tolist()
    return right + [{"x": x, "x2": x + 1, "y": y + 1, "y2": y + 1} for x, y in above]


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
