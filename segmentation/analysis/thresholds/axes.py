"""How an ordering lies along a picture: what it is called, its bands, and how customers spread along it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation.analysis.thresholds.grid import Grid, grid_of, spread
from segmentation.analysis.thresholds.line import Line, of_shares
from segmentation.analysis.thresholds.places import orderings
from segmentation.analysis.thresholds.ruled import compared
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import MONTH
from segmentation.dataclass import dataclass
from segmentation.segments.bands import Merged, Runs, runs_of
from segmentation.segments.rules import Ruled
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

FEW = 4  # names that can stand together
FEW_MONTHS, MOST_MONTHS = 9, 60  # of which bars are made; beyond the last all stand in it


def title(made: Segmentation, at: int) -> str:
    """What an ordering is called on its axis."""
    if isinstance(made.placing, Ruled):
        said = label(compared(made.placing)[at].column)
    else:
        said = label(made.along[at]) if made.along else orderings(made)[at].ranked.called or "what is cut"
    return said[:1].upper() + said[1:]


def bands(made: Segmentation, at: int) -> list[tuple[str, int]]:
    """What each band of an ordering is called, largest values first, and its slot of the palette.

    Where orderings cross it is called after what its segments have in common; it has their colour where that is one.
    """
    runs = runs_of(made.placing)
    if isinstance(made.placing, Ruled):
        return _fitting(made, made.placing, at)
    if isinstance(made.placing, Runs):
        return [(made.names[one], made.colours[one]) for one in np.argsort(runs[at].order).tolist()[:-1]]
    assert isinstance(made.placing, Merged)
    table = np.moveaxis(made.placing.table.reshape([len(run) for run in runs]), at, 0)
    held = [[one for one in np.unique(row).tolist() if one < len(made.names)] for row in table[:-1]]
    colours = [{made.colours[one] for one in band} for band in held]
    return [
        (_in_common([made.names[one] for one in band]), colour.pop() if len(colour) == 1 else UNKNOWN_COLOUR)
        for band, colour in zip(held, colours, strict=True)
    ]


def _fitting(made: Segmentation, placing: Ruled, at: int) -> list[tuple[str, int]]:
    """Of a column that a row compares: whether the comparison holds, there in the colour of the row's segment."""
    one = compared(placing)[at]
    colour = made.colours[placing.names.index(placing.rules[one.row].segment)]
    return [("Holds for", colour) if fits else ("Not for", UNKNOWN_COLOUR) for fits in one.fits[:-1].tolist()]


def _in_common(names: Sequence[str]) -> str:
    """The part all these names have, as A of AX, AY, AZ or of A × Active, A × Closed; else the names, where they are few."""
    parts = [name.split(" × ") if " × " in name else list(name) if len(name) == 2 else [name] for name in names]
    shared = [part for part in (parts[0] if parts else []) if all(part in other for other in parts)]
    return shared[0] if shared else " / ".join(names) if len(names) < FEW else ""


@dataclass(frozen=True, eq=False)
class Spread:
    """How customers spread along an ordering.

    title     of its axis; bars: x, x2, customers; pieces: the same, or where bars are stacked each in pieces with
              other and below (see `charts.distribution`)
    ends      the values at which the axis begins and ends; grid: the scale on which they stand evenly
    percent   whether values are shares; months: the days that many months are at, where it is told in months
    """

    title: str
    bars: pd.DataFrame
    pieces: pd.DataFrame
    ends: list[float]
    grid: Grid
    percent: bool
    months: list[float]


def spread_of(made: Segmentation, at: int, lines: Sequence[Line]) -> Spread:
    """The distribution of an ordering; one whose lines are told in months has bars and an axis of months, if there are enough.

    lines   of the method
    """
    run, mine = orderings(made)[at], [line for line in lines if line.run == at]
    monthly = run.ranked.known and any(line.unit == "months" for line in mine)
    months = months_of(made.customers, -run.ranked.negated[0]) if monthly else []
    bars, words = spread(made.customers, run, [0.0, *months] if months else None), title(made, at)
    ends, percent = [float(bars["x"].min()), float(bars["x2"].max())], of_shares(run, mine)
    other = beside(made, at, lines)
    pieces = bars if other is None else _stacked(bars, run, other)
    words = words.replace("Days", "Months", 1) if months else words
    grid = Grid(ends) if months else grid_of(made.customers, run)
    return Spread(words, bars, pieces, ends, grid, percent, months)


def months_of(customers: Customers, end: float) -> list[float]:
    """The days at which so many months lie back, until past this many days; none where there are fewer than FEW_MONTHS."""
    longest = int(end // MONTH) + 1
    return [customers.days_back(k) for k in range(1, min(longest, MOST_MONTHS) + 1)] if longest >= FEW_MONTHS else []


def _stacked(bars: pd.DataFrame, run: Runs, other: Runs) -> pd.DataFrame:
    """Each bar in pieces, one for each band of another ordering: other (the band), below (customers under it)."""
    stretch = np.repeat(np.arange(len(bars))[::-1], bars["customers"][::-1])
    bands = other.runs_at(other.ranked.position[run.ranked.order[: run.ranked.known]]).astype(np.intp)
    held = np.bincount(stretch * len(other) + bands, minlength=len(bars) * len(other)).reshape(len(bars), len(other))
    below = np.cumsum(held, axis=1) - held
    pieces = [bars.assign(other=n, customers=held[:, n], below=below[:, n]) for n in range(len(other))]
    return pd.concat(pieces, ignore_index=True)


def beside(made: Segmentation, at: int, lines: Sequence[Line]) -> Runs | None:
    """The only other ordering, where it is one that no line cuts: its bands are seen stacked in each bar."""
    others = [run for number, run in enumerate(runs_of(made.placing)) if number != at]
    return others[0] if len(others) == 1 and all(line.run == at for line in lines) else None


def slots(made: Segmentation, at: int, lines: Sequence[Line]) -> list[list[str]]:
    """For each band, largest values first, the palette's slots of its pieces: one, but where they are stacked."""
    placing, colours = made.placing, np.array([*made.colours, UNKNOWN_COLOUR])
    if beside(made, at, lines) is None or not isinstance(placing, Merged):
        return [[str(slot)] for _, slot in bands(made, at)]
    segments = np.moveaxis(placing.table.reshape([len(run) for run in placing.runs]), at, 0)[:-1]
    return colours[segments].astype(str).tolist()
