"""What drives profit, growth, leaving or what is bought: words and numbers ranked on one scale, each with how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.portraits import mix
from segmentation.analysis.portraits.profile import valued
from segmentation.columns.metrics import METRICS, label
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass

LOOKED_AT = 5_000  # customers: many enough that nothing of size is missed
FEWEST = 30  # customers of whom both must be known
LEAST = 5  # customers of a value below which it is gathered with the other rare ones,
MOST = 30  # and values that are told apart at most
FEW = 12  # different numbers up to which each is a value of its own
End = tuple[str, float]  # a group, and what is typical there
FIFTHS = (0.2, 0.4, 0.6, 0.8)
DRAWS, SEED, SURE = 200, 17, 0.95  # of the interval
SAME = 0.95  # rank correlation, or share explained by words, from which a column says the same as what it is to explain
ALIKE = 0.95  # rank correlation from which two numbers are one driver
NEARLY_ALL = 0.9  # share of customers known from which nothing need be said
EPOCH = dt.date(1970, 1, 1)
DUST = 0.01  # share explained below which nothing is
REST = "a rarer value"
MIX = "product_mix"  # of a customer's money, the part that goes to each of the largest categories or products,
PARTS_OF_MIX = 8  # and to all others together
BEHAVIOUR = ("discount_share", "express_share", "price_index")  # worked out from sale lines when asked for
PARTS = {"potential", "revenue_before", "revenue_recent"}  # money of a part of the time, or ahead
STEADY = {"revenue_cv", "revenue_cv_month"}  # nobody who is silent for long is steady
TARGETS = {  # what can be explained → columns made of the same numbers
    "profit": {"revenue", "cost_to_serve", *PARTS},
    "revenue": {"profit", "cost_to_serve", *PARTS},
    "growth": {"recency_days", *PARTS, *STEADY},
    "recency_days": {"growth", *PARTS, *STEADY},
}


@dataclass(frozen=True)
class Driver:
    """A column, and how much it explains.

    effect    share of the differences in what is explained, 0 to 1 (ε² of its ranks, which a number of groups or a single
              giant does not raise); low, high: where it lies in 95 of 100 samples
    best, worst   of its groups those with the largest and the smallest typical value: name and median
    known     share of customers of whom it is known
    also      further columns that say nearly the same
    what      of what customers buy that in which its groups differ most: then best and worst say what part of their money goes there
    """

    column: str
    effect: float
    low: float
    high: float
    best: tuple[str, float]
    worst: tuple[str, float]
    known: float
    also: tuple[str, ...] = ()
    what: str = ""


@dataclass(frozen=True)
class Drivers:
    """Columns by how much of a target they explain, most first.

    same      columns left out since they say the same as the target
    seen, of  customers looked at, of how many
    """

    target: str
    ranked: tuple[Driver, ...]
    same: tuple[str, ...]
    seen: int
    of: int

    @property
    def telling(self) -> tuple[Driver, ...]:
        """Those that explain something for sure."""
        return tuple(one for one in self.ranked if one.effect >= DUST and one.low > 0)


def targets(customers: Customers) -> list[str]:
    """What can be explained here: profit (or revenue where none is known), growth, the days of silence of who is leaving, and
    what they buy."""
    money = [name for name in ("profit", "revenue") if name in customers.frame]
    wanted = [*money[:1], *(name for name in ("growth", "recency_days") if name in customers.frame)]
    told = [name for name in wanted if len(np.unique(_known(customers.values(name)))) > 1]
    return [*told, *([MIX] if len(_bought(customers)[0]) > 1 else [])]


def drivers(customers: Customers, target: str, currency: str = "", without: Collection[str] = ()) -> Drivers:
    """Which column best explains a target (one of `targets`): each cut as it would be a segmentation, words by value and
    numbers by fifths, on customers drawn evenly from all.

    currency  before amounts in the names of groups; without: columns that may not be told
    """
    bought = target == MIX
    known = _bought(customers)[1].sum(axis=1) > 0 if bought else np.isfinite(customers.values(target))
    rows = np.flatnonzero(known)
    rows = rows if len(rows) <= LOOKED_AT else rows[np.linspace(0, len(rows) - 1, LOOKED_AT).astype(np.int64)]
    look = _Bought(*_bought(customers), rows) if bought else _Look(customers.values(target)[rows])
    found, same, numbers = [], [], {}
    for name in _candidates(customers, target, without):
        group, names, number = _grouped(customers, name, rows, currency)
        driver = look.at(name, group, names)
        if driver is None:
            continue
        if (driver.effect if number is None or bought else abs(_alike(number, look.values))) >= SAME:
            same.append(name)
            continue
        found.append(driver)
        if number is not None:
            numbers[name] = number
    ranked = sorted(found, key=lambda one: (-one.effect, one.column))
    return Drivers(target, tuple(_once(ranked, numbers)), tuple(same), len(rows), len(customers))


def driving(customers: Customers, without: Collection[str] = (), most: int = 4) -> tuple[str, ...]:
    """Number columns to look for groups by: money (or what else can be explained), and what explains most of it.

    Only the one column where nothing explains it; none where there is nothing to explain.
    """
    target = next((name for name in targets(customers) if name not in {MIX, *without}), "")
    if not target:
        return ()
    found = [one.column for one in drivers(customers, target, without=without).telling]
    return (target, *(name for name in found if name in customers.numeric))[:most]


def _candidates(customers: Customers, target: str, without: Collection[str]) -> Iterator[str]:
    """The columns that may explain it: no names, no days that stand as metrics too, nothing made of the same numbers."""
    same = mix.headings(customers) if target == MIX else {}
    away = {target, *TARGETS.get(target, ()), *same, *same.values(), *customers.called, *customers.reached, *without}
    offered = customers.history.offers if customers.history else {}
    for name in (*customers.frame, *(one for one in BEHAVIOUR if one in offered)):
        if name not in away and not (name in METRICS and attributes.kind(customers, name) == "date"):
            yield name


def _grouped(
    customers: Customers, name: str, rows: np.ndarray, currency: str
) -> tuple[np.ndarray, list[str], np.ndarray | None]:
    """The group of each of these customers (−1 unknown), the groups' names, and the numbers where it holds such."""
    kind = attributes.kind(customers, name)
    if kind == "text":
        codes, words = attributes.coded(customers, name)
        return *_gathered(codes[rows], [f"“{word}”" for word in words]), None
    numbers = customers.values(attributes.numbers(customers, name))[rows]
    known = _known(numbers)
    different = np.unique(known)

    def say(value: float) -> str:
        return formats.day(EPOCH + dt.timedelta(value)) if kind == "date" else valued(name, value, currency)

    if len(different) <= FEW:
        codes = np.where(np.isfinite(numbers), np.searchsorted(different, numbers), -1)
        return *_gathered(codes, [*map(say, different.tolist())]), numbers
    cuts = np.unique(np.quantile(known, FIFTHS))
    cuts = cuts[cuts > known.min()]
    bands = np.where(np.isfinite(numbers), np.searchsorted(cuts, numbers, "right"), -1)
    return bands, _bands([*map(say, cuts.tolist())], kind == "date"), numbers


def _bands(cuts: Sequence[str], days: bool) -> list[str]:
    """Names of the bands between ascending cuts; where there is none everybody is in one."""
    if not cuts:
        return ["all"]
    below, above = ("before", "or later") if days else ("under", "or more")
    middle = [f"{low} to {below} {high}" for low, high in pairwise(cuts)]
    return [f"{below} {cuts[0]}", *middle, f"{cuts[-1]} {above}"]


def _gathered(codes: np.ndarray, words: Collection[str]) -> tuple[np.ndarray, list[str]]:
    """Codes of the frequent values, most frequent first, and one of all rare ones."""
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    order = np.argsort(-counts, kind="stable")[: min(MOST, int((counts >= LEAST).sum()))]
    table = np.full(len(counts) + 1, len(order))
    table[order], table[-1] = np.arange(len(order)), -1
    said = list(words)
    return table[codes], [*(said[at] for at in order), REST]


class _Look:
    """What is explained, and the samples in which it is looked at again.

    values   float64 (customers,)
    """

    def __init__(self, values: np.ndarray) -> None:
        self.values = values
        self.targets = (pd.Series(values).rank().to_numpy() / max(len(values), 1))[:, None]
        self.weights = _draws(len(values))

    def at(self, name: str, group: np.ndarray, names: list[str]) -> Driver | None:
        """How much groups explain; None where too little is known of them, or they are one."""
        held = group >= 0
        codes, place = np.unique(group[held], return_inverse=True)
        if held.sum() < FEWEST or len(codes) < 2:
            return None
        inside = np.zeros((len(group), len(codes)))
        inside[held, place] = 1.0
        all_, *drawn = np.round(_explained(self.weights, self.targets, inside), 6).tolist()
        moved = np.mean(drawn) - all_  # a sample of a sample explains a little more, by chance
        low, high = np.quantile(drawn, ((1 - SURE) / 2, (1 + SURE) / 2)) - moved
        least, most = (float(one) for one in np.clip([min(low, all_), max(high, all_)], 0.0, 1.0))
        best, worst, what = self.ends(held, place, [names[code] for code in codes])
        return Driver(name, max(all_, 0.0), least, most, best, worst, float(held.mean()), what=what)

    def ends(self, held: np.ndarray, place: np.ndarray, names: list[str]) -> tuple[End, End, str]:
        """The groups with the largest and the smallest typical value."""
        middle = pd.Series(self.values[held]).groupby(place).median().sort_values(kind="stable")
        ordered = [(names[at], float(one)) for at, one in middle.items()]  # type: ignore[call-overload]
        said = [one for one in ordered if one[0] != REST] or ordered
        return said[-1], said[0], ""


class _Bought(_Look):
    """The same of what customers buy: the part of their money that goes to each word.

    words, shares   as `_bought` gives them; rows: the customers looked at
    """

    def __init__(self, words: tuple[str, ...], shares: np.ndarray, rows: np.ndarray) -> None:
        self.words, self.values, self.targets, self.weights = words, shares[rows], shares[rows], _draws(len(rows))

    def ends(self, held: np.ndarray, place: np.ndarray, names: list[str]) -> tuple[End, End, str]:
        """What the groups differ in most: the one that spends most on it, and the one that spends least."""
        named = [at for at, name in enumerate(names) if name != REST] or [*range(len(names))]
        means = np.array([self.values[held][place == at].mean(axis=0) for at in named])
        at = int(np.ptp(np.round(means, 9), axis=0)[:-1].argmax())  # of all but the others
        ends = [(names[named[one]], float(means[one, at])) for one in (means[:, at].argmax(), means[:, at].argmin())]
        return ends[0], ends[1], self.words[at]


def _draws(size: int) -> np.ndarray:
    """How often each customer is in each sample: float64 (samples, customers); the first is everybody."""
    return np.vstack([np.ones(size), np.random.default_rng(SEED).poisson(1.0, (DRAWS, size))])


def _bought(customers: Customers) -> tuple[tuple[str, ...], np.ndarray]:
    """The categories (else products) that most money goes to, and the part of each customer's money that goes to each:
    float64 (customers, words); zeros for who bought nothing. No words where the file has none."""
    return customers.keep(("what they buy",), lambda: _parts(customers))


def _parts(customers: Customers) -> tuple[tuple[str, ...], np.ndarray]:
    role = next(iter(mix.headings(customers)), "")
    if not role:
        return (), np.zeros((len(customers), 0))
    held = mix.bought(customers, role)
    amount = np.maximum(held.amount, 0.0)
    sums = np.bincount(held.word, amount, len(held.words))
    sums[[at for at, word in enumerate(held.words) if not word]] = 0.0  # lines that name none
    largest = np.argsort(-sums, kind="stable")[: min(PARTS_OF_MIX, int((sums > 0).sum()))]
    table = np.full(len(held.words), len(largest))
    table[largest] = np.arange(len(largest))
    cells = held.customer.astype(np.int64) * (len(largest) + 1) + table[held.word]
    spent = np.bincount(cells, amount, len(customers) * (len(largest) + 1)).reshape(len(customers), -1)
    whole = spent.sum(axis=1, keepdims=True)
    shares = np.divide(spent, whole, out=np.zeros_like(spent), where=whole > 0)
    return (*(held.words[at] for at in largest), "All others"), shares


def _explained(weights: np.ndarray, targets: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """ε² (Kelley 1935) by group, for each row of weights: float64 (samples,). Chance alone gives 0.

    targets  float64 (customers, parts): of several parts the squares are added up
    inside   1 where a customer is in a group: float64 (customers, groups); of whom nothing is known is in none
    """
    known = inside.sum(axis=1)
    counts = weights @ inside
    many = np.maximum(counts.sum(axis=1), 1)
    between, total = np.zeros(len(weights)), weights @ (known * (targets**2).sum(axis=1))
    for part in targets.T:
        sums = weights @ (inside * part[:, None])
        whole = sums.sum(axis=1) ** 2 / many
        between += np.divide(sums**2, counts, out=np.zeros_like(sums), where=counts > 0).sum(axis=1) - whole
        total -= whole
    share = np.divide(between, total, out=np.zeros_like(total), where=total > 1e-9)
    return 1 - (1 - share) * (many - 1) / np.maximum(many - (counts > 0).sum(axis=1), 1)


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation of those of whom both are known; 0 where there is none."""
    both = np.isfinite(one) & np.isfinite(other)
    ranks = [pd.Series(held[both]).rank().to_numpy() for held in (one, other)]
    if both.sum() < FEWEST or not all(held.std() > 0 for held in ranks):
        return 0.0
    return float(np.corrcoef(*ranks)[0, 1])


def _once(ranked: list[Driver], numbers: dict[str, np.ndarray]) -> list[Driver]:
    """Numbers that say nearly the same as a better one stand with it, as one driver."""
    kept: list[Driver] = []
    for one in ranked:
        mine = numbers.get(one.column)
        twins = [at for at, held in enumerate(kept) if mine is not None and held.column in numbers]
        twin = next((at for at in twins if abs(_alike(mine, numbers[kept[at].column])) >= ALIKE), None)  # type: ignore[arg-type]
        if twin is None:
            kept.append(one)
        else:
            kept[twin] = replace(kept[twin], also=(*kept[twin].also, one.column))
    return kept


# In words


def called(column: str) -> str:
    """What a column is called, without what tells it from a metric."""
    return label(column).removesuffix(" (column)")


def explained(target: str) -> str:
    """What is to be explained, within a sentence."""
    return "what customers buy" if target == MIX else label(target).lower()


def verdict(found: Drivers) -> str:
    """Which explains most, and whether that is sure."""
    what = explained(found.target)
    if not found.telling:
        return f"Nothing in this file explains {what}: customers differ for reasons it does not hold."
    first, *others = found.telling
    said = f"{called(first.column)} explains most: {formats.share(first.effect)} of the differences in {what}"
    near = [one for one in others[:1] if one.high >= first.low]
    beside = f", and {called(near[0].column)} about as much ({formats.share(near[0].effect)})" if near else ""
    return f"{said}{beside}."


def sentence(found: Drivers, driver: Driver, currency: str = "") -> str:
    """What the target is like at the two ends of a driver."""
    (high, most), (low, least) = driver.best, driver.worst
    if driver.what:
        name, known = called(driver.column), _of_whom(driver)
        return (
            f"“{driver.what}” is {formats.share(most)} of what customers buy where {name} is {high}, and {formats.share(least)} "
            f"where it is {low}.{known}"
        )
    one, other = (valued(found.target, value, currency) for value in (most, least))
    what, name = label(found.target), called(driver.column)
    said = f"{what} is typically {one} where {name} is {high}, and {other} where it is {low}."
    if one == other:
        said = f"{what} is typically {one} whatever {name} is: it differs at the ends."
    return said + _of_whom(driver)


def _of_whom(driver: Driver) -> str:
    return f" It is known of {formats.share(driver.known)} of customers." if driver.known < NEARLY_ALL else ""


def remarks(found: Drivers) -> list[str]:
    """What was left out, and on whom it was found."""
    said = []
    if found.same:
        names = formats.listed([*map(called, found.same)])
        said.append(f"Left out, since it says the same as {explained(found.target)}: {names}.")
    if found.seen < found.of:
        said.append(f"Found on {formats.count(found.seen)} of {formats.count(found.of)} customers.")
    return said


def _known(values: np.ndarray) -> np.ndarray:
    return values[np.isfinite(values)]
