"""How far each customer has come in a row of stages, from columns of dates, counts, yes and no, or named stages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from segmentation.columns.words import is_no, key
from segmentation.customers import attributes
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.cuts import edges
from segmentation.segments.segmentation import Segmentation


def furthest(
    customers: Customers,
    stages: Mapping[str, tuple[str, str]],
    *,
    named: tuple[str, str] = ("", ""),
    words: Mapping[str, str] | None = None,
    none: str | None = None,
) -> Segmentation:
    """Segments by the furthest stage reached, the last stage best.

    stages  name → (concept, chosen column or "")
    named   (concept, chosen column) of a column whose words name the stage; words: stage → words for it
    none    the segment of those known to have reached no stage; without it they are *Unknown*
    Raises Problem where a column named for the stage has none of the words.
    """
    columns = {name: chosen or find(customers, concept) for name, (concept, chosen) in stages.items()}
    known = {name: column for name, column in columns.items() if column}
    column = named[1] or (find(customers, named[0]) if named[0] and not known else None)
    order = list(stages)
    if column:
        reached = customers.derive(f"{column}, as a stage", lambda: _by_word(customers, column, order, words or {}))
    else:
        title = f"furthest of {', '.join([*known.values(), *([none] if none else [])])}"
        reached = customers.derive(title, lambda: _by_columns(customers, known, order, none is not None))
    names = [*reversed(order), *([none] if none else [])]
    cuts = range(1 if none else 2, len(order) + 1)
    cut = edges(customers, reached, cuts, names)
    return Segmentation(customers, names, cut.placing, columns=[reached])


def _by_word(customers: Customers, column: str, order: list[str], words: Mapping[str, str]) -> np.ndarray:
    codes, said = attributes.coded(customers, column)
    place = {key(word): at for at, name in enumerate(order, 1) for word in (name, *words.get(name, "").split(","))}
    found = [place.get(key(word), np.nan) for word in said]
    if said and np.isnan(found).all():
        raise Problem(
            f"None of the words in “{column}” is a stage ({', '.join(said[:5])}…): call them {', '.join(order)}, "
            "or choose columns with the dates of the stages."
        )
    return np.array([*found, np.nan])[codes]


def _by_columns(customers: Customers, known: Mapping[str, str], order: list[str], none: bool) -> np.ndarray:
    """The place of the furthest stage reached, from 1; 0 for none of those known (or NaN), NaN where nothing is."""
    furthest = np.full(len(customers), np.nan)
    for name, column in known.items():
        reached = _reached(customers, column)
        furthest = np.fmax(furthest, np.where(reached > 0, order.index(name) + 1, reached))
    return furthest if none else np.where(furthest > 0, furthest, np.nan)


def _reached(customers: Customers, column: str) -> np.ndarray:
    """1 where a stage is reached by the as-of day, 0 where not, NaN where nothing is said."""
    kind: Any = attributes.kind(customers, column)
    if kind == "text":
        codes, words = attributes.coded(customers, column)
        return np.array([*(float(not is_no(word)) for word in words), np.nan])[codes]
    values = customers.values(attributes.numbers(customers, column))
    if kind == "date" and customers.as_of is not None:
        as_of = attributes.day_number(customers.as_of.isoformat())
        return np.where(np.isnan(values), np.nan, values <= as_of)
    return np.where(np.isnan(values), np.nan, (values > 0) | (kind == "date"))
