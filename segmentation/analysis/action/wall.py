"""One segment on one sheet, as its owner would hang it on the wall: what it brings and costs, when and what it buys, who it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.action import pnl
from segmentation.analysis.portraits import contrast, mix
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.segmentation import UNKNOWN, Segmentation

TAKEN = " (column)"  # behind a heading that names something else here
ALIKE = 0.02  # of revenue: what is no difference, unless
SLIGHT = 0.005  # growth that rounds to nothing
SMALL, TIMES = 0.005, 1.5  # a product of at least such a share is bought so many times as much, or as little


@dataclass(frozen=True)
class Account:
    """From revenue to profit: what is left of revenue, the revenue, what each step takes (money), and what loss-makers take."""

    left: str
    revenue: float
    steps: dict[str, float]
    losers: str


@dataclass(frozen=True)
class Wall:
    """The sheet, all of it plain text and numbers.

    figures   title and value, for a glance; account: None where revenue or profit is not known
    averages  what, here, and with all customers; who: the same of words, most often
    """

    name: str
    figures: list[tuple[str, str]]
    account: Account | None
    averages: list[tuple[str, str, str]]
    who: list[tuple[str, str, str]]


def wall(segmentation: Segmentation, name: str, currency: str = "", without: Collection[str] = ()) -> Wall:
    """The sheet of a segment, by a name that is shown. without: columns that may not be told."""
    table = pnl.profit_and_loss(segmentation)
    at = list(segmentation.shown).index(name)
    row = table.iloc[at]
    return Wall(
        str(name),
        _figures(row, currency),
        _account(row, currency) if {"revenue", "profit"} <= {*table} else None,
        [*_averages(segmentation, at, currency)],
        [*_who(segmentation, name, without)],
    )


def account_of_all(segmentation: Segmentation, currency: str = "") -> Account | None:
    """From revenue to profit of all customers together; None where either is not known."""
    table = pnl.profit_and_loss(segmentation)
    known = {"revenue", "profit"} <= {*table}
    return _account(pnl.of_all(segmentation, table), currency) if known else None


def _figures(row: pd.Series, currency: str) -> list[tuple[str, str]]:
    said = [("Customers", f"{formats.count(row['customers'])} ({formats.share(row['share_of_customers'])})")]
    for name in ("revenue", "profit"):
        if name in row:
            share = row[f"share_of_{name}"]
            of_all = f" ({formats.share(share)})" if np.isfinite(share) else ""
            said.append((pnl.LINES[name], formats.compact(row[name], currency) + of_all))
    each = (
        [(pnl.HEADINGS["profit_each"], formats.compact(row["profit_each"], currency))] if "profit_each" in row else []
    )
    return [*said, *each]


def _account(row: Mapping[str, Any] | pd.Series, currency: str) -> Account:
    steps = {pnl.LINES[name]: -row[name] for name in ("cost", "cost_to_serve") if name in row}
    steps |= {pnl.HEADINGS["without"]: -row["without"]} if row.get("without") else {}
    left = f"{formats.share(row['margin'])} margin" if np.isfinite(row["margin"]) else ""
    count, loss = formats.plural(int(row["losers"]), "loss-making customer"), formats.compact(row["lost"], currency)
    return Account(left, float(row["revenue"]), steps, f"{count}: {loss} in all." if row["losers"] else "")


def _averages(segmentation: Segmentation, at: int, currency: str) -> Iterator[tuple[str, str, str]]:
    customers, row = segmentation.customers, pnl.rhythm(segmentation).iloc[at]
    for name, title in pnl.measures(customers).items():
        if np.isfinite(row[name]):
            money = currency if name == "average_order" else ""
            yield title, formats.compact(row[name], money), formats.compact(_of_all(customers, name), money)
    for name, title in (("growth", "Revenue, recent half against the earlier"), ("stayed", "Bought in both halves")):
        if name in row and np.isfinite(row[name]):
            yield title, _signed(name, row[name]), _signed(name, pnl.of_everybody(customers, name))


def _signed(name: str, value: float) -> str:
    """A share, a growth with its sign; "" where it is not known."""
    if name == "growth" and abs(value) < SLIGHT:
        return "as before"
    return f"{'+' if name == 'growth' and value > 0 else ''}{formats.share(value)}" if np.isfinite(value) else ""


def _of_all(customers: Customers, name: str) -> float:
    return customers.total(name) / max(customers.known(name), 1)


def _who(segmentation: Segmentation, name: str, without: Collection[str]) -> Iterator[tuple[str, str, str]]:
    for one in contrast.described(segmentation, name):
        if one.what not in without:
            yield (
                label(one.what).removesuffix(TAKEN),
                f"{one.value}, {formats.share(one.share)}",
                formats.share(one.base),
            )


def bought(segmentation: Segmentation, name: str, role: str, more: bool = False) -> pd.DataFrame:
    """What a segment buys by a role of `mix.headings`, largest first; or, more, what it buys more and less of than all."""
    at = (*segmentation.names, UNKNOWN).index(name)
    return (mix.lifted if more else mix.largest)(mix.mix(segmentation, role), at)


def telling(rows: pd.DataFrame) -> tuple[str, str]:
    """What of `bought` stands out, and in which way, as a sentence that begins with it; "" and a sentence where nothing does."""
    known = rows[np.isfinite(rows["lift"])]
    if not len(known):
        return "", "Nothing it bought adds up to more than zero."
    apart = (known["share"] - known["base"]).where(_stands_out(known), 0.0)
    if not apart.any():
        return "", "It buys much the same as all customers."
    one = known.loc[apart.idxmax() if apart.max() > 0 else apart.idxmin()]
    return str(one["word"]), (
        f"stands out: {formats.share(one['share'], 1)} of its revenue against {formats.share(one['base'], 1)} of everybody’s, "
        f"{one['lift']:.2g} × the usual."
    )


def _stands_out(rows: pd.DataFrame) -> pd.Series:
    """Whether a share is far from the usual one: by points of all revenue, or, of many small ones, by a multiple."""
    larger, lift = rows[["share", "base"]].max(axis=1), rows["lift"]
    return ((rows["share"] - rows["base"]).abs() >= ALIKE) | (
        (larger >= SMALL) & ((lift >= TIMES) | (lift <= 1 / TIMES))
    )
