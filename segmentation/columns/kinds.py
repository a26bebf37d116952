"""What the values of a column are: numbers, dates or text."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.roles import Kind
from segmentation.table import Table


def kind_of(type_: pa.DataType) -> Kind:
    """What the values of a column are to us: "number", "date" or "text"."""
    if pa.types.is_integer(type_) or pa.types.is_floating(type_):
        return "number"
    return "date" if pa.types.is_date(type_) else "text"


def distinct(table: Table, heading: str) -> int:
    """How many different values a column has."""
    column = table.data[heading]
    return pc.count_distinct(column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column).as_py()


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text, plain or dictionary; numbers as they would be written."""
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return column
    return column.cast(pa.string())


def plain_text(column: pa.ChunkedArray) -> pa.Array:
    plain = as_text(column).cast(pa.string()).combine_chunks()
    return plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain


def without_text(column: pa.ChunkedArray) -> np.ndarray:
    """Which cells hold nothing (bool)."""
    return pc.fill_null(pc.equal(plain_text(column), ""), True).to_numpy(zero_copy_only=False)
