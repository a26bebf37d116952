"""What if: levers for each segment, today's profit beside what it would be, and which lever matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.analysis.action import pnl
from segmentation.analysis.action.pulled import CALLED, LEVERS, Pulled, pulled_of
from segmentation.analysis.levers import Books
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.segmentation import UNKNOWN, Segmentation

DUST = 1e-9  # money: what is nothing
SMALL = 0.25  # the tornado's minimum order: where so many of the segment's customers order less


@dataclass(frozen=True)
class Facts:
    """What is measured of a segment: how many they are, and what the assumptions are where nobody makes another.

    stay     share of those who bought in the earlier half of the period who bought in the recent half too, NaN where unknown
    uplift   one average order, or what a customer brings where orders are not counted (money)
    kept     share of revenue left after the cost of sales
    """

    customers: int
    stay: float
    uplift: float
    kept: float


@dataclass(frozen=True)
class Outcome:
    """Profit before and after (money), what each lever adds (they add up to after − before), and how many customers stay."""

    before: float
    after: float
    by_lever: dict[str, float]
    customers: int
    staying: int

    @property
    def gain(self) -> float:
        return self.after - self.before


class Ground:
    """A segmentation made ready for levers: sums per segment, and each customer's numbers where a lever asks for them."""

    def __init__(self, segmentation: Segmentation) -> None:
        self.segmentation, self.names = segmentation, segmentation.shown
        customers = segmentation.customers
        self.money = customers.money
        self.known = [name for name in ("revenue", "cost_to_serve", "average_order") if name in customers.frame]
        sums = {
            name: segmentation.sums(name)
            for name in ("revenue", "cost_to_serve", "orders", self.money)
            if name in customers.frame
        }
        zero = np.zeros(len(segmentation.names) + 1)
        self._revenue, self._serve = sums.get("revenue", zero), sums.get("cost_to_serve", zero)
        self._cost = self._revenue - self._serve - sums[self.money]
        self._orders, self._counts, self._stays = (
            sums.get("orders", zero),
            segmentation.counts,
            pnl.stayed(segmentation),
        )
        self._books: dict[int, Books] = {}
        self._kept: dict[Any, Any] = {}
        self._pulled: dict[tuple[int, Pulled], Outcome] = {}
        self._today: dict[str, Outcome] = {}

    def place(self, name: str) -> int:
        return (*self.segmentation.names, UNKNOWN).index(name)

    def facts(self, name: str) -> Facts:
        at = self.place(name)
        revenue, cost, count = float(self._revenue[at]), float(self._cost[at]), int(self._counts[at])
        orders = float(self._orders[at])
        each = revenue / orders if orders > 0 else revenue / max(count, 1)
        return Facts(count, float(self._stays[at]), max(each, 0.0), (revenue - cost) / revenue if revenue > 0 else 0.0)

    def summed(self, at: int) -> Books:
        """The segment as one customer."""
        revenue, cost, serve = (np.array([part[at]]) for part in (self._revenue, self._cost, self._serve))
        return Books(revenue, cost, serve, np.full(1, np.inf))

    def books(self, at: int) -> Books:
        """Each customer of the segment; kept."""
        if at not in self._books:
            self._books[at] = Books.of(self.segmentation.customers, np.flatnonzero(self.segmentation.codes == at))
        return self._books[at]

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """`make()` once for a key, as long as this stands, and there are not too many."""
        if len(self._kept) > 100:
            self._kept.clear()
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def quarter(self, name: str) -> float:
        """The order below which a quarter of a segment's customers order; 0 where no orders are known."""

        def found() -> float:
            order = self.books(self.place(name)).order
            known = order[np.isfinite(order)]
            return formats.two_digits(float(np.quantile(known, SMALL))) if len(known) else 0.0

        return self.kept(("quarter", name), found)

    def pulled(self, name: str, levers: Pulled) -> Outcome:
        """What these levers do to one segment; recent answers are kept. Raises Problem where they make no sense."""
        key = (self.place(name), levers)
        if key not in self._pulled:
            if len(self._pulled) > 500:
                self._pulled.clear()
            self._pulled[key] = _pull(self, name, levers)
        return self._pulled[key]

    def under(self, name: str, held: Mapping[str, Any] | None) -> Outcome:
        """What the levers a scenario holds for one segment do to it; it stays as it is where there are none."""
        if held:
            return self.pulled(name, pulled_of(held, name))
        if name not in self._today:
            self._today[name] = self.pulled(name, Pulled())
        return self._today[name]


def _pull(ground: Ground, name: str, levers: Pulled) -> Outcome:
    facts, at = ground.facts(name), ground.place(name)
    _check(ground, name, levers, facts)
    each = levers.minimum or levers.let_go  # what does the same to everybody needs their sums alone
    steps = {"today": ground.books(at) if each else ground.summed(at)}
    steps["frequency"] = steps["today"].times(1 + levers.frequency)
    steps["price"] = steps["frequency"].times(max(1 - levers.lost * levers.price, 0.0)).priced(levers.price)
    staying = 1 + levers.retention
    steps["retention"] = steps["price"].times(staying)
    steps["minimum"] = _at_least(steps["retention"], levers)
    steps["serve"] = steps["minimum"].served(levers.serve)
    gone = round(levers.let_go * facts.customers)
    totals = [books.total for books in steps.values()]
    by_lever = dict(zip(list(steps)[1:], np.diff(totals).tolist(), strict=True))
    by_lever["let_go"] = -steps["serve"].worst(gone)
    left = max(round((facts.customers - gone) * staying), 0)
    by_lever["campaign"] = left * (levers.response * _worth(levers, facts) - levers.contact)
    return Outcome(totals[0], totals[-1] + by_lever["let_go"] + by_lever["campaign"], by_lever, facts.customers, left)


def _at_least(books: Books, levers: Pulled) -> Books:
    """A minimum order: some of those who order less leave, the others order more at a time."""
    if not levers.minimum:
        return books
    leaving = np.where(books.order < levers.minimum, 1 - levers.leave, 1.0) if levers.leave else 1.0
    return books.gathered(levers.minimum).times(leaving)


def _today(levers: Pulled, facts: Facts) -> float:
    return facts.stay if levers.stay is None else levers.stay


def _worth(levers: Pulled, facts: Facts) -> float:
    """What one answer to a campaign leaves (money)."""
    uplift = facts.uplift if levers.uplift is None else levers.uplift
    return uplift * (facts.kept if levers.kept is None else levers.kept)


def _check(ground: Ground, name: str, levers: Pulled, facts: Facts) -> None:
    """Problem where a lever is of something that is not known, or where it cannot be."""
    for lever, needed in (("price", "revenue"), ("serve", "cost_to_serve"), ("minimum", "average_order")):
        if getattr(levers, lever) and needed not in ground.known:
            raise Problem(f"{CALLED[lever]} cannot be moved: these customers have no {CALLED_COLUMNS[needed]}.")
    if levers.minimum and "cost_to_serve" not in ground.known and not levers.leave:
        raise Problem(
            "A minimum order saves cost to serve, and none is known here: give it on the Data or Portfolio page."
        )
    if not levers.retention:
        return
    today = _today(levers, facts)
    if not today > 0:  # not known either
        raise Problem(
            f"How many of {name} stay today is not known: say it among the assumptions, then retention can be moved."
        )
    if not 0 <= today + levers.retention <= 1 + 1e-9:
        way = (
            f"up to {100 * (1 - today):.0f} points more"
            if levers.retention > 0
            else f"down to {100 * today:.0f} points less"
        )
        raise Problem(
            f"Retention of {name} would be {formats.share(today + levers.retention)}: it is {formats.share(today)} today and ends "
            f"at 0% and 100%, so it can be {way}."
        )


CALLED_COLUMNS = {"revenue": "revenue", "cost_to_serve": "cost to serve", "average_order": "size of an order"}


def break_even(ground: Ground, name: str, levers: Pulled) -> float:
    """The response at which a campaign earns what it costs: a share, above 1 where it never can; NaN where nothing is spent."""
    worth = _worth(levers, ground.facts(name))
    if levers.contact <= 0:
        return np.nan
    return levers.contact / worth if worth > 0 else np.inf


def each(ground: Ground, scenario: Mapping[str, Mapping[str, float]]) -> list[tuple[str, Outcome]]:
    """Each segment with its outcome under a scenario; one whose levers cannot be in these data is passed over."""
    found = []
    for name in ground.names:
        with suppress(Problem):
            found.append((str(name), ground.under(name, scenario.get(name))))
    return found


def together(ground: Ground, scenario: Mapping[str, Mapping[str, float]]) -> Outcome:
    """All segments under a scenario (segment → its levers; the others stay as they are), added up.

    Raises Problem as `pulled_of` and the levers do. A segment that there is not is passed over.
    """
    return added([ground.under(name, scenario.get(name)) for name in ground.names])


def added(outcomes: Sequence[Outcome]) -> Outcome:
    """Outcomes of several segments as one."""
    by_lever = {name: sum(one.by_lever[name] for one in outcomes) for name in LEVERS}
    before, after = (sum(getattr(one, part) for one in outcomes) for part in ("before", "after"))
    return Outcome(
        before, after, by_lever, sum(one.customers for one in outcomes), sum(one.staying for one in outcomes)
    )


def steps(outcome: Outcome) -> dict[str, float]:
    """The levers that do something, by what they are called → what each adds: the steps of a bridge."""
    return {LEVERS[name]: change for name, change in outcome.by_lever.items() if abs(change) > DUST}


def tornado(
    ground: Ground, names: Sequence[str], step: float, scenario: Mapping[str, Mapping[str, float]]
) -> pd.DataFrame:
    """Which lever matters most for these segments: each moved alone by a step down and up from today, the widest first.

    step   a share (0.1: ten per cent; of retention ten points, as far as it goes); what is assumed is as in the scenario
    Columns: lever, low and high (change of profit, NaN where it cannot be moved that way), low_said, high_said, rank.
    """
    rows = []
    for lever in [one for one in LEVERS if one != "campaign"]:
        low, high = (_moved(ground, names, lever, way * step, scenario) for way in (-1, 1))
        if np.nanmax(np.abs([low, high, 0.0])) > DUST:  # what cannot be moved, or moves nothing, is left out
            rows.append((lever, low, high))
    frame = pd.DataFrame(rows, columns=["key", "low", "high"])
    width = frame[["low", "high"]].abs().max(axis=1)
    frame = frame.loc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
    for way, sign in (("low", formats.MINUS), ("high", "+")):
        points = [_points(ground, name, -step if way == "low" else step, scenario) for name in names]
        frame[f"{way}_said"] = [_how(key, sign, step, points) for key in frame["key"]]
    frame["lever"] = frame["key"].map(LEVERS)
    return frame.assign(rank=range(len(frame)))


def _how(lever: str, sign: str, step: float, points: Sequence[float]) -> str:
    """By what a lever was moved, in words; points: by how much retention of each segment could be."""
    if lever == "minimum":
        return "a quarter below"
    if lever == "let_go":
        return f"lowest {formats.share(step)}"
    if lever != "retention":
        return f"{sign}{formats.share(step)}"
    moved = sorted({round(100 * abs(one), 1) for one in points if one}) or [0.0]
    return f"{'up to ' if len(moved) > 1 else ''}{sign}{moved[-1]:g} {'point' if moved[-1] == 1 else 'points'}"


def _points(ground: Ground, name: str, by: float, scenario: Mapping[str, Mapping[str, float]]) -> float:
    """By how much retention of a segment is moved: as far as it goes, not at all where it is not known."""
    today = _today(_assumed(scenario, name), ground.facts(name))
    return float(np.clip(by, -today, 1 - today)) if today > 0 else 0.0


def _assumed(scenario: Mapping[str, Mapping[str, float]], name: str) -> Pulled:
    return Pulled(**{key: value for key, value in scenario.get(name, {}).items() if key in ASSUMED})


def _moved(
    ground: Ground, names: Sequence[str], lever: str, by: float, scenario: Mapping[str, Mapping[str, float]]
) -> float:
    """What one lever alone does to these segments together; NaN where it cannot be moved that way."""
    if lever in ("let_go", "minimum") and by < 0:
        return np.nan
    total, moved = 0.0, False
    for name in names:
        to = _points(ground, name, by, scenario) if lever == "retention" else by
        to = ground.quarter(name) if lever == "minimum" else to
        moved |= bool(to)
        try:
            total += ground.pulled(name, replace(_assumed(scenario, name), **{lever: to})).gain
        except Problem:
            return np.nan
    return total if moved else np.nan


ASSUMED = ("lost", "leave", "stay", "uplift", "kept")
NAMES = tuple(one.name for one in fields(Pulled))


def told(outcome: Outcome, money: str, currency: str = "") -> str:
    """Profit before and after with the change, in one sentence of plain text."""
    say = lambda value: formats.compact(value, currency)  # noqa: E731
    if not steps(outcome):
        return f"{money.capitalize()} is {say(outcome.before)} today. Move a lever to see what it would be."
    more = "more" if outcome.gain >= 0 else "less"
    gone = outcome.customers - outcome.staying
    fewer = f", with {formats.plural(gone, 'customer')} fewer" if gone > 0 else ""
    fewer = f", with {formats.plural(-gone, 'customer')} more" if gone < 0 else fewer
    before, after = formats.apart(outcome.before, outcome.after, currency)
    return f"{money.capitalize()} would be {after} instead of {before}: {say(abs(outcome.gain))} {more}{fewer}."
