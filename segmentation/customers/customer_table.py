"""A table with one row a customer already → the same columns a roll-up gives, as far as it has them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.checks import as_day64
from segmentation.columns.kinds import plain_text
from segmentation.columns.metrics import PERSONAL
from segmentation.customers.lines import add_profit, attribute_name, index_of
from segmentation.problems import Problem
from segmentation.rollup.settings import RollUpSettings
from segmentation.table import Table


def from_customer_table(
    table: Table, roles: dict[str, str], settings: RollUpSettings
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a customer already: columns take their metric's name, all others stay attributes."""
    data = table.data
    ids = (
        plain_text(data[roles["customer"]])
        if "customer" in roles
        else pa.array([str(i + 1) for i in range(data.num_rows)])
    )
    _refuse_repeats(ids, table.name, roles)
    order = pc.sort_indices(ids)
    kept = ("customer", *PERSONAL, "status", "currency")
    names = {heading: role for role, heading in roles.items() if role not in kept}
    columns = {
        names.get(field.name) or attribute_name(field.name, field.type): data[field.name].take(order)
        for field in data.schema
        if field.name != roles.get("customer")
    }
    arrays = {name: column.to_pandas(date_as_object=False).array for name, column in columns.items()}
    frame = pd.DataFrame(arrays, index=index_of(ids.take(order)))
    note = add_profit(frame, roles, settings.margin)
    last = _add_dates(frame, as_day64(settings.as_of))
    if not any(pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes):
        raise Problem(
            f"{table.name} has no column of numbers, so there is nothing to add up: bring the sales beside it, or choose "
            "the column that holds money."
        )
    if "customer" not in roles:
        note = f"No column says who the customer is: each row counts as one, numbered 1 to {len(ids):,}. {note}"
    if "revenue" not in frame:
        note = f"There is no revenue column: choose one to see shares of it. {note}"
    stated = frame["potential"].to_numpy(dtype=np.float64, na_value=np.nan) if "potential" in roles else None
    return frame, {"as_of": last, "notes": (note,), "stated": stated}


def _refuse_repeats(ids: pa.Array, name: str, roles: dict[str, str]) -> None:
    if ids.null_count or pc.any(pc.equal(ids, "")).as_py():
        raise Problem(
            f"{name} has {ids.null_count or 'some'} rows without a customer in “{roles['customer']}”: fill or remove them."
        )
    counts = pc.value_counts(ids)
    often = counts.filter(pc.greater(counts.field("counts"), 1))
    if len(often):
        first = often[0]["values"].as_py()
        raise Problem(
            f"{name} has one row a customer, but {len(often):,} customers stand on several, “{first}” among them: "
            "choose the date column if its rows are sales, or another customer column."
        )


def _last_day(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.Timestamp:
    """The last day that anything is known to have happened on."""
    held = [frame[name] for name in names if name in frame and frame[name].dtype.kind == "M"]
    return pd.Series([column.max() for column in held], dtype="datetime64[s]").max()


def _add_dates(frame: pd.DataFrame, as_of: np.datetime64 | None) -> dt.date | None:
    """Recency and tenure of a customer table from its dates; the as-of day, or None without dates."""
    since = "first_order" if "first_order" in frame else "signed_up"
    dates = [name for name in (since, "last_order") if name in frame]
    for name in dates:
        frame[name] = pd.to_datetime(frame[name], errors="coerce").astype("datetime64[s]")
    if not dates:
        return None if as_of is None else pd.Timestamp(as_of).date()
    last = pd.Timestamp(as_of) if as_of is not None else _last_day(frame, (*dates, "tried", "paid"))
    for name, metric in ((since, "tenure_days"), ("last_order", "recency_days")):
        if name in frame and metric not in frame:
            days = (last - frame[name]).dt.days.astype("float64")
            frame[metric] = days.where(days >= 0)  # nothing after the as-of day is used
    return last.date() if pd.notna(last) else None
