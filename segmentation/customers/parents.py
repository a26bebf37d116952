"""What stands once above the lines it belongs to: cells left blank on the further lines of an order, names above groups.

Shops and ERP systems write the customer, the day and the number of an order on its first line alone; books write a
customer's name on a line of its own, then the sales, then a subtotal.
"""

from __future__ import annotations

from dataclasses import field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from segmentation import formats
from segmentation.columns.kinds import as_text, kind_of, plain_text
from segmentation.columns.metrics import PERSONAL
from segmentation.dataclass import dataclass
from segmentation.rollup.encode import identify, lengths
from segmentation.table import Table

ABOVE = ("customer", "date", "order", "status", "currency", *PERSONAL)  # roles that speak of a whole order


@dataclass(frozen=True)
class Parents:
    """A table whose blank cells took what stands above them.

    filled   bool, one a row: took something from above
    heads    bool, one a row: only names the customer of the rows below
    """

    table: Table
    filled: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    heads: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))

    @property
    def sentence(self) -> str:
        """What was filled in, in words; nothing where nothing was."""
        filled = int(self.filled.sum())
        if self.heads.any():
            groups = formats.plural(int(self.heads.sum()), "line names", "lines name")
            took = formats.plural(filled, "line takes its", "lines take their")
            return f"{groups} the customer of the lines below: {took} customer from there."
        if filled:
            took = formats.plural(filled, "further line of an order leaves", "further lines of orders leave")
            return f"{took} cells blank: they are filled in from the first line of the same order."
        return ""


def with_parents(table: Table, roles: dict[str, str], down: bool = False) -> Parents:
    """The table with its blank cells filled from the lines they belong to; as it is where none are blank.

    down   a line without a customer has that of the line above, even where it has a day or an order of its own
    """
    if "customer" not in roles or not {"date", "order"} & roles.keys():
        return Parents(table)
    asked: tuple[str, ...] = ("customer", "date", "order")
    blank = {role: _blank(table.data[roles[role]]) for role in asked if role in roles}
    if not any(cells.any() for cells in blank.values()):
        return Parents(table)
    found = _groups(table, roles, blank) or _orders(table, roles, blank)
    return _down(found, roles["customer"]) if down else found


def _down(found: Parents, customer: str) -> Parents:
    """The same with the customer of the line above in every line that has none."""
    blank = _blank(found.table.data[customer])
    taking = blank & (_last(~blank) >= 0)
    data = _taken_over(found.table.data, [customer], taking, _last(~blank))
    none = np.zeros(len(blank), bool)
    filled, heads = (have if len(have) else none for have in (found.filled, found.heads))
    return Parents(replace(found.table, data=data), filled | taking, heads)


def named_once(table: Table, customer: str) -> int:
    """How many rows without a customer may belong to the one above: all, where each customer is named in one block."""
    texts, blank = plain_text(table.data[customer]), _blank(table.data[customer])
    if not blank.any() or blank[0]:
        return 0
    said = identify(texts)[0][~blank]
    blocks = 1 + np.count_nonzero(np.diff(said))
    return int(blank.sum()) if 1 < blocks == len(np.unique(said)) else 0


def _groups(table: Table, roles: dict[str, str], blank: dict[str, np.ndarray]) -> Parents | None:
    """A report in groups: whoever is named has no day, and whatever has a day names nobody."""
    if "date" not in blank:
        return None
    named, dated = ~blank["customer"], ~blank["date"]
    heads = named & ~dated & blank.get("order", True)
    if (named & dated).any() or heads.sum() < 2 or not heads[0] or dated.sum() <= heads.sum():
        return None
    data = _taken_over(table.data, [roles["customer"]], dated, _last(named))
    return Parents(replace(table, data=data), dated, heads)


def _orders(table: Table, roles: dict[str, str], blank: dict[str, np.ndarray]) -> Parents:
    """Blank cells of an order take what another of its lines says; lines without a number continue the one above."""
    follows = np.logical_and.reduce([*blank.values()])
    follows &= _last(~follows) >= 0
    headings = [roles[role] for role in ABOVE if role in roles]
    data, filled = table.data, follows.copy()
    if follows.any():
        data = _taken_over(data, headings, follows, _last(~follows))
    if "order" in roles:
        data, more = _within_orders(data, headings, roles["order"])
        filled |= more
    return Parents(replace(table, data=data), filled, np.zeros(len(filled), bool)) if filled.any() else Parents(table)


def _within_orders(data: pa.Table, headings: list[str], order: str) -> tuple[pa.Table, np.ndarray]:
    """Blank cells filled from another line of their order, where its lines say one thing alone."""
    numbers, limit = identify(as_text(data[order]))
    codes = np.unique(numbers, return_inverse=True)[1] if limit > 4 * len(numbers) else numbers
    filled = np.zeros(len(codes), bool)
    for heading in (name for name in headings if name != order):
        empty = _blank(data[heading]) & (numbers >= 0)
        asking = np.zeros(int(codes.max(initial=0)) + 1, bool)
        asking[codes[empty]] = True
        telling = np.flatnonzero(asking[codes] & ~empty & (numbers >= 0))  # lines of such orders that say something
        if not len(telling):
            continue
        source = _only_source(data[heading], codes, telling)[codes]
        taking = empty & (source >= 0)
        data, filled = _taken_over(data, [heading], taking, source), filled | taking
    return data, filled


def _only_source(column: pa.ChunkedArray, codes: np.ndarray, telling: np.ndarray) -> np.ndarray:
    """For each order the first of its `telling` rows where all of them say the same (int64), else −1."""
    said = column.take(pa.array(telling))
    values = identify(plain_text(said))[0] if kind_of(column.type) == "text" else _days(said)
    orders = codes[telling]
    first = np.full(int(codes.max(initial=0)) + 1, -1, np.int64)
    first[orders[::-1]] = np.arange(len(telling))[::-1]
    several = orders[values != values[first[orders]]]
    rows = np.where(first >= 0, telling[first], -1)
    rows[several] = -1
    return rows


def _days(column: pa.ChunkedArray) -> np.ndarray:
    return column.cast(pa.date32()).cast(pa.int32()).fill_null(0).to_numpy()


def _taken_over(data: pa.Table, headings: list[str], taking: np.ndarray, source: np.ndarray) -> pa.Table:
    """The table in which the rows `taking` have in blank cells what stands in the row `source` of each."""
    for heading in headings:
        column = data[heading]
        text = kind_of(column.type) == "text"
        plain = plain_text(column) if text else column.combine_chunks()
        rows = np.where(taking & _blank(column), source, np.arange(len(plain)))
        data = data.set_column(data.column_names.index(heading), heading, plain.take(pa.array(rows)))
    return data


def _last(known: np.ndarray) -> np.ndarray:
    """For each row the nearest at or above it of those known (int64), −1 where there is none."""
    return np.maximum.accumulate(np.where(known, np.arange(len(known)), -1)) if len(known) else np.zeros(0, np.int64)


def _blank(column: pa.ChunkedArray) -> np.ndarray:
    """Which cells hold nothing (bool)."""
    if kind_of(column.type) != "text":
        return column.is_null().to_numpy() if column.null_count else np.zeros(len(column), bool)
    if pa.types.is_dictionary(column.type):
        empty = any(chunk.dictionary.null_count or "" in chunk.dictionary.to_pylist()[:1000] for chunk in column.chunks)
        if not empty and not column.null_count and all(len(chunk.dictionary) <= 1000 for chunk in column.chunks):
            return np.zeros(len(column), bool)
    if pa.types.is_string(column.type) and not column.null_count:
        return np.concatenate([np.zeros(0, bool), *(lengths(chunk) == 0 for chunk in column.chunks)])
    return pc.fill_null(pc.equal(plain_text(column), ""), True).to_numpy(zero_copy_only=False)
