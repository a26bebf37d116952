"""Fewer segments, please: the two least different become one, again and again, and what that costs in explained money."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.merging import called
from segmentation.segments.segmentation import Segmentation

LEAST = 2  # segments that remain
BEHAVIOUR = ("orders", "recency_days", "growth")  # beside money: what segments may differ in
SLIGHT, MUCH = 0.02, 0.10  # of explained differences: what is hardly a loss, and what is a large one


@dataclass(frozen=True)
class Fewer:
    """So many segments, and what they explain.

    groups     the segments that are one, each as the names put together, in the order of the segments
    customers  of each group
    explained  share of the differences in money between customers that these segments explain (η² of ranks); None where
               no money is known
    joined     the two that were put together last, in words; empty at the first step
    """

    groups: tuple[tuple[str, ...], ...]
    customers: tuple[int, ...]
    explained: float | None
    joined: tuple[str, ...] = ()


def fewer(made: Segmentation) -> list[Fewer]:
    """The segments that hold somebody as they are, then with the two least different as one, and so on down to two.

    How different two are: how much less of the differences in money, orders, silence and growth would be explained with
    both as one (Ward's criterion, on ranks). Of equal ones the first. *Unknown* stays by itself.
    """
    held = np.flatnonzero(made.counts[: len(made.names)])
    money, ranks = _ranks(made.customers)
    counts = made.counts[held].astype(np.float64)
    sums = np.array([np.bincount(made.codes, one, len(made.names) + 1)[held] for one in ranks]).reshape(
        len(ranks), len(held)
    )
    groups: list[tuple[str, ...]] = [(made.names[at],) for at in held]
    known = made.codes < len(made.names)
    whole = _spread(ranks[0][known]) if money and known.any() else 0.0
    steps = [_step(groups, counts, sums, whole)]
    while len(groups) > LEAST:
        one, other = _nearest(counts, sums)
        joined = tuple(called(groups[at]) for at in (one, other))
        groups[one] = tuple(name for name in made.names if name in (*groups[one], *groups[other]))
        counts[one], sums[:, one] = counts[one] + counts[other], sums[:, one] + sums[:, other]
        groups, counts, sums = groups[:other] + groups[other + 1 :], np.delete(counts, other), np.delete(sums, other, 1)
        steps.append(_step(groups, counts, sums, whole, joined))
    return steps


def _ranks(customers: Customers) -> tuple[bool, list[np.ndarray]]:
    """Whether money is known, and ranks from −½ to ½ of each column by which customers differ, money first; unknown is 0."""
    money = [name for name in ("profit", "revenue") if name in customers.frame][:1]
    names = [*money, *(name for name in BEHAVIOUR if name in customers.numeric)]
    return bool(money), [_ranked(customers, name) for name in names]


def _ranked(customers: Customers, name: str) -> np.ndarray:
    def make() -> np.ndarray:
        ranks = pd.Series(customers.values(name)).rank()
        return ((ranks - (ranks.count() + 1) / 2) / max(ranks.count(), 1)).fillna(0.0).to_numpy()

    return customers.keep(("centred ranks", name), make)


def _spread(values: np.ndarray) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _nearest(counts: np.ndarray, sums: np.ndarray) -> tuple[int, int]:
    """The two groups that lose least when they are one; the first before the second."""
    means = sums / counts
    weight = counts[:, None] * counts[None] / (counts[:, None] + counts[None])
    lost = (weight * ((means[:, :, None] - means[:, None, :]) ** 2).sum(axis=0)).round(9)
    lost[np.tril_indices(len(counts))] = np.inf
    one, other = np.unravel_index(int(lost.argmin()), lost.shape)
    return int(one), int(other)


def _step(
    groups: Sequence[tuple[str, ...]], counts: np.ndarray, sums: np.ndarray, whole: float, joined: tuple[str, ...] = ()
) -> Fewer:
    explained = None
    if whole > 0:
        between = (sums[0] ** 2 / counts).sum() - sums[0].sum() ** 2 / counts.sum()
        explained = round(float(between / whole), 6)
    return Fewer(tuple(groups), tuple(counts.astype(int).tolist()), explained, joined)


def sentence(steps: Sequence[Fewer], now: Fewer, money: str) -> str:
    """What so many segments explain, and what is lost against all of them."""
    first, many = steps[0], len(now.groups)
    if now.explained is None or first.explained is None:
        return f"{many} segments instead of {len(first.groups)}."
    part = formats.share(now.explained)
    if first.explained < SLIGHT:
        return (
            f"These {len(first.groups)} segments explain {formats.share(first.explained)} of the differences in {money} between "
            "customers, so nothing is lost with fewer. See below what drives it."
        )
    if now is first:
        return f"These {many} segments explain {part} of the differences in {money} between customers."
    lost = first.explained - now.explained
    grade = (
        "hardly anything is lost" if lost < SLIGHT else "that is a large loss" if lost >= MUCH else "a little is lost"
    )
    all_ = formats.share(first.explained)
    return (
        f"{many} segments explain {part} of the differences in {money} between customers; all {len(first.groups)} explain "
        f"{all_}: {grade}."
    )


def shortest(steps: Sequence[Fewer]) -> Fewer:
    """The fewest segments with which hardly anything is lost."""
    first = steps[0]
    near = [one for one in steps if first.explained is not None and first.explained - (one.explained or 0) < SLIGHT]
    return near[-1] if near else first
