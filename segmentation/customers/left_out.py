"""Which rows are used: every other one is left out for a reason, and can be looked at and taken away.

Rows in = rows used + rows left out. The reader sets rows aside (`Table.set_aside`), the choices of a study leave rows
out, and the roll-up does not use those without a customer or outside the time looked at (`rollup/memory.py`). `sifted`
is the one place where choices leave rows out, for `Customers.build` as for the list of them, whatever a row is: it goes
through STEPS, each of which takes rows out or changes them and says so. Sale lines are sifted once more by the roll-up:
as_of, window, returns; a wide table becomes sale lines on its way there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Any, cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from segmentation.checks import as_day64
from segmentation.columns import match as vocabulary
from segmentation.columns import periods, sums
from segmentation.columns.amounts import revenue_of
from segmentation.columns.currencies import one_currency
from segmentation.columns.kinds import without_text
from segmentation.columns.metrics import MONEY
from segmentation.columns.prices import priced
from segmentation.columns.telling import is_expected
from segmentation.customers import entries, statuses
from segmentation.customers.cancellations import as_returns, negated
from segmentation.customers.lines import lines_of
from segmentation.customers.paid_back import to_their_buyers
from segmentation.customers.parents import with_parents
from segmentation.customers.reasons import WHY, told
from segmentation.customers.refunds import less_refunds
from segmentation.customers.shapes import Shape
from segmentation.customers.shapes import shape as shape_of
from segmentation.customers.spelling import in_one_spelling
from segmentation.customers.whole_orders import once
from segmentation.dataclass import dataclass
from segmentation.rollup.memory import unused
from segmentation.rollup.repeated import repeated_rows
from segmentation.rollup.settings import RollUpSettings, settled
from segmentation.table import Table

OWN = ("file", "line", "reason", "text")  # columns of the list; a heading of the table that is called so is renamed


@dataclass
class Rows:
    """Rows on their way to be used.

    table    those still in; roles: role → heading; settings: of the study
    form     what a row is, once it is known
    gone     reason → positions (int64), in the table as read, of the rows left out for it
    """

    table: Table
    roles: dict[str, str] = field(default_factory=dict)
    settings: RollUpSettings = field(default_factory=RollUpSettings)
    form: Shape = field(init=False)
    gone: dict[str, np.ndarray] = field(default_factory=dict)
    _places: np.ndarray | None = None  # of the rows still in, None while all are

    def leave(self, reason: str, gone: np.ndarray | None) -> str:
        """Leave out the rows still in for which `gone` (bool) holds, and say so; the reason is one of WHY."""
        assert reason in WHY, f"say “{reason}” in words in reasons.py"
        if gone is None or not gone.any():
            return ""
        self.leave_each({reason: gone})
        return told({reason: len(self.gone[reason])})[reason]

    def leave_each(self, gone: Mapping[str, np.ndarray]) -> None:
        """Leave out the rows of several reasons (bool, each with one place per row still in); the first one counts."""
        still = np.ones(self.table.data.num_rows, bool)
        for reason, found in gone.items():
            if (mine := found & still).any():
                earlier = self.gone.get(reason, np.zeros(0, np.int64))
                self.gone[reason] = np.concatenate((earlier, self.back(np.flatnonzero(mine))))
                still &= ~mine
        if not still.all():
            self._places = self.back(np.flatnonzero(still))
            self.table = replace(self.table, data=self.table.data.filter(pa.array(still)))

    def negate(self, turned: np.ndarray) -> None:
        """Put the amounts of some rows still in (bool) on the other side of 0."""
        self.table = replace(self.table, data=negated(self.table.data, self.roles, turned))

    def worth(self) -> np.ndarray:
        """The revenue of the rows still in, missing as 0 (float64)."""
        revenue = revenue_of(self.table, self.roles)
        return np.zeros(self.table.data.num_rows) if revenue is None else np.nan_to_num(revenue)

    def back(self, places: np.ndarray) -> np.ndarray:
        """Positions among the rows still in as positions in the table as read."""
        return places if self._places is None else self._places[places]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are left out, by reason."""
        return {reason: len(places) for reason, places in self.gone.items()}

    @property
    def cancellable(self) -> bool:
        """Whether rows are sales of which the cancelled ones are told apart."""
        return self.settings.cancelled == "aside" and self.form == "transactions"


def sifted(table: Table, roles: dict[str, str], settings: RollUpSettings) -> tuple[Rows, list[str]]:
    """The rows that the settings leave in, under the numbers they count under, and what is to be said."""
    rows = Rows(table, roles, settings)
    said = [step(rows) for step in STEPS]
    return rows, [*filter(None, said)]


def _filled(rows: Rows) -> str:
    """Lines of an order or of a customer named above them, where nobody chose to leave their cells blank."""
    if rows.settings.parents == "keep":
        return ""
    found = with_parents(rows.table, rows.roles, down=rows.settings.parents == "down")
    rows.table = found.table
    rows.leave("group_heading", found.heads)
    return found.sentence


def _spelt(rows: Rows) -> str:
    """Customers in one spelling each; a list of customers has a row for each spelling, and keeps it."""
    if rows.settings.spelling != "one" or rows.form == "customers" or "customer" not in rows.roles:
        return ""
    rows.table, sentence = in_one_spelling(rows.table, rows.roles["customer"])
    return sentence


def _added_up(rows: Rows) -> str:
    names, revenue = rows.table.data.column_names, rows.roles.get("revenue", "")
    rows.table = sums.with_sums(rows.table, [revenue])
    return sums.said(revenue, names)


def _priced(rows: Rows) -> str:
    rows.roles, said = priced(rows.table, rows.roles, rows.settings.prices)
    return said


def _once(rows: Rows) -> str:
    rows.table, rows.roles, said = once(rows.table, rows.roles, rows.settings.amounts)
    return said


def _repeated(rows: Rows) -> str:
    if rows.settings.duplicates != "drop":
        return ""
    gone = np.zeros(rows.table.data.num_rows, bool)
    gone[repeated_rows(rows.table)] = True
    return rows.leave("duplicate_rows", gone)


def _named(rows: Rows) -> str:
    if not rows.settings.without_orders or "order" not in rows.roles:
        return ""
    orders = rows.table.data[rows.roles["order"]].cast(pa.string())
    named = pa.array(list(rows.settings.without_orders), pa.string())
    return rows.leave("named_orders", pc.is_in(orders, named).to_numpy())


def _without_amount(rows: Rows) -> str:
    revenue = revenue_of(rows.table, rows.roles) if rows.settings.zeros == "drop" else None
    return rows.leave("zero_amounts", None if revenue is None else np.nan_to_num(revenue) == 0)


def _renumbered(rows: Rows) -> None:
    """Customers under the number they are counted under; each step is followed once, so a circle does no harm."""
    table, same = rows.table, rows.settings.same
    if not same or "customer" not in rows.roles:
        return
    heading = rows.roles["customer"]
    texts = table.data[heading].cast(pa.string())
    former, now = pa.array(list(same), pa.string()), pa.array(list(same.values()), pa.string())
    place = pc.index_in(texts, value_set=former)
    column = pc.coalesce(pc.take(now, place), texts)
    lists = {
        key: one.filter(pc.invert(pc.is_in(one[key].cast(pa.string()), former)))
        for key, one in table.known.lists.items()
    }
    data = table.data.set_column(table.data.column_names.index(heading), heading, column)
    rows.table = replace(table, data=data, known=replace(table.known, lists=lists))


def _shaped(rows: Rows) -> None:
    chosen = cast(Shape | None, rows.settings.shape)
    rows.form = chosen or shape_of(rows.roles, rows.table)


def _by_status(rows: Rows) -> str:
    if rows.settings.cancelled != "aside" or rows.form == "wide":
        return ""
    found = statuses.judged(rows.table, rows.roles, rows.settings.counts)
    if found is None or not (rows.form == "transactions" or found.deals):  # a customer may be “lost” and is one still
        return ""
    said = statuses.sentence(found, rows.table, rows.roles)
    rows.negate(found.back & (rows.worth() > 0))
    rows.leave_each({group: found.rows(group) for group in statuses.ASIDE})
    return said


def _by_entry(rows: Rows) -> str:
    if not rows.cancellable or "entry" not in rows.roles:
        return ""
    worth = rows.worth()
    found = entries.kinds_in(rows.table.data, rows.roles["entry"], worth, rows.settings.counts)
    said = found.sentence(worth)
    rows.negate(entries.turned(found.of("return"), worth))
    rows.leave_each({name: found.of(name) for name in (*entries.SET_ASIDE, "chosen")})
    return said


def _paid_back(rows: Rows) -> str:
    if not rows.cancellable:
        return ""
    rows.table, spent, said = to_their_buyers(rows.table, rows.roles, rows.worth())
    rows.leave("other", spent)
    return said


def _by_side(rows: Rows) -> str:
    if not rows.cancellable or "side" not in rows.roles:
        return ""
    found = entries.sides_in(rows.table.data, rows.roles["side"], rows.worth(), rows.settings.counts)
    if found is None:
        return ""
    said = found.sentence(rows.worth())
    rows.negate(entries.turned(found.of("return"), rows.worth()))
    rows.leave_each({"chosen": found.of("chosen")})
    return said


def _refunded(rows: Rows) -> str:
    if rows.form == "wide":
        return ""
    rows.table, rows.roles, said = less_refunds(rows.table, rows.roles)
    return said


def _planned(rows: Rows) -> str:
    """A day on which a deal is expected to close says nothing of a sale before it has come."""
    if rows.form != "transactions" or rows.settings.as_of or not is_expected(rows.roles.get("date", "")):
        return ""
    later = pc.greater(rows.table.data[rows.roles["date"]].cast(pa.date32()), dt.date.today())
    return rows.leave("planned", pc.fill_null(later, False).to_numpy())


def _returned(rows: Rows) -> str:
    if not rows.cancellable or "order" not in rows.roles:
        return ""
    data, sentence = as_returns(rows.table.data, rows.roles["order"], rows.roles)
    rows.table = replace(rows.table, data=data)
    return sentence


def _in_one_currency(rows: Rows) -> str:
    if "currency" not in rows.roles:
        return ""
    found = periods.of(rows.table) if rows.form == "wide" else None
    money = [rows.roles[role] for role in MONEY if role in rows.roles]
    money += [name for name in found.periods if name not in money] if found else []
    data, others, sentence = one_currency(rows.table.data, rows.roles["currency"], money, rows.settings.rates)
    rows.table = replace(rows.table, data=data)
    rows.leave("other_currency", others)
    return sentence


STEPS: tuple[Callable[[Rows], str | None], ...] = (
    _filled,  # what stands once above several rows stands in each
    *(_added_up, _priced, _once),  # what the revenue is
    *(_repeated, _named, _without_amount),  # by choice: amounts and customers are still as in the file
    *(_renumbered, _shaped, _paid_back, _spelt),
    *(_by_status, _by_entry, _by_side),  # which rows are sales
    *(_returned, _refunded, _planned),  # and which way their money went
    _in_one_currency,  # what is left is in one currency
)


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
    rows, _ = sifted(table, roles, chosen)
    gone = dict(rows.gone)
    if rows.form == "transactions":
        lines = lines_of(rows.table, rows.roles, chosen.blanks)
        found = unused(lines, as_of=as_day64(chosen.as_of), window=chosen.window, returns=chosen.returns)
        gone |= {reason: rows.back(places) for reason, places in found.items()}
    elif rows.form == "wide" and chosen.blanks == "aside" and "customer" in roles:
        gone["without_customer"] = rows.back(np.flatnonzero(without_text(rows.table.data[rows.roles["customer"]])))
    places = np.concatenate([np.zeros(0, np.int64), *gone.values()])
    reasons = np.repeat(np.array([WHY[reason].row for reason in gone], object), [len(one) for one in gone.values()])
    order = np.argsort(places)
    return LeftOut(table, places[order], reasons[order])
