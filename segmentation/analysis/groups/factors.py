"""What lies behind columns that go together: principal components as factors, in words, and which column stands for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.groups import Points

LEAST = 0.4  # of the heaviest column's weight: what counts less is not told
NAMED = 4  # columns of each side that are told by name
ENOUGH = 0.8  # of all differences: as many factors as keep them are enough to begin with
ALONE = 0.5  # of a column's differences, below which the factors hardly know it


@dataclass(frozen=True)
class Factors:
    """As many factors as there are columns, those that keep most first.

    loadings  float64 (columns, factors): how far each column goes with each factor, −1 to 1
    shares    float64 (factors,): of all differences between customers, those each factor keeps
    weights   float64 (columns, factors): what a customer's values are multiplied with to give its place along each
    """

    columns: tuple[str, ...]
    loadings: np.ndarray
    shares: np.ndarray
    weights: np.ndarray

    @property
    def enough(self) -> int:
        """The least number of factors that keeps most of what differs."""
        return int(np.searchsorted(np.cumsum(self.shares), ENOUGH - 1e-9)) + 1

    def sentence(self, at: int) -> str:
        """One factor in words."""
        said = meaning(self.loadings[:, at], self.columns)
        return f"Factor {at + 1} ({formats.share(self.shares[at])} of all differences): {said}."

    def kept(self, count: int) -> str:
        """What so many factors keep, and the column they know least, in sentences."""
        if count == len(self.columns):
            alone = ", since each column tells something of its own" if self.enough == count else ""
            return f"There are as many factors as columns: nothing is lost, and nothing is gained{alone}."
        many = formats.plural(count, "factor")
        said = (
            f"{many} instead of {formats.plural(len(self.columns), 'column')} {'keeps' if count == 1 else 'keep'} "
            f"{formats.share(self.shares[:count].sum())} of all differences between customers."
        )
        known = (self.loadings[:, :count] ** 2).sum(axis=1)
        least = int(known.argmin())
        if known[least] >= ALONE:
            return said
        return f"{said} {label(self.columns[least])} is lost most (kept by {formats.share(known[least])}): it tells something of its own."

    def standing_for(self, count: int) -> tuple[str, ...]:
        """A column for each of so many factors: the one that goes with it most, each column once."""
        found: list[int] = []
        for at in range(count):
            order = np.argsort(-np.abs(np.round(self.loadings[:, at], 6)), kind="stable").tolist()
            found.append(next(one for one in order if one not in found))
        return tuple(self.columns[at] for at in found)


def factors(made: Points) -> Factors:
    """The factors behind these points."""
    values = made.values - made.values.mean(axis=0) if len(made.values) else made.values
    spread, axes = directions(values)
    width = np.sqrt((values**2).mean(axis=0)) if len(values) else np.zeros(values.shape[1])
    loadings = np.divide(axes * np.sqrt(spread), width[:, None], out=np.zeros_like(axes), where=width[:, None] > 0)
    return Factors(made.facts.columns, loadings, spread / (spread.sum() or 1.0), axes)


def directions(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Along which directions centred points (n, columns) differ most: the variance along each, float64 (columns,), most
    first, and the directions, float64 (columns, columns), one a column; each goes up with the column that counts most in it.
    """
    if not values.shape[1]:
        return np.zeros(0), np.zeros((0, 0))
    spread, axes = np.linalg.eigh(values.T @ values / max(len(values), 1))
    spread, axes = np.maximum(spread[::-1], 0.0), axes[:, ::-1]
    heaviest = np.abs(np.round(axes, 6)).argmax(axis=0)
    return spread, axes * np.sign(np.take_along_axis(axes, heaviest[None], axis=0))


def meaning(weights: np.ndarray, columns: Sequence[str]) -> str:
    """What has grown where one goes on in a direction: “higher Revenue and Orders, lower Days since last order”."""
    order = np.argsort(-np.abs(np.round(weights, 6)), kind="stable")
    told = [at for at in order if abs(weights[at]) >= LEAST * np.abs(weights).max() > 0]
    more = [label(columns[at]) for at in told if weights[at] > 0]
    less = [label(columns[at]) for at in told if weights[at] < 0]
    parts = [f"{word} {formats.first(names, NAMED)}" for word, names in (("higher", more), ("lower", less)) if names]
    return ", ".join(parts) or "nothing more to see"


def scores(customers: Customers, made: Points, found: Factors, count: int) -> pd.DataFrame:
    """Where each customer stands along so many factors: a column each, by customer id, in standard deviations along the first.

    Only customers of whom every column is known.
    """
    values = (made.values - made.values.mean(axis=0)) @ found.weights[:, :count]
    wide = float(values[:, 0].std()) or 1.0
    names = [f"factor_{at + 1}" for at in range(count)]
    return pd.DataFrame(np.round(values / wide, 6), customers.frame.index[made.rows], names)
