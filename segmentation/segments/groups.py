"""Groups of customers who are alike: columns as points, groups of them as segments.

Everything here gives the same groups whatever the order of rows, of columns, and (but for *none*) whatever the unit of
an amount: points are rounded to DIGITS digits and put in order by their values before anything is fitted on them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache, cached_property, partial
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.bands import Coded, Merged
from segmentation.segments.called import called, renamed
from segmentation.segments.controls import Called, Choice, Columns, Number
from segmentation.segments.memberships import DEGREES, degrees
from segmentation.segments.method import Centred, Ground, Joins, Method, Remarks, method
from segmentation.segments.segmentation import Segmentation

USUAL = ("revenue", "orders", "recency_days")
FEW = 12  # different numbers up to which a column looks like a code or a yes and no
MOST_COLUMNS = 6  # taken by itself where the file has none of the usual
DIGITS = 6  # of a point: customers nearer to each other than that are alike
FAR = 3  # quartile ranges beyond the quartiles from where a value is an outlier,
RARE = 0.05  # where at most this share of customers lies there
TAIL = 0.05  # of a sample: for each column those with the largest values, and as many with the smallest
CHUNK = 100_000  # customers who are put into groups at once: bounds the memory
TOLD = 3  # pairs of columns alike that are named
SAME = 0.95  # correlation from which two columns say nearly the same
MOST = 10_000  # customers on whom groups are found
STARTS = 10
SMALL = 1_000  # customers up to which groups are looked for longer, where they are known by at most
FEW_COLUMNS = 20
MOVES = 500  # of single points, then
SEED = 17
PROFILE = "What sets the groups apart: the mean of each column"


def usual(customers: Customers) -> tuple[str, ...]:
    """The columns compared by where none are chosen: of the usual metrics those the file fills, else its first numbers."""
    telling = [name for name in customers.numeric if different(customers, name) > 1]
    found = tuple(name for name in USUAL if name in telling)
    many = [name for name in telling if different(customers, name) > FEW]
    return found or tuple(many[:MOST_COLUMNS] or telling[:MOST_COLUMNS] or customers.numeric[:1])


def worded(customers: Customers, name: str) -> bool:
    """Whether a column holds words."""
    return customers.has(name) and attributes.kind(customers, name) == "text"


def different(customers: Customers, name: str) -> int:
    """How many different values a number column has."""
    return customers.keep(("different", name), lambda: int(pd.Series(customers.values(name)).nunique()))


By = Annotated[
    tuple,
    Columns(
        "Compare customers by",
        fewest=0,
        first=usual,
        help="Take few columns, and such as you could act on. None chosen: revenue, orders and recency, where known.",
    ),
]
Transform = Annotated[
    str,
    Choice(
        "Make columns comparable by",
        {
            "log": "logarithm",
            "symmetric": "logarithm, losses too",
            "standard": "standard deviations",
            "robust": "quartile ranges (robust)",
            "rank": "rank",
            "none": "nothing: as they are",
        },
        help="By logarithm twice as much is one step, however large. By rank it counts who has more, not how much more. "
        "As they are, the column with the largest numbers decides.",
    ),
]
Outliers = Annotated[
    str,
    Choice("Outliers", {"cap": "count as the nearest usual value", "keep": "stay as they are"}),
]
Count = Annotated[int, Number("Number of groups", 2, 10)]
Own = Annotated[dict, Called("Own names of groups", help="For a name proposed the name of your own.")]


class Ends(NamedTuple):
    """The least and the largest usual value of a column, and how many customers lie beyond."""

    low: float
    high: float
    beyond: int


@dataclass(frozen=True)
class Facts:
    """What was done to columns before customers were compared by them.

    columns   those compared by; alone: those that are the same for everybody, left out
    losses    those of which the symmetric logarithm was taken because they go below zero
    capped    column → its usual ends, where customers lie beyond
    alike     pairs of columns that say nearly the same, with their correlation
    known     customers of whom every column is known; fitted: how many of them the groups were found on
    """

    columns: tuple[str, ...]
    alone: tuple[str, ...]
    losses: tuple[str, ...]
    capped: Mapping[str, Ends]
    alike: tuple[tuple[str, str, float], ...]
    known: int
    fitted: int


@dataclass(frozen=True)
class Points:
    """Customers as points: a row for each of whom every column is known.

    rows     row numbers of these customers (m,)
    values   float64 (m, columns), in the order of `facts.columns`, of which the widest has a standard deviation of 1
    fitted   places among the points on which groups are found, in the order of their values
    """

    rows: np.ndarray
    values: np.ndarray
    fitted: np.ndarray
    facts: Facts

    @property
    def sample(self) -> np.ndarray:
        """The points that groups are found on: float64 (f, columns)."""
        return self.values[self.fitted]

    @cached_property
    def middle(self) -> np.ndarray:
        """Mean of each column, once for every number of groups."""
        return self.values.mean(axis=0) if len(self.values) else np.zeros(self.values.shape[1])

    @cached_property
    def spread(self) -> np.ndarray:
        """Standard deviation of each column."""
        return _spread(self.values)


def points(
    customers: Customers, columns: Sequence[str], transform: str = "log", outliers: str = "cap", most: int = MOST
) -> Points:
    """Customers as points of these columns (of `usual` where none are given), made comparable.

    transform, outliers   see `Transform` and `Outliers`
    most              groups are found on a sample of so many, drawn the same every time, which keeps the tails
    Columns that are the same for everybody are left out. Raises Problem where a column is none of numbers, or there is none.
    """
    names = tuple(sorted(columns or usual(customers)))
    if not names:
        raise Problem("There is no number column to compare customers by: give the file one on the Data page.")
    if words := [name for name in names if worded(customers, name)]:
        raise Problem(
            f"“{words[0]}” holds words, which have no distance here: leave it out, or choose the method “Clusters: "
            "hierarchical” with the distance for words and numbers (Gower)."
        )
    key, recent = (names, transform, outliers, most), customers.remember("points", dict)
    made = recent.get(key)
    if made is None:
        made = _points(customers, *key)
        recent.clear()  # only the last: at a million customers they take fifty megabytes
        recent[key] = made
    return made


def _points(customers: Customers, names: tuple[str, ...], transform: str, outliers: str, most: int) -> Points:
    raw = np.column_stack([customers.values(name) for name in names])
    rows = np.flatnonzero(np.isfinite(raw).all(axis=1))
    raw = raw[rows]
    losses = tuple(n for n, column in zip(names, raw.T, strict=True) if transform == "log" and (column < 0).any())
    largest = np.abs(raw).max(initial=0.0) or 1.0
    shaped = [
        _shaped(one, "symmetric" if n in losses else transform, largest) for n, one in zip(names, raw.T, strict=True)
    ]
    ends = {n: _ends(one, before) for n, one, before in zip(names, shaped, raw.T, strict=True) if outliers == "cap"}
    shaped = [_within(one, before, ends.get(n)) for n, one, before in zip(names, shaped, raw.T, strict=True)]
    telling = {n: one for n, one in zip(names, shaped, strict=True) if varies(one)}
    values = (
        np.column_stack([_centred(one, transform) for one in telling.values()]) if telling else np.empty((len(rows), 0))
    )
    values /= _spread(values).max(initial=0.0) or 1.0
    values = np.round(values, DIGITS) + 0.0  # there is no minus zero
    fitted = sampled(values, most)
    facts = Facts(
        tuple(telling),
        tuple(n for n in names if n not in telling) if len(rows) else (),
        losses,
        {n: end for n, end in ends.items() if end.beyond},
        _alike(tuple(telling), values[fitted]),
        len(rows),
        len(fitted),
    )
    return Points(rows, values, fitted, facts)


class Compared(NamedTuple):
    """A column as it is compared, before it is centred: float64 (n,), missing as NaN; its usual ends, None where nothing was
    capped; whether the symmetric logarithm was taken because it goes below zero."""

    values: np.ndarray
    ends: Ends | None
    losses: bool


def compared(values: np.ndarray, transform: str = "log", outliers: str = "cap") -> Compared:
    """One column by itself, with what was done to it."""
    known, made = np.isfinite(values), np.full(len(values), np.nan)
    raw = values[known]
    losses = transform == "log" and bool((raw < 0).any())
    shaped = _shaped(raw, "symmetric" if losses else transform, np.abs(raw).max(initial=0.0) or 1.0)
    ends = _ends(shaped, raw) if outliers == "cap" else None
    made[known] = _within(shaped, raw, ends)
    return Compared(made, ends if ends and ends.beyond else None, losses)


def comparable(values: np.ndarray, transform: str = "log", outliers: str = "cap") -> np.ndarray:
    """One column as customers are compared by it, in standard deviations from its mean: float64 (n,), missing as NaN.

    All zeros where it is the same for everybody.
    """
    made = compared(values, transform, outliers).values
    known = np.isfinite(made)
    made[known] = (made[known] - made[known].mean()) / made[known].std() if varies(made[known]) else 0.0
    return made


def _shaped(values: np.ndarray, transform: str, largest: float) -> np.ndarray:
    """A column as it is compared, before it is centred; only *none* keeps its unit beside that of the others."""
    if transform == "none" or not len(values):
        return values / largest
    if transform == "rank":
        ordered = np.sort(values)
        return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / len(values)
    unit = values / (np.abs(values).max() or 1.0)  # sums of squares stay within bounds
    if transform == "log":
        above = unit[unit > 0]
        return np.log(np.where(unit > 0, unit, above.min() / 2 if len(above) else 1.0))
    if transform == "symmetric":
        held = np.abs(unit[unit != 0])
        return np.sign(unit) * np.log1p(np.abs(unit) / (np.median(held) if len(held) else 1.0))
    return unit


def _ends(shaped: np.ndarray, raw: np.ndarray) -> Ends:
    """The ends of what is usual, in the column's own unit: everything where the quartiles are one value."""
    if not len(raw):
        return Ends(-np.inf, np.inf, 0)
    low, high = np.quantile(shaped, (0.25, 0.75))
    reach = FAR * (high - low) if high > low else np.inf
    inside = raw[(shaped >= low - reach) & (shaped <= high + reach)]
    least, most = inside.min(), inside.max()
    beyond = int(((raw < least) | (raw > most)).sum())
    return Ends(float(least), float(most), beyond if beyond <= RARE * len(raw) else 0)


def _within(shaped: np.ndarray, raw: np.ndarray, ends: Ends | None) -> np.ndarray:
    """The column with what lies beyond its usual ends put on them."""
    if ends is None or not ends.beyond:
        return shaped
    inside = shaped[(raw >= ends.low) & (raw <= ends.high)]
    return np.clip(shaped, inside.min(), inside.max())


def varies(values: np.ndarray) -> bool:
    """Whether known values differ at all."""
    return bool(len(values)) and float(np.ptp(values)) > 1e-9 * float(np.abs(values).max())


def _centred(values: np.ndarray, transform: str) -> np.ndarray:
    if transform == "none":  # nor moved: an angle is seen from zero
        return values
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    if transform == "robust" and high > low:
        return (values - middle) / (high - low)
    return (values - values.mean()) / values.std()


def sampled(values: np.ndarray, most: int) -> np.ndarray:
    """Places of the points to fit on, in the order of their values; of many a sample, always the same, with the tails."""
    places = np.arange(len(values))
    if len(values) > most:
        tail = max(1, int(TAIL * most / max(values.shape[1], 1) / 2))
        ordered = (np.argpartition(column, (tail, len(column) - tail)) for column in values.T)
        kept = np.unique(np.concatenate([np.r_[order[:tail], order[-tail:]] for order in ordered] or [places[:0]]))
        rng = np.random.default_rng(SEED)
        if len(kept) > most // 2:  # the ends of very many columns
            kept = np.sort(rng.choice(kept, most // 2, replace=False))
        rest = np.setdiff1d(places, kept, assume_unique=True)
        drawn = rng.choice(rest, most - len(kept), replace=False)
        places = np.concatenate((kept, drawn))
    return places[np.lexsort(values[places].T[::-1])] if values.shape[1] else places


def _spread(values: np.ndarray) -> np.ndarray:
    """Standard deviation of each column; 0 where there is nobody."""
    return values.std(axis=0) if len(values) else np.zeros(values.shape[1])


def _alike(names: tuple[str, ...], values: np.ndarray) -> tuple[tuple[str, str, float], ...]:
    if len(names) < 2 or len(values) < 3 or not (_spread(values) > 0).all():
        return ()
    found = np.corrcoef(values.T)
    pairs = [(one, two) for one in range(len(names)) for two in range(one + 1, len(names))]
    return tuple((names[i], names[j], float(found[i, j])) for i, j in pairs if abs(found[i, j]) >= SAME)


# Groups of points


Place = Callable[[np.ndarray], np.ndarray]  # points (m, columns) → the group of each, −1 for none: int (m,)
Fit = Callable[[np.ndarray], tuple[np.ndarray, Place]]  # points fitted on → the group of each, and what places others


def distinct(values: np.ndarray, most: int) -> int:
    """How many different points there are, no more than `most`: the largest number of groups they can make."""
    return min(most, len(np.unique(values, axis=0))) if values.shape[1] else min(most, 1, len(values))


def nearest(centres: np.ndarray) -> Place:
    """Puts points where the nearest centre is; of two equally near the first."""

    def place(values: np.ndarray) -> np.ndarray:
        away = (centres**2).sum(axis=1) - 2 * values @ centres.T
        return np.round(away, 9).argmin(axis=1)

    return place


def centres_of(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Mean of each group's points: float64 (groups, columns); those of group −1 are in none."""
    size = int(groups.max(initial=-1)) + 1
    return np.array([values[groups == group].mean(axis=0) for group in range(size)]).reshape(size, values.shape[1])


def kmeans(values: np.ndarray, k: int, starts: int = STARTS) -> np.ndarray:
    """Centres of at most k groups, each point in that of the nearest centre, found from several starts (scikit-learn).

    values   float64 (f, columns) of at least one point; the centres float64 (groups, columns), in the order of their values
    Few points of few columns are tried longer, and then moved one by one as long as that helps (Hartigan and Wong 1979): it costs little,
    and the best groups are found nearly always.
    """
    different = np.unique(values, axis=0, return_inverse=True, return_counts=True)
    if min(k, len(different[0])) < 2:
        return values.mean(axis=0, keepdims=True)
    if len(different[0]) <= k:  # each is a group, whatever is tried
        return _in_order(different[0])
    if len(values) <= SMALL and values.shape[1] <= FEW_COLUMNS and starts >= STARTS:
        ways = [(init, seed) for seed in range(SEED, SEED + 5) for init in ("k-means++", "random")]
        tried = [_exchanged(values, labels) for labels, _ in _lloyd(different, k, starts, ways, 0)]
        found = min(tried, key=lambda one: one[0])[1]
    else:
        found = _lloyd(different, k, starts, [("k-means++", SEED)], 1e-6)[0][1]
    return _in_order(found)


def _in_order(centres: np.ndarray) -> np.ndarray:
    centres = np.round(centres, 9) + 0.0
    return centres[np.lexsort(centres.T[::-1])]


def _lloyd(
    points: tuple[np.ndarray, ...], k: int, starts: int, ways: Sequence[tuple[str, int]], still: float
) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each way to start (how, seed) the group of each point and the centres; still: the move at which they stand.

    points   those that differ, for each of all its place among them, and how many are the same: these go as one of their
             weight, so that no two centres can begin on them
    """
    import sklearn
    from sklearn.cluster import KMeans  # takes a second to import: the first page does without

    different, place, times = points
    with (
        sklearn.config_context(assume_finite=True, skip_parameter_validation=True),
        _threads().limit(limits=1),
    ):  # threads add up in another order each time, and wait for each other on a busy server
        models = [KMeans(k, init=init, n_init=starts, random_state=seed, tol=still) for init, seed in ways]
        fitted = [model.fit(different, None, times) for model in models]
    return [(one.labels_[place], one.cluster_centers_) for one in fitted]


def _exchanged(values: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Groups after points were moved singly to where the sum of squares falls most: that sum, rounded, and the centres."""
    labels, rows = labels.copy(), np.arange(len(values))
    for _ in range(MOVES):
        sizes, centres = np.bincount(labels), centres_of(values, labels)
        away = (values**2).sum(axis=1)[:, None] - 2 * values @ centres.T + (centres**2).sum(axis=1)
        leaving = away[rows, labels] * sizes[labels] / np.maximum(sizes[labels] - 1, 1e-9) * (sizes[labels] > 1)
        joining = away * sizes / (sizes + 1)
        joining[rows, labels] = np.inf
        gain = leaving - joining.min(axis=1)
        mover = int(gain.argmax())
        if gain[mover] <= 1e-9:
            break
        labels[mover] = joining[mover].argmin()
    return round(float(away[rows, labels].sum()), 9), centres_of(values, labels)


@cache
def _threads() -> Any:
    """What limits threads: to look for the libraries that have them takes longer than to part a thousand points."""
    from threadpoolctl import ThreadpoolController  # comes with scikit-learn

    return ThreadpoolController()


def parted(customers: Customers, how: tuple[Any, ...], values: np.ndarray, k: int) -> Place:
    """What puts points into the k groups of k-means of these points; found once, whoever asks.

    how   columns, transform and outliers of the points
    """
    key = ("centres", tuple(sorted(how[0])), *how[1:], len(values), k)
    return nearest(customers.remember(key, lambda: kmeans(values, k)))


@dataclass(frozen=True)
class Groups:
    """Groups that were found, in the order in which they are shown.

    marks    uint8 (n,): the group of each customer; `count` for one in no group; `count + 1` where a column is missing
    count    how many groups there are; order: for each its place as the method found it
    means    float64 (count, columns): how far the mean of each lies from that of all, in standard deviations
    place    points that were not there → their marks
    """

    marks: np.ndarray
    count: int
    order: np.ndarray
    means: np.ndarray
    facts: Facts
    place: Place


def find(customers: Customers, made: Points, fit: Fit) -> Groups:
    """Everybody in a group: those fitted on as they were found, the others as these place them."""
    groups = np.zeros(len(made.values), np.intp)
    place: Place = lambda others: np.zeros(len(others), np.intp)  # noqa: E731  # where nothing tells them apart
    if made.facts.columns:
        found, place = fit(made.sample)
        for start in range(0, len(groups) if len(found) < len(groups) else 0, CHUNK):
            groups[start : start + CHUNK] = place(made.values[start : start + CHUNK])
        groups[made.fitted] = found
    held = np.unique(groups[groups >= 0])
    order = held[_best_first(customers, made.rows, groups, held)]
    count = len(order)
    shown = np.full(groups.max(initial=-1) + 2, count, np.uint8)
    shown[order] = np.arange(count)
    marks = np.full(len(customers), count + 1, np.uint8)
    marks[made.rows] = shown[groups]  # −1 is the last of them

    def joined(others: np.ndarray) -> np.ndarray:
        return shown[np.minimum(place(others), len(shown) - 1)]  # a group that nobody is in is none

    return Groups(marks, count, order, _apart(made, marks[made.rows], count), made.facts, joined)


def _best_first(customers: Customers, rows: np.ndarray, groups: np.ndarray, held: np.ndarray) -> np.ndarray:
    """The groups by what a customer of them brings, most first; of equal ones the larger."""
    if not len(held):
        return np.empty(0, np.intp)
    inside = groups >= 0
    money, sizes = customers.exact(customers.money)[0][rows][inside], np.bincount(groups[inside])
    each = np.bincount(groups[inside], money)[held] / sizes[held]
    return np.lexsort((held, -sizes[held], -each))


def _apart(made: Points, groups: np.ndarray, count: int) -> np.ndarray:
    """How far the mean of each group lies from that of all, in standard deviations."""
    sizes = np.maximum(np.bincount(groups, minlength=count)[:count], 1)
    sums = [np.bincount(groups, column, minlength=count)[:count] for column in made.values.T]
    away = (np.array(sums).reshape(made.values.shape[1], count) / sizes).T - made.middle
    return np.divide(away, made.spread, out=np.zeros_like(away), where=made.spread > 0)


def grouped(
    customers: Customers, key: tuple[Any, ...], columns: Sequence[str], how: tuple[str, str], fit: Fit, most: int = MOST
) -> tuple[Hashable, Groups]:
    """Groups of customers compared by these columns, found once; and the key they are kept under.

    key   names the fit and its settings; how: transform and outliers
    most  customers on whom groups are found
    """
    whole = (*key, tuple(sorted(columns)), *how)
    return whole, customers.remember(whole, lambda: find(customers, points(customers, columns, *how, most), fit))


def segments(
    customers: Customers,
    groups: Groups,
    key: Hashable,
    *,
    placing: Merged | None = None,
    rest: str = "",
    own: Mapping[str, str] = MappingProxyType({}),
    detail: Callable[[Sequence[str]], pd.DataFrame] | None = None,
    naming: Callable[[Customers, Groups], tuple[str, ...]] | None = None,
) -> Segmentation:
    """The groups as segments with names in words, those of whom a column is missing *Unknown*.

    key    names these very groups; rest: what those in no group are called, where that can be
    placing where everybody is, where that is not their group alone
    own    name proposed → the name of one's own
    detail makes further columns, of the names of the groups
    naming proposes the names, where columns are not all of numbers
    """
    propose = naming or _names
    names = customers.remember((key, "names"), lambda: propose(customers, groups)) if groups.count or not rest else ()
    names = tuple(renamed(names, own))
    shown = (*names, rest) if rest else names
    unknown = len(shown)
    table = np.array([*range(groups.count), groups.count if rest else unknown, unknown], np.int8)
    there = placing or Coded(customers, groups.marks, table, unknown + 1, (key, "marks"))
    columns = [name for name in groups.facts.columns if not worded(customers, name)]
    return Segmentation(customers, shown, there, columns=columns, detail=(lambda: detail(names)) if detail else None)


def alone(groups: Groups) -> tuple[str, ...]:
    """The name of the one group there is; one that nobody is in where there is none, since something must be shown."""
    return ("All alike",) if not groups.count or not groups.facts.columns else ("All together",)


def _names(customers: Customers, groups: Groups) -> tuple[str, ...]:
    if groups.count < 2:
        return alone(groups)

    def usually(group: int, column: str) -> float:
        return float(np.nanmean(customers.values(column)[groups.marks == group]))

    return tuple(called(groups.facts.columns, groups.means, usually))


# What is said of them


def profile(method: Method, customers: Customers, thresholds: Mapping[str, Any]) -> pd.DataFrame:
    """What a customer of each group is like: segment, customers, the mean of each column compared by; all customers last."""
    made = method(customers, **thresholds)
    shown = len(made.shown)
    means = {name: [*made.means(name)[:shown], float(np.nanmean(customers.values(name)))] for name in made.columns}
    counts = [*made.counts[:shown].tolist(), len(customers)]
    return pd.DataFrame({"segment": [*made.shown, "All customers"], "customers": counts, **means})


def said(made: Facts, asked: int = 0, found: int = 0) -> list[str]:
    """What was done before customers were compared, in sentences.

    asked, found   how many groups were asked for, and how many there are
    """
    names = _few(made.columns)
    sentences = [f"Customers are compared by {formats.listed(names)}." if names else ""]
    if made.alone:
        one = len(made.alone) == 1
        said = "is the same for everybody: it sets nobody" if one else "are the same for everybody: they set nobody"
        sentences.append(f"{formats.listed(_few(made.alone))} {said} apart and {'is' if one else 'are'} left out.")
    if not names and made.known:
        sentences.append("Nothing is left to compare customers by: choose other columns.")
    if made.losses:
        lost = formats.listed(_few(made.losses))
        sentences.append(f"{lost} can be below zero: the logarithm is taken on both sides of zero there.")
    if made.capped:
        parts = _few([f"{formats.count(ends.beyond)} in {label(name)}" for name, ends in made.capped.items()])
        sentences.append(f"Values far from the others count as the nearest usual one: {formats.listed(parts)}.")
    sentences += [
        f"{label(one)} and {label(two)} say nearly the same (correlation {how:.2f}), which counts twice: leave one out."
        for one, two, how in made.alike[:TOLD]
    ]
    if made.fitted < made.known:
        sentences.append(
            f"The groups were found on {formats.count(made.fitted)} of {formats.count(made.known)} customers, among them those "
            "with the largest and smallest values; the others joined the group they are nearest to."
        )
    if made.known and found < asked:
        there = "is one group" if found == 1 else f"are {found} groups"
        sentences.append(f"There {there}, not {asked}: these columns tell no more customers apart.")
    return [one for one in sentences if one]


def without_names(thresholds: Mapping[str, Any]) -> dict[str, Any]:
    """The thresholds that decide who is where: all but what groups are called."""
    return {name: value for name, value in thresholds.items() if name != "names"}


def told(found: Callable[..., tuple[Hashable, Groups]]) -> Remarks:
    """The remarks of a method that finds k groups: what was done to the columns, and how many groups there are.

    found   customers and the thresholds, but for names → the key, and the groups
    """

    def remarks(customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
        made = found(customers, **without_names(thresholds))[1]
        return said(made.facts, thresholds["k"], made.count)

    return remarks


def centred(*how: str) -> Centred:
    """What says that groups lie around means, and of which points; how: transform and outliers, where they are no thresholds."""

    def found(customers: Customers, thresholds: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        made = points(customers, thresholds["columns"], *(how or (thresholds["transform"], thresholds["outliers"])))
        return made.rows, made.values

    return found


def compared_by(customers: Customers, thresholds: Mapping[str, Any]) -> Points:
    """Customers as the points they are at these thresholds."""
    return points(customers, *(thresholds[one] for one in ("columns", "transform", "outliers")))


def joins(
    found: Callable[..., tuple[Hashable, Groups]],
    by: Callable[[Customers, Mapping[str, Any]], Points] = compared_by,
    degrees: Callable[..., np.ndarray] | None = None,
) -> Joins:
    """How one more customer is put into the groups there are: as those were who are not in the sample they were found on.

    found    as `told` takes it; by: the points compared
    degrees  customers, points and the thresholds as `found` takes them → how far each belongs to the groups
    """

    def ground(customers: Customers, thresholds: Mapping[str, Any]) -> Ground:
        made, settings = by(customers, thresholds), without_names(thresholds)

        def place(others: np.ndarray) -> np.ndarray:
            return found(customers, **settings)[1].place(others)

        known = partial(degrees, customers, **settings) if degrees else None
        return Ground(made.facts.columns, made.rows, made.values, place, known)

    return ground


ALIKE = ("Customers who are alike in the columns compared.", "What suits the traits in their name.")
clustering = partial(
    method, family="Who they are", looks={PROFILE: profile, DEGREES: degrees}, fits=True, richest=True
)  # how each of them is declared


def _few(columns: Sequence[str]) -> list[str]:
    """Columns in words; of many the first, and how many more."""
    more = len(columns) - MOST_COLUMNS
    return [*map(label, columns[:MOST_COLUMNS]), *([f"{more} more"] if more > 0 else [])]


def outliers(customers: Customers, made: Facts) -> pd.DataFrame:
    """The customers whose values count as the nearest usual one: column, value, counts_as; those furthest away first."""
    parts = []
    for name, ends in made.capped.items():
        values = customers.values(name)
        rows = np.flatnonzero((values < ends.low) | (values > ends.high))
        capped = np.clip(values[rows], ends.low, ends.high)
        order = np.argsort(-np.abs(values[rows] - capped), kind="stable")
        held = {"column": label(name), "value": values[rows][order], "counts_as": capped[order]}
        parts.append(pd.DataFrame(held, customers.frame.index[rows][order]))
    empty = pd.DataFrame({"column": [], "value": [], "counts_as": []}, customers.frame.index[:0])
    return pd.concat(parts) if parts else empty
