"""Every number of groups at once: fitted, measured, told in words, and kept, so that another number is there at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from segmentation.analysis.groups.quality import Quality, quality
from segmentation.analysis.portraits.profile import Profile, profile
from segmentation.analysis.portraits.rule import Rules, rules
from segmentation.analysis.summary import figures
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.methods import METHODS
from segmentation.segments import groups
from segmentation.segments.groups import Points
from segmentation.segments.segmentation import Segmentation

PARTING = METHODS["kmeans"]  # the method by which groups are looked for
NUMBERS = range(2, 11)
MEASURING = 0.7  # of the way
BESIDE = 6  # columns customers are described by, those compared by first
Progress = Callable[[float, str], None]
TELLING = ("revenue", "profit", "orders", "average_order", "recency_days", "growth", "tenure_days", "units")


@dataclass(frozen=True)
class Fitted:
    """Customers in so many groups: who is where, what they are like, how to know them, and their `figures`."""

    made: Segmentation
    profile: Profile
    rules: Rules
    figures: Mapping[str, Any]

    @property
    def names(self) -> tuple[str, ...]:
        """The groups that hold somebody, by the names proposed."""
        return self.profile.names


@dataclass(frozen=True)
class Clusters:
    """All numbers of groups of k-means by the same columns, and what can be said of each number.

    of     k → customers in so many groups, for each k that the customers can make
    columns, transform, outliers   what customers were compared by, and how
    """

    quality: Quality
    of: Mapping[int, Fitted]
    columns: tuple[str, ...]
    transform: str
    outliers: str

    def points(self, customers: Customers) -> Points:
        """The customers as they were compared."""
        return groups.points(customers, self.columns, self.transform, self.outliers)

    @property
    def suggested(self) -> int | None:
        """The number of groups to look at first: the best, else the fewest about as clear as the clearest that is no good."""
        table = self.quality.table
        if self.quality.best in self.of:
            return self.quality.best
        more = table["silhouette"] - table["chance"]
        about = table.loc[more >= more.max() - self.quality.margin, "k"]
        return next((int(k) for k in about if k in self.of), next(iter(self.of), None))


def clusters(
    customers: Customers,
    columns: Sequence[str],
    transform: str = "log",
    outliers: str = "cap",
    progress: Progress = lambda share, doing: None,
) -> Clusters:
    """Groups for every number of them, by these columns. Raises Problem as `groups.points` does.

    progress   called with how far it is (0–1) and what is done; it may end it by raising
    """
    found = quality(
        customers, columns, transform, outliers, NUMBERS, lambda share, doing: progress(share * MEASURING, doing)
    )
    facts = groups.points(customers, columns, transform, outliers).facts
    of: dict[int, Fitted] = {}
    for at, k in enumerate(found.table["k"].tolist()):
        progress(MEASURING + (1 - MEASURING) * at / len(found.table), f"Putting everybody into {k} groups")
        made = PARTING(customers, columns=tuple(columns), k=k, transform=transform, outliers=outliers)
        told = profile(made, described(customers, facts.columns), transform, outliers)
        of[k] = Fitted(made, told, rules(made), figures(made))
    return Clusters(found, of, tuple(columns), transform, outliers)


def described(customers: Customers, columns: Sequence[str]) -> tuple[str, ...]:
    """What groups are described by: the columns they are made of, then what else one wants to know of customers."""
    others = (name for name in TELLING if name in customers.numeric and np.isfinite(customers.values(name)).any())
    return tuple(dict.fromkeys([*columns, *others]))[: max(BESIDE, len(columns))]
