"""A customer who is not in the file yet: in which segment it would stand, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from segmentation import formats
from segmentation.analysis.portraits.between import as_before, between
from segmentation.analysis.portraits.card import figure, sentence, standing
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.memberships import memberships
from segmentation.segments.method import Method
from segmentation.segments.newcomers import joined
from segmentation.segments.segmentation import Segmentation

NEW = "\uffff"  # begins a number that nobody has, behind all others
MOST = 8  # columns that are asked for
SOME = 0.005  # of a degree: what does not round to nothing


@dataclass(frozen=True)
class Newcomer:
    """segment   where it would stand; why: each figure beside what is typical there, in sentences
    ways      what would make it a better one, in sentences
    moved     customers of the file who would stand elsewhere with it there
    """

    segment: str
    why: tuple[str, ...]
    ways: tuple[str, ...]
    moved: int


def asked(made: Segmentation) -> tuple[str, ...]:
    """The number columns one has to know of a customer to place it; none where it takes others than those of the file."""
    names = tuple(dict.fromkeys(made.columns))
    known = all(name in made.customers.numeric for name in names)
    return names if known and len(names) <= MOST else ()


def usual(customers: Customers, name: str) -> float:
    """What a column is typically, to begin with; 0 where it is known of nobody."""
    values = customers.values(name)
    return float(np.nanmedian(values)) if np.isfinite(values).any() else 0.0


def placed(
    method: Method, thresholds: Mapping[str, Any], made: Segmentation, given: Mapping[str, float], currency: str = ""
) -> Newcomer:
    """Where a customer with these figures would stand, found with it in the file.

    made   what the method makes of the customers without it; given: column → figure, as `asked` names them
    Raises Problem where the method cannot place it.
    """
    customers = made.customers
    after = joined(method, thresholds, made, with_new(customers, {name: [value] for name, value in given.items()}))
    there = standing(after, len(customers))
    before = np.array([*made.names, ""], object)[made.codes]
    names = as_before(made, after)
    moved = int((before != np.array([*names, ""], object)[after.codes[:-1]]).sum())
    rows = np.flatnonzero(after.codes[:-1] == after.codes[-1])
    stands = [f"It stands {one}." for one in between(method, thresholds, after, 1, names) if one.startswith("between")]
    why = [*_degrees(after, names), *stands, *(beside(customers, name, given[name], rows, currency) for name in given)]
    segment = dict(zip(after.names, names, strict=True)).get(there["segment"], there["segment"])
    return Newcomer(segment, tuple(why), tuple(sentence(way, currency) for way in there["up"]), moved)


def _degrees(after: Segmentation, names: Sequence[str]) -> list[str]:
    """How far the last customer belongs to the two segments it belongs to most, in a sentence, where the method knows degrees."""
    found = np.nan_to_num(memberships(after).to_numpy())
    if np.isin(found, (0.0, 1.0)).all():
        return []
    degrees = found[-1].round(3)
    two = np.argsort(-degrees, kind="stable")[:2].tolist()
    said = [f"to “{names[at]}” by {formats.share(degrees[at])}" for at in two if degrees[at] >= SOME]
    return [f"It belongs {' and '.join(said)}."] if said else []


def with_new(customers: Customers, given: Mapping[str, ArrayLike]) -> Customers:
    """The same customers and behind them as many more as there are figures of each column, of whom nothing else is known."""
    figures = {name: np.asarray(values, float) for name, values in given.items()}
    ids = [f"{NEW}{at:06}" for at in range(len(next(iter(figures.values()))))]
    frame = customers.frame.reindex(
        pd.Index([*customers.frame.index, *ids], name=customers.frame.index.name, dtype="str")
    )
    for name, values in figures.items():
        frame[name] = np.append(customers.values(name), values)
    return Customers(
        frame, as_of=customers.as_of, start=customers.start, headings=customers.headings, called=customers.called,
        before=customers,
    )  # fmt: skip


def beside(customers: Customers, name: str, value: float, rows: np.ndarray, currency: str) -> str:
    """A figure, and what is typical of the segment and of all."""
    values = customers.values(name)
    inside = values[rows][np.isfinite(values[rows])]
    typical = f"typical there is {figure(name, float(np.median(inside)), currency)}, " if len(inside) else ""
    said = f"{label(name)} {figure(name, value, currency)}: {typical}of all customers"
    return f"{said} {figure(name, usual(customers, name), currency)}."


def moved_too(found: Newcomer) -> str:
    """Who else would stand elsewhere, in a sentence; empty where nobody would."""
    if not found.moved:
        return ""
    return f"With it in the file {formats.plural(found.moved, 'other customer')} would stand in another segment."
