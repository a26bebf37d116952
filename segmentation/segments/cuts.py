"""The primitives every named method is made of: edges, quantiles, cumulative share, and cross.

A value equal to a cut belongs to the band above it (the band of larger values), but where the cut is a span since
something, which is told as “up to”: those cuts are closed on the right. Everywhere equal values stay together (only a
cumulative share may part them, by customer id), and a customer whose value is missing is *Unknown*.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.bands import Coded, Merged, Runs, as_merged, table_of
from segmentation.segments.segmentation import Segmentation
from segmentation.segments.spans import Spans

MOST = 120  # segments: their numbers fit into a byte, and nobody treats more differently


def edges(
    customers: Customers,
    column: str,
    cuts: Sequence[float],
    names: Sequence | Spans,
    *,
    best: str = "high",
    closed: str = "left",
) -> Segmentation:
    """Bands of one column by fixed edges.

    cuts    ascending, in the column's unit; equal neighbours leave the band between them empty
    names   one more than cuts, best first; or spans, which follow the cuts wherever they are moved
    best    "high" when large values are best, "low" when small ones are
    closed  "left" when a value on a cut belongs to the band above it, "right" when to the band below
    Raises Problem when the cuts are out of order or their number does not fit the names.
    """
    cuts = tuple(float(cut) for cut in cuts)
    spans = names if isinstance(names, Spans) else None
    if isinstance(names, Spans):
        names = names(cuts) if best == "low" else names(cuts)[::-1]
    _check(column, cuts, names)
    ranked = customers.ranked(column)
    place = {"left": ranked.at_least, "right": ranked.more_than}[closed]
    bounds = np.array([0, *map(place, reversed(cuts)), ranked.known, len(customers)])
    placing = Runs(ranked, bounds, best == "low", cuts=cuts[::-1], closed=closed)
    return Segmentation(customers, names, placing, columns=[column], cuts=cuts, spans=spans)


def quantiles(
    customers: Customers, column: str, shares: Sequence[float], names: Sequence[str], *, best: str = "high"
) -> Segmentation:
    """Bands of one column by share of customers.

    shares  ascending shares of the customers with a known value, from the smallest value: (0.33, 0.67)
    A group of equal values that a cut would tear stays together, on its worse side.
    """
    cuts = quantile_cuts(customers, column, tuple(shares), best)
    return edges(customers, column, cuts, names, best=best)


def quantile_cuts(customers: Customers, column: str, shares: Sequence[float], best: str = "high") -> tuple[float, ...]:
    """The values at which `quantiles` cuts: type 7 quantiles, moved past ties when large values are best."""
    ranked = customers.ranked(column)
    if not ranked.known:
        return tuple(0.0 for _ in shares)
    at = tuple(ranked.quantile(share) for share in shares)
    return at if best == "low" else tuple(map(ranked.above, at))


def cumulative_share(
    customers: Customers,
    column: str,
    cuts: Sequence[float],
    names: Sequence[str],
    *,
    thresholds: Sequence[str | None] = (),
) -> Segmentation:
    """Bands of one column by share of its total, largest first (ABC).

    thresholds   for each cut the method's threshold that is that very cut, None for a cut that follows from others

    A customer belongs to the first band whose cut is above the cumulative share reached before it, so the one
    who crosses the cut is still inside and the first band is never empty. Customers at or below zero belong to
    the last band; the total is that of the positive values.
    """
    cuts = tuple(float(cut) for cut in cuts)
    _check(column, cuts, names)
    ranked = customers.ranked(column)
    reach = [ranked.reach(cut) for cut in cuts]
    bounds = np.array([0, *reach, ranked.known, len(customers)])
    placing = Runs(ranked, bounds, share=True, cuts=cuts)
    return Segmentation(customers, names, placing, columns=[column], cuts=cuts, thresholds=thresholds)


def cross(
    first: Segmentation,
    second: Segmentation,
    names: Mapping[tuple[str, str], str] | None = None,
    *,
    between: str = "",
    detail: Callable[[], pd.DataFrame] | None = None,
) -> Segmentation:
    """The product of two segmentations of the same customers; *Unknown* in either is *Unknown* in both.

    names   (first's segment, second's segment) → name; several pairs may share one. Default: both names joined,
            with what stands between them, coloured by the first.
    Raises Problem where that makes more than MOST segments.
    """
    joined = names or {(a, b): f"{a}{between}{b}" for a in first.names for b in second.names}
    order = list(dict.fromkeys(joined.values()))
    if len(order) > MOST:
        raise Problem(f"This would make {len(order)} segments; at most {MOST} can be told apart: cross coarser ones.")
    colours = None if names else [colour for colour in first.colours for _ in second.names]
    place = {name: at for at, name in enumerate(order)}
    grid = np.full((len(first.names) + 1, len(second.names) + 1), len(order), np.int8)
    grid[:-1, :-1] = [[place[joined[a, b]] for b in second.names] for a in first.names]
    placing = _crossed(first, second, grid, len(order) + 1)
    columns = (*first.columns, *second.columns)
    bands = (*first.bands, *second.bands)
    return Segmentation(first.customers, order, placing, columns=columns, colours=colours, detail=detail, bands=bands)


def _crossed(first: Segmentation, second: Segmentation, grid: np.ndarray, segments: int) -> Merged | Coded:
    """Cells of both, where both are cut from orderings; else a mark for each pair of segments."""
    customers, placings = first.customers, (first.placing, second.placing)
    if all(isinstance(placing, Runs | Merged) for placing in placings):
        mine, theirs = (as_merged(customers, placing) for placing in placings)  # type: ignore[arg-type]
        table = np.ascontiguousarray(grid[mine.table[:, None], theirs.table[None, :]]).ravel()
        return Merged(customers, (*mine.runs, *theirs.runs), table, segments)
    marks = first.codes.astype(np.min_scalar_type(grid.size))
    marks *= marks.dtype.type(grid.shape[1])
    marks += second.codes.astype(marks.dtype)
    return Coded(customers, marks, grid.ravel(), segments)


def bands(
    customers: Customers,
    column: str,
    cuts: Sequence[float],
    names: Sequence[str],
    *,
    unit: str = "",
    best: str = "high",
) -> Segmentation:
    """`edges`, with these names where there is one for each band, else with the bands' own spans."""
    return edges(customers, column, cuts, _named(names, cuts, unit), best=best)


def spanned(names: Sequence[str], unit: str = "") -> Callable[[Mapping[str, Any]], list[str] | None]:
    """For a method of `bands` with these names, cut at its threshold `edges`: what it declares as its `spans`."""

    def called(values: Mapping[str, Any]) -> list[str] | None:
        by = _named(names, values["edges"], unit)
        return by(values["edges"]) if isinstance(by, Spans) else None

    return called


def _named(names: Sequence[str], cuts: Sequence[float], unit: str) -> Sequence[str] | Spans:
    return names if len(names) == len(cuts) + 1 else Spans(unit)


def product(
    factors: Sequence[Segmentation], names: Sequence[str], named: Callable[[tuple], int] | np.ndarray, **more: Any
) -> Segmentation:
    """Several cut columns crossed: `named` gives, for a segment of each factor, which of `names` the cell is.

    named   called with the segments' names, or the answers laid out, an axis for each factor
    A customer *Unknown* in any factor is *Unknown*. Raises TypeError where a factor is no cut of one column.
    """
    runs = tuple(factor.placing for factor in factors if isinstance(factor.placing, Runs))
    if len(runs) != len(factors):
        raise TypeError("only cuts of one column can be multiplied; cross takes any two segmentations")
    sizes = [len(factor.names) for factor in factors]
    cells = np.full([size + 1 for size in sizes], len(names), np.int8)
    cells[tuple(slice(size) for size in sizes)] = named if isinstance(named, np.ndarray) else _laid_out(factors, named)
    customers = factors[0].customers
    placing = Merged(customers, runs, table_of(runs, cells), len(names) + 1)
    columns, bands = [factor.columns[0] for factor in factors], [factor.names for factor in factors]
    return Segmentation(customers, names, placing, columns=columns, bands=bands, **more)


def _laid_out(factors: Sequence[Segmentation], named: Callable[[tuple], int]) -> np.ndarray:
    cells = [named(cell) for cell in itertools.product(*(factor.names for factor in factors))]
    return np.array(cells, np.int8).reshape([len(factor.names) for factor in factors])


def _check(column: str, cuts: tuple[float, ...], names: Sequence[str]) -> None:
    if any(np.isnan(cuts)) or any(a > b for a, b in pairwise(cuts)):
        raise Problem(
            f"The cuts of {column} are out of order ({', '.join(f'{c:g}' for c in cuts)}): put them ascending."
        )
    if len(names) != len(cuts) + 1:
        raise Problem(f"{len(cuts)} cuts of {column} make {len(cuts) + 1} segments, but {len(names)} names were given.")
