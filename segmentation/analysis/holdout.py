"""The held-back check: the last months are cut off, a model predicts them, and what really came stands beside it.

held = hold_out(table, columns, months=6)
check(held, "mbgnbd").sentence
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import YEAR
from segmentation.dataclass import dataclass
from segmentation.potential import model_of
from segmentation.problems import Problem
from segmentation.reading.draft import Progress
from segmentation.table import Table

AGAIN, MEAN = "last period again", "the mean of all"
FIFTH = 0.2
FAIR, WIDE = 0.2, 0.5  # how far the total may be off for a good, and for a fair forecast
FEWEST = 10  # customers below which any order may come by chance
DRAWS, SINGLY = 2000, 1000  # orders drawn by chance; customers drawn one by one in each, who bring most
SURE = 1.96  # standard errors either way: 95 %
Interval = tuple[float, float]


@dataclass(frozen=True)
class Held:
    """Customers as they were before the months cut off, and what each of them really brought in those.

    before   customers as of the day before; months: how many are cut off; days: how long they are
    actual   money of those months (before.money), 0 of those who did not come: float64 (n,)
    last     money of as many months before them: float64 (n,)
    newcomers, new_money   who came for the first time in the months cut off, and their money: no model sees them
    """

    before: Customers
    months: int
    days: int
    actual: np.ndarray
    last: np.ndarray
    newcomers: int
    new_money: float


def hold_out(
    table: Table,
    columns: Mapping[str, str] | None = None,
    *,
    months: int | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> Held:
    """Cut the last calendar months off a table of dated sales; settings as of `Customers.build`.

    months     how many; default: about a quarter of the time there is, 1 to 12
    progress   told before each part of the work how far it is; it may end it by raising
    Raises Problem without dates, and where nothing is left before the cut.
    """
    said = progress or (lambda share, doing: None)
    said(0.0, "Adding up all sales")
    whole = Customers.build(table, columns, **settings)
    if whole.as_of is None or whole.days is None:
        raise Problem("Only dated sales can be checked against what came later: choose the column that is the date.")
    months = _months(whole.days, months)
    said(0.3, "Adding up the months held back")
    after = _part(table, columns, settings, whole.as_of, months)
    if after is None or after.start is None or after.start <= whole.start:  # type: ignore[operator]
        raise Problem(f"Nothing is left before the last {formats.plural(months, 'month')}: hold back fewer months.")
    cut = (pd.Timestamp(after.start) - pd.Timedelta(days=1)).date()
    said(0.5, "Adding up what was known before them")
    before = Customers.build(table, columns, **{**settings, "as_of": cut})
    said(0.8, "Adding up as many months before")
    again = _part(table, columns, settings, cut, months)
    money = after.frame[after.money]
    new = ~after.frame.index.isin(before.frame.index)
    days = (whole.as_of - cut).days
    return Held(before, months, days, _of(before, after), _of(before, again), int(new.sum()), float(money[new].sum()))


def _months(days: int, asked: int | None) -> int:
    if asked is not None and not (isinstance(asked, int) and 1 <= asked <= 120):
        raise Problem(f"The months held back are {asked}; they can be a whole number from 1 to 120.")
    return asked or int(np.clip(round(days / YEAR * 12 / 4), 1, 12))


def _part(
    table: Table, columns: Mapping[str, str] | None, settings: Mapping[str, Any], as_of: Any, months: int
) -> Customers | None:
    """The customers of so many months that end with a day; None where nobody bought in them."""
    try:
        return Customers.build(table, columns, **{**settings, "as_of": as_of, "window": months})
    except Problem:
        return None


def _of(people: Customers, part: Customers | None) -> np.ndarray:
    """What these people brought in a part of the time."""
    if part is None:
        return np.zeros(len(people))
    return np.nan_to_num(part.frame[people.money].reindex(people.frame.index).to_numpy(np.float64))


@dataclass(frozen=True)
class Check:
    """How a model did on the months held back.

    predicted, actual   money of all; error: mean absolute error per customer (money)
    naive       the same error of two rivals that know nothing: last period again, and the mean of all
    top         share of the actual money above zero held by the fifth of customers the model puts first
    by_chance   the share that fifth would hold by chance, 95 times of 100
    best_top    the same share where the order is known: no model can hold more
    correlation rank correlation (Spearman) of predicted and actual, and between which bounds it lies, 95 times of 100
                (NaN where either is the same for everybody, and of fewer than ten customers)
    deciles     decile (1 = predicted highest), customers, predicted, actual: means per customer
    """

    model: str
    predicted: float
    actual: float
    error: float
    naive: dict[str, float]
    top: float
    by_chance: Interval
    best_top: float
    correlation: float
    bounds: Interval
    deciles: pd.DataFrame
    sentence: str

    @property
    def off(self) -> float:
        """How far the total was off, as a share of what came; infinite where nothing above zero came."""
        return self.predicted / self.actual - 1 if self.actual > 0 else np.inf

    @property
    def better(self) -> tuple[bool, bool]:
        """Whether the first fifth, and the whole order, are better than chance."""
        return self.top > self.by_chance[1], self.bounds[0] > 0

    @property
    def turned(self) -> bool:
        """Whether the order is rather the other way round."""
        return self.top < self.by_chance[0] or self.bounds[1] < 0


def predict(held: Held, model: str, settings: Mapping[str, Any] | None = None) -> np.ndarray:
    """What a model would have said of the months held back: float64 (n,), unknown as 0.

    A model with a horizon of its own looks exactly that far ahead, undiscounted; from another's year, a part is taken.
    """
    chosen, given = model_of(model), dict(settings or {})
    if "horizon" in chosen.controls:
        given |= {"horizon": min(held.months, 60), "discount": 0.0}
        return np.nan_to_num(chosen(held.before, **given).values)
    return np.nan_to_num(chosen(held.before, **given).values) * held.days / YEAR


def check(held: Held, model: str, settings: Mapping[str, Any] | None = None) -> Check:
    """One model on the months held back. Raises Problem where the model cannot be used on these customers."""
    said, came = predict(held, model, settings), held.actual
    naive = {AGAIN: _error(held.last, came), MEAN: _error(np.full(len(came), held.last.mean()), came)}
    total = (float(said.sum()), float(came.sum()))
    correlation = _correlation(said, came)
    found = Check(
        model,
        *total,
        _error(said, came),
        naive,
        _top(said, came),
        _by_chance(came),
        _top(came, came),
        correlation,
        _bounds(correlation, len(came)),
        _deciles(said, came),
        "",
    )
    return replace(found, sentence=_sentence(found))


def rank(held: Held, models: Sequence[str], settings: Mapping[str, Mapping[str, Any]] | None = None) -> list[Check]:
    """The models that can be used on these customers, least error per customer first."""
    found = []
    for model in models:
        try:
            found.append(check(held, model, (settings or {}).get(model)))
        except Problem:
            continue
    return sorted(found, key=lambda one: (one.error, one.model))


def _error(said: np.ndarray, came: np.ndarray) -> float:
    return float(np.abs(said - came).mean())


def _first(said: np.ndarray) -> np.ndarray:
    """Rows from the highest prediction down; equal ones by customer id."""
    return np.argsort(-said, kind="stable")


def _fifth(size: int) -> int:
    return max(round(FIFTH * size), 1)


def _top(said: np.ndarray, came: np.ndarray) -> float:
    """Share of the money above zero that the first fifth by a prediction brought; NaN where none came.

    Of those with equal predictions, of whom only some are in the fifth, each counts in part.
    """
    gains, first = np.maximum(came, 0), _fifth(len(said))
    last = np.partition(said, len(said) - first)[len(said) - first]
    above, equal = said > last, said == last
    held = gains[above].sum() + gains[equal].sum() * (first - above.sum()) / equal.sum()
    return float(held / gains.sum()) if gains.sum() > 0 else np.nan


def _by_chance(came: np.ndarray) -> Interval:
    """Between which shares of the money above zero a fifth drawn by chance brings, 95 times of 100; NaN where none came.

    Those who bring most are drawn one by one (one of them alone may be most of it), the sum of all others as a whole.
    """
    gains = np.maximum(came, 0)
    if not gains.sum() > 0:
        return np.nan, np.nan
    chance, drawn = _fifth(len(came)) / len(came), np.random.default_rng(0)
    beside = gains - gains.mean()
    order = np.argsort(-np.abs(beside), kind="stable")
    large, others = beside[order[:SINGLY]], beside[order[SINGLY:]]
    sums = ((drawn.random((DRAWS, len(large))) < chance) - chance) @ large
    sums += drawn.normal(0, np.sqrt(chance * (1 - chance) * np.sum(others**2)), DRAWS)
    low, high = np.clip(chance + np.quantile(sums, (0.025, 0.975)) / gains.sum(), 0, 1)
    return float(low), float(high)


def _correlation(said: np.ndarray, came: np.ndarray) -> float:
    """Spearman's rank correlation; NaN where either is the same for everybody, and of too few."""
    if len(came) < FEWEST or np.ptp(said) == 0 or np.ptp(came) == 0:
        return np.nan
    return float(np.corrcoef(pd.Series(said).rank(), pd.Series(came).rank())[0, 1])


def _bounds(correlation: float, size: int) -> Interval:
    """The interval of a rank correlation of so many customers, by Fisher's transform (Bonett and Wright, 2000)."""
    if np.isnan(correlation) or abs(correlation) > 1 - 1e-12:
        return correlation, correlation
    middle, wide = np.arctanh(correlation), SURE * np.sqrt((1 + correlation**2 / 2) / (size - 3))
    return float(np.tanh(middle - wide)), float(np.tanh(middle + wide))


def _deciles(said: np.ndarray, came: np.ndarray) -> pd.DataFrame:
    order, size = _first(said), min(10, len(said))
    cuts = np.array_split(order, size)
    rows = [(at + 1, len(rows), said[rows].mean(), came[rows].mean()) for at, rows in enumerate(cuts)]
    return pd.DataFrame(rows, columns=["decile", "customers", "predicted", "actual"])


def _sentence(found: Check) -> str:
    """How far to trust the total, the order and single customers: each is judged apart."""
    return f"The total {_total(found)}; the order {_order(found)}; single customers {_single(found)}."


def _total(found: Check) -> str:
    if not np.isfinite(found.off):
        predicted, actual = formats.compact(found.predicted), formats.compact(found.actual)
        return f"cannot be trusted ({predicted} was predicted and {actual} came)"
    off = abs(found.off)
    trust = "can be trusted" if off <= FAIR else "can be trusted only roughly" if off <= WIDE else "cannot be trusted"
    return f"{trust} ({formats.share(off)} {'above' if found.off >= 0 else 'below'} what came)"


def _order(found: Check) -> str:
    if np.isnan(found.top) or found.deciles["customers"].sum() < FEWEST:
        few = f"{formats.plural(int(found.deciles['customers'].sum()), 'customer')} are too few"
        return f"cannot be judged ({'nobody brought anything' if np.isnan(found.top) else few})"
    low, high = map(formats.share, found.by_chance)
    top = f"the fifth it puts first brought {formats.share(found.top)} of the money, by chance {low} to {high}"
    return f"{_trust(found)} ({top}{_correlated(found)})"


def _trust(found: Check) -> str:
    """Whether the order is better than chance."""
    if any(found.better):
        return "can be trusted" if all(found.better) else "can be trusted only in part"
    return f"cannot be trusted: it is {'worse' if found.turned else 'no better'} than chance"


def _correlated(found: Check) -> str:
    if np.isnan(found.correlation):
        return ""
    one, low, high = (f"{value:.2f}".replace("-", formats.MINUS) for value in (found.correlation, *found.bounds))
    return f"; rank correlation {one}, {low} to {high}"


def _single(found: Check) -> str:
    rival = min(found.naive, key=lambda name: found.naive[name])
    error, other = formats.compact(found.error), formats.compact(found.naive[rival])
    if found.error < found.naive[rival]:
        return f"are forecast better than by {rival} (an error of {error} each, against {other})"
    return f"cannot be trusted (an error of {error} each, against {other} for {rival})"
