"""What groups of customers are called: in words, from the columns that set each apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from segmentation import formats
from segmentation.columns.metrics import COMPUTED, METRICS, label
from segmentation.segments.spans import different

STEPS = (-1.25, -0.25, 0.25, 1.25)  # standard deviations from the mean of all at which another word is taken
GRADES = ("very low", "low", "average", "high", "very high")
NUMBERS = ("very few", "few", "an average number of", "many", "very many")
COUNTED = ("orders", "lines", "units", "visits", "visits_per_quarter", "visits_last_quarter", "referrals")
WORDS = {  # column → what its grades are called, where they have words of their own
    "recency_days": ("bought just now", "bought lately", "average silence", "long silent", "very long silent"),
    "tenure_days": ("very new", "new", "average time with us", "long with us", "very long with us"),
    "growth": ("shrinking fast", "shrinking", "average growth", "growing", "growing fast"),
    "revenue_cv": ("very steady", "steady", "average swings", "uneven", "very uneven"),
    "revenue_cv_month": ("very steady", "steady", "average swings", "uneven", "very uneven"),
    "cycle_days": ("buying very often", "buying often", "average rhythm", "buying seldom", "buying very seldom"),
}
PARTS = 2  # columns in a name; more only where two groups would be called the same


def called(
    columns: Sequence[str],
    apart: np.ndarray,
    usually: Callable[[int, str], float],
    said: Callable[[int, str, int], str] = lambda group, column, grade: graded(column, grade),
) -> list[str]:
    """A name for each group, no two alike: “High revenue, few orders”.

    apart     float64 (groups, columns): how far the mean of each group lies from that of all, in standard deviations
    usually   (group, column) → the mean of its customers in the column's own unit, for groups that words do not part
    said      (group, column, grade from 0 very low to 4 very high) → the words for it, where the usual ones do not do
    """
    parts = [_parts(columns, one, partial(said, group)) for group, one in enumerate(apart)]
    names = [", ".join(one[:PARTS]) for one in parts]
    for more in range(PARTS + 1, len(columns) + 1):
        names = [
            ", ".join(part[:more]) if names.count(name) > 1 else name for name, part in zip(names, parts, strict=True)
        ]
    names = [
        f"{name} ({_about(group, names, columns, apart, usually)})" if names.count(name) > 1 else name
        for group, name in enumerate(names)
    ]
    return different([name[:1].upper() + name[1:] for name in names])


def renamed(names: Sequence[str], own: Mapping[str, str]) -> list[str]:
    """The names as one wants them, no two alike: one's own where there is one, a number behind what is taken already."""
    found: list[str] = []
    for name in names:
        wanted = own.get(name, name)
        others = (f"{wanted} ({number})" for number in range(2, len(names) + 2))
        found.append(next(one for one in (wanted, *others) if one not in found))
    return found


def _parts(columns: Sequence[str], apart: np.ndarray, said: Callable[[str, int], str]) -> list[str]:
    """What a group is in words, the column that sets it apart most first; average columns only where all are."""
    order = np.argsort(-np.abs(np.round(apart, 6)), kind="stable")
    grades = [(columns[at], int(np.searchsorted(STEPS, apart[at]))) for at in order]
    return [said(column, grade) for column, grade in grades if grade != 2] or ["average in all"]


def graded(column: str, grade: int) -> str:
    """A number column at a grade, from 0 very low to 4 very high: “few orders”."""
    if column in WORDS:
        return WORDS[column][grade]
    name = label(column)
    name = name.lower() if column in METRICS or column in COMPUTED else name
    return f"{(NUMBERS if column in COUNTED else GRADES)[grade]} {name}"


def _about(
    group: int, names: Sequence[str], columns: Sequence[str], apart: np.ndarray, usually: Callable[[int, str], float]
) -> str:
    """The number that parts a group from those called alike."""
    alike = [other for other, name in enumerate(names) if name == names[group]]
    column = columns[int(np.ptp(apart[alike], axis=0).argmax())]
    return f"{label(column)} about {formats.compact(usually(group, column))}"
