"""Money that goes out of an account: what pays an earlier row back is a return of its customer, all else is no sale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import as_text, plain_text
from segmentation.exports import recognised
from segmentation.table import Table


def to_their_buyers(table: Table, roles: Mapping[str, str], worth: np.ndarray) -> tuple[Table, np.ndarray, str]:
    """The table with each row that pays another back under that row's customer, which rows are spent otherwise (bool), and a sentence.

    worth   float64, one a row: the amounts; nothing is changed where the file is no known export that says what a row pays back
    """
    export, spent = recognised(table.data.column_names), worth < 0
    heading = next(export.columns(export.pays_back, table.data.column_names), "") if export else ""
    if not heading or not {"customer", "order"} <= roles.keys() or not spent.any():
        return table, np.zeros(len(worth), bool), ""
    orders, referred = (plain_text(as_text(table.data[name])) for name in (roles["order"], heading))
    known = pc.if_else(pc.equal(referred, ""), None, referred)
    place = pc.if_else(pa.array(spent), pc.index_in(known, value_set=orders, skip_nulls=True), None)
    buyers = plain_text(as_text(table.data[roles["customer"]]))
    at = table.data.column_names.index(roles["customer"])
    data = table.data.set_column(at, roles["customer"], pc.coalesce(pc.take(buyers, place), buyers))
    back = place.is_valid().to_numpy(zero_copy_only=False)
    rows = formats.plural(int(back.sum()), "row pays", "rows pay")
    said = f"By “{heading}”, {rows} an earlier one back and {'counts' if back.sum() == 1 else 'count'} as its return."
    return replace(table, data=data), spent & ~back, said if back.any() else ""
