"""What to compare customers by: columns to begin with, what speaks against one, and how each looks before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import COMPUTED, METRICS, label
from segmentation.customers.customers import Customers
from segmentation.segments import groups

FEWEST = 2  # columns that are proposed, where the file has them
MOST = 6  # columns from which on customers are hardly ever alike in all
LOOKED_AT = 5_000  # customers whose ranks are compared
NEARLY = 0.9  # rank correlation from which two columns say nearly the same
UNRELATED = 0.1  # and up to which they have nothing to do with each other
GAP = 0.9  # share of customers of whom a column should be known
ONE = 0.8  # share of customers from which on one value is all there is
BINS = 24  # of a distribution


class Warned(NamedTuple):
    """What speaks against a column, in a sentence."""

    column: str
    sentence: str


def behaviour(customers: Customers) -> tuple[str, ...]:
    """How customers buy: the standard metrics of which the file tells something, and which set somebody apart."""
    return tuple(n for n in customers.numeric if n in METRICS and n != "potential" and _varies(customers, n))


def attributes(customers: Customers) -> tuple[str, ...]:
    """What else is known of customers in numbers: who they are rather than how they buy."""
    return tuple(name for name in customers.numeric if name not in METRICS)


def proposed(customers: Customers) -> tuple[str, ...]:
    """Columns to begin with: the usual ones that the file fills; where that is one, what goes least with it beside it."""
    found = list(groups.usual(customers))
    others = [n for n in (*behaviour(customers), *attributes(customers)) if n not in found and _fit(customers, n)]
    while found and others and len(found) < FEWEST:
        found.append(min(others, key=lambda name: max(abs(_rank(customers, name, one)) for one in found)))
    return tuple(found)


def _fit(customers: Customers, name: str) -> bool:
    return not [*_alone(customers, name)] and _varies(customers, name)


def _varies(customers: Customers, name: str) -> bool:
    return groups.different(customers, name) > 1


def warnings(customers: Customers, columns: Sequence[str]) -> list[Warned]:
    """What speaks against the columns chosen: each alone, then beside the others, then all of them."""
    found = [Warned(name, " ".join(said)) for name in columns if (said := [*_alone(customers, name)])]
    telling = [name for name in columns if name not in {one.column for one in found}]
    return [*found, *_beside(customers, telling)]


def _alone(customers: Customers, name: str) -> Iterator[str]:
    values, called = customers.values(name), label(name)
    known = values[np.isfinite(values)]
    kinds = groups.different(customers, name)
    if not len(known):
        yield f"{called} is known of nobody."
    elif kinds == 1:
        share = formats.share(len(known) / len(values))
        same = (
            "is the same for everybody"
            if len(known) == len(values)
            else f"is known of {share} of customers, all with the same value"
        )
        yield f"{called} {same}: it sets nobody apart."
        return
    elif (most := _most(known)) >= ONE:
        yield f"{called} is the same for {formats.share(most)} of customers: groups by it are “the others” and a rest."
    elif name not in METRICS and name not in COMPUTED and _numbers_off(known):
        yield f"{called} counts customers off, as a number on a list does: being near in it means nothing."
    elif name not in METRICS and name not in COMPUTED and kinds <= groups.FEW:
        yield f"{called} has only {kinds} different values, as a code or a grade has: look at it in the groups, not for them."
    if len(known) and len(known) < GAP * len(values):
        yield f"{called} is known of {formats.share(len(known) / len(values))} of customers: the others would be in no group."


def _most(known: np.ndarray) -> float:
    """Share of the value that most have."""
    return float(np.unique(known, return_counts=True)[1].max() / len(known))


def _numbers_off(known: np.ndarray) -> bool:
    """Whether values are whole numbers, all different and one after the other, as numbers of customers are."""
    span = known.max() - known.min()
    return (
        len(np.unique(known)) == len(known) > groups.FEW
        and bool((known == np.rint(known)).all())
        and span < 2 * len(known)
    )


def _beside(customers: Customers, columns: Sequence[str]) -> Iterator[Warned]:
    pairs = together(customers, columns)
    twice: set[str] = set()
    for one, other, how in pairs.itertuples(index=False):
        if abs(how) >= NEARLY and one != other and not {one, other} & twice:
            twice.add(other)
            yield Warned(other, f"{label(other)} says nearly the same as {label(one)}: both together count twice.")
    for name in columns if len(columns) > 2 else ():
        others = pairs[(pairs["one"] == name) ^ (pairs["other"] == name)]["correlation"]
        if (others.abs() <= UNRELATED).all():
            yield Warned(name, f"{label(name)} has no bearing on the other columns: it may part groups that are none.")


def together(customers: Customers, columns: Sequence[str]) -> pd.DataFrame:
    """How far columns go together, by rank: one, other, correlation (−1 to 1), each pair once, each with itself too."""
    pairs = [(one, other) for at, one in enumerate(columns) for other in columns[at:]]
    found = [_rank(customers, *pair) for pair in pairs]
    return pd.DataFrame(pairs, columns=["one", "other"]).assign(correlation=np.array(found, float))


def _rank(customers: Customers, one: str, other: str) -> float:
    """The rank correlation of two columns (Spearman), on a sample where there are many; 0 where there is none."""
    return customers.keep(("together", *sorted((one, other))), lambda: _ranked(customers, one, other))


def _ranked(customers: Customers, one: str, other: str) -> float:
    both = np.column_stack([customers.values(one), customers.values(other)])
    both = both[np.isfinite(both).all(axis=1)]
    both = both[np.linspace(0, len(both) - 1, min(len(both), LOOKED_AT)).astype(int)] if len(both) else both
    ranks = pd.DataFrame(both).rank().to_numpy()
    if len(ranks) < 3 or not (ranks.std(axis=0) > 0).all():
        return 0.0
    return float(np.corrcoef(ranks.T)[0, 1])


def shapes(customers: Customers, columns: Sequence[str], transform: str, outliers: str) -> pd.DataFrame:
    """How customers spread in each column, as it is and as it is compared: column, stage, low, high (0–1 of the picture's
    width), share (of the fullest bar)."""
    parts = []
    for name in columns:
        raw = customers.values(name)
        for stage, values in (("as it is", raw), ("as compared", groups.comparable(raw, transform, outliers))):
            known = values[np.isfinite(values)]
            counts = np.histogram(known, BINS)[0] if len(known) else np.zeros(BINS, int)
            at = np.arange(BINS) / BINS
            held = {"column": label(name), "stage": stage, "low": at, "high": at + 1 / BINS}
            parts.append(pd.DataFrame({**held, "share": counts / max(counts.max(), 1)}))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
