"""Customers compared by words and numbers together: Gower's distance, what lies in the middle of a group, and names."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np

from segmentation.columns.metrics import label
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments import groups
from segmentation.segments.called import called, graded
from segmentation.segments.groups import Facts, Fit, Groups, Place, Points, compared, sampled, varies

FEW = 12  # columns up to which as many customers are compared as asked for; of more columns fewer customers, in the same time
LIKELY, MOSTLY = 0.95, 0.5  # share of a group from which a word is the group's, and from which most have it


def gower(values: np.ndarray) -> np.ndarray:
    """Gower's distance (1971) of every pair, in the order of SciPy's `pdist`: float64 (n (n − 1) / 2,), from 0 to 1.

    values   float64 (n, columns), missing as NaN: numbers as parts of their column's range, words as whole numbers
    A number is as far from another as they lie apart, a word is 0 from itself and 1 from any other; the mean is taken over
    the columns known of both. Two of whom nothing is known in common are as far from each other as can be.
    """
    known, filled = ~np.isnan(values), np.nan_to_num(values)
    found, done = np.empty(len(values) * (len(values) - 1) // 2), 0
    for at in range(len(values) - 1):
        both = known[at + 1 :] & known[at]
        apart = np.minimum(np.abs(filled[at + 1 :] - filled[at]), 1.0) * both
        many = both.sum(axis=1)
        found[done : done + len(many)] = np.divide(apart.sum(axis=1), many, out=np.ones(len(many)), where=many > 0)
        done += len(many)
    return np.round(found, 9)


@dataclass(frozen=True)
class Mixed:
    """Customers as points of numbers and words: those of whom anything is known.

    points   numbers first, as parts of their range, then words as places among the column's words; missing as NaN
    numbers  how many columns are of numbers; words: what those of each further column are
    """

    points: Points
    numbers: int
    words: tuple[tuple[str, ...], ...]


def mixed(customers: Customers, columns: Sequence[str], transform: str, outliers: str, most: int) -> Mixed:
    """Customers as points of these columns (of the usual ones where none are given); arguments as `groups.points` takes them.

    Columns that are the same for everybody are left out. In very many columns fewer customers are fitted on. Raises Problem
    where there is no column.
    """
    names = tuple(sorted(columns or groups.usual(customers)))
    if not names:
        raise Problem("Choose columns to compare customers by: this file has no numbers to begin with.")
    most = int(most * min(1.0, FEW / len(names)) ** 0.5)
    key, recent = (names, transform, outliers, most), customers.remember("mixed", dict)
    made = recent.get(key)
    if made is None:
        made = _mixed(customers, *key)
        recent.clear()  # only the last, as of points
        recent[key] = made
    return made


def _mixed(customers: Customers, names: tuple[str, ...], transform: str, outliers: str, most: int) -> Mixed:
    worded = [name for name in names if groups.worded(customers, name)]
    made = {name: compared(customers.values(name), transform, outliers) for name in names if name not in worded}
    coded = {name: attributes.coded(customers, name) for name in worded}
    shaped = {name: _ranged(one.values) for name, one in made.items()}
    shaped |= {name: np.where(codes < 0, np.nan, codes) for name, (codes, _) in coded.items()}
    telling = {name: one for name, one in shaped.items() if varies(one[~np.isnan(one)])}
    rows = np.flatnonzero(~np.all([np.isnan(one) for one in (telling or shaped).values()], axis=0))
    values = np.column_stack(list(telling.values()))[rows] if telling else np.empty((len(rows), 0))
    values = np.round(values, groups.DIGITS) + 0.0
    fitted = sampled(np.nan_to_num(values, nan=-1.0), most)
    facts = Facts(
        tuple(telling),
        tuple(name for name in names if name not in telling),
        tuple(name for name, one in made.items() if one.losses),
        {name: one.ends for name, one in made.items() if one.ends},
        (),
        len(rows),
        len(fitted),
    )
    words = tuple(coded[name][1] for name in telling if name in coded)
    return Mixed(Points(rows, values, fitted, facts), len(telling) - len(words), words)


def _ranged(values: np.ndarray) -> np.ndarray:
    """A column as parts of its range, 0 to 1."""
    known = values[~np.isnan(values)]
    return (values - known.min()) / np.ptp(known) if varies(known) else values


def middles(made: Mixed, values: np.ndarray, held: np.ndarray) -> list[np.ndarray]:
    """What lies in the middle of each group, column by column: of numbers the mean, float64 (groups, 1); of words the share
    of each, float64 (groups, words). NaN where it is known of nobody there."""
    count, found = int(held.max(initial=-1)) + 1, []
    for at, column in enumerate(values.T):
        known = ~np.isnan(column)
        size = 1 if at < made.numbers else len(made.words[at - made.numbers])
        total = np.zeros((count, size))
        if at < made.numbers:
            np.add.at(total, (held[known], 0), column[known])
        else:
            np.add.at(total, (held[known], column[known].astype(np.intp)), 1.0)
        many = np.bincount(held[known], minlength=count)[:, None]
        found.append(np.divide(total, many, out=np.full_like(total, np.nan), where=many > 0))
    return found


def nearest(made: Mixed, centres: Sequence[np.ndarray]) -> Place:
    """Puts points where the middle of the group is nearest by Gower's distance; of two equally near the first."""

    def place(values: np.ndarray) -> np.ndarray:
        apart, many = np.zeros((len(values), len(centres[0]))), np.zeros((len(values), len(centres[0])))
        for at, (column, centre) in enumerate(zip(values.T, centres, strict=True)):
            known = ~np.isnan(column)
            if at < made.numbers:
                away = np.abs(column[:, None] - centre.T)
            else:
                away = 1 - centre.T[np.where(known, column, 0).astype(np.intp)]
                away[~known] = np.nan
            apart, many = apart + np.nan_to_num(away), many + ~np.isnan(away)
        away = np.divide(apart, many, out=np.ones_like(apart), where=many > 0)
        return np.round(away, 9).argmin(axis=1)

    return place


def found(customers: Customers, key: tuple[Hashable, ...], made: Mixed, fit: Fit) -> tuple[Hashable, Groups]:
    """The groups of these customers, and the key they are kept under."""

    def make() -> Groups:
        held = groups.find(customers, made.points, fit)
        return replace(held, means=np.empty((held.count, 0)))  # words have none: see `names`

    return key, customers.remember(key, make)


def names(customers: Customers, made: Mixed, held: Groups) -> tuple[str, ...]:
    """What the groups are called: by the numbers and words that set them apart most, as “Few orders, Region mostly North”."""
    if held.count < 2:
        return groups.alone(held)
    values, marks = made.points.values, held.marks[made.points.rows].astype(np.intp)
    centres, all_ = middles(made, values, marks), middles(made, values, np.zeros(len(marks), np.intp))
    columns: list[str] = []
    apart: list[np.ndarray] = []
    shares: dict[str, tuple[str, str, np.ndarray]] = {}
    for at, (name, centre, base) in enumerate(zip(made.points.facts.columns, centres, all_, strict=True)):
        if at < made.numbers:
            columns.append(name)
            apart.append((centre - base)[:, 0] / (np.nanstd(values[:, at]) or 1.0))
            continue
        for place in np.flatnonzero((centre >= MOSTLY).any(axis=0)).tolist():
            share, usual, word = centre[:, place], float(base[0, place]), made.words[at - made.numbers][place]
            columns.append(f"{label(name)}: {word}")
            shares[columns[-1]] = (label(name), word, share)
            telling = np.where(share >= MOSTLY, share - usual, 0.0) / np.sqrt(max(usual * (1 - usual), 1e-9))
            apart.append(np.maximum(telling, 0.0))

    def said(group: int, column: str, grade: int) -> str:
        if column not in shares:
            return graded(column, grade)
        name, word, share = shares[column]
        return f"{name} {'' if share[group] >= LIKELY else 'mostly '}{word}"

    def usually(group: int, column: str) -> float:
        if column in shares:
            return float(shares[column][2][group])
        inside = customers.values(column)[held.marks == group]
        return float(inside[np.isfinite(inside)].mean()) if np.isfinite(inside).any() else 0.0

    return tuple(called(columns, np.nan_to_num(np.column_stack(apart)), usually, said))
