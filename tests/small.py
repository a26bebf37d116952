"""Small customers and small files made inside a test."""

import datetime as dt
import itertools
from typing import Any

import pandas as pd
import pyarrow as pa

from segmentation import Customers
from segmentation.table import Report, Table


def customers(ids: list[str] | None = None, *, as_of: dt.date | None = None, **columns: Any) -> Customers:
    """Customers with these columns, named A, B, C … where no ids are given."""
    size = len(next(iter(columns.values())))
    letters = itertools.chain.from_iterable(itertools.product("ABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=n) for n in (1, 2))
    names = ids or sorted("".join(letters) for letters in itertools.islice(letters, size))
    index = pd.Index(names, name="customer_id", dtype="str")
    return Customers(pd.DataFrame(columns, index=index), as_of=as_of)


def table(**columns: Any) -> Table:
    """A table as it would be read from a file with these columns."""
    data = pa.table(columns)
    report = Report(data.num_rows, data.num_rows, "utf-8", ",", ".", {}, None, 1, (), ())
    aside = pd.DataFrame({"line": [], "column": [], "reason": [], "text": []})
    return Table("file.csv", data, report, aside)


def groups(labels: pd.Series) -> dict[str, str]:
    """Segment → its customers in one text, those with nobody left out: {"A": "CD", "B": "E"}."""
    return {name: "".join(ids) for name, ids in labels.index.groupby(labels.astype("str")).items()}
