"""The picture a method opens on, as paper has it: what it cuts, with each line, its value and the segments' names.

Which one follows from what its segments are made of, as on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

import altair as alt
import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.thresholds import scored
from segmentation.analysis.thresholds.axes import bands, slots, spread_of
from segmentation.analysis.thresholds.axes import title as axis_title
from segmentation.analysis.thresholds.crossing import is_plane, moved_plane, sides
from segmentation.analysis.thresholds.grid import Grid
from segmentation.analysis.thresholds.line import Line, of_shares, on_axis
from segmentation.analysis.thresholds.lines import lines_of, stated
from segmentation.analysis.thresholds.places import orderings, values_at
from segmentation.analysis.thresholds.valued import Valued, bars_of, valued
from segmentation.charts.distribution import OTHER, score, spread
from segmentation.charts.heat import borders, heat, mark, named
from segmentation.charts.matrix import matrix
from segmentation.charts.regions import HEIGHT, regions
from segmentation.charts.scales import place, px
from segmentation.charts.scales import slots as coloured
from segmentation.charts.values import values as bars_chart
from segmentation.columns.metrics import label
from segmentation.customers.attributes import RANKED
from segmentation.customers.outlook import MONTH
from segmentation.segments.bands import Merged, Runs
from segmentation.segments.controls import Names
from segmentation.segments.method import Method
from segmentation.segments.rules import Ruled, coverage
from segmentation.segments.scores import Scored
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

WIDE = 640  # pixels a line of names has
LETTER = 6.6  # pixels a letter takes
APART = 7  # colours of segments
LOW = 90  # pixels a distribution is high that stands among others
ROWS = 4  # of values above lines that stand close
NARROW = 400  # pixels a distribution is wide at least


Chart: TypeAlias = alt.LayerChart | alt.VConcatChart


class Own(NamedTuple):
    """What a picture shows, in words, and what draws it."""

    title: str
    draw: Callable[[], Chart]


def own(method: Method, values: Mapping[str, Any], made: Segmentation) -> Own | None:
    """The picture of what a method cuts; None where that is a share of the total, whose picture is the Pareto curve, or
    nothing that could be drawn.
    """
    placing = made.placing
    if isinstance(placing, Ruled):
        return Own("Which row takes whom", lambda: _rules(made))
    if isinstance(placing, Scored) and placing.counts[:-1].sum():
        return Own("What the score is made of", lambda: _score(made, placing))
    if isinstance(placing, Merged):
        return _crossed(method, values, made, placing)
    if not isinstance(placing, Runs) or placing.share:
        return None
    found = valued(method, values, made)
    if found and found.known and found.size:
        what = label(made.columns[0].removesuffix(RANKED)) if found.rare else ""
        title = f"Customers by {what[:1].lower()}{what[1:]}" if found.rare else "How far customers have come"
        return Own(title, lambda: _values(made, found, values))
    return _spread(method, values, made)


def edges(method: Method, values: Mapping[str, Any], made: Segmentation) -> Own | None:
    """Of a method whose own picture are cells of scores, how customers spread along each score, with every edge; else None."""
    if not _has_cells(method, made.placing):
        return None
    values, made = stated(method, values, made)
    lines = lines_of(method, values, made)
    titles = [axis_title(made, at) for at in range(len(orderings(made)))]
    named = formats.listed([f"{one[:1].lower()}{one[1:]}" for one in titles])
    return Own(f"Customers by {named}", lambda: alt.vconcat(*(_edges(made, at, lines) for at in range(len(titles)))))


def _has_cells(method: Method, placing: Any) -> bool:
    """Whether what it cuts is shown as cells of scores."""
    named = any(isinstance(one, Names) for one in method.controls.values())
    return named and isinstance(placing, Merged) and len(placing.runs) == 3


def _edges(made: Segmentation, at: int, lines: Sequence[Line]) -> alt.LayerChart:
    """One score: its lines, each with the first value beyond it, and in words which values each number of it stands for."""
    run, found = orderings(made)[at], spread_of(made, at, lines)
    cuts = values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist()
    each = {str(score): span for score, span in enumerate(spans(run), 1)}
    listed = " · ".join(f"{score}: {span}" for score, span in each.items())
    scores = "" if all(map(str.__eq__, each, each.values())) else f" – score {listed}"
    words = [formats.number(float(np.ceil(value)) if _is_whole(run) else value) for value in cuts]
    drawn = spread(replace(found, title=f"{found.title}{scores}"), cuts[::-1], height=LOW, plain=True, called=str(at))
    return drawn + _labels(cuts, words, found.ends, found.grid)


def _crossed(method: Method, values: Mapping[str, Any], made: Segmentation, placing: Merged) -> Own | None:
    if _has_cells(method, placing):
        return Own("Cells of scores", lambda: _heat(made, placing))
    both = sides(made)
    if both is None:
        return _spread(method, values, made)
    lines = lines_of(method, values, made)
    percent = [of_shares(run, [line for line in lines if line.run == at]) for at, run in enumerate(placing.runs)]
    first, second = (side.title.split(",")[0] for side in both)
    title = f"{first} × {second[:1].lower()}{second[1:]}"
    if not is_plane(made, both):
        return Own(title, lambda: matrix(made, percent=percent))
    plane = moved_plane(made, lines)
    if not plane:
        return _spread(method, values, made)
    return Own(title, lambda: regions(made, percent=percent, roomy=True) + _legend(_segments(made), HEIGHT + 60))


def _spread(method: Method, values: Mapping[str, Any], made: Segmentation) -> Own | None:
    """The first ordering that lines cut."""
    values, made = stated(method, values, made)
    lines = lines_of(method, values, made)
    at = next((line.run for line in lines), None)
    if at is None:
        return None
    words = axis_title(made, at)
    return Own(f"Customers by {words[:1].lower()}{words[1:]}", lambda: _distribution(made, at, lines))


def _distribution(made: Segmentation, at: int, lines: Sequence[Line]) -> alt.LayerChart:
    run, found = orderings(made)[at], spread_of(made, at, lines)
    cuts = values_at(run, np.array(run.cuts), run.bounds[1:-2]).tolist()
    pieces = slots(made, at, lines)[::-1]
    drawn = spread(found, cuts[::-1], [slot for band in pieces for slot in band])
    words = [_said(cut, value, run, [line for line in lines if line.run == at]) for cut, value in enumerate(cuts)]
    whole = isinstance(made.placing, Runs) or any(len(band) > 1 for band in pieces)
    named = _segments(made) if whole else [(name, str(slot)) for name, slot in bands(made, at)[::-1]]
    return drawn + _labels(cuts, words, found.ends, found.grid) + _legend(named)


def _said(cut: int, value: float, run: Runs, lines: Sequence[Line]) -> str:
    """What stands at a cut: the value of the line that moves it, or where it lies."""
    line = next((one for one in lines if cut in one.cuts), None)
    if line is not None and line.unit == "months":
        return formats.plural(round(value / MONTH), "month")
    if line is None or line.unit != "%":
        return formats.number(formats.two_digits(value)) if line is None else formats.number(value)
    share = formats.share(float(line.stops[line.here]))
    return share if on_axis(line, run) else f"{share} at {formats.number(formats.two_digits(value))}"


def _labels(cuts: Sequence[float], words: Sequence[str], ends: Sequence[float], grid: Grid) -> alt.Chart:
    """What stands at each line, above it: a row higher where it would run into another, with an arrow where the line lies
    beyond an end of the axis, once where several lines are one.
    """
    low, high = ends
    held = []
    for cut, text in sorted(set(zip(cuts, words, strict=True))):
        said = f"← {text}" if cut < low else f"{text} →" if cut > high else text
        held.append((min(max(cut, low), high), said))
    data = pd.DataFrame(held, columns=["low", "words"])
    places = [place(one, ends, grid.scale, grid.unit) for one in data["low"]]
    data["up"] = [-4 - 13 * row for row in _rows(places, data["words"])]
    mark = alt.Chart(data).mark_text(baseline="bottom", fontWeight="bold", color="currentColor")
    return mark.encode(x=alt.X("low:Q"), y=px(alt.YValue, "datum.up"), text=alt.Text("words:N"))


def _rows(places: Sequence[float], words: Sequence[str]) -> list[int]:
    """The row each text stands in, from the lowest: the first in which it has room, else the one that has most.

    places   of the texts, ascending: shares of the length of the axis
    """
    free, rows = [-np.inf] * ROWS, []
    for share, text in zip(places, words, strict=True):
        middle, half = share * NARROW, LETTER * (len(text) + 1) / 2
        row = next((one for one in range(ROWS) if free[one] <= middle - half), int(np.argmin(free)))
        free[row] = middle + half
        rows.append(row)
    return rows


def _segments(made: Segmentation) -> list[tuple[str, str]]:
    """Every segment with its customers, and its slot of the palette."""
    colours = [*made.colours, UNKNOWN_COLOUR]
    return [
        (f"{name} {formats.count(many)}", str(slot))
        for name, many, slot in zip(made.shown, made.counts.tolist(), colours, strict=False)
    ]


def _legend(named: Sequence[tuple[str, str]], top: int = 290) -> alt.LayerChart:
    """Names with their colours below a picture, in as many rows as it takes; top: where they begin, in pixels."""
    rows, across, down = [], 0.0, 0
    for name, slot in named:
        wide = 26 + LETTER * len(name)
        if across and across + wide > WIDE:
            across, down = 0.0, down + 18
        rows.append((name, slot, across, top + down))
        across += wide
    data = pd.DataFrame(rows, columns=["name", "colour", "across", "down"])
    at = {"y": px(alt.YValue, "datum.down")}
    squares = (
        alt.Chart(data)
        .mark_square(size=110, opacity=1)
        .encode(x=px(alt.XValue, "datum.across + 5"), color=coloured(), **at)
    )
    texts = alt.Chart(data).mark_text(align="left", baseline="middle", color="currentColor")
    return squares + texts.encode(x=px(alt.XValue, "datum.across + 14"), text=alt.Text("name:N"), **at)


def _score(made: Segmentation, placing: Scored) -> alt.LayerChart:
    cuts = scored.below(placing, placing.counts[:-2].cumsum())[::-1].tolist()
    bars, colours = scored.parts(placing), [str(slot) for slot in made.colours[::-1]]
    words = [f"{formats.share(1 - cut)} above" for cut in cuts]
    parts = [(f"{name}", OTHER) for name in dict.fromkeys(bars["part"])]
    drawn = score(bars, cuts, colours) + _labels(cuts, words, [0.0, 1.0], Grid([])) + _legend(_segments(made))
    return drawn + _legend([("Strong to faint: " + ", ".join(name for name, _ in parts), OTHER)], 312)


def _values(made: Segmentation, found: Valued, values: Mapping[str, Any]) -> alt.LayerChart:
    bars = bars_of(found)
    if not found.rare:
        return bars_chart(bars, [str(slot) for slot in made.colours[: found.size]][::-1])
    share = float(values[found.rare])
    own_ = found.shown(share)
    return bars_chart(bars, [str(min(at, own_) % APART) for at in range(len(bars))], share)


def _rules(made: Segmentation) -> alt.LayerChart:
    """Each row with those it decides, and pale those it matches whom a row above takes first."""
    rows, all_ = coverage(made).rows, max(len(made.customers), 1)
    bars = pd.DataFrame(
        {
            "name": [f"{row.row} {row.segment}" for row in rows.itertuples()],
            "share": rows["wins"] / all_,
            "words": [f"{formats.count(row.wins)} of {formats.count(row.matches)}" for row in rows.itertuples()],
            "reached": rows["matches"] / all_,
            "colour": [str(made.colours[made.names.index(name)]) for name in rows["segment"]],
        }
    )
    slots_ = [*made.colours, UNKNOWN_COLOUR]
    for name, many, slot in zip(made.shown, made.counts.tolist(), slots_, strict=False):
        if many and name not in set(rows["segment"]):
            bars.loc[len(bars)] = [f"No row: {name}", many / all_, formats.count(many), many / all_, str(slot)]
    title = "Share of customers: decided, and pale what a row above takes first"
    return bars_chart(bars.drop(columns="colour"), [*bars["colour"]], title=title)


def _heat(made: Segmentation, placing: Merged) -> alt.LayerChart:
    """Customers by the bands of the first two orderings, lowest values at the left and the bottom; each cell in the
    colour of the segment most of them are in, else of the one most of its cells are called after."""
    held, called = _squares(placing, len(made.shown))
    most, many = (held + called / (1 + called.sum())).argmax(axis=2), held.sum(axis=2)
    colours = [*made.colours, UNKNOWN_COLOUR]
    cells = [
        {
            "slot": str(colours[most[at]]),
            "shade": (int(many[at]) / max(int(many.max()), 1)) ** 0.5,
            "words": formats.count(int(many[at])) if many[at] else "",
        }
        for at in np.ndindex(most.shape)
    ]
    names, marked = named(most, held, made.shown)
    legend = [(f"{mark(at)} {name}" if at in marked else name, slot) for at, (name, slot) in enumerate(_segments(made))]
    across, up, third = (spans(run) for run in placing.runs)
    titles = (axis_title(made, 0), axis_title(made, 1))
    size, lines = (most.shape[0], most.shape[1]), borders(most)
    right = [[str(score), span] for score, span in enumerate(across, 1)]
    above = [[one] for one in _scored(up)]
    drawn = heat(size, titles, cells=cells, borders=lines, across=right, up=above, names=names)
    words = f"{axis_title(made, 2)} – {' · '.join(_scored(third))}"
    return drawn + _legend([(words, OTHER)], 304) + _legend(legend, 322)


def _scored(spans: Sequence[str]) -> list[str]:
    """Each score and which values it stands for; alone where it is the value."""
    return [span if span == str(score) else f"{score}: {span}" for score, span in enumerate(spans, 1)]


def spans(run: Runs) -> list[str]:
    """From which value to which each band of known values goes, the one that scores least first, as heat.js says it."""
    negated = run.ranked.negated
    if not len(negated):
        return ["nobody"] * (len(run) - 1)
    least, most = -float(negated[-1]), -float(negated[0])
    if whole := _is_whole(run):  # up to the last whole value below a cut
        tops = [np.floor(cut) if run.closed == "right" else np.ceil(cut) - 1 for cut in run.cuts]
        ends = zip([*(top + 1 for top in tops), least], [most, *tops], strict=True)
    else:
        ends = zip([*run.cuts, least], [most, *run.cuts], strict=True)
    said = formats.number if whole else formats.compact
    found = [
        "nobody" if low > top else said(low) if whole and low == top else _between(said(low), said(top), top)
        for low, top in ends
    ]
    return found if run.low_first else found[::-1]


def _is_whole(run: Runs) -> bool:
    """Whether what it cuts is counted in whole numbers."""
    return bool(np.array_equal(run.ranked.negated, np.rint(run.ranked.negated)))


def _between(low: str, high: str, value: float) -> str:
    """From … to …, in words where a dash would meet a minus."""
    return f"{low} to {high}" if value < 0 else f"{low}–{high}"


def _squares(placing: Merged, segments: int) -> tuple[np.ndarray, np.ndarray]:
    """Customers, and cells of all orderings, by the bands of the first two (from the lowest values) and by segment."""
    sizes = [len(run) - 1 for run in placing.runs]
    whole = [size + 1 for size in sizes]
    counts = placing.cells.tally.counts.reshape(whole)[:-1, :-1]
    table = placing.table.reshape(whole)[:-1, :-1]
    mine = table[..., None] == np.arange(segments)
    across, up = (1 if run.low_first else -1 for run in placing.runs[:2])
    cells = mine.sum(axis=2)[::across, ::up]
    return (counts[..., None] * mine).sum(axis=2)[::across, ::up], cells
