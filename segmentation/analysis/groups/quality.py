"""How good groups of customers are for each number of them, and whether there are any: measures, a suggestion, a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.groups.chance import KINDS, WITHOUT, crowds
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments import groups

MOST = 2_000  # customers that are measured: distances of all pairs are taken
HALVES = 8  # times that half of the customers are left out
CROWDS = 0.4  # of the way: measuring these
STABLE = 0.75  # adjusted Rand from which groups come back well enough to be relied on
NEARLY = 0.05  # of the best silhouette: what is as good
LEAST_MARGIN = 0.03  # of the silhouette over that by chance, however many customers there are
LEAST = 10  # customers below which nothing can be said of groups
DUST = 1e-12  # of all squares, what is left by rounding
Progress = Callable[[float, str], None]
INSTEAD = "Cut by thresholds that mean something to you, on the Segments page, or compare by other columns."


@dataclass(frozen=True)
class Quality:
    """What can be said of every number of groups.

    table      one row for each k: `k`; `silhouette` (−1 to 1: how much nearer customers are to their own group than to the
               next one) and `chance` (the same if there were no groups); `calinski_harabasz` (larger is better),
               `davies_bouldin` (smaller is better); `stability` (adjusted Rand, 1: the same groups come back)
    best       the k suggested, None where no number of groups can be relied on; near: every k nearly as good
    sentence   the suggestion with its reason, or that there are no groups and what to do instead
    sample     on how many customers this was measured, in a sentence; "" where on all
    margin     by how much groups must be parted more than by chance to be called clearly parted
    """

    table: pd.DataFrame
    best: int | None
    near: tuple[int, ...]
    sentence: str
    sample: str = ""
    margin: float = 0.0

    @cached_property
    def of(self) -> dict[int, dict[str, float]]:
        """The measures of each k."""
        return {int(one["k"]): one for one in self.table.to_dict("records")}

    def said(self, k: int) -> str:
        """What can be said of one number of groups, in words."""
        one = self.of[k]
        more = one["silhouette"] - one["chance"]
        parted = "clearly more" if more > self.margin else "hardly more" if more > 0 else "no more"
        back = "come back" if one["stability"] >= STABLE else "do not come back reliably"
        return (
            f"{formats.plural(k, 'group')} are parted {parted} than chance alone would part them ({one['silhouette']:.2f} against "
            f"{one['chance']:.2f}), and {back} when half of the customers are left out ({one['stability']:.2f} of 1)."
        )


def quality(
    customers: Customers,
    columns: Sequence[str] = (),
    transform: str = "log",
    outliers: str = "cap",
    numbers: Sequence[int] = range(2, 11),
    progress: Progress = lambda share, doing: None,
) -> Quality:
    """What can be said of k-means for these numbers of groups; columns, transform and outliers as the method takes them.

    progress   called with how far it is (0–1) and what is done; it may end it by raising

    A number of groups can be relied on where customers are clearly nearer to their own group than in crowds of the same
    spread that have none (an even one, a single bell, and one with a hump in every column, as lopsided as that column),
    and where the groups come back when half of the customers are left out. Deterministic. Raises Problem as `groups.points` does.
    """
    made = groups.points(customers, columns, transform, outliers, MOST)
    values, facts = made.sample, made.facts
    several = groups.distinct(values, max(numbers) + 1)
    possible = [k for k in numbers if k < min(several + 1, len(values))]
    if len(values) < LEAST or not possible:
        few = len(values) < LEAST
        why = _too_few(facts.known, len(customers)) if few else "all customers are alike here"
        return Quality(_table([], []), None, (), f"No reliable groups found: {why}. {INSTEAD}")
    chance = np.zeros(len(possible))
    for at, crowd in enumerate(crowds(values)):
        progress(CROWDS * at / (KINDS * WITHOUT), "Looking how groups are parted by chance alone")
        chance = np.maximum(chance, _parted_by_chance(crowd, possible))
    more, fewer = np.append(chance[1:], 0), np.append(0, chance[:-1])
    chance = np.maximum.reduce([chance, more, fewer])  # what one group more or less reaches is chance too
    distances, rows = _distances(values), []
    for at, k in enumerate(possible):
        progress(CROWDS + (1 - CROWDS) * at / len(possible), f"Measuring {k} groups")
        labels = groups.parted(customers, (columns, transform, outliers), values, k)(values)
        rest = _spreads(values, labels)
        rows.append((silhouette(distances, labels), chance[at], *rest, stability(values, labels, k)))
    table = _table(possible, rows)
    sample = (
        f"Measured on {formats.count(facts.fitted)} of {formats.count(facts.known)} customers."
        if facts.fitted < facts.known
        else ""
    )
    margin = max(LEAST_MARGIN, len(values) ** -0.5)
    return Quality(table, *_verdict(table, margin), sample, margin)


def _too_few(known: int, of: int) -> str:
    """Why nothing is looked for: so few customers there are, or so few have what they are compared by."""
    if known == of:
        return f"there {'is' if known == 1 else 'are'} only {formats.plural(known, 'customer')}"
    who = f"only {formats.count(known)} of {formats.plural(of, 'customer')}" if known else "nobody"
    return f"{who} {'has' if known < 2 else 'have'} a value in each of these columns"


def silhouette(distances: np.ndarray, labels: np.ndarray) -> float:
    """How much nearer points are to their own group than to the next one, −1 to 1 (Rousseeuw 1987); alone in a group 0.

    distances   float64 (n, n), which are the same whatever the groups: taken once, for every number of groups
    """
    sizes = np.bincount(labels)
    to_each = distances @ np.eye(len(sizes))[labels]  # of a point to all of a group together
    own, rows = sizes[labels], np.arange(len(labels))
    within = to_each[rows, labels] / np.maximum(own - 1, 1)
    means = to_each / np.maximum(sizes, 1)
    means[rows, labels], means[:, sizes == 0] = np.inf, np.inf
    beside = means.min(axis=1)
    widest = np.maximum(within, beside)
    found = np.divide(beside - within, widest, out=np.zeros(len(labels)), where=(own > 1) & (widest > 0))
    return float(found.mean())


def measures(values: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """Silhouette, Calinski-Harabasz and Davies-Bouldin of points (n, columns) with at least two groups."""
    return silhouette(_distances(values), labels), *_spreads(values, labels)


def _spreads(values: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Calinski-Harabasz (1974) and Davies-Bouldin (1979): how wide groups are beside how far their middles lie apart."""
    labels = np.unique(labels, return_inverse=True)[1]
    sizes, centres = np.bincount(labels), groups.centres_of(values, labels)
    away = ((values - centres[labels]) ** 2).sum(axis=1)
    between = float(sizes @ ((centres - values.mean(axis=0)) ** 2).sum(axis=1))
    within, count = float(away.sum()), len(sizes)
    width = np.bincount(labels, np.sqrt(away)) / sizes
    apart = np.sqrt(((centres[:, None] - centres) ** 2).sum(axis=2))
    ratio = np.divide(width[:, None] + width, apart, out=np.zeros_like(apart), where=apart > 0)
    alike = within <= DUST * (
        within + between
    )  # everybody stands on the middle of the group: no number is large enough
    return np.inf if alike else between * (len(values) - count) / (within * (count - 1)), float(
        ratio.max(axis=1).mean()
    )


def _distances(values: np.ndarray) -> np.ndarray:
    """Of every point from every other: float64 (n, n), 32 MB for two thousand."""
    from scipy.spatial.distance import pdist, squareform  # takes a moment to import: the first page does without

    return squareform(pdist(values))


def _parted_by_chance(crowd: np.ndarray, numbers: Sequence[int]) -> list[float]:
    """The silhouette of a crowd without groups in each number of parts."""
    distances = _distances(crowd)
    parts = (groups.nearest(groups.kmeans(crowd, k, starts=1))(crowd) for k in numbers)
    return [silhouette(distances, labels) for labels in parts]


def stability(values: np.ndarray, labels: np.ndarray, k: int) -> float:
    """How alike groups are when half of the points are left out: the mean adjusted Rand index with these labels."""
    rng = np.random.default_rng(groups.SEED)
    found = []
    for _ in range(HALVES):
        half = values[np.sort(rng.choice(len(values), len(values) // 2, replace=False))]
        found.append(agreement(labels, groups.nearest(groups.kmeans(half, k, starts=2))(values)))
    return float(np.mean(found))


def agreement(one: np.ndarray, other: np.ndarray) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985) of two groupings of the same points: 1 the same, 0 as by chance."""
    both = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(both, (one, other), 1)
    pairs = [float((sizes * (sizes - 1)).sum()) for sizes in (both, both.sum(axis=1), both.sum(axis=0))]
    by_chance = pairs[1] * pairs[2] / (len(one) * (len(one) - 1))
    most = (pairs[1] + pairs[2]) / 2
    return (pairs[0] - by_chance) / (most - by_chance) if most > by_chance else 1.0


def _table(numbers: Sequence[int], rows: Sequence[tuple[float, ...]]) -> pd.DataFrame:
    names = ["silhouette", "chance", "calinski_harabasz", "davies_bouldin", "stability"]
    table = pd.DataFrame(rows, columns=names, dtype=float)
    table.insert(0, "k", np.asarray(numbers, np.int64))
    return table


def _verdict(table: pd.DataFrame, margin: float) -> tuple[int | None, tuple[int, ...], str]:
    """The best number of groups, those nearly as good, and the sentence."""
    clear = table["silhouette"] - table["chance"] > margin
    reliable = table[clear & (table["stability"] >= STABLE)]
    if not len(reliable):
        return None, (), f"No reliable groups found: {_why_none(table, bool(clear.any()))} {INSTEAD}"
    best = reliable.loc[reliable["silhouette"].idxmax()]
    good = reliable["silhouette"] >= (1 - NEARLY) * best["silhouette"]
    near = tuple(int(k) for k in reliable.loc[good, "k"] if k != best["k"])
    others = f" {formats.listed([str(k) for k in near])} would do nearly as well." if near else ""
    return int(best["k"]), near, f"{_why(best)}{others}"


def _why(best: pd.Series) -> str:
    return (
        f"{int(best['k'])} groups: customers are clearly nearer to their own group than to the next one (silhouette "
        f"{best['silhouette']:.2f}; it would be {best['chance']:.2f} if there were no groups), and the same groups come back "
        f"when half of the customers are left out ({best['stability']:.2f} of 1)."
    )


def _why_none(table: pd.DataFrame, clear: bool) -> str:
    numbers = f"{table['k'].min()} to {table['k'].max()}" if len(table) > 1 else f"{table['k'].iloc[0]}"
    if clear:
        return "when half of the customers are left out, others come together, so it is chance who is with whom."
    return (
        f"customers shade into each other. Parted into {numbers} groups, they are hardly nearer to their own group than "
        "customers would be that are spread evenly or around one middle."
    )
