"""The plane of two metrics with the regions a method makes of it, over how the customers lie there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.crossing import Side, cells, density, sides
from segmentation.charts.layered import layered
from segmentation.charts.scales import PERCENT, SHORT, px, slots, stretched, ticks
from segmentation.problems import Problem
from segmentation.segments.segmentation import Segmentation

HEIGHT = 300
TOUCHING = 10  # px, nearer than which a number and the words of a line would lie on each other
LINES = 2  # of words in a region
LETTER, LINE = 6.5, 15  # px a letter takes, about, and a line of words


def regions(
    made: Segmentation, *, percent: Sequence[bool] = (False, False), width: int = 560, roomy: bool = False
) -> alt.LayerChart:
    """Fields of customers, darker where there are more, on regions in the colour of their segments; a rule at each cut.

    The first ordering lies along the bottom, the second upwards. In the browser the chart follows the hand by its
    parameters: across, down (each side's ends, and between them its cuts, ascending) and words (lines of text, by cell).
    percent   for each ordering whether it holds shares
    roomy     whether a name stands only where it has room: then a legend has to name the others
    Raises Problem where the segmentation is no cross of two orderings.
    """
    both = sides(made)
    if both is None:
        raise Problem("Only two orderings make a plane.")
    held = _rising(cells(made), both)
    params = {"across": both[0].inside, "down": both[1].inside, "words": _words(held, both, width, roomy)}
    layers = [
        _regions(held),
        _fields(density(made, both), both, percent),
        _cuts("across", both[0]),
        _cuts("down", both[1]),
        _borders(held),
        *(_line(held, number) for number in range(LINES)),
    ]
    return layered(*layers, params=params, width=width, height=HEIGHT, view=alt.ViewBackground(stroke=None))


def _rising(held: pd.DataFrame, both: tuple[Side, Side]) -> pd.DataFrame:
    """The cells with the places of their bands along the axes, which rise: column, row."""
    places = {
        name: len(side.bands) - 1 - held[of] if side.falls else held[of]
        for name, of, side in zip(("column", "row"), ("first", "second"), both, strict=True)
    }
    return held.assign(at=range(len(held)), **places)


def _words(held: pd.DataFrame, both: tuple[Side, Side], width: int, roomy: bool) -> list[list[str]]:
    """A segment's name and customers, in the largest of its cells; where a legend names them too, as far as there is room."""
    ends = [_places(side, size) for side, size in zip(both, (width, HEIGHT), strict=True)]
    wide, high = (np.diff(at)[held[place]] for at, place in zip(ends, ("column", "row"), strict=True))
    counts, largest = held.groupby("name")["customers"].sum(), (wide * high).argsort(kind="stable")[::-1]
    found: dict[str, int] = {}
    for at in largest.tolist():
        found.setdefault(held["name"].iloc[at], at)
    words = [[name, formats.count(counts[name])] if found[name] == at else [] for at, name in enumerate(held["name"])]
    return [_fitting(*each) if roomy else each[0] for each in zip(words, wide, high, strict=True)]


def _places(side: Side, size: int) -> np.ndarray:
    """Where its ends and cuts lie, in px."""
    at, scale = np.array(side.inside, float), side.grid.scale
    if scale == "log":
        at = np.log(at)
    elif scale == "symlog":
        at = np.sign(at) * np.log1p(np.abs(at) / side.grid.unit)
    return (at - at[0]) / max(at[-1] - at[0], 1e-300) * size


def _fitting(words: list[str], wide: float, high: float) -> list[str]:
    """The lines that have room in a cell of so many px: no number without its name."""
    if not words or len(words[0]) * LETTER > wide or high < LINE:
        return []
    return words if high + 1 >= 2 * LINE else words[:1]


def _fields(fields: pd.DataFrame, both: tuple[Side, Side], percent: Sequence[bool]) -> alt.Chart:
    upper: dict[str, Any] = {
        "titleAngle": 0,
        "titleAlign": "left",
        "titleX": -44,
        "titleY": -30,
    }  # above the axis, to be read level; its numbers beyond the strip beside it
    looks: tuple[dict[str, Any], ...] = ({"tickSize": 10}, {"tickSize": 8, **upper})
    told = [PERCENT if share else SHORT for share in percent]
    x, y = (
        alt.Axis(labelExpr=words, labelOverlap=True, grid=False, **ticks(side, 6), **look)
        for side, words, look in zip(both, [told[0], _beside(both[1], told[1])], looks, strict=True)
    )
    most = float(fields["customers"].max()) if len(fields) else 1.0
    many = alt.Opacity("customers:Q", scale=alt.Scale(type="sqrt", domain=[0, most], range=[0.1, 0.45]), legend=None)
    return (
        alt.Chart(fields)
        .mark_rect(color="currentColor", stroke=None, cornerRadius=1)
        .encode(
            x=alt.X("x:Q", scale=stretched(both[0]), axis=x, title=f"{both[0].title} →"),
            x2=alt.X2("x2:Q"),
            y=alt.Y("y:Q", scale=stretched(both[1]), axis=y, title=f"↑ {both[1].title}"),
            y2=alt.Y2("y2:Q"),
            opacity=many,
        )
    )


def _beside(side: Side, told: str) -> str:
    """What a tick of the upright axis says: nothing where the words of a cut stand."""
    near = [
        f"abs(scale('y', datum.value) - scale('y', down[{cut}])) < {TOUCHING}" for cut in range(1, len(side.cuts) + 1)
    ]
    return f"{' || '.join(near)} ? '' : {told}" if near else told


LEFT, RIGHT = "scale('x', across[datum.column])", "scale('x', across[datum.column + 1])"
BOTTOM, UPPER = "scale('y', down[datum.row])", "scale('y', down[datum.row + 1])"


def _regions(held: pd.DataFrame) -> alt.Chart:
    data = alt.Chart(held[["column", "row", "colour"]])
    return data.mark_rect(opacity=0.2, stroke=None).encode(
        x=px(alt.XValue, LEFT),
        x2=px(alt.X2Value, RIGHT),
        y=px(alt.YValue, UPPER),
        y2=px(alt.Y2Value, BOTTOM),
        color=slots(),
    )


def _cuts(name: str, side: Side) -> alt.Chart:
    """A faint line all along each cut."""
    data = alt.Chart(pd.DataFrame({"cut": range(1, len(side.cuts) + 1)})).mark_rule(
        color="currentColor", opacity=0.35, strokeDash=[3, 3]
    )
    if name == "across":
        return data.encode(
            x=px(alt.XValue, "scale('x', across[datum.cut])"), y=alt.YValue(0), y2=px(alt.Y2Value, "height")
        )
    return data.encode(y=px(alt.YValue, "scale('y', down[datum.cut])"), x=alt.XValue(0), x2=px(alt.X2Value, "width"))


def _borders(held: pd.DataFrame) -> alt.Chart:
    """Where two segments meet."""
    data = pd.DataFrame(_meeting(held), columns=["column", "row", "right", "up"])
    return (
        alt.Chart(data)
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(
            x=px(alt.XValue, f"datum.right ? {RIGHT} : {LEFT}"),
            x2=px(alt.X2Value, RIGHT),
            y=px(alt.YValue, f"datum.right ? {BOTTOM} : {UPPER}"),
            y2=px(alt.Y2Value, UPPER),
        )
    )


def _meeting(held: pd.DataFrame) -> Iterator[tuple[int, int, bool, bool]]:
    """The cells whose neighbour to the right, or above, is of another segment."""
    named = {(one.column, one.row): one.name for one in held.rename_axis(None).itertuples(index=False)}
    for (column, row), name in named.items():
        for right in (True, False):
            beside = named.get((column + right, row + (not right)))
            if beside is not None and beside != name:
                yield column, row, right, not right


def _line(held: pd.DataFrame, number: int) -> alt.Chart:
    """A line of the words in the middle of a cell."""
    middle = f"({UPPER} + {BOTTOM}) / 2 + 15 * ({number} - (length(words[datum.at]) - 1) / 2)"
    return (
        alt.Chart(held[["column", "row", "at"]])
        .mark_text(color="currentColor", fontSize=12, fontWeight="normal" if number else "bold", baseline="middle")
        .encode(
            x=px(alt.XValue, f"({LEFT} + {RIGHT}) / 2"),
            y=px(alt.YValue, middle),
            text=px(alt.TextValue, f"words[datum.at][{number}] || ''"),
        )
    )
