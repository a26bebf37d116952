"""The matrix of two crossed orderings: a cell for each pair of bands, and beside it how customers spread along each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds.crossing import Side, cells, sides
from segmentation.charts.layered import layered
from segmentation.charts.scales import PERCENT, SHORT, banded, px, slots, stretched, ticks
from segmentation.problems import Problem
from segmentation.segments.segmentation import Segmentation

TOP, BESIDE, RIGHT = 92, 74, 50  # px: above the cells, right of them, and right of all for the numbers there
BARS, FROM, TO, JOINT = 44, 62, 76, 18  # px: down to the upper axis; where its cuts lead from and to; the same beside
ROW, LEAST, MOST = 58, 170, 420  # px: a row of cells; all rows
SIDES = ("across", "down")
LINES = 3  # of words in a cell
LINE = 14  # px, nearer than which numbers in two lines would touch
FINE = 48  # bars at most
WIDE = 6  # bands whose names have room along the top
NARROW = 44  # px of a band, below which its name stands upright where no joints are in its way
BESIDE_ROW, LONGEST = 11, 1000  # letters in a line of a row's name, which has two; and where it has one
ROW_LINE = 14  # px of such a line
GREY = "7"


def height(rows: int) -> int:
    """Of the whole picture without what is around it, in px."""
    return TOP + min(max(rows * ROW, LEAST), MOST)


def turned(both: tuple[Side, Side]) -> bool:
    """Whether the first ordering goes down the side: it has many bands, and more than the second."""
    return len(both[0].bands) > max(WIDE, len(both[1].bands))


def matrix(
    made: Segmentation, *, percent: Sequence[bool] = (False, False), measure: str = "customers", width: int = 560
) -> alt.LayerChart:
    """The cells where the bands of two orderings meet, best first: the first along the top, the second down the side,
    where there is room for more of them: see `turned`.

    What is filled of a cell is what it holds of a measure, against the fullest one. In the browser the chart follows the
    hand by its parameters: across, down (each side's ends, and between them its cuts, ascending), sizes (share of the
    fullest cell, by cell), words (lines of text, by cell) and beside (px right of the cells).
    percent   for each ordering whether it holds shares
    Raises Problem where the segmentation is no cross of two orderings.
    """
    both = sides(made)
    if both is None:
        raise Problem("Only two orderings make a matrix.")
    held = cells(made)
    if turned(both):
        both, percent = both[::-1], percent[::-1]
        held = held.rename(columns={"first": "second", "second": "first"})
    ground = height(len(both[1].bands))
    params = {
        "across": both[0].inside,
        "down": both[1].inside,
        "sizes": _sizes(held[measure]),
        "words": _words(held, (width - BESIDE) / len(both[0].bands), (ground - TOP) / len(both[1].bands)),
        "beside": BESIDE,
    }
    layers = [
        _margin("across", both[0], percent[0], _shared(held, "first"), ground),
        _margin("down", both[1], percent[1], _shared(held, "second"), ground),
        *_filled(held, both, ground),
        *_heads(both, ground, int((width - BESIDE) / len(both[0].bands) // 6)),
        *(_joints(name, side, ground) for name, side in zip(SIDES, both, strict=True) if side.measured),
        *(_cuts(name, len(side.bands)) for name, side in zip(SIDES, both, strict=True) if side.measured),
    ]
    apart = alt.Resolve(scale=alt.ScaleResolveMap(x="independent", y="independent"))
    view = alt.ViewBackground(stroke=None)
    return layered(*layers, params=params, resolve=apart, width=width, height=ground, view=view)


def _sizes(held: pd.Series) -> list[float]:
    """Shares of the fullest cell; what costs more than it brings fills nothing."""
    return (held.clip(lower=0) / max(float(held.max()), 1e-9)).tolist()


def _words(held: pd.DataFrame, wide: float, high: float) -> list[list[str]]:
    """A cell's name and how many there are, as far as there is room."""
    both = [[name, formats.count(many)] for name, many in zip(held["name"], held["customers"], strict=True)]
    fitting = [[word for word in words if len(word) * 7 + 6 < wide] for words in both]
    return [words[-int((high - 6) // 15) :] if high > 21 else [] for words in fitting]


def _shared(held: pd.DataFrame, side: str) -> list[str]:
    """For each band of a side the colour that all its cells have, else grey."""
    return [found.iloc[0] if found.nunique() == 1 else GREY for _, found in held.groupby(side)["colour"]]


def _margin(name: str, side: Side, percent: bool, colours: list[str], ground: int) -> alt.Chart:
    """How customers spread along an ordering, the best band first: to the right, or downwards."""
    flat = name == "across"
    ends: list[Any] = [0, alt.expr("width - beside")] if flat else [TOP, ground]
    beside = [BARS, 0] if flat else [alt.expr(f"width - beside + {JOINT}"), alt.expr("width")]
    scale = stretched(side, ends[::-1] if side.falls else ends)
    told = PERCENT if percent else SHORT
    axis = alt.Axis(
        orient="bottom" if flat else "right",
        offset=BARS - ground if flat else 0,
        labelExpr=told if flat else f"{_near(side, name)} ? '' : {told}",
        labelOverlap=True,
        title=None,
        grid=False,
        **ticks(side, 5),
        ticks=flat,  # beside an upright one, whose lines end there, a tick would be read as a minus
        tickSize=3,
    )
    along, many = (alt.X, alt.Y) if flat else (alt.Y, alt.X)
    encodings: dict[str, Any] = {
        "x" if flat else "y": along("low:Q", scale=scale, axis=axis if side.measured else None),
        "x2" if flat else "y2": (alt.X2 if flat else alt.Y2)("high:Q"),
        "y" if flat else "x": many("customers:Q", scale=alt.Scale(range=beside), axis=None),
        "y2" if flat else "x2": (alt.Y2Datum if flat else alt.X2Datum)(0),
    }
    bars = banded(_coarse(side.bars), name, colours[::-1] if side.falls else colours)
    return bars.encode(**encodings, color=slots()).properties(name=name)


def _near(side: Side, name: str) -> str:
    """Whether the words of a cut stand where a tick of the upright axis would have its number."""
    at = f"scale('{name}_y', datum.value)"
    cuts = (f"abs({at} - scale('{name}_y', {name}[{cut}])) < {LINE}" for cut in range(1, len(side.bands)))
    return f"({' || '.join(cuts) or 'false'})"


def _coarse(bars: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring bars as one, until there is room for them."""
    by = np.arange(len(bars)) // -(-len(bars) // FINE)
    return bars.groupby(by).agg({"x": "first", "x2": "last", "customers": "sum"})


def _edges(both: tuple[Side, Side], ground: int) -> tuple[str, str, str, str]:
    """Expressions of where a cell begins and ends, and how wide and high all are."""
    wide = f"((width - beside) / {len(both[0].bands)})"
    high = f"({ground - TOP} / {len(both[1].bands)})"
    return f"datum.first * {wide}", f"{TOP} + datum.second * {high}", wide, high


def _filled(held: pd.DataFrame, both: tuple[Side, Side], ground: int) -> list[alt.Chart]:
    """The cells: faint as a whole, filled as far as they hold; the words on them."""
    x, y, wide, high = _edges(both, ground)
    data = alt.Chart(held[["first", "second", "colour"]].assign(at=range(len(held))))

    def rect(share: str, opacity: float) -> alt.Chart:
        return data.mark_rect(opacity=opacity, stroke=None, cornerRadius=2).encode(
            x=px(alt.XValue, f"{x} + 1 + ({wide} - 2) * (1 - {share}) / 2"),
            x2=px(alt.X2Value, f"{x} + {wide} - 1 - ({wide} - 2) * (1 - {share}) / 2"),
            y=px(alt.YValue, f"{y} + 1 + ({high} - 2) * (1 - {share}) / 2"),
            y2=px(alt.Y2Value, f"{y} + {high} - 1 - ({high} - 2) * (1 - {share}) / 2"),
            color=slots(),
        )

    def line(number: int) -> alt.Chart:
        middle = f"{y} + {high} / 2 + 15 * ({number} - (length(words[datum.at]) - 1) / 2)"
        return data.mark_text(
            fontWeight="normal" if number else "bold", fontSize=12, baseline="middle", color="currentColor"
        ).encode(
            x=px(alt.XValue, f"{x} + {wide} / 2"),
            y=px(alt.YValue, middle),
            text=px(alt.TextValue, f"words[datum.at][{number}] || ''"),
        )

    return [rect("1", 0.13), rect("sqrt(sizes[datum.at])", 0.45), *map(line, range(LINES))]


def _heads(both: tuple[Side, Side], ground: int, letters: int) -> list[alt.Chart]:
    """The bands' names above and left of the cells, as far as there is room, and what each side is.

    letters   that have room in a line above a cell, if they are small
    """
    return [
        *_above(both, ground, letters),
        _beside(both, ground),
        _title(f"← {both[0].title}", 10),
        _title(f"↓ {both[1].title}", TOP - 10),
    ]


def _above(both: tuple[Side, Side], ground: int, letters: int) -> list[alt.Chart]:
    """Names in two lines, or upright where bands are too narrow for that and no joints are in the way."""
    x, _, wide, _ = _edges(both, ground)
    names = in_lines(both[0].bands, letters).assign(first=range(len(both[0].bands)))
    head = alt.Chart(names).encode(x=px(alt.XValue, f"{x} + {wide} / 2"))
    lies = f"{wide} > {NARROW} || length(datum.name) < 3"
    lying = head.mark_text(
        color="currentColor", fontWeight="bold", limit=alt.expr(f"{wide} - 6"), lineBreak="\n", lineHeight=11
    ).encode(
        y=px(alt.YValue, f"{TOP - 6} - 11 * (datum.lines - 1)"),
        text=px(alt.TextValue, f"{lies} ? datum.words : ''"),
        size=px(alt.SizeValue, f"length(datum.name) * 7 > {wide} - 6 ? 10 : 12"),
    )
    if both[0].measured:
        return [lying]
    upright = head.mark_text(
        color="currentColor", fontSize=10, angle=270, align="left", baseline="middle", limit=TOP - BARS
    )
    return [lying, upright.encode(y=alt.YValue(TOP - 6), text=px(alt.TextValue, f"{lies} ? '' : datum.name"))]


def _beside(both: tuple[Side, Side], ground: int) -> alt.Chart:
    """Names in two lines, where rows are high enough for them."""
    _, y, _, high = _edges(both, ground)
    letters = BESIDE_ROW if (ground - TOP) / len(both[1].bands) > 2 * ROW_LINE else LONGEST
    names = in_lines(both[1].bands, letters).assign(second=range(len(both[1].bands)))
    style: dict[str, Any] = {"color": "currentColor", "fontSize": 12, "fontWeight": "bold", "align": "right"}
    text = alt.Chart(names).mark_text(**style, baseline="middle", limit=72, lineBreak="\n", lineHeight=ROW_LINE)
    middle = px(alt.YValue, f"{y} + {high} / 2 - {ROW_LINE // 2} * (datum.lines - 1)")
    return text.encode(x=alt.XValue(-6), y=middle, text=alt.Text("words:N"))


def in_lines(bands: Sequence[str], letters: int) -> pd.DataFrame:
    """Names, and in at most two lines of so many letters: name, words, lines (how many)."""
    lines = [textwrap.wrap(name, max(letters, 1), max_lines=2, placeholder="…") or [""] for name in bands]
    return pd.DataFrame({"name": bands, "words": ["\n".join(each) for each in lines], "lines": [*map(len, lines)]})


def _title(words: str, bottom: float) -> alt.Chart:
    """What a side is, in as many lines as it takes, the last of them there; or the first, where it is at the top."""
    lines = textwrap.wrap(words, 18, max_lines=3, placeholder="…")
    data = pd.DataFrame(
        {"name": lines, "y": [max(bottom - 15 * (len(lines) - 1), 10) + 15 * at for at in range(len(lines))]}
    )
    style: dict[str, Any] = {"fontSize": 12, "color": "currentColor", "opacity": 0.7, "align": "right"}
    return (
        alt.Chart(data)
        .mark_text(**style)
        .encode(x=px(alt.XValue, f"width + {RIGHT}"), y=px(alt.YValue, "datum.y"), text=alt.Text("name:N"))
    )


def _joints(name: str, side: Side, ground: int) -> alt.Chart:
    """From each cut on its axis to the place between the cells whose bands meet there."""
    bands, flat = len(side.bands), name == "across"
    here = f"scale('{name}_{'x' if flat else 'y'}', {name}[datum.cut])"
    share = f"({bands} - datum.cut) / {bands}" if side.falls else f"datum.cut / {bands}"
    there = f"(width - beside) * {share}" if flat else f"{TOP} + {ground - TOP} * {share}"
    ends = {"x": px(alt.XValue, here), "x2": px(alt.X2Value, there), "y": alt.YValue(FROM), "y2": alt.Y2Value(TO)}
    if not flat:
        ends = {
            "x": px(alt.XValue, f"width - beside + {JOINT}"),
            "x2": px(alt.X2Value, "width - beside"),
            "y": px(alt.YValue, here),
            "y2": px(alt.Y2Value, there),
        }
    return alt.Chart(pd.DataFrame({"cut": range(1, bands)})).mark_rule(color="currentColor", opacity=0.5).encode(**ends)


def _cuts(name: str, bands: int) -> alt.Chart:
    """A line through the bars at each cut."""
    flat = name == "across"
    here = px(alt.XValue if flat else alt.YValue, f"scale('{name}_{'x' if flat else 'y'}', {name}[datum.cut])")
    ends = {"x": here, "y": alt.YValue(-4), "y2": alt.Y2Value(FROM)}
    if not flat:
        ends = {"y": here, "x": px(alt.XValue, f"width - beside + {JOINT}"), "x2": px(alt.X2Value, "width + 4")}
    return (
        alt.Chart(pd.DataFrame({"cut": range(1, bands)}))
        .mark_rule(color="currentColor", strokeWidth=1.5)
        .encode(**ends)
    )
