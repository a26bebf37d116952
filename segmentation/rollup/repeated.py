"""Rows that repeat another in every column."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.columns.kinds import as_text, kind_of
from segmentation.rollup.encode import identify
from segmentation.table import Table


def repeated_rows(table: Table) -> np.ndarray:
    """Positions of rows that repeat an earlier one in every column."""
    columns = [_numbers(column) for column in table.data.columns]
    suspects = likely_alike(columns)
    same = pd.DataFrame({at: column[suspects] for at, column in enumerate(columns)}).duplicated()
    return suspects[same.to_numpy()]


def likely_alike(columns: Iterable[np.ndarray]) -> np.ndarray:
    """Positions at which all columns, mixed into one number, are as elsewhere: by chance too, so look at them."""
    mixed: Any = np.uint64(0)
    for column in columns:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    ordered = np.sort(np.atleast_1d(mixed))
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return np.flatnonzero(np.isin(mixed, twice)) if len(twice) else np.zeros(0, np.int64)


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """A column as whole numbers that are equal where its values are."""
    if kind_of(column.type) == "text":
        return identify(as_text(column))[0].astype(np.int64).view(np.uint64)
    if kind_of(column.type) == "date":
        return column.cast(pa.date32()).to_numpy().astype("datetime64[D]").view(np.uint64)
    return np.ascontiguousarray(column.to_numpy(), dtype=np.float64).view(np.uint64)
