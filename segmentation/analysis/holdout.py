"""The held-back check: the last months are cut off, a model predicts them, and what really came stands beside it.

held = hold_out(table, columns, months=6)
check(held, "mbgnbd").sentence
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import YEAR
from segmentation.potential import model_of
from segmentation.problems import Problem
from segmentation.reading.draft import Progress
from segmentation.table import Table

AGAIN, MEAN = "last period again", "the mean of all"
FIFTH = 0.2
FAIR, WIDE = 0.2, 0.5  # how far the total may be off for a good, and for a fair forecast


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
    best_top    the same share where the order is known: no model can hold more
    deciles     decile (1 = predicted highest), customers, predicted, actual: means per customer
    """

    model: str
    predicted: float
    actual: float
    error: float
    naive: dict[str, float]
    top: float
    best_top: float
    deciles: pd.DataFrame
    sentence: str

    @property
    def off(self) -> float:
        """How far the total was off, as a share of what came; infinite where nothing above zero came."""
        return self.predicted / self.actual - 1 if self.actual > 0 else np.inf


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
    found = Check(
        model, *total, _error(said, came), naive, _top(said, came), _top(came, came), _deciles(said, came), ""
    )
    return _with_sentence(found)


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


def _top(said: np.ndarray, came: np.ndarray) -> float:
    """Share of the money above zero that the first fifth by a prediction brought; NaN where none came."""
    gains = np.maximum(came, 0)
    fifth = _first(said)[: max(round(FIFTH * len(said)), 1)]
    return float(gains[fifth].sum() / gains.sum()) if gains.sum() > 0 else np.nan


def _deciles(said: np.ndarray, came: np.ndarray) -> pd.DataFrame:
    order, size = _first(said), min(10, len(said))
    cuts = np.array_split(order, size)
    rows = [(at + 1, len(rows), said[rows].mean(), came[rows].mean()) for at, rows in enumerate(cuts)]
    return pd.DataFrame(rows, columns=["decile", "customers", "predicted", "actual"])


def _with_sentence(found: Check) -> Check:
    best = min(found.naive, key=lambda name: found.naive[name])
    error, rival = formats.compact(found.error), formats.compact(found.naive[best])
    beaten = f"its error per customer is {error}, against {rival} for {best}"
    top = f"the fifth it puts first brought {formats.share(found.top)} of the money"
    return replace(found, sentence=f"{_verdict(found, best)}: {_total(found)}, {beaten}, and {top}.")


def _total(found: Check) -> str:
    if not np.isfinite(found.off):
        return f"it said {formats.compact(found.predicted)} in all and {formats.compact(found.actual)} came"
    way = "above" if found.off >= 0 else "below"
    return f"its total was {formats.share(abs(found.off))} {way} what came"


def _verdict(found: Check, best: str) -> str:
    """How far to trust the number."""
    better, off = found.error < found.naive[best], abs(found.off)
    if better and off <= FAIR:
        return "Trust the total and the order"
    if better and off <= WIDE:
        return "Trust the order, and the total only roughly"
    if better:
        return "Trust the order, not the total"
    return "Do not plan with the amount of a single customer" if off <= WIDE else "Do not trust it here"
