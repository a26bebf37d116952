"""The laws every method keeps, and customers and thresholds that try to break them.

The methods are found, never listed: a new file in segmentation/methods/ is tested as soon as it is there.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from segmentation import METHODS, formats
from segmentation.analysis.action.pnl import profit_and_loss
from segmentation.analysis.summary import finding, summarise
from segmentation.customers.customers import Customers
from segmentation.segments.bands import Runs, of_columns
from segmentation.segments.controls import (
    Attribute,
    Called,
    Choice,
    Column,
    Columns,
    Edges,
    Names,
    Number,
    Rows,
    Slider,
)
from segmentation.segments.method import Method, Other
from segmentation.segments.segmentation import UNKNOWN, Segmentation
from tests.small import customers as make

each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

AMOUNTS = (
    "revenue",
    "profit",
    "cost_to_serve",
    "units",
    "potential",
    "revenue_before",
    "revenue_recent",
    "spend_last_quarter",
)
BEHAVIOUR = ("visits_last_quarter", "age", "opened", "clicked", "bought", "referrals")
COUNTS = ("orders", "recency_days", "tenure_days", "cycle_days", "visits_per_quarter", *BEHAVIOUR)
RATIOS = ("revenue_cv", "revenue_cv_month", "discount_share", "express_share", "price_index", "response")
WORDS = {
    "region": ("North", "South", "=EAST()", "Other", "Unknown", None),
    "stage": ("Signed up", "trial", "paid", "nonsense", None),
    "cnc": ("yes", "no", None),
    "special_tools": ("yes", "no"),
    "standard_tools": ("yes", "no", None),
    "production": ("growing", "steady", None),
}
TINY, HUGE = 0.01, 1e12

NASTY = {  # values that meet edges and each other, beside ordinary ones
    "amounts": ((0.0, 0.0, TINY, 10.0, 10.0, 20.0, -5.0, HUGE, 0.1, 0.2, np.nan), (-50_000, 200_000), 100),
    "counts": ((0.0, 1.0, 1.0, 30.0, 31.0, 90.0, 365.0, np.nan), (0, 1500), 1),
    "ratios": ((0.0, 0.5, 1.0, 1.0, np.nan), (0, 4_000_000), 999_983),
}


def column(rng: np.random.Generator, kind: str, size: int) -> np.ndarray:
    """Values of one column: of a mixture, or all alike, or all missing."""
    nasty, limits, per = NASTY[kind]
    mixed = np.where(rng.random(size) < rng.random(), rng.choice(nasty, size), rng.integers(*limits, size) / per)
    chance = rng.random()
    return np.full(size, np.nan if chance < 0.05 else mixed[0]) if chance < 0.15 else mixed


class Shown(Customers):
    """Customers that a failing test prints in full."""

    def __repr__(self) -> str:
        return f"as of {self.as_of}\n{self.frame.T.to_string()}"


@st.composite
def customers(draw: st.DrawFn, largest: int = 24) -> Customers:
    """Customers with every column a method may ask for: ties, zeros, losses, gaps, one customer, extremes.

    The values come from one drawn seed, which is a hundred times faster than drawing each of them.
    """
    size = draw(st.integers(1, largest))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = {"amounts": AMOUNTS, "counts": COUNTS, "ratios": RATIOS}
    columns: dict[str, Any] = {name: column(rng, kind, size) for kind, names in kinds.items() for name in names}
    before, recent = columns["revenue_before"], columns["revenue_recent"]
    columns["growth"] = np.divide(recent, before, out=np.full(size, np.nan), where=before > 0) - 1
    orders = columns["orders"]
    columns["average_order"] = np.divide(columns["revenue"], orders, out=np.full(size, np.nan), where=orders > 0)
    as_of = draw(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)))
    words: dict[str, Any] = {name: rng.choice(np.array(said, object), size) for name, said in WORDS.items()}
    for name, said in words.items():
        said[0] = said[0] or WORDS[name][0]  # a column of words without a word is refused
    words["stage"][0] = "paid"  # as is one of stages without a stage
    words["region"] = pd.Categorical(words["region"])
    return Shown(make(as_of=as_of, **columns, **words).frame, as_of=as_of)


@cache  # what is drawn is looked through once, which takes longer than to draw
def positions(slider: Slider) -> st.SearchStrategy[float]:
    """Every position of a slider on its steps."""
    steps = round((slider.high - slider.low) / slider.step)
    return st.integers(0, steps).map(lambda step: round(slider.low + step * slider.step, 10))


def values(control: Any, people: Customers) -> st.SearchStrategy:
    """Any value a control allows; edges also on the customers' own values, where ties live."""
    if isinstance(control, Slider):
        return positions(control)
    if isinstance(control, Number):
        return st.integers(control.low, control.high)
    if isinstance(control, Choice):
        return one_of(*control.options)
    if isinstance(control, Column):
        return one_of(*people.numeric)
    if isinstance(control, Columns):
        return several(control.fewest, *people.numeric)
    if isinstance(control, Attribute):
        return st.just("")
    if isinstance(control, Rows):
        return rows(people.numeric)
    if isinstance(control, Names):
        return renamed(*control.cells)
    if isinstance(control, Called):
        return RENAMED
    if isinstance(control, Other):
        return CROSSED
    assert isinstance(control, Edges), f"say in tests/laws.py which values a {control.kind} takes"
    held = {value for name in people.numeric for value in people.values(name) if value >= control.low}
    cut = st.one_of(st.sampled_from(sorted(held) or [1.0]), st.floats(max(control.low, -1e6), 1e6))
    return st.lists(cut, min_size=1, max_size=control.most).map(lambda cuts: tuple(sorted(cuts)))


@cache
def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(words)


@cache
def several(fewest: int, *columns: str) -> st.SearchStrategy[tuple[str, ...]]:
    """So many columns, or up to three more."""
    return st.lists(one_of(*columns), min_size=fewest, max_size=fewest + 3, unique=True).map(tuple)


@cache
def renamed(*cells: str) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(one_of(*cells), one_of("Ours", "Lost", "Champions"), max_size=4)


SHOWN = one_of("High revenue", "Low revenue", "All together", "Ours")
RENAMED = st.dictionaries(SHOWN, SHOWN, max_size=3)
CROSSED = st.sampled_from((  # methods to cross, by placings of every kind, one with a threshold
    "abc_classes",
    {"method": "lifecycle", "step": 6},
    "abc_xyz",
    "value_score",
    {"method": "rules", "rules": [{"when": "region = North", "segment": "N"}]},
    "attribute",
))  # fmt: skip


@cache
def rows(numeric: tuple[str, ...]) -> st.SearchStrategy[tuple[dict[str, str], ...]]:
    """If-then rows over these numbers, and over words, of the customers."""
    number = st.builds(
        "{} {} {:g}".format,
        one_of(*numeric),
        st.sampled_from(("=", "!=", "<", "<=", ">", ">=")),
        st.sampled_from((0.0, 1.0, 10.0, 30.0, 0.5)),
    )
    other = st.sampled_from(
        ("region in (North, South)", "revenue between 0 and 20", "orders is missing", "cnc is known", "stage != paid")
    )
    when = st.lists(number | other, min_size=1, max_size=3).map(" and ".join) | st.just("else")
    row = st.fixed_dictionaries({"when": when, "segment": st.sampled_from(("One", "Two", "Other", "1"))})
    return st.lists(row, min_size=1, max_size=5).map(tuple)


@st.composite
def thresholds(draw: st.DrawFn, method: Method, people: Customers) -> dict[str, Any]:
    """Any thresholds a method allows: those that must not cross are in order."""
    drawn = {name: draw(values(control, people)) for name, control in method.controls.items()}
    for _ in method.bounds:  # so often that a chain of them is in order
        for name, upper in method.bounds:
            drawn[name], drawn[upper] = sorted((drawn[name], drawn[upper]))
    for name, upper in reversed(method.bounds):  # sliders of different lengths
        if isinstance(control := method.controls[name], Slider):
            drawn[name] = min(drawn[name], control.high, drawn[upper])
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


def unknown_is_missing(result: Segmentation) -> None:
    """*Unknown* are those, and only those, of whom a value the method cuts is missing.

    A method that names no columns it cuts (rules, scores, degrees) may know somebody in spite of a gap, but calls nobody
    unknown who has none.
    """
    people = result.customers
    unknown = result.codes == len(result.names)
    if not of_columns(result.placing):
        assert not (unknown & people.frame.notna().all(axis=1).to_numpy()).any()
        return
    lacking = {name: np.isnan(people.values(name)) for name in result.columns}
    assert np.array_equal(unknown, np.logical_or.reduce(list(lacking.values())))


def sums_are_exact(result: Segmentation) -> None:
    """Sums per segment are those of whole cents, however the segmentation is held; shares add to 1."""
    assert np.array_equal(np.bincount(result.codes, minlength=len(result.names) + 1), result.counts)
    for name in AMOUNTS:
        in_cents = [0 if np.isnan(value) else round(value * 100) for value in result.customers.values(name)]
        expected = [0] * (len(result.names) + 1)
        for code, amount in zip(result.codes, in_cents, strict=True):
            expected[code] += amount
        assert result.sums(name).tolist() == [amount / 100 for amount in expected]
    summary = summarise(result)
    assert summary["customers"].sum() == len(result.customers)
    shares = summary.filter(like="share_of_").sum(skipna=False).dropna()
    assert np.allclose(shares, 1, rtol=0, atol=1e-9)


def profit_and_loss_adds_up(result: Segmentation) -> None:
    """Each line of the profit and loss adds up to the base, and the lines of a segment to its profit, to the cent."""
    table, people = profit_and_loss(result), result.customers
    assert table["customers"].sum() == len(people)
    for line in ("revenue", "cost_to_serve", "profit"):
        assert abs(table[line].sum() - people.total(line)) < 0.005
    rest = table["revenue"] - table["cost"] - table["cost_to_serve"] - table.get("without", 0.0)
    assert np.allclose(rest, table["profit"], rtol=0, atol=0.005)
    assert table["losers"].sum() == (people.values("profit") < 0).sum()


# What is said of it


def headline_answers(method: Method, result: Segmentation) -> None:
    """The headline tells, of every segment asked about, how many are in it, or that nobody is; else of the largest, or of that
    which brings most beyond its part, where the method says so and shares of the money are known."""
    said = finding(result, summarise(result), method=method)
    counts = dict(zip(result.names, result.counts.tolist(), strict=False))
    if not any(counts.values()) and result.counts[-1]:
        assert f"Nobody can be placed**: of all {result.counts[-1]:,} customer" in said
        return
    asked = [[name for name in group if name in counts] for group in method.asks]
    held = [[name for name in group if counts[name]] for group in asked]
    for group in filter(None, held):
        who = sum(counts[name] for name in group)
        first = ("Segments " if len(group) > 1 else "Segment ") if all(map(str.isdecimal, group)) else ""
        assert f"**{first}{formats.listed(group)}: {who:,} customer{'' if who == 1 else 's'}**" in said
    nobody = said.split("Nobody is in ")[1].split(". ")[0] if "Nobody is in " in said else ""
    assert all(name in nobody for group in asked for name in group if not counts[name])
    if not any(held) and any(counts.values()):
        spoken_of_the_richest(method, result, said) or spoken_of_the_largest(counts, said)


def spoken_of_the_largest(counts: dict[str, int], said: str) -> None:
    largest = said.split(" customer")[0].rsplit(": ", 1)[1].removeprefix("all ")  # where they are in no group
    assert max(counts.values()) == int(largest.replace(",", ""))


def spoken_of_the_richest(method: Method, result: Segmentation, said: str) -> bool:
    """Whether it was: of the segment whose share of the money is furthest beyond its share of customers, one that brings a
    fifth more per customer than the average before others; with what to do."""
    people, money = result.customers, result.customers.money
    if not method.richest or money not in people.frame or people.total(money) <= 0:
        return False
    table = summarise(result).query("segment != 'Unknown'")
    if len(summarise(result)) < 2:
        return False
    beyond = (table[f"share_of_{money}"] - table["share_of_customers"]).to_numpy()
    if beyond.max() <= 0:
        return False
    clear = beyond >= 0.2 * table["share_of_customers"].to_numpy() + 1e-9
    wanted = beyond[clear & (beyond > 0)].max(initial=0) or beyond.max()
    spoken = [one for one, name in zip(beyond, table["segment"], strict=True) if said.startswith(f"**{name}: ")]
    assert spoken and max(spoken) >= wanted - 1e-9
    assert ("look after them first" in said) or ("No group brings much more" in said and not clear.any())
    return True


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
    """Customers who stand between the old and the new place of a cut, in the metric that is cut: bool (n,).

    Who stands on the higher place does not, unless cuts are spans, whose upper limit still belongs.
    """
    people = before.customers
    metric = people.compared(before.columns[0])
    if before.cuts_share:  # cut in the share reached before each customer; nobody at or below zero
        ranked = people.ranked(before.columns[0])
        metric = np.full(len(people), np.nan)
        metric[ranked.order[: ranked.positive]] = ranked.before
    pairs = [sorted(pair) for pair in zip(before.cuts, after.cuts, strict=True)]
    if isinstance(before.placing, Runs) and before.placing.closed == "right":
        return np.logical_or.reduce([(metric > low) & (metric <= high) for low, high in pairs])
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
