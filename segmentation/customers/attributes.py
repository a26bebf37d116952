"""Columns that describe a customer, as numbers, days or words; each is read once and kept."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import numpy as np
import pandas as pd

from segmentation.columns.concepts import CONCEPTS
from segmentation.columns.metrics import METRICS
from segmentation.columns.words import key
from segmentation.customers.customers import Customers
from segmentation.problems import Problem

RANKED = ", most frequent first"  # behind the name of a column whose values stand by how many have them
DAY = dt.date(1970, 1, 1).toordinal()


def kind(customers: Customers, name: str) -> Literal["number", "date", "text"]:
    """What a column holds. Raises Problem where there is none of that name."""
    return customers.keep(("kind", name), lambda: _kind_in(customers, name))


def _kind_in(customers: Customers, name: str) -> Literal["number", "date", "text"]:
    if not customers.has(name):
        raise Problem(f"There is no column “{name}”; there are: {', '.join(customers.frame.columns)}.")
    column = customers.named(name)
    return _kind(customers.frame[column]) if column in customers.frame else "number"


def _kind(column: pd.Series) -> Literal["number", "date", "text"]:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "text"
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return "date"
    if column.dtype != object:
        return "text"
    known = column[column.notna()]
    return "date" if len(known) and known.map(lambda value: isinstance(value, dt.date)).all() else "text"


def numbers(customers: Customers, name: str) -> str:
    """The name of a number column that holds the same: dates become days since 1970. Problem for words."""
    found = kind(customers, name)
    if found == "number":
        customers.values(name)
        return name
    if found == "text":
        raise Problem(f"The column “{name}” holds words: choose one of numbers or dates.")
    return customers.derive(f"{name}, as days", lambda: _days(customers.frame[customers.named(name)]))


def _days(column: pd.Series) -> np.ndarray:
    days = pd.to_datetime(column, errors="coerce").to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64))


def day_number(text: str) -> float:
    """Days since 1970 of an ISO date. Raises ValueError where it is none."""
    return float(dt.date.fromisoformat(text).toordinal() - DAY)


def coded(customers: Customers, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """Words of any column: int32 (n,), the place of each customer's word in the sorted words, −1 where it has none."""
    kind(customers, name)
    return customers.keep(("coded", name), lambda: _coded(_series(customers, name)))


def _series(customers: Customers, name: str) -> pd.Series:
    column = customers.named(name)
    return customers.frame[column] if column in customers.frame else pd.Series(customers.values(name))


def _coded(column: pd.Series) -> tuple[np.ndarray, tuple[str, ...]]:
    if pd.api.types.is_bool_dtype(column.dtype):
        column = column.astype(object).map({True: "yes", False: "no"})
    codes, values = pd.factorize(column)
    said = [_word(value) for value in values]
    words = tuple(sorted({word for word in said if word}))
    place = {word: i for i, word in enumerate(words)}
    table = np.array([*(place.get(word, -1) for word in said), -1], np.int32)
    return table[codes], words


def _word(value: object) -> str:
    """A value as a person reads it: 3.0 is 3, text without blanks around it."""
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    return str(value.date() if isinstance(value, pd.Timestamp) else value).strip()


def find(customers: Customers, concept: str) -> str | None:
    """The column that shows a concept: the one of that name, else the heading that says so best; None without one."""
    return customers.keep(("concept", concept), lambda: _find(customers, concept))  # type: ignore[no-any-return]


def _find(customers: Customers, concept: str) -> str | None:
    if customers.has(concept):
        return concept
    words = CONCEPTS.get(concept, ())
    named = [(words.index(key(name)), name) for name in customers.frame if key(name) in words and name not in METRICS]
    return min(named)[1] if named else None
