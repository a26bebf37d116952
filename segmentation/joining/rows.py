"""Rows by their key: one of each, where a value stands among the keys, and which nobody asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.match import sure
from segmentation.dataclass import dataclass
from segmentation.joining.keys import loosened
from segmentation.joining.reports import asides
from segmentation.problems import Problem
from segmentation.rollup.repeated import repeated_rows
from segmentation.table import Table, Where


def plain(data: pa.Table) -> pa.Table:
    """Dictionary columns as text: two files have different dictionaries."""
    for i, name in enumerate(data.column_names):
        if pa.types.is_dictionary(data.schema.field(i).type):
            data = as_text(data, name)
    return data


def as_text(data: pa.Table, heading: str) -> pa.Table:
    """The table with one column as text."""
    return data.set_column(data.column_names.index(heading), heading, data[heading].cast(pa.string()))


@dataclass(frozen=True)
class _Among:
    """`Table.where` of some rows of a table."""

    of: Where
    rows: np.ndarray

    def __call__(self, places: np.ndarray) -> pd.DataFrame:
        return self.of(self.rows[places])


def one_a_key(coarse: Table, heading: str, counted: bool) -> tuple[Table, pd.DataFrame]:
    """One row of each key: the latest where rows are dated, else the first in the order of their contents.

    Also the rows left out, as rows set aside. counted: the rows hold amounts, so only copies may go, and rows
    without a key stay; Problem where rows of one key differ.
    """
    texts = text_of(coarse.data[heading])
    known = pc.fill_null(pc.not_equal(texts, ""), False)
    if pc.all(known).as_py() and pc.count_distinct(texts).as_py() == len(texts):
        return coarse, asides([])
    order = _latest_first(coarse, heading).to_numpy()
    ordered = texts.take(pa.array(order)).to_pandas()
    keyed = np.asarray(known.to_numpy(), bool)[order]
    first = np.where(keyed, ~ordered.duplicated().to_numpy(), counted)
    kept, left = np.sort(order[first]), np.sort(order[~first])
    if counted and len(left) > len(repeated_rows(replace(coarse, data=coarse.data.filter(known)))):
        raise Problem(
            f"{coarse.name} has several rows with the same “{heading}” and amounts of their own, which a join would "
            "count wrongly: choose another column, or take that table as the finer one."
        )
    names = coarse.data.column_names
    aside = coarse.data.take(pa.array(left)).to_pydict() if len(left) else {name: [] for name in names}
    whole = [", ".join("" if cell is None else str(cell) for cell in row) for row in zip(*aside.values(), strict=True)]
    reasons = [
        "no value to join by" if cell in (None, "") else "another row has the same key" for cell in aside[heading]
    ]
    lines = coarse.where(left)["line"].to_numpy()
    frame = pd.DataFrame({"file": coarse.name, "line": lines, "column": heading, "reason": reasons, "text": whole})
    of = coarse.where
    return replace(coarse, data=coarse.data.take(pa.array(kept)), where=_Among(of, kept)), frame


def _latest_first(table: Table, heading: str) -> pa.Array:
    data = plain(table.data)
    date = sure(table).get("date")
    others = [name for name in sorted(data.column_names) if name not in (date, heading)]
    keys = [
        (heading, "ascending"),
        *([(date, "descending")] if date else []),
        *((name, "ascending") for name in others),
    ]
    return pc.sort_indices(data, sort_keys=keys)


def text_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as text, by which keys are compared."""
    return column.cast(pa.string())


def is_loose(column: pa.ChunkedArray, keys: pa.ChunkedArray) -> bool:
    """Whether leaving spaces, capitals and leading zeros aside finds more keys, and confuses no two of them."""
    values, exact = pc.unique(text_of(column)).drop_null(), text_of(keys).combine_chunks()
    found = pc.sum(pc.is_in(values, exact)).as_py() or 0
    if found == len(values):
        return False
    loose = loosened(exact)
    more = pc.sum(pc.is_in(loosened(values), loose)).as_py() or 0
    return more > found and pc.count_distinct(loose).as_py() == len(loose)


def place_of(column: pa.ChunkedArray, keys: pa.ChunkedArray, loose: bool) -> pa.ChunkedArray:
    """For each value its row among the keys, null where there is none."""
    texts, among = text_of(column), text_of(keys).combine_chunks()
    if loose:
        texts, among = loosened(texts), loosened(among)
    place = pc.index_in(texts, value_set=among, skip_nulls=True)
    return place if isinstance(place, pa.ChunkedArray) else pa.chunked_array([place])


def rows_unused(place: pa.ChunkedArray, size: int) -> pa.Array:
    """Rows of the coarser table, by place, that no row of the finer one takes."""
    seen = np.zeros(size, bool)
    seen[place.drop_null().to_numpy()] = True
    return pa.array(np.flatnonzero(~seen).astype(np.int32))
