"""Customers as bytes and back, so that lines which were rolled up once are not rolled up again: Arrow, nothing that runs."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import feather

from segmentation.customers.customers import Customers
from segmentation.customers.history import History

FACTS = b"facts"  # of the schema: what is no column, as JSON
TOLD = ("notes", "called", "reached")
COMPARED = (*TOLD, "as_of", "start", "left_out", "headings")


class Lines:
    """The history of customers that were stored: what it offers is known, its lines come with the first who asks for them."""

    def __init__(self, make: Callable[[], History], offers: list[str], roles: Mapping[str, str]) -> None:
        self._make, self.roles = make, roles
        self.offers = {name: partial(self._offer, name) for name in offers}

    @cached_property
    def _made(self) -> History:
        return self._make()

    def _offer(self, name: str) -> np.ndarray:
        return self._made.offers[name]()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies and prints objects asks for no lines
            raise AttributeError(name)
        return getattr(self._made, name)

    def __reduce__(self) -> Any:
        return _itself, (self._made,)


def _itself(history: History) -> History:
    return history


def written(customers: Customers) -> np.ndarray | None:
    """Customers as a table was rolled up, as Feather (lz4): uint8 (bytes,); None where not the very same would come back."""
    try:
        content = _written(customers)
        again = taken(content, _no_lines)
    except (TypeError, ValueError, pa.ArrowException):  # of a kind that neither Arrow nor JSON holds
        return None
    return np.frombuffer(content, np.uint8) if _alike(customers, again) else None


def _no_lines() -> History:
    raise ValueError("its lines are not asked for")


def _written(customers: Customers) -> pa.Buffer:
    frame, history = customers.frame, customers.history
    columns = [_arrow(frame.index), *(_arrow(column) for _, column in frame.items())]
    if customers.stated is not None:
        columns.append(pa.array(customers.stated))
    facts = {
        "columns": [*frame],
        "kinds": [str(kind) for kind in frame.dtypes],
        "as_of": customers.day,
        "start": customers.start.isoformat() if customers.start else "",
        **{name: getattr(customers, name) for name in (*TOLD, "left_out", "headings")},
        "stated": customers.stated is not None,
        "usual": customers.found is not None,
        "lines": None if history is None else [[*history.offers], dict(history.roles)],
    }
    named = pa.table(columns, [str(at) for at in range(len(columns))], metadata={FACTS: json.dumps(facts)})
    out = pa.BufferOutputStream()
    feather.write_feather(named, out, compression="lz4", chunksize=max(len(frame), 1))
    return out.getvalue()


def _arrow(column: pd.Series | pd.Index) -> pa.Array:
    plain = isinstance(column.dtype, np.dtype) and column.dtype.kind != "O"
    return pa.array(column.to_numpy() if plain else column.array, from_pandas=not plain)


def taken(content: Any, later: Callable[[], History]) -> Customers:
    """The customers that were written; `later` makes their history once somebody asks for it."""
    table = feather.read_table(pa.BufferReader(content))
    facts = json.loads(table.schema.metadata[FACTS])
    index, *columns = table.columns
    held = {
        name: _pandas(column, kind)
        for name, kind, column in zip(facts["columns"], facts["kinds"], columns, strict=False)
    }
    frame = pd.DataFrame(held, pd.Index(_pandas(index, "str"), name="customer_id"), copy=False)
    lines: Any = Lines(later, *facts["lines"]) if facts["lines"] else None
    told = {name: tuple(facts[name]) for name in TOLD}
    made = Customers(
        frame,
        as_of=dt.date.fromisoformat(facts["as_of"]) if facts["as_of"] else None,
        start=dt.date.fromisoformat(facts["start"]) if facts["start"] else None,
        left_out=facts["left_out"],
        headings=facts["headings"],
        stated=_pandas(columns[-1], "float64") if facts["stated"] else None,
        history=lines,
        **told,  # type: ignore[arg-type]
    )
    return made.with_found(made.usual_potential()) if facts["usual"] else made


def _pandas(column: pa.ChunkedArray, kind: str) -> Any:
    if kind == "str":
        return pd.array(column, dtype="str")
    return column.combine_chunks().to_pandas().array if kind == "category" else column.to_numpy()


def _alike(one: Customers, other: Customers) -> bool:
    """Whether they are the same to the last value and type."""
    mine, theirs = one.frame, other.frame
    return (
        one.before is None
        and [*mine.dtypes.items()] == [*theirs.dtypes.items()]
        and mine.columns.equals(theirs.columns)
        and (mine.index.dtype, mine.index.name) == (theirs.index.dtype, theirs.index.name)
        and mine.index.equals(theirs.index)
        and all(mine[name].equals(theirs[name]) for name in mine)
        and all(getattr(one, name) == getattr(other, name) for name in COMPARED)
        and (one.found and one.found.sentence) == (other.found and other.found.sentence)
        and pd.Series(one.stated, dtype=float).equals(pd.Series(other.stated, dtype=float))
    )
