"""Which rows are used: every other one is left out for a reason, and can be looked at and taken away.

Rows in = rows used + rows left out. The reader sets rows aside (`Table.set_aside`), the choices of a study leave rows
out, and the roll-up does not use those without a customer or outside the time looked at (`rollup/memory.py`). `sifted`
is the one place where choices leave rows out, for `Customers.build` as for the list of them, whatever a row is. In turn:

    by choice        amounts and customers are still as in the file; each reason is told by the words of `reasons.py`
    same             customers get the number they are counted under
    incomparable     cancelled orders, then currencies; what is left is in one currency, and each step says its own sentence
    the roll-up      sale lines alone: as_of, window, returns; a wide table becomes sale lines on its way there
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.checks import as_day64
from segmentation.columns import match as vocabulary
from segmentation.columns import periods
from segmentation.columns.amounts import revenue_of
from segmentation.columns.currencies import one_currency
from segmentation.columns.kinds import without_text
from segmentation.columns.metrics import MONEY
from segmentation.customers.cancellations import as_returns, cancelled_by
from segmentation.customers.lines import lines_of
from segmentation.customers.reasons import WHY, told
from segmentation.customers.shapes import Shape
from segmentation.customers.shapes import shape as shape_of
from segmentation.rollup.memory import unused
from segmentation.rollup.repeated import repeated_rows
from segmentation.rollup.settings import RollUpSettings, settled
from segmentation.table import Table

OWN = ("file", "line", "reason", "text")  # columns of the list; a heading of the table that is called so is renamed


@dataclass
class Rows:
    """Rows on their way to be used.

    table    those still in
    gone     reason → positions (int64), in the table as read, of the rows left out for it
    """

    table: Table
    gone: dict[str, np.ndarray] = field(default_factory=dict)
    _places: np.ndarray | None = None  # of the rows still in, None while all are

    def leave(self, reason: str, gone: np.ndarray | None) -> None:
        """Leave out the rows still in for which `gone` (bool) holds; the reason is one of WHY."""
        assert reason in WHY, f"say “{reason}” in words in reasons.py"
        if gone is None or not gone.any():
            return
        self.gone[reason] = self.back(np.flatnonzero(gone))
        self._places = self.back(np.flatnonzero(~gone))
        self.table = replace(self.table, data=self.table.data.filter(pa.array(~gone)))

    def back(self, places: np.ndarray) -> np.ndarray:
        """Positions among the rows still in as positions in the table as read."""
        return places if self._places is None else self._places[places]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are left out, by reason."""
        return {reason: len(places) for reason, places in self.gone.items()}


def sifted(table: Table, roles: dict[str, str], settings: RollUpSettings) -> tuple[Rows, Shape, list[str]]:
    """The rows that the settings leave in, under the numbers they count under, what a row is, and what is to be said."""
    rows = Rows(table)
    _leave_by_choice(rows, roles, settings)
    said = [*told(rows.counts).values()]
    if settings.same and "customer" in roles:
        rows.table = _renumbered(rows.table, roles["customer"], settings.same)
    form = settings.shape or shape_of(roles, rows.table)
    said += filter(None, _leave_incomparable(rows, roles, form, settings))
    return rows, form, said  # type: ignore[return-value]


def _leave_by_choice(rows: Rows, roles: dict[str, str], settings: RollUpSettings) -> None:
    """Leave out what somebody chose to, whatever a row is; amounts are as in the file, before any rate."""
    if settings.duplicates == "drop":
        gone = np.zeros(rows.table.data.num_rows, bool)
        gone[repeated_rows(rows.table)] = True
        rows.leave("duplicate_rows", gone)
    if settings.without_orders and "order" in roles:
        orders = rows.table.data[roles["order"]].cast(pa.string())
        rows.leave("named_orders", pc.is_in(orders, pa.array(list(settings.without_orders), pa.string())).to_numpy())
    if settings.zeros == "drop" and (revenue := revenue_of(rows.table, roles)) is not None:
        rows.leave("zero_amounts", np.nan_to_num(revenue) == 0)


def _renumbered(table: Table, heading: str, same: Mapping[str, str]) -> Table:
    """Customers under the number they are counted under; each step is followed once, so a circle does no harm."""
    texts = table.data[heading].cast(pa.string())
    former, now = pa.array(list(same), pa.string()), pa.array(list(same.values()), pa.string())
    place = pc.index_in(texts, value_set=former)
    column = pc.coalesce(pc.take(now, place), texts)
    lists = {
        key: rows.filter(pc.invert(pc.is_in(rows[key].cast(pa.string()), former)))
        for key, rows in table.known.lists.items()
    }
    data = table.data.set_column(table.data.column_names.index(heading), heading, column)
    return replace(table, data=data, known=replace(table.known, lists=lists))


def _leave_incomparable(rows: Rows, roles: dict[str, str], form: str, settings: RollUpSettings) -> list[str]:
    """Leave out cancelled orders and other currencies; amounts are changed at the rates. What is to be said."""
    said, counted_out = [], settings.cancelled == "aside" and form == "transactions"
    if counted_out and "status" in roles:
        gone, sentence = cancelled_by(rows.table.data, roles["status"])
        rows.leave("cancelled", gone)
        said.append(sentence)
    if counted_out and "order" in roles:
        data, sentence = as_returns(rows.table.data, roles["order"], roles)
        rows.table = replace(rows.table, data=data)
        said.append(sentence)
    if "currency" in roles:
        found = periods.of(rows.table) if form == "wide" else None
        money = [roles[role] for role in MONEY if role in roles]
        money += [name for name in found.periods if name not in money] if found else []
        data, others, sentence = one_currency(rows.table.data, roles["currency"], money, settings.rates)
        rows.table = replace(rows.table, data=data)
        rows.leave("other_currency", others)
        said.append(sentence)
    return said


# The list of them


@dataclass(frozen=True)
class LeftOut:
    """Every row that is not used: those the reader set aside, and those the study or the roll-up leaves out.

    table     as read
    places    int64, ascending: positions in the table of the rows left out later than by the reader
    reasons   object, one a place: why, in words
    """

    table: Table
    places: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    reasons: np.ndarray = field(default_factory=lambda: np.zeros(0, object))

    def __len__(self) -> int:
        return len(self.places) + len(self.table.set_aside)

    def frame(self, first: int | None = None) -> pd.DataFrame:
        """The rows (or the first so many): their line, reason, original text where the reader set them aside, and values.

        Columns: `file` where there are several, `line`, `reason`, `text`, then those of the table. The file is read
        once more for the line numbers. Raises Problem where it has changed since.
        """
        aside = self.table.set_aside.head(first).drop(columns="column")
        places = self.places[: None if first is None else max(first - len(aside), 0)]
        later = replace(self.table, data=self.table.data.take(pa.array(places))).frame()
        later = later.rename(columns={name: f"{name} (column)" for name in OWN if name in later})
        for name, values in self.table.where(places).items() if len(places) else ():
            later[name] = values.to_numpy()
        later["reason"] = self.reasons[: len(places)]
        whole = {name: "Int64" for name in later if later[name].dtype.kind == "i"}  # a gap would make floats of them
        parts = [part for part in (aside, later.astype(whole)) if len(part)]
        both = pd.concat(parts or [aside], ignore_index=True)
        named = [name for name in OWN if name in aside]
        both = both.reindex(columns=[*named, *(name for name in later if name not in OWN)])
        return both.sort_values(named[: named.index("line") + 1], kind="stable", ignore_index=True)


def left_out(table: Table, columns: Mapping[str, str] | None = None, **settings: Any) -> LeftOut:
    """Every row that `Customers.build` does not use with the same arguments, and why.

    A row of a wide table is used where it has a customer, whatever its months hold. Raises Problem as `build` does
    for arguments that cannot be.
    """
    chosen = settled(**settings)
    roles = vocabulary.roles(table, dict(columns or {}))
    vocabulary.check_kinds(table, roles)
    rows, form, _ = sifted(table, roles, chosen)
    gone = dict(rows.gone)
    if form == "transactions":
        lines = lines_of(rows.table, roles, chosen.blanks)
        found = unused(lines, as_of=as_day64(chosen.as_of), window=chosen.window, returns=chosen.returns)
        gone |= {reason: rows.back(places) for reason, places in found.items()}
    elif form == "wide" and chosen.blanks == "aside" and "customer" in roles:
        gone["without_customer"] = rows.back(np.flatnonzero(without_text(rows.table.data[roles["customer"]])))
    places = np.concatenate([np.zeros(0, np.int64), *gone.values()])
    reasons = np.repeat(np.array([WHY[reason].row for reason in gone], object), [len(one) for one in gone.values()])
    order = np.argsort(places)
    return LeftOut(table, places[order], reasons[order])
