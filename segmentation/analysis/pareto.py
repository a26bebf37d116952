"""Concentration: the Pareto curve of a column, the balance check, and the whale curve of profit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers, Ranked
from segmentation.dataclass import dataclass
from segmentation.segments.segmentation import UNKNOWN_COLOUR, Segmentation

POINTS = 200
PERCENTS = np.arange(101) / 100


def column_of(segmentation: Segmentation) -> str:
    """The column whose curve shows a segmentation: the one it cuts by share, else what customers bring."""
    customers = segmentation.customers
    if segmentation.cuts_share:
        return segmentation.columns[0]
    return "revenue" if "revenue" in customers.frame else customers.money


def positive_total(customers: Customers, column: str) -> float:
    """The sum of the values above zero, which shares are taken of; 0 where there are none."""
    ranked = customers.ranked(column)
    return float(ranked.running(column)[ranked.positive] / customers.exact(column)[1])


def curve(customers: Customers, column: str) -> pd.DataFrame:
    """The Pareto curve: share_of_customers and share_of_total (of the positive values), largest first.

    At most about 200 points, from 0, closer together where the curve is steep; kept per column. Without any
    positive value it lies on zero.
    """

    def draw() -> pd.DataFrame:
        at, total = _places(len(customers)), positive_total(customers, column)
        reached = customers.ranked(column).running(column)[at] / customers.exact(column)[1]
        share = reached / total if total > 0 else np.zeros(len(at))
        return pd.DataFrame({"share_of_customers": at / len(customers), "share_of_total": share})

    return customers.keep(("curve", column), draw)


def reach(customers: Customers, column: str) -> np.ndarray:
    """For each whole per cent of the total (0–100), exactly how many customers a cut there takes in: int64 (101,)."""
    ranked = customers.ranked(column)
    return customers.keep(
        ("reach", column), lambda: np.array([ranked.reach(percent) for percent in PERCENTS], np.int64)
    )


HANDFUL = 5  # customers: of so few one alone is a fifth and more


@dataclass(frozen=True)
class Balance:
    """What share of customers brings 80 % of a column, and how much the largest one and ten bring (shares).

    known, unknown   how many customers have a value, of whom the share is, and how many have none
    """

    share_for_80: float
    top_1: float
    top_10: float
    known: int
    unknown: int

    @property
    def people(self) -> str:
        """Of whom the share is, in words."""
        return f"the {formats.count(self.known)} customers with a known value" if self.unknown else "customers"

    @property
    def verdict(self) -> str:
        """balanced (15–25 %), dependent on a few (below) or spread thin (above); of a handful of customers neither."""
        if self.known <= HANDFUL:
            return "too few customers to judge"
        if self.share_for_80 < 0.15:
            return "dependent on a few"
        return "balanced" if self.share_for_80 <= 0.25 else "spread thin"


def balance(customers: Customers, column: str) -> Balance | None:
    """The balance check of an ABC over the customers with a value; None where no value is above zero."""
    ranked = customers.ranked(column)
    if not ranked.positive:
        return None
    share = ranked.reach(0.8) / ranked.known
    return Balance(
        share, _top(ranked, column, 1), _top(ranked, column, 10), ranked.known, len(customers) - ranked.known
    )


def _top(ranked: Ranked, column: str, count: int) -> float:
    running = ranked.running(column)
    total = running[ranked.positive]
    return float(running[min(count, ranked.positive)] / total) if total > 0 else 0.0


@dataclass(frozen=True)
class Whale:
    """Cumulative profit, most profitable customer first.

    curve    DataFrame share_of_customers, cumulative (money) and, where the total is above zero, share_of_total
    peak     the highest cumulative profit (money); at: the number of customers that bring it
    total    profit of all; erosion: what the customers beyond the peak take away again (money)
    """

    curve: pd.DataFrame
    peak: float
    at: int
    total: float

    @property
    def erosion(self) -> float:
        return self.peak - self.total

    @property
    def peak_share(self) -> float | None:
        """The peak as a share of total profit; None where the total is not above zero."""
        return self.peak / self.total if self.total > 0 else None


def whale(customers: Customers) -> Whale:
    """The whale curve of `customers.money`, computed once. Missing profits count as 0."""
    return customers.keep("whale", lambda: _whale(customers))


def losing(customers: Customers) -> int:
    """How many take money away: those below zero of `customers.money`."""
    ranked = customers.ranked(customers.money)
    return int(ranked.known - np.searchsorted(ranked.negated, 0.0, side="right"))


def nobody_loses(customers: Customers) -> str:
    """The beginning of a sentence where nobody's profit is below zero: who earns something, and who does not."""
    ranked = customers.ranked(customers.money)
    nothing, unknown = ranked.known - ranked.positive, len(customers) - ranked.known
    if not nothing and not unknown:
        return "Every customer earns something"
    verbs = [
        formats.plural(nothing, "brings nothing", "bring nothing") if nothing else "",
        f"of {formats.count(unknown)} the {customers.money} is unknown" if unknown else "",
    ]
    return f"Nobody costs more than they bring ({', '.join(filter(None, verbs))})"


def whale_said(customers: Customers, found: Whale, currency: str) -> str:
    """Where the curve peaks and what is lost beyond it."""
    if customers.money != "profit":
        return "There is no profit in this file: with a cost column, or an assumed margin, loss-makers would show here."
    if found.erosion <= 0:
        total = formats.compact(found.total, currency)
        return f"{nobody_loses(customers)}: the curve never falls, {total} in all."
    share, losers = found.peak_share, losing(customers)
    taken = formats.compact(found.erosion, currency)
    if not found.at:
        return f"Nobody earns anything: {formats.plural(losers, 'customer')} cost {taken} in all."
    peak = f"{formats.share(share)} of profit" if share is not None else formats.compact(found.peak, currency)
    best = "The best customer earns" if found.at == 1 else f"The best {formats.count(found.at)} customers earn"
    others = "one customer takes" if losers == 1 else f"{formats.count(losers)} others take"
    return f"{best} {peak}; {others} {taken} of it away again."


def whale_of(profit: np.ndarray) -> Whale:
    """The whale curve of any profits (float64 (n,), money), in whatever order they come."""
    falling = np.sort(profit)[::-1]
    return _drawn(np.concatenate(([0.0], np.cumsum(falling))), int((profit > 0).sum()))


def _whale(customers: Customers) -> Whale:
    column = customers.money
    ranked, scale = customers.ranked(column), customers.exact(column)[1]
    return _drawn(ranked.running(column) / scale, ranked.positive)


def _drawn(running: np.ndarray, peak: int) -> Whale:
    """From cumulative profit after each customer (from 0), highest after so many."""
    size, total = len(running) - 1, float(running[-1])
    at = np.unique(np.append(_places(size), peak))
    curve = pd.DataFrame({"share_of_customers": at / max(size, 1), "cumulative": running[at]})
    curve["share_of_total"] = curve["cumulative"] / total if total > 0 else np.nan
    return Whale(curve, float(running[peak]), peak, total)


def parts(segmentation: Segmentation, column: str) -> dict[str, list[Any]]:
    """Each segment's part of the curve, best segment first: where it begins and ends.

    As columns: segment, colour, customers, x0, x1 (cumulative share of customers), y0, y1 (cumulative share of the
    column's positive total).
    """
    customers = segmentation.customers
    shown = len(segmentation.shown)
    counts = segmentation.counts[:shown]
    top = positive_total(customers, column)
    x = np.concatenate(([0.0], np.cumsum(counts))) / max(len(customers), 1)
    reached = np.concatenate(([0.0], np.cumsum(segmentation.sums(column)[:shown])))
    y = reached / top if top > 0 else np.zeros(shown + 1)
    return {
        "segment": list(segmentation.shown),
        "colour": [*segmentation.colours, UNKNOWN_COLOUR][:shown],
        "customers": counts.tolist(),
        "x0": x[:-1].tolist(),
        "x1": x[1:].tolist(),
        "y0": y[:-1].tolist(),
        "y1": y[1:].tolist(),
    }


def _places(n: int) -> np.ndarray:
    """Row counts from 0 to n at which a curve is drawn: dense among the first few, then even."""
    dense = np.geomspace(1, max(n, 1), POINTS // 4)
    places = np.unique(np.concatenate(([0], np.rint(dense), np.rint(np.linspace(0, n, POINTS))))).astype(np.int64)
    return places[places <= n]
