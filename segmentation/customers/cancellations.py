"""Orders that were cancelled by a number that begins with C: they are returns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats

NEGATED = ("revenue", "units", "cost", "profit")  # of a cancelled order that is written like a sale


def as_returns(data: pa.Table, order: str, headings: dict[str, str]) -> tuple[pa.Table, str]:
    """Rows of orders numbered C536379 among others numbered 536365, with their amounts negative; and a sentence.

    headings   role → heading; rows that are negative already stay as they are
    """
    cancelled = _begins_with_c(data[order])
    if cancelled is None:
        return data, ""
    amount = next((headings[role] for role in ("revenue", "units") if role in headings), None)
    if amount is None:
        return data, ""
    data = negated(data, headings, cancelled & (_numbers(data, amount) > 0))
    one = cancelled.sum() == 1
    belongs, count_as = (
        ("row belongs to an order", "it is a cancellation and counts as a return")
        if one
        else ("rows belong to orders", "they are cancellations and count as returns")
    )
    return (
        data,
        f"{formats.count(int(cancelled.sum()))} {belongs} whose number in “{order}” begins with C: {count_as}.",
    )


def negated(data: pa.Table, headings: Mapping[str, str], turned: np.ndarray) -> pa.Table:
    """The table with the amounts of some rows (bool) on the other side of 0; headings: role → heading."""
    for role in NEGATED if turned.any() else ():
        if name := headings.get(role):
            values = _numbers(data, name, missing=np.nan)
            values = np.where(turned, -values, values)
            data = data.set_column(data.column_names.index(name), name, pa.array(values, from_pandas=True))
    return data


def _numbers(data: pa.Table, name: str, missing: float = 0.0) -> np.ndarray:
    return np.nan_to_num(np.asarray(data[name].to_numpy(), dtype=np.float64), nan=missing)


def _begins_with_c(orders: pa.ChunkedArray) -> np.ndarray | None:
    """Which rows have a number with a C in front, None where that is no exception (all have one, or others have words)."""
    if not (pa.types.is_string(orders.type) or pa.types.is_dictionary(orders.type)):
        return None
    found = _starts_with_c(orders)
    share = (pc.sum(found).as_py() or 0) / max(len(orders), 1)
    if not 0 < share <= 0.5:
        return None
    texts = orders.cast(pa.string())
    others = pc.unique(texts.filter(pc.invert(found)).slice(0, 10_000).drop_null())
    plain = pc.mean(pc.match_substring_regex(others, "^[0-9]+$").cast(pa.float64())).as_py() or 0
    mine = pc.all(pc.match_substring_regex(texts.filter(found), "^C[0-9]+$")).as_py()
    return found.to_numpy() if mine and plain > 0.9 else None


def _starts_with_c(orders: pa.ChunkedArray) -> pa.ChunkedArray:
    """For each row whether its order begins with C; of a dictionary only the words are looked at."""
    if not pa.types.is_dictionary(orders.type):
        return pc.fill_null(pc.starts_with(orders, "C"), False)
    one = orders.unify_dictionaries()
    found = [pc.starts_with(chunk.dictionary, "C").take(chunk.indices) for chunk in one.chunks]
    return pc.fill_null(pa.chunked_array(found, pa.bool_()), False)
