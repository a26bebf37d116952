"""Where the roll-up runs when it runs as SQL: an embedded DuckDB that sees the lines it is given and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.rollup.memory import FINEST, NO_DAY, REASONS, Amounts, Lines, RollUp, Span, whole, window_start
from segmentation.rollup.settings import check

if TYPE_CHECKING:
    import duckdb

ROLLUP = Path(__file__).with_name("definition.sql")
ANY_DAY = np.datetime64("2000-01-01", "D")  # stands in where the lines have no dates
UNDATED = ("revenue", "profit", "cost_to_serve", "units", "orders", "lines", "average_order")
LAST_DAY = "SELECT MAX(day) FROM lines WHERE customer <> ''"
REASON = """
SELECT
    CASE
        WHEN customer IS NULL OR customer = '' THEN 'without_customer'
        WHEN day IS NULL THEN 'without_date'
        WHEN day > CAST($as_of AS DATE) THEN 'after_as_of'
        WHEN day < CAST($start AS DATE) THEN 'before_window'
        WHEN $returns = 'drop' AND revenue < 0 THEN 'returns_dropped'
    END AS reason,
    day
FROM lines
ORDER BY line
"""


def roll_up_sql(
    lines: Lines, *, as_of: np.datetime64 | None = None, window: int | None = None, returns: str = "net"
) -> RollUp:
    """`definition.sql` over the lines: the same result as `rollup.roll_up`, with the same arguments."""
    check("returns", returns)
    with connect() as database:
        database.register("lines", relation(lines))
        if lines.day is None:
            as_of, window = ANY_DAY, None
        elif as_of is None:
            as_of = _day(database.execute(LAST_DAY).fetchall()[0][0])
        start = window_start(as_of, window)
        chosen = _ask(database, REASON, as_of=_text(as_of), start=_text(start), returns=returns)
        used = pc.is_null(chosen["reason"]).combine_chunks()
        if np.isnat(start):
            start = _day(pc.min(chosen["day"].filter(used)).as_py())
        span = Span(start, as_of)
        days = {"as_of": _text(as_of), "start": _text(span.start), "mid": _text(span.mid)}
        result = _ask(database, ROLLUP.read_text("utf-8"), returns=returns, **days)
    return _as_roll_up(lines, result, span, used, chosen["reason"])


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that reads and writes no files and cannot be told to."""
    import duckdb

    return duckdb.connect(config={"enable_external_access": False, "lock_configuration": True})


def relation(lines: Lines) -> pa.Table:
    """The relation `lines` of definition.sql, with the number of each line besides; columns the lines lack are null."""
    absent = pa.nulls(len(lines))
    day = np.full(len(lines), ANY_DAY) if lines.day is None else lines.day
    amounts = {name: decimals(whole(values, name)) for name, values in lines.amounts().items()}
    return pa.table(
        {
            "line": np.arange(len(lines)),
            "customer": _plain(lines.customer),
            "day": pa.array(day.astype("datetime64[D]"), pa.date32()),
            **{name: absent.cast(pa.decimal128(18, 4)) for name in ("profit", "cost_to_serve", "units")},
            "order_id": absent.cast(pa.string()) if lines.order is None else _plain(lines.order),
            **amounts,
        }
    )


def decimals(amounts: Amounts) -> pa.Array:
    """Amounts as DECIMAL(18, 4), null where missing: each number is written as a 128-bit one."""
    low = amounts.whole * (FINEST // amounts.per)
    wide = np.column_stack([low, low >> 63])  # the upper half repeats the sign
    known = None if amounts.missing is None else pa.array(~amounts.missing).buffers()[1]
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(low), [known, pa.py_buffer(wide)])


def _as_roll_up(lines: Lines, result: pa.Table, span: Span, used: pa.Array, reason: pa.ChunkedArray) -> RollUp:
    counts = {entry["values"]: entry["counts"] for entry in pc.value_counts(reason).to_pylist()}
    ids = result["customer"].combine_chunks().cast(pa.string())
    place = pc.index_in(_plain(lines.customer), ids)
    codes = pc.fill_null(pc.if_else(used, place, None), -1).to_numpy().astype(np.int32)
    given = {"profit", "cost_to_serve", "units"} & set(lines.amounts())
    names = [name for name in result.column_names[1:] if name in given or name not in UNDATED[1:4]]
    columns = {name: _column(result[name]) for name in names if lines.day is not None or name in UNDATED}
    span = Span() if lines.day is None else span
    left_out = {reason: int(counts.get(reason, 0)) for reason in REASONS}
    return RollUp(ids, columns, span.as_of, span.start, span.days, codes, left_out)


def _column(values: pa.ChunkedArray) -> np.ndarray:
    numbers = values.to_numpy()
    return numbers.astype("datetime64[D]") if pa.types.is_date(values.type) else numbers


def _plain(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return texts.cast(pa.string())


def _ask(database: duckdb.DuckDBPyConnection, query: str, **parameters: str | None) -> pa.Table:
    return database.sql(query, params=parameters).to_arrow_table()


def _day(day: Any) -> np.datetime64:
    return NO_DAY if day is None else np.datetime64(day, "D")


def _text(day: np.datetime64) -> str | None:
    return None if np.isnat(day) else str(day)
