"""Crowds without groups, as wide and as lopsided as the customers: what these are parted by, chance alone parts too."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from segmentation.segments import groups

WITHOUT = 3  # crowds of each kind
KINDS = 3
CROWD = 1_000  # of so many at most: how chance parts them hardly depends on their number
BINS = 40  # of a column, when its hump is looked for


def crowds(values: np.ndarray) -> Iterator[np.ndarray]:
    """Crowds of each kind in turn: spread evenly, as one bell, and with one hump in every column. Deterministic.

    values   points (n, columns); each crowd has at most `CROWD` of as many columns
    """
    rng, centred = np.random.default_rng(groups.SEED), values - values.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2]
    along = centred @ axes.T
    low, high, spread = along.min(axis=0), along.max(axis=0), along.std(axis=0)
    shape = (min(len(along), CROWD), along.shape[1])
    for _ in range(WITHOUT):
        yield rng.uniform(low, high, shape)
        yield rng.normal(0, spread, shape)
    yield from _humped(values, rng)


def _humped(values: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Crowds whose columns have each one hump, are as lopsided as these, and run together as far as these do (a Gaussian copula).

    A column that is not lopsided before its logarithm is taken has a long tail afterwards: it is no group.
    """
    from scipy.special import ndtr, ndtri  # takes a moment to import: the first page does without

    together = _together(ndtri(np.column_stack([_ranks(one) for one in values.T])))
    humps = [np.histogram(one, BINS) for one in values.T]
    upto = [np.append(0, np.cumsum(one_hump(counts))) / len(values) for counts, _ in humps]
    for _ in range(WITHOUT):
        drawn = ndtr(
            rng.multivariate_normal(
                np.zeros(len(together)), together, min(len(values), CROWD), check_valid="ignore", method="svd"
            )
        )
        yield np.column_stack([
            np.interp(one, reached, ends) for one, reached, (_, ends) in zip(drawn.T, upto, humps, strict=True)
        ])  # fmt: skip


def _ranks(values: np.ndarray) -> np.ndarray:
    """Each value's place among all, between 0 and 1; those that are the same have the same."""
    ordered = np.sort(values)
    return (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / (2 * len(values))


def _together(scores: np.ndarray) -> np.ndarray:
    """Correlation of each two columns; 0 with one that is the same for everybody here."""
    spread = scores.std(axis=0)
    even = (scores - scores.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    found = even.T @ even / len(even)
    np.fill_diagonal(found, 1.0)
    return found


def one_hump(counts: np.ndarray) -> np.ndarray:
    """The counts nearest to these that rise up to one place and fall from there on, with the same total."""
    tried = [np.append(_rising(counts[:at]), _rising(counts[at:][::-1])[::-1]) for at in range(len(counts) + 1)]
    return min(tried, key=lambda one: float(((one - counts) ** 2).sum()))


def _rising(counts: np.ndarray) -> np.ndarray:
    """The nearest counts that never fall: neighbours that do are put together (pool adjacent violators)."""
    means: list[float] = []
    sizes: list[int] = []
    for one in counts.tolist():
        mean, size = float(one), 1
        while means and means[-1] > mean:
            before = sizes.pop()
            mean, size = (means.pop() * before + mean * size) / (before + size), before + size
        means.append(mean)
        sizes.append(size)
    return np.repeat(means, sizes)
