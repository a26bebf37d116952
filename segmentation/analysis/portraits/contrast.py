"""What sets two segments apart, ranked: numbers, words and what they buy, all on one scale."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.portraits import mix
from segmentation.analysis.scales import no_outlook
from segmentation.columns.metrics import METRICS, label
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.segments.segmentation import UNKNOWN, Segmentation

MOST = 4_000  # customers of each that are looked at
FEW = 40  # different words a column may have
MONEY = ("revenue", "profit", "cost_to_serve", "average_order", "potential")
SHARES = ("growth",)
NUMBERS = (*MONEY, "orders", "cycle_days", "recency_days", "tenure_days", "growth", "revenue_cv")
DUST = 0.02  # of the scale: what is no difference


@dataclass(frozen=True)
class Apart:
    """One thing that differs: what it is, what it is in the one and in the other (as said), and how far apart they are.

    effect   −1 to 1: how often a customer of the one has more of it than one of the other, less the reverse (Cliff's
             delta; of words and products the difference of their shares)
    """

    what: str
    one: str
    other: str
    effect: float


def contrast(
    segmentation: Segmentation,
    one: str,
    other: str,
    currency: str = "",
    without: Collection[str] = (),
    most: int = 10,
) -> list[Apart]:
    """What sets two segments apart, the farthest first; empty where one of them has nobody. Names are those shown.

    without   columns that may not be told
    """
    rows = [_some(segmentation.rows(name)) for name in (one, other)]
    if not all(map(len, rows)):
        return []
    customers = segmentation.customers
    found = [
        *_numbers(customers, rows, currency, without),
        *_words(customers, rows, without),
        *_bought(segmentation, one, other, without),
    ]
    telling = [held for held in found if abs(held.effect) > DUST]
    return sorted(telling, key=lambda held: -abs(held.effect))[
        :most
    ]  # of equals the plainest first: money as it was paid


def _some(rows: np.ndarray) -> np.ndarray:
    """At most so many of them, evenly spread: customers stand by their number, so it is the same whatever the file's order."""
    return rows if len(rows) <= MOST else rows[np.linspace(0, len(rows) - 1, MOST).astype(np.int64)]


def _numbers(customers: Customers, rows: list[np.ndarray], currency: str, without: Collection[str]) -> Iterator[Apart]:
    own = [name for name in customers.numeric if name not in METRICS and name not in without]
    there = [one for one in NUMBERS if one in customers.frame and not (one == "potential" and no_outlook(customers))]
    for name in (*there, *own):
        values = customers.values(name)
        parts = [values[some] for some in rows]
        parts = [part[~np.isnan(part)] for part in parts]
        if all(map(len, parts)):
            mine, theirs = (_said(name, float(np.median(part)), currency) for part in parts)
            yield Apart(f"{label(name)} (typical)", mine, theirs, delta(*parts))


def _said(name: str, value: float, currency: str) -> str:
    if name in MONEY:
        return formats.compact(value, currency)
    return f"{'+' if value > 0 else ''}{formats.share(value)}" if name in SHARES else formats.compact(value)


def delta(one: np.ndarray, other: np.ndarray) -> float:
    """How often a value of the one is larger than one of the other, less how often it is smaller: −1 to 1."""
    ordered = np.sort(other)
    below, upto = (np.searchsorted(ordered, one, side=side) for side in ("left", "right"))
    return float((below + upto - len(ordered)).sum() / (len(one) * len(ordered)))


def _words(customers: Customers, rows: list[np.ndarray], without: Collection[str]) -> Iterator[Apart]:
    """Of each column of words the one on whose share they differ most."""
    for name, codes, words in _describing(customers):
        if name not in without:
            shares = [_shares(codes[some], len(words)) for some in rows]
            at = int(np.argmax(np.abs(shares[0] - shares[1])))
            yield _of_shares(
                f"{label(name).removesuffix(' (column)')}: {words[at]}", float(shares[0][at]), float(shares[1][at])
            )


def _describing(customers: Customers) -> Iterator[tuple[str, np.ndarray, tuple[str, ...]]]:
    """The columns of words that describe customers: name, each customer's code, and the words."""
    telling = {*customers.called, *customers.reached}
    for name in customers.frame:
        if name not in telling and attributes.kind(customers, name) == "text":
            codes, words = attributes.coded(customers, name)
            if 2 <= len(words) <= FEW:
                yield name, codes, words


class Described(NamedTuple):
    """What most customers of a segment have in a column of words, how many have it there, and in the base."""

    what: str
    value: str
    share: float
    base: float


def described(segmentation: Segmentation, name: str, most: int = 6) -> list[Described]:
    """Who and where the customers of a segment are: of each column of words their most frequent one, of those who have any.

    The columns in which they differ most from the base come first.
    """
    rows, found = _some(segmentation.rows(name)), []
    for column, codes, words in _describing(segmentation.customers):
        here, base = _shares(codes[rows], len(words)), _shares(codes, len(words))
        if here.any():
            at = int(np.argmax(here))
            found.append(Described(column, words[at], float(here[at]), float(base[at])))
    return sorted(found, key=lambda one: (-abs(one.share - one.base), one.what))[:most]


def _shares(codes: np.ndarray, size: int) -> np.ndarray:
    known = codes[codes >= 0]
    return np.bincount(known, minlength=size) / max(len(known), 1)


def _of_shares(what: str, one: float, other: float) -> Apart:
    return Apart(what, formats.share(one), formats.share(other), one - other)


def _bought(segmentation: Segmentation, one: str, other: str, without: Collection[str]) -> Iterator[Apart]:
    """Of categories, or products where there are none, those that differ most by how many buy them."""
    found = [role for role, heading in mix.headings(segmentation.customers).items() if heading not in without]
    if not found:
        return
    made = mix.mix(segmentation, found[0])
    names = (*segmentation.names, UNKNOWN)
    shares = [made.buyers[at] / max(int(made.customers[at]), 1) for at in map(names.index, (one, other))]
    order = np.argsort(-np.abs(shares[0] - shares[1]), kind="stable")[:5]
    for at in order[: len(made.words)]:
        if made.words[at]:
            yield _of_shares(
                f"Buys {mix.worded(segmentation.customers, found[0], made.words[at])}",
                float(shares[0][at]),
                float(shares[1][at]),
            )


def frame_of(found: list[Apart]) -> pd.DataFrame:
    """The same as rows: what, one, other, effect."""
    return pd.DataFrame([vars(held) for held in found], columns=["what", "one", "other", "effect"])
