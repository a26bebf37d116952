"""Wide files: a column for each month, quarter or year, turned into one sale per customer and period."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.columns.kinds import kind_of, plain_text
from segmentation.columns.metrics import ADDING_UP
from segmentation.columns.periods import Period, Wide, numeric, of
from segmentation.customers.lines import attribute_name, from_lines, index_of
from segmentation.problems import Problem
from segmentation.rollup.settings import RollUpSettings
from segmentation.table import Table


def from_wide(table: Table, roles: dict[str, str], settings: RollUpSettings) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The customers of a wide table (see `Customers.build`): everyone in it, those without a sale with revenue 0."""
    wide = of(table)
    if wide is None:
        raise Problem(f"{table.name} has no three columns of months, quarters or years: choose another shape.")
    roles = {role: heading for role, heading in roles.items() if role in ("customer", "potential")}
    if "customer" not in roles:
        roles["customer"] = _customer(table)
    sales, given = melted(table, wide, roles)
    frame, facts = from_lines(sales, given, settings)
    known = plain_text(table.data[roles["customer"]]).drop_null().unique().to_pylist()
    everyone = index_of(pa.array(sorted({*filter(None, known), *frame.index})))
    if facts["stated"] is not None:
        facts["stated"] = pd.Series(facts["stated"], frame.index).reindex(everyone).to_numpy()
    facts["history"] = facts["history"].among(frame.index, everyone)
    silent = ~everyone.isin(frame.index)
    frame = frame.reindex(everyone)
    for name in ("revenue", "orders"):
        frame.loc[silent, name] = 0
    frame["orders"] = frame["orders"].astype("int64")
    facts["notes"] = (wide.sentence(), *facts["notes"])
    return frame.assign(**_attributes(table, wide, roles, everyone)), facts


def _customer(table: Table) -> str:
    """Without a heading that says customer: the first column of text in which nobody stands twice."""
    texts = [n for n, c in zip(table.data.column_names, table.data.columns, strict=True) if _is_full_text(c)]
    for name in texts:
        if len(pc.unique(table.data[name])) == table.data.num_rows:
            return name
    raise Problem(f"{table.name} has no customer number or name: choose the column that holds it.")


def _is_full_text(column: pa.ChunkedArray) -> bool:
    return kind_of(column.type) == "text" and not column.null_count


def _floats(column: pa.ChunkedArray) -> np.ndarray:
    """A column of numbers, or one with nothing in it, as float64."""
    empty = column.null_count == len(column)
    return np.full(len(column), np.nan) if empty else column.to_numpy().astype(np.float64)


def melted(table: Table, wide: Wide, roles: dict[str, str]) -> tuple[Table, dict[str, str]]:
    """One row per customer and period with an amount: the text columns, a date, and each measure; and their roles."""
    by_period: dict[Period, dict[str, np.ndarray]] = {}
    for heading, (measure, period) in sorted(wide.periods.items(), key=lambda item: item[1][1]):
        by_period.setdefault(period, {})[measure] = _floats(table.data[heading])
    measures = sorted({measure for measure, _ in wide.periods.values()}, key=ADDING_UP.index)
    rows, days, amounts = [], [], {measure: [] for measure in measures}  # type: ignore[var-annotated]
    for period, found in by_period.items():
        some = np.flatnonzero(np.any([np.nan_to_num(values) != 0 for values in found.values()], axis=0))
        rows.append(some)
        days.append(np.full(len(some), np.datetime64(period.last_day, "D")))
        for measure in measures:
            amounts[measure].append(found[measure][some] if measure in found else np.full(len(some), np.nan))
    kept = [name for name in table.data.column_names if name not in wide.periods and name not in wide.totals]
    kept = [name for name in kept if name in roles.values() or kind_of(table.data[name].type) == "text"]
    data = table.data.select(kept).take(pa.array(np.concatenate(rows)))
    given = dict(roles)
    for role, values in {"date": days, **amounts}.items():
        name = role
        while name in data.column_names:
            name += " "
        data, given[role] = data.append_column(name, pa.array(np.concatenate(values), from_pandas=True)), name
    return replace(table, data=data), given


def _attributes(table: Table, wide: Wide, roles: dict[str, str], everyone: pd.Index) -> dict[str, np.ndarray]:
    """The other columns of numbers, where every customer has one row: headcount, discount, age …"""
    ids = plain_text(table.data[roles["customer"]])
    if len(pc.unique(ids)) < len(ids):
        return {}
    taken = {*wide.periods, *wide.totals, *roles.values()}
    others = [name for name in numeric(table.data) if name not in taken and table.data[name].null_count < len(ids)]
    places = everyone.get_indexer(pd.Index(ids.to_pylist()))
    attributes = {}
    for name in others:
        values = np.full(len(everyone), np.nan)
        values[places[places >= 0]] = _floats(table.data[name])[places >= 0]
        attributes[attribute_name(name, table.data[name].type)] = values
    return attributes
