"""A short rule in words for each group: what somebody without a computer could sort customers by, and how often it is right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from segmentation import formats
from segmentation.analysis.portraits.profile import valued
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.groups import SEED
from segmentation.segments.segmentation import Segmentation

MOST = 10_000  # customers the rules are learned from; how often they are right is counted on all
DEPTH = 3  # comparisons in a rule at most; one more where there are many groups
MANY = 8
WAYS = 2  # ways into a group that are told
LITTLE = 0.005  # of those caught: what a comparison must part to be told
MOST_NAMED = 1000  # whole numbers below which the last of several is named
DIGITS = 3  # of a number in a rule


class Between(NamedTuple):
    """A column and the ends between which its value lies: from `low` up, below `high`; None for no end.

    whole   whether the column holds whole numbers: then the last of them can be named
    """

    column: str
    low: float | None
    high: float | None
    whole: bool = False

    def holds(self, values: np.ndarray) -> np.ndarray:
        low, high = (-np.inf if self.low is None else self.low), (np.inf if self.high is None else self.high)
        return (values >= low) & (values < high)

    def said(self, currency: str = "") -> str:
        """The comparison in words, as “Orders 3 or more”."""
        low, high = (None if end is None else valued(self.column, end, currency) for end in (self.low, self.high))
        if self.whole and self.low is not None and self.high is not None and self.high < MOST_NAMED:
            last = valued(self.column, self.high - 1, currency)
            return f"{label(self.column)} {low}" + (f" to {last}" if last != low else "")
        if low is not None and high is not None:
            return f"{label(self.column)} {low} to under {high}"
        return f"{label(self.column)} {low} or more" if low is not None else f"{label(self.column)} under {high}"


@dataclass(frozen=True)
class Rule:
    """How to know the customers of one group, of those of whom every column is known.

    ways    each a list of comparisons that all hold, the one that catches most first; none where no short rule knows them
    caught  share of the group's customers whom the ways catch; right: share of those caught who are in the group
    """

    ways: tuple[tuple[Between, ...], ...]
    caught: float
    right: float

    def sentence(self, currency: str = "") -> str:
        """The rule and how good it is, in words."""
        if not self.ways:
            return "No short rule tells them apart from the others."
        ways = [formats.listed([one.said(currency) for one in way]) for way in self.ways]
        said = f"{'; or '.join(ways)}"
        return f"{said}. This catches {formats.share(self.caught)} of them; of those caught {formats.share(self.right)} belong here."


@dataclass(frozen=True)
class Rules:
    """One rule for each group that holds somebody, in their order.

    right   share of all customers who are in the group whose rule is the first that catches them
    """

    each: tuple[Rule, ...]
    right: float


def rules(made: Segmentation, columns: Sequence[str] = ()) -> Rules:
    """The rules of a shallow tree (scikit-learn) over these columns, its numbers rounded as they are told.

    columns   number columns; those the segmentation is made of where none are given
    """
    names = tuple(columns or made.columns)
    held = np.flatnonzero(made.counts[: len(made.names)])
    values = (
        np.array([made.customers.values(name) for name in names]).reshape(len(names), len(made.codes)).T
    )  # a column in one piece
    known, codes = np.isfinite(values).all(axis=1) & (made.codes < len(made.names)), made.codes
    if not known.all():
        values, codes = values[known], codes[known]
    if len(held) < 2 or not values.size:
        return Rules(tuple(Rule((), 0.0, 0.0) for _ in held), 0.0)
    whole = [_whole(made.customers, name) for name in names]
    ways = _ways(_tree(values, codes, len(held)), names, whole)
    told = [_shortened(ways.get(int(code), ())[:WAYS], names, values, codes == code) for code in held]
    caught = np.array([_any(way, names, values) for way in told])
    each = [_rule(way, hit, codes == code) for way, hit, code in zip(told, caught, held, strict=True)]
    first = np.where(caught.any(axis=0), held[caught.argmax(axis=0)], -1)  # by the first rule that catches a customer
    return Rules(tuple(each), float((first == codes).mean()))


def _whole(customers: Customers, name: str) -> bool:
    """Whether a column holds whole numbers alone; looked at once."""

    def look() -> bool:
        known = customers.values(name)
        known = known[np.isfinite(known)]
        return bool((known == np.rint(known)).all())

    return customers.keep(("whole numbers", name), look)


def _tree(values: np.ndarray, codes: np.ndarray, groups: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier  # takes a second to import: the first page does without

    rows = np.arange(len(values))
    if len(rows) > MOST:
        rows = np.sort(np.random.default_rng(SEED).choice(rows, MOST, replace=False))
    depth = DEPTH + (groups >= MANY)
    return DecisionTreeClassifier(max_depth=depth, min_samples_leaf=2, random_state=SEED).fit(values[rows], codes[rows])


def _ways(model: Any, names: tuple[str, ...], whole: Sequence[bool]) -> dict[int, tuple[tuple[Between, ...], ...]]:
    """Group → the ways that lead to it, those most customers take first; whole: whether a column holds whole numbers."""
    tree = model.tree_
    found: dict[int, list[tuple[int, tuple[Between, ...]]]] = {}
    groups = [{int(model.classes_[one[0].argmax()])} for one in tree.value]
    for node in reversed(range(tree.node_count)):  # children stand behind their parents
        if tree.children_left[node] >= 0:
            groups[node] = groups[tree.children_left[node]] | groups[tree.children_right[node]]

    def walk(node: int, ends: dict[int, tuple[float | None, float | None]]) -> None:
        if len(groups[node]) == 1:  # whatever is asked further on, it is the same group
            way = tuple(Between(names[at], *both, whole[at]) for at, both in sorted(ends.items()))
            found.setdefault(min(groups[node]), []).append((int(tree.n_node_samples[node]), way))
            return
        at = int(tree.feature[node])
        cut, (low, high) = _told(float(tree.threshold[node]), whole[at]), ends.get(at, (None, None))
        walk(tree.children_left[node], {**ends, at: (low, cut)})
        walk(tree.children_right[node], {**ends, at: (cut, high)})

    walk(0, {})
    return {group: _merged(sorted(ways, key=lambda one: -one[0])) for group, ways in found.items()}


def _merged(ways: Sequence[tuple[int, tuple[Between, ...]]]) -> tuple[tuple[Between, ...], ...]:
    """The ways, two of which that meet at one number and agree in all else are one; those most customers take first."""
    held = list(ways)
    for one, other in itertools.combinations(ways, 2):
        if (both := _met(one[1], other[1])) is not None:
            rest = [way for way in held if way not in (one, other)]
            return _merged(sorted([(one[0] + other[0], both), *rest], key=lambda way: -way[0]))
    return tuple(way for _, way in held)


def _met(one: tuple[Between, ...], other: tuple[Between, ...]) -> tuple[Between, ...] | None:
    """Two ways as one, where they differ in one column alone, in which the one begins where the other ends."""
    apart = [both for both in zip(one, other, strict=False) if both[0] != both[1]]
    if len(one) != len(other) or len(apart) != 1 or apart[0][0].column != apart[0][1].column:
        return None
    low, high = sorted(apart[0], key=lambda side: -np.inf if side.low is None else side.low)
    if low.high != high.low or low.high is None:
        return None
    both = Between(low.column, low.low, high.high, low.whole)
    ends = [both if side == apart[0][0] else side for side in one]
    return tuple(side for side in ends if side.low is not None or side.high is not None)


def _told(cut: float, whole: bool) -> float:
    """A number as it is told, so that the rule means what it says: of orders 4, not 3.5."""
    cut = float(np.ceil(cut)) if whole else cut
    return cut if whole and abs(cut) < MOST_NAMED else float(f"{cut:.{DIGITS}g}")


def _shortened(
    ways: tuple[tuple[Between, ...], ...], names: tuple[str, ...], values: np.ndarray, inside: np.ndarray
) -> tuple[tuple[Between, ...], ...]:
    """The ways without the comparisons that hold of all the same customers, or let in hardly anybody from elsewhere."""
    rows = slice(None, None, -(-len(values) // MOST))
    values, inside = values[rows], inside[rows]
    found: list[tuple[Between, ...]] = []
    for way in ways:
        for one in way:
            less = tuple(other for other in way if other != one)
            right, before = (_right(some, names, values, inside) for some in (less, way))
            way = less if less and right >= before - LITTLE else way
        found.append(way)
    return tuple(dict.fromkeys(found))


def _right(way: Sequence[Between], names: tuple[str, ...], values: np.ndarray, inside: np.ndarray) -> float:
    """Of those who take a way, the share that belongs there."""
    hit = _all(way, names, values)
    return float(inside[hit].mean()) if hit.any() else 0.0


def _all(way: Sequence[Between], names: tuple[str, ...], values: np.ndarray) -> np.ndarray:
    held = [one.holds(values[:, names.index(one.column)]) for one in way]
    return np.logical_and.reduce(held) if held else np.ones(len(values), bool)


def _any(ways: Sequence[Sequence[Between]], names: tuple[str, ...], values: np.ndarray) -> np.ndarray:
    return np.logical_or.reduce([_all(way, names, values) for way in ways] or [np.zeros(len(values), bool)])


def _rule(ways: tuple[tuple[Between, ...], ...], hit: np.ndarray, inside: np.ndarray) -> Rule:
    both = int((hit & inside).sum())
    return Rule(ways, both / max(int(inside.sum()), 1), both / max(int(hit.sum()), 1))
