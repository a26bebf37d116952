"""Whether groups hold: each is looked for again among customers drawn anew, and how much of it comes back is graded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from segmentation import formats
from segmentation.dataclass import dataclass
from segmentation.segments import groups
from segmentation.segments.groups import Points

TIMES = 25  # that customers are drawn anew
MOST = 2_000  # customers of whom groups are looked for again
STARTS = 3
LEAST = 100  # other customers, below which nothing is looked for among them
GRADES = (  # Hennig 2007 and 2008: from this mean overlap on, what can be said of a group; and what to do
    (0.85, "holds firmly", "plan with it"),
    (0.75, "holds", "plan with it"),
    (0.60, "is a pattern with doubtful members", "use it to understand, not to address single customers"),
    (0.50, "cannot be relied on", "do not plan with it"),
    (0.00, "falls apart", "forget it"),
)
FIRM = 0.75
DO = {  # whether groups are parted from each other → what to do where some of them come back
    True: "Plan with those that come back, or take fewer groups.",
    False: "Nothing parts them clearly from each other either: do not plan with them as kinds of customers.",
}


@dataclass(frozen=True)
class Holds:
    """What came back of each group when customers were drawn anew.

    each     float64 (groups,): mean overlap (Jaccard, 0–1) with the group that is most like it; in the order asked
    overall  the mean over all customers
    times    how often customers were drawn; of: how many
    others   how many other customers groups were found on instead, where they are found on a sample; else 0
    agreed   share of all customers who are in the same group then
    """

    each: np.ndarray
    overall: float
    times: int
    of: int
    others: int = 0
    agreed: float = 1.0

    def sentence(self, names: Sequence[str], parted: bool = True) -> str:
        """The verdict on all groups, in words.

        names    of the groups; parted: whether they are clearly parted from each other (see `quality`)
        """
        weak = [name for name, one in zip(names, self.each, strict=True) if one < FIRM]
        if not weak and not parted:
            return (
                "The same groups come back when customers are drawn anew, but nothing parts them from each "
                "other: use them as a cut through one crowd, as you would use classes, not as kinds of customers."
            )
        if not weak:
            all_ = "Both" if len(names) == 2 else f"All {len(names)}"
            return f"{all_} groups come back when customers are drawn anew: plan with them."
        if len(weak) == len(names):
            return (
                "No group comes back reliably when customers are drawn anew: take fewer groups or other columns, or cut by "
                "thresholds that mean something to you."
            )
        return f"{_some_hold(names, weak)} {DO[parted]}"

    def again(self) -> str:
        """What another sample gives, in a sentence; "" where groups are found on all customers."""
        if not self.others:
            return ""
        return (
            f"When the groups are found on {formats.count(self.others)} other customers instead, {formats.share(self.agreed)} of "
            "all customers stay in the same group."
        )

    def together(self, parted: bool = True) -> str:
        """How much of all groups came back, in a sentence; its grade where they are clearly parted from each other."""
        said = f": the grouping {grade(self.overall)[0]}" if parted else ""
        return f"On average {formats.share(self.overall)} of a customer’s group came back{said}."


def _some_hold(names: Sequence[str], weak: Sequence[str]) -> str:
    """How many groups come back and which do, or which do not: the fewer of them by name."""
    firm = [name for name in names if name not in weak]
    quoted = formats.listed([f"“{name}”" for name in (firm if len(firm) < len(weak) else weak)])
    if len(firm) < len(weak):
        does = "comes" if len(firm) == 1 else "come"
        return f"Of {len(names)} groups only {quoted} {does} back reliably when customers are drawn anew."
    return (
        f"{len(firm)} of {len(names)} groups {'comes' if len(firm) == 1 else 'come'} back when customers are drawn anew; "
        f"{quoted} {'does' if len(weak) == 1 else 'do'} not reliably."
    )


def grade(overlap: float) -> tuple[str, str]:
    """What can be said of a group with this mean overlap, and what to do: “holds firmly”, “plan with it”."""
    return next((said, do) for least, said, do in GRADES if overlap >= least)


def holds(
    made: Points, labels: np.ndarray, k: int, progress: Callable[[float, str], None] = lambda share, doing: None
) -> Holds:
    """How well groups of k-means come back (Hennig's bootstrap): customers are drawn with replacement and parted anew.

    made    the points; labels: the group of each, int (m,), from 0; k: how many groups are looked for
    progress is called with how far it is and what is done, and may end it by raising
    Deterministic. A group of which nobody is among those looked at has no overlap: 0.
    """
    rng, rows = np.random.default_rng(groups.SEED), made.fitted
    rows = rows if len(rows) <= MOST else np.sort(rng.choice(rows, MOST, replace=False))
    values, before = made.values[rows], labels[rows]
    count = int(labels.max(initial=-1)) + 1
    found = np.zeros((TIMES, count))
    for turn in range(TIMES):
        progress(turn / TIMES, "Drawing customers anew")
        drawn = np.unique(rng.integers(0, len(values), len(values)), return_counts=True)
        again = np.repeat(values[drawn[0]], drawn[1], axis=0)
        after = groups.nearest(groups.kmeans(again, k, STARTS))(values[drawn[0]])
        found[turn] = _overlaps(before[drawn[0]], after, count)
    progress(1.0, "Looking for groups in other customers")
    each = found.mean(axis=0)
    weights = np.bincount(before, minlength=count)
    overall = float((each * weights).sum() / max(weights.sum(), 1))
    return Holds(each, overall, TIMES, len(values), *_elsewhere(made, labels, k))


def _elsewhere(made: Points, labels: np.ndarray, k: int) -> tuple[int, float]:
    """On how many customers groups were found who are not among those fitted on, and the share of all who then are in the
    same group, the groups matched as well as they can be."""
    from scipy.optimize import linear_sum_assignment  # takes a moment to import: the first page does without

    others = np.setdiff1d(np.arange(len(made.values)), made.fitted)
    if len(others) < LEAST:
        return 0, 1.0
    some = np.random.default_rng(groups.SEED).permutation(others)[: len(made.fitted)]
    place = groups.nearest(groups.kmeans(made.values[np.sort(some)], k, STARTS))
    both = np.zeros((int(labels.max()) + 1, k))
    for start in range(0, len(labels), groups.CHUNK):
        part = slice(start, start + groups.CHUNK)
        np.add.at(both, (labels[part], place(made.values[part])), 1)
    return len(some), float(both[linear_sum_assignment(-both)].sum() / len(labels))


def _overlaps(before: np.ndarray, after: np.ndarray, count: int) -> np.ndarray:
    """For each group the largest overlap with a group found anew: shared members ÷ members of either."""
    size = int(after.max(initial=0)) + 1
    both = np.zeros((count, size))
    np.add.at(both, (before, after), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0).max(axis=1)
