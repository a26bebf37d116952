"""What a join is, what it did, and what several tables as one are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from segmentation.dataclass import dataclass
from segmentation.joining.keys import stem
from segmentation.problems import Problem
from segmentation.table import Table


@dataclass(frozen=True)
class Join:
    """Each row of `table` takes the row of `to` whose `key` is its `column`.

    spread: amounts of `to` that stand once (freight of an order) and are shared out over the rows that
    take them; None leaves it to us: the amounts of orders, none of customers or products.
    """

    table: str
    column: str
    to: str
    key: str
    spread: tuple[str, ...] | None = None

    @classmethod
    def of(cls, plain: Join | Mapping[str, Any]) -> Join:
        """A join from plain data (of a study, of JSON); Problem where it is none."""
        if isinstance(plain, Join):
            return plain
        names = ("table", "column", "to", "key")
        fits = isinstance(plain, Mapping) and set(names) <= set(plain) <= {*names, "spread"}
        spread = plain.get("spread") if fits else None
        listed = isinstance(spread, list | tuple | None)
        texts = [plain[name] for name in names] + list(spread or ()) if fits and listed else [None]
        if not all(isinstance(text, str) for text in texts):
            raise Problem("A join is a table, a column, the table it goes to and the key there, all of them names.")
        return cls(
            plain["table"], plain["column"], plain["to"], plain["key"], None if spread is None else tuple(spread)
        )

    def plain(self) -> dict[str, Any]:
        """The join as plain values that JSON can hold."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items() if v is not None}


@dataclass(frozen=True)
class Linked:
    """What a join did. Counts are rows, empty keys among those not matched.

    matched of rows   rows of the finer table that have theirs in the coarser one
    used of keys      rows of the coarser table that are taken by at least one
    missing           DataFrame(value, rows): values of the finer table that the coarser does not have
    unused            DataFrame: the rows of the coarser table nothing asked for
    """

    join: Join
    matched: int
    rows: int
    used: int
    keys: int
    missing: pd.DataFrame
    unused: pd.DataFrame
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """A join that was taken although others would do as well; `others` are the whole plans that take one of them."""

    taken: Join
    others: tuple[tuple[Join, tuple[Join, ...]], ...]

    @property
    def sentence(self) -> str:
        ways = " or ".join(_way(one) for one in (self.taken, *(one for one, _ in self.others)))
        return f"{stem(self.taken.to)} can be joined by {ways}, as well by one as by the other: {_way(self.taken)} is taken."


def _way(one: Join) -> str:
    return f"“{one.column}” of {stem(one.table)}"


@dataclass(frozen=True)
class Joined(Table):
    """Several tables as one; `joins` as plain data (to keep in a study), `links` what each did, in that order.

    choices    where another join would do as well: to be asked
    left_out   a sentence for each table that is not part of it
    """

    joins: tuple[Join, ...] = ()
    links: tuple[Linked, ...] = ()
    choices: tuple[Choice, ...] = ()
    left_out: tuple[str, ...] = ()
