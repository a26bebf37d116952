"""The primitives every named method is made of: edges, quantiles, cumulative share, and cross.

Everywhere a value equal to a cut belongs to the band above it (the band of larger values), equal values stay
together (only a cumulative share may part them, by customer id), and a customer whose value is missing is *Unknown*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from segmentation.bands import Cells, Merged, Runs, table_of
from segmentation.customers import Customers
from segmentation.problems import Problem
from segmentation.segmentation import Segmentation


def edges(
    customers: Customers, column: str, cuts: Sequence[float], names: Sequence, *, best: str = "high"
) -> Segmentation:
    """Bands of one column by fixed edges.

    cuts    ascending, in the column's unit; equal neighbours leave the band between them empty
    names   one more than cuts, best first
    best    "high" when large values are best, "low" when small ones are
    Raises Problem when the cuts are out of order or their number does not fit the names.
    """
    cuts = tuple(float(cut) for cut in cuts)
    _check(column, cuts, names)
    ranked = customers.ranked(column)
    bounds = np.array([0, *(ranked.at_least(cut) for cut in reversed(cuts)), ranked.known, len(customers)])
    return Segmentation(customers, names, Runs(ranked, bounds, low_first=best == "low"), columns=[column], cuts=cuts)


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
    placing = Runs(ranked, bounds, share=True)
    return Segmentation(customers, names, placing, columns=[column], cuts=cuts, thresholds=thresholds)


def cross(
    first: Segmentation,
    second: Segmentation,
    names: Mapping[tuple[str, str], str] | None = None,
    *,
    detail: Callable[[], pd.DataFrame] | None = None,
) -> Segmentation:
    """The product of two segmentations of the same customers; *Unknown* in either is *Unknown* in both.

    names   (first's segment, second's segment) → name; several pairs may share one. Default: both names joined,
            coloured by the first.
    """
    joined = names or {(a, b): f"{a}{b}" for a in first.names for b in second.names}
    order = list(dict.fromkeys(joined.values()))
    colours = None if names else [colour for colour in first.colours for _ in second.names]
    return product([first, second], order, lambda pair: order.index(joined[pair]), colours=colours, detail=detail)


def product(
    factors: Sequence[Segmentation], names: Sequence[str], named: Callable[[tuple], int], **more: Any
) -> Segmentation:
    """Several cut columns crossed: `named` gives, for a segment of each factor, which of `names` the cell is.

    A customer *Unknown* in any factor is *Unknown*. Raises TypeError where a factor is no cut of one column.
    """
    runs = tuple(factor.placing for factor in factors if isinstance(factor.placing, Runs))
    if len(runs) != len(factors):
        raise TypeError("only cuts of one column can be crossed")
    cells = np.full([len(factor.names) + 1 for factor in factors], len(names), np.int8)
    for place in np.ndindex(*(len(factor.names) for factor in factors)):
        cells[place] = named(tuple(factor.names[at] for factor, at in zip(factors, place, strict=True)))
    customers = factors[0].customers
    placing = Merged(Cells.of(customers, runs), table_of(runs, cells), len(names) + 1)
    return Segmentation(customers, names, placing, columns=[factor.columns[0] for factor in factors], **more)


def _check(column: str, cuts: tuple[float, ...], names: Sequence[str]) -> None:
    if any(np.isnan(cuts)) or any(a > b for a, b in pairwise(cuts)):
        raise Problem(
            f"The cuts of {column} are out of order ({', '.join(f'{c:g}' for c in cuts)}): put them ascending."
        )
    if len(names) != len(cuts) + 1:
        raise Problem(f"{len(cuts)} cuts of {column} make {len(cuts) + 1} segments, but {len(names)} names were given.")
