"""The laws every method keeps, and customers and thresholds that try to break them.

The methods are found, never listed: a new file in segmentation/methods/ is tested as soon as it is there.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from small import customers as make

from segmentation.customers import Customers
from segmentation.method import Choice, Column, Edges, Method, Slider
from segmentation.segmentation import UNKNOWN, Segmentation
from segmentation.summary import summarise

AMOUNTS = ("revenue", "profit", "cost_to_serve", "units", "potential", "revenue_before", "revenue_recent")
COUNTS = ("orders", "recency_days", "tenure_days", "cycle_days", "visits_per_quarter")
RATIOS = ("revenue_cv", "revenue_cv_month")
REGIONS = ("North", "South", "=EAST()", None)
TINY, HUGE = 0.01, 1e12

cents = st.integers(-50_000, 200_000).map(lambda number: number / 100)
amounts = st.one_of(
    st.sampled_from((0.0, 0.0, TINY, 10.0, 10.0, 20.0, -5.0, HUGE, 0.1, 0.2, np.nan)), st.integers(0, 30), cents
)
counts = st.one_of(st.sampled_from((0.0, 1.0, 1.0, 30.0, 31.0, 90.0, 365.0, np.nan)), st.integers(0, 1500))
ratios = st.one_of(st.sampled_from((0.0, 0.5, 1.0, 1.0, np.nan)), st.floats(0, 4, allow_subnormal=False))


def column(elements: st.SearchStrategy, size: int) -> st.SearchStrategy[np.ndarray]:
    """Values of one column: any mixture, all alike, or all missing."""
    alike = st.one_of(elements, st.just(np.nan)).map(lambda value: [value] * size)
    return st.one_of(st.lists(elements, min_size=size, max_size=size), alike).map(lambda v: np.array(v, np.float64))


@st.composite
def customers(draw: st.DrawFn, largest: int = 24) -> Customers:
    """Customers with every column a method may ask for: ties, zeros, losses, gaps, one customer, extremes."""
    size = draw(st.integers(1, largest))
    columns: dict[str, Any] = {}
    for names, elements in ((AMOUNTS, amounts), (COUNTS, counts), (RATIOS, ratios)):
        columns |= {name: draw(column(elements, size)) for name in names}
    before, recent = columns["revenue_before"], columns["revenue_recent"]
    columns["growth"] = np.divide(recent, before, out=np.full(size, np.nan), where=before > 0) - 1
    orders = columns["orders"]
    columns["average_order"] = np.divide(columns["revenue"], orders, out=np.full(size, np.nan), where=orders > 0)
    as_of = draw(st.one_of(st.none(), st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))))
    region = draw(st.lists(st.sampled_from(REGIONS), min_size=size, max_size=size))
    return make(as_of=as_of, **columns, region=pd.Categorical(region))


def positions(slider: Slider) -> st.SearchStrategy[float]:
    """Every position of a slider on its steps."""
    steps = round((slider.high - slider.low) / slider.step)
    return st.integers(0, steps).map(lambda step: round(slider.low + step * slider.step, 10))


def values(control: Any, people: Customers) -> st.SearchStrategy:
    """Any value a control allows; edges also on the customers' own values, where ties live."""
    if isinstance(control, Slider):
        return positions(control)
    if isinstance(control, Choice):
        return st.sampled_from(list(control.options))
    if isinstance(control, Column):
        return st.sampled_from(people.numeric)
    assert isinstance(control, Edges), f"say in tests/laws.py which values a {control.kind} takes"
    held = {value for name in people.numeric for value in people.values(name) if value >= control.low}
    cut = st.one_of(st.sampled_from(sorted(held) or [1.0]), st.floats(max(control.low, -1e6), 1e6))
    return st.lists(cut, min_size=1, max_size=control.most).map(lambda cuts: tuple(sorted(cuts)))


@st.composite
def thresholds(draw: st.DrawFn, method: Method, people: Customers) -> dict[str, Any]:
    """Any thresholds a method allows: two-ended sliders are in order."""
    drawn = {name: draw(values(control, people)) for name, control in method.controls.items()}
    for name, control in method.controls.items():
        if upper := getattr(control, "with_", None):
            drawn[name], drawn[upper] = sorted((drawn[name], drawn[upper]))
    return drawn


# The laws


def everybody_once(result: Segmentation) -> None:
    """Each customer in exactly one segment, nobody dropped, and every way to ask says the same."""
    people, names = result.customers, (*result.names, UNKNOWN)
    labels = result.labels()
    assert len(set(names)) == len(names)
    assert labels.index.equals(people.frame.index)
    assert not labels.isna().any()
    assert labels.cat.ordered
    assert tuple(labels.cat.categories) == result.shown
    assert result.codes.min() >= 0 and result.codes.max() < len(names)
    assert np.array_equal(result.counts, np.bincount(result.codes, minlength=len(names)))
    rows = [result.rows(name) for name in names]
    assert [len(part) for part in rows] == list(result.counts)
    assert np.array_equal(np.sort(np.concatenate(rows)), np.arange(len(people)))


def missing(people: Customers, name: str) -> np.ndarray:
    """Whether a customer's value is missing. Growth is known from its two halves where it is no number."""
    gone = np.isnan(people.values(name))
    if name == "growth":
        gone &= np.isnan(people.values("revenue_before")) | np.isnan(people.values("revenue_recent"))
    return gone


def unknown_is_missing(result: Segmentation) -> None:
    """*Unknown* are those, and only those, of whom a value the method cuts is missing."""
    gone = np.logical_or.reduce([missing(result.customers, name) for name in result.columns])
    assert np.array_equal(result.codes == len(result.names), gone)


def sums_are_exact(result: Segmentation) -> None:
    """Sums per segment are those of whole cents, however the segmentation is held; shares add to 1."""
    by_codes = Segmentation(result.customers, result.names, result.codes.copy())
    assert np.array_equal(by_codes.counts, result.counts)
    for name in AMOUNTS:
        in_cents = [0 if np.isnan(value) else round(value * 100) for value in result.customers.values(name)]
        expected = [0] * (len(result.names) + 1)
        for code, amount in zip(result.codes, in_cents, strict=True):
            expected[code] += amount
        assert result.sums(name).tolist() == [amount / 100 for amount in expected]
        assert by_codes.sums(name).tolist() == result.sums(name).tolist()
    summary = summarise(result)
    assert summary["customers"].sum() == len(result.customers)
    shares = summary.filter(like="share_of_").sum(skipna=False).dropna()
    assert np.allclose(shares, 1, rtol=0, atol=1e-9)


# What a moved threshold may do


def standing(result: Segmentation) -> dict[str, np.ndarray]:
    """Where customers stand: their scores where the method gives scores, else their segment."""
    detail = result.detail
    scores = [] if detail is None else [name for name in detail if pd.api.types.is_integer_dtype(detail[name].dtype)]
    if detail is not None and scores:
        return {name: detail[name].to_numpy(np.int64, na_value=-1) for name in scores}
    return {"segment": np.asarray(result.labels().astype("str"))}


def nobody_comes_the_other_way(before: Segmentation, after: Segmentation) -> None:
    """Where some move from P to Q, nobody moves from Q to P; and who stands as before stays in the segment."""
    old, new = standing(before), standing(after)
    stayed = np.ones(len(before.customers), bool)
    for name in old:
        moves = {(p, q) for p, q in zip(old[name], new[name], strict=True) if p != q}
        assert not {(q, p) for p, q in moves} & moves
        stayed &= old[name] == new[name]
    labels = (np.asarray(result.labels().astype("str")) for result in (before, after))
    assert np.logical_or(~stayed, np.equal(*labels)).all()


def between(before: Segmentation, after: Segmentation) -> np.ndarray:
    """Customers who stand between the old and the new place of a cut, in the metric that is cut: bool (n,)."""
    people = before.customers
    metric = people.values(before.columns[0])
    if before.runs is not None:  # cut in the share reached before each customer; nobody at or below zero
        ranked, _ = before.runs
        metric = np.full(len(people), np.nan)
        metric[ranked.order[: ranked.positive]] = ranked.before
    pairs = [sorted(pair) for pair in zip(before.cuts, after.cuts, strict=True)]
    return np.logical_or.reduce([(metric >= low) & (metric < high) for low, high in pairs])


def only_those_between_move(before: Segmentation, after: Segmentation) -> None:
    """Cuts that move one way move all who stand between their places, all one way, and nobody else."""
    moved = after.codes.astype(int) - before.codes
    assert (moved >= 0).all() or (moved <= 0).all()
    assert np.array_equal(moved != 0, between(before, after))


def counting(method: Method, name: str, given: Mapping[str, Any]) -> bool:
    """Whether a threshold counts under the other choices."""
    when = method.controls[name].when
    return when is None or given[when[0]] == when[1]
