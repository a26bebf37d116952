"""Groups to which customers belong by degrees, the undecided apart: an ordering by the highest degree, cut where it is
enough, and one by group, whose cuts nobody moves."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np

from segmentation.customers.customers import Customers, Ranked
from segmentation.segments.bands import Merged, Runs, table_of
from segmentation.segments.groups import Groups

BANDS = ("Decided", "Undecided")


def orderings(
    customers: Customers, key: Hashable, groups: Groups, highest: Callable[[], np.ndarray]
) -> tuple[Ranked, Ranked]:
    """The customers by their highest degree and by their group, as long as both are remembered.

    key      names these very groups
    highest  gives for each customer the degree to which it belongs to its group: float64 (n,), missing where a column is
    """

    def make() -> tuple[Ranked, Ranked]:
        numbers = np.where(groups.marks < groups.count, groups.marks.astype(float), np.nan)
        by_degree = customers.ordered("Degree of belonging to their group", highest())
        return by_degree, customers.ordered("Group", numbers)

    return customers.remember((key, "orderings"), make)


def decided(customers: Customers, groups: Groups, ordered: tuple[Ranked, Ranked], sure: float) -> Merged:
    """Each customer in its group, those who belong to it by less than `sure` in one segment behind the groups.

    ordered   as `orderings` gives them
    """
    by_degree, by_group = ordered
    size, rest, unknown = max(groups.count, 1), groups.count, groups.count + 1
    surest = Runs(by_degree, _bounds(by_degree, (sure,)), cuts=(sure,))
    between = tuple(number - 0.5 for number in range(size - 1, 0, -1))
    each = Runs(by_group, _bounds(by_group, between), low_first=True, cuts=between)
    segments = np.full((len(surest), len(each)), unknown, np.int8)
    segments[0, :size], segments[1, :size] = np.arange(size), rest
    return Merged(customers, (surest, each), table_of((surest, each), segments), unknown + 1)


def _bounds(ranked: Ranked, cuts: tuple[float, ...]) -> np.ndarray:
    return np.array([0, *map(ranked.at_least, cuts), ranked.known, len(ranked.order)])
