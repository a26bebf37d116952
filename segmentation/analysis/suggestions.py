"""Thresholds to start from, read off the data: gaps, shares, where a curve turns, the business cycle. Only offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.customers import attributes
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers, Ranked
from segmentation.problems import Problem
from segmentation.segments.bands import Coded, Merged, Placing, Runs
from segmentation.segments.method import Edges, Method, Other, Rows
from segmentation.segments.rules import SIDES, Rule, parse
from segmentation.segments.segmentation import Segmentation

POINTS = 400  # quantiles that natural breaks are looked for among
APART = 7  # segments of different colour
MONTH = 365.25 / 12
Start = tuple[Any, str]
Suggested = dict[str, Start]


def suggest(method: Method, customers: Customers, thresholds: Mapping[str, Any] | None = None) -> Suggested:
    """{threshold: (value, why)} for those about which the data say something; nothing is applied.

    Every value can be given to the method as it is, with the choice under which it counts. Raises Problem as the
    method does.
    """
    values = method.complete(thresholds or {})
    result = method(customers, **values)
    found = {name: start for name in values if (start := _of_control(method, name, values, result))}
    special = SPECIAL.get(method.name)
    found |= special(customers, values, result) if special else {}
    return _allowed(method, values, found)


def _of_control(method: Method, name: str, values: Mapping[str, Any], result: Segmentation) -> Start | None:
    """What can be said of a threshold whatever the method."""
    control, value = method.controls[name], values[name]
    if isinstance(control, Edges):
        return _edges(control, value, result)
    if isinstance(control, Rows):
        return _numbers(value, result.customers)
    return _within(name, value, result.customers) if isinstance(control, Other) else None


def _edges(control: Edges, cuts: tuple[float, ...], result: Segmentation) -> Start | None:
    """Gaps, or equal numbers of customers, for edges that cut a column; shares for cuts that are shares."""
    runs = [run for run in _runs(result.placing) if len(run.cuts) == len(cuts)]
    if control.unit.startswith("share") and len(runs) == 1:
        ranked, size = runs[0].ranked, len(cuts)
        if control.unit == "share of customers":
            return _shares_below(ranked, size)
        turns = bends(ranked) if size <= 2 else None
        return (tuple(round(reached, 2) for _, reached in turns[:size]), CURVE) if turns else None
    run = next((run for run in runs if not run.share and sorted(run.cuts) == sorted(cuts)), None)
    return gaps(run.ranked, len(cuts)) if run else None


def _runs(placing: Placing) -> tuple[Runs, ...]:
    return placing.runs if isinstance(placing, Merged) else (placing,) if isinstance(placing, Runs) else ()


def _numbers(rows: Sequence[Mapping[str, str]], customers: Customers) -> Start | None:
    """The numbers of if-then rows, each column's moved to its own gaps."""
    compared: dict[str, set[str]] = {}
    for one in (one for row in rows for one in parse(row["when"])):
        if one.operator in SIDES and attributes.kind(customers, one.column) == "number":
            compared.setdefault(one.column, set()).update(one.values)
    places: dict[tuple[str, str], float] = {}
    for column, texts in compared.items():
        if start := gaps(customers.ranked(column), len(texts)):
            places |= {(column, text): cut for text, cut in zip(sorted(texts, key=float), start[0], strict=True)}
    if not places:
        return None
    said = [
        f"{column.replace('_', ' ')} {text} becomes {formats.number(cut)}" for (column, text), cut in places.items()
    ]
    moved = tuple({**row, "when": _moved(row["when"], places)} for row in rows)
    return moved, f"each number goes to where its column parts the customers: {formats.listed(said)}"


def _moved(when: str, places: Mapping[tuple[str, str], float]) -> str:
    """A condition with its numbers put elsewhere."""

    def put(column: str, text: str) -> str:
        return f"{places[column, text]:.12g}" if (column, text) in places else text

    conditions = [
        replace(one, values=tuple(put(one.column, text) for text in one.values)) if one.operator in SIDES else one
        for one in parse(when)
    ]
    return Rule(tuple(conditions), "").when


def _within(name: str, value: Any, customers: Customers) -> Start | None:
    """The thresholds of a method within a method, all together."""
    inner, given = Other.read(name, value)
    found = suggest(inner, customers, given)
    if not found:
        return None
    said = "; ".join(f"{getattr(inner.controls[one], 'label', one)}: {why}" for one, (_, why) in found.items())
    return {"method": inner.name, **given, **{one: start for one, (start, _) in found.items()}}, said


# What an ordering says


def natural_breaks(values: np.ndarray, bands: int) -> tuple[float, ...]:
    """Cuts that part sorted values into bands as alike within as can be (Fisher 1958, Jenks): least squares.

    values  finite, ascending; at most POINTS of them are looked at. Fewer cuts where there are fewer different values.
    """
    points = values[np.linspace(0, len(values) - 1, min(len(values), POINTS)).round().astype(int)]
    bands = min(bands, len(np.unique(points)))
    one, two = (np.concatenate(([0.0], np.cumsum(powers))) for powers in (points, points * points))
    size = len(points) + 1
    start, end = np.triu_indices(size, 1)
    cost = np.full((size, size), np.inf)  # of a band from one place to another
    cost[start, end] = two[end] - two[start] - (one[end] - one[start]) ** 2 / (end - start)
    best, cuts = cost[0], []
    for _ in range(bands - 1):
        through = best[:, None] + cost
        cuts.append(through.argmin(axis=0))
        best = through.min(axis=0)
    place, found = size - 1, []
    for back in reversed(cuts):
        place = back[place]
        found.append(float(points[place]))
    return tuple(sorted(found))


def tidy(cut: float) -> float:
    """A cut with two digits that count: 1234.5 → 1200, 0.0567 → 0.057."""
    return float(f"{cut:.2g}")


CURVE = "there the curve bends: after it every further customer adds little"
ALIKE = "so customers within a group are as alike as can be (natural breaks)"


def gaps(ranked: Ranked, cuts: int) -> Start | None:
    """So many natural breaks, or equal shares of customers where values are lopsided; None where values are too few."""
    ascending = -ranked.negated[::-1]
    ascending = ascending[np.isfinite(ascending)]
    if not len(ascending) or len(np.unique(ascending[:: max(1, len(ascending) // POINTS)])) <= cuts:
        return None
    lopsided = ascending[0] >= 0 and ascending.mean() > 2 * max(np.median(ascending), 1e-9)
    if lopsided and cuts == 1:
        at = _quantiles(ascending, (0.8,))
        why = "a few are far larger than the rest, so it leaves the largest fifth of customers above"
    elif lopsided:
        at = _quantiles(ascending, np.arange(1, cuts + 1) / (cuts + 1))
        why = "a few are far larger than the rest, so it parts equal numbers of customers"
    else:
        at, why = natural_breaks(ascending, cuts + 1), ALIKE
    rounded = tuple(dict.fromkeys(map(tidy, at)))
    return (rounded, why) if len(rounded) == cuts else None


def _quantiles(ascending: np.ndarray, shares: Any) -> tuple[float, ...]:
    """Values that somebody has."""
    return tuple(np.quantile(ascending, shares, method="higher").tolist()) if len(ascending) else ()


def _shares_below(ranked: Ranked, cuts: int) -> Start | None:
    """Natural breaks, as shares of the customers below them."""
    ascending = -ranked.negated[::-1]
    ascending = ascending[np.isfinite(ascending)]
    at = natural_breaks(ascending, cuts + 1) if len(ascending) else ()
    shares = tuple(round(float(np.searchsorted(ascending, cut)) / len(ascending), 2) for cut in at)
    said = formats.listed([formats.number(tidy(cut)) for cut in at]) if at else ""
    return (shares, f"it parts them at {said}, {ALIKE}") if len(shares) == cuts else None


def bends(ranked: Ranked) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Two places of the Pareto curve as (share of customers, share of the total): where it bends, and where the rest does.

    A curve bends where it comes nearest to everything from nobody (the A of the computed ABC of Ultsch and Lötsch,
    2015). None where too few customers bring anything.
    """
    if ranked.positive < 3:
        return None
    reached = np.append(ranked.before[1:], 1.0)
    first = _bend(reached)
    if first + 2 >= len(reached):
        return None
    rest = (reached[first + 1 :] - reached[first]) / (1 - reached[first])
    one, two = ((float((at + 1) / ranked.known), float(reached[at])) for at in (first, first + 1 + _bend(rest)))
    return one, two


def _bend(reached: np.ndarray) -> int:
    people = np.arange(1, len(reached) + 1) / len(reached)
    return int(np.argmin(people**2 + (1 - reached) ** 2))


# What single methods know besides


def _abc(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    turns = bends(customers.ranked(values.get("value", "revenue")))
    if turns is None:
        return {}
    (few, much), (most, nearly) = turns
    return {
        "a": (
            round(much, 2),
            f"{formats.share(few)} of customers bring it, and there the curve bends: every further one adds little",
        ),
        "b": (
            round(nearly, 2),
            f"there the rest of the curve bends: the last {formats.share(1 - most)} of customers share what is left",
        ),
    }


def _nested(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    return {"share": found["a"]} if (found := _abc(customers, values, result)) else {}


def _vip(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    turns = bends(customers.ranked(values["value"]))
    if turns is None:
        return {}
    (few, much), (most, nearly) = turns
    found = {
        "share": (
            round(few, 2),
            f"they bring {formats.share(much)}, and there the curve bends: every further one adds little",
        ),
        "difficult": (round(1 - most, 2), f"all of them together bring {formats.share(1 - nearly)}"),
    }
    return {name: start for name, start in found.items() if name in values}


def _bcg(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    from segmentation.methods.bcg import base_growth

    found: Suggested = {}
    if values["growth_by"] == "rate" and customers.has("revenue_before"):
        rate = float(np.clip(round(base_growth(customers) / 0.05) * 0.05, -0.95, 3.0)) + 0.0
        said = f"all customers together grew by {formats.share(rate)}: above it is better than the base"
        found["growth"] = (round(rate, 2), said)
    by = {"share": ("size", _abc, "a"), "top": ("top", _vip, "share")}.get(values["size_by"])
    if by:
        large = by[1](customers, {"value": "revenue", "share": 0.2}, result)
        found |= {by[0]: large[by[2]]} if large else {}
    return found


def _xyz(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    from segmentation.methods.xyz import VARIATION

    ranked = customers.ranked(VARIATION[values["period"]])
    if values["by"] == "cv":
        names, start = ("x", "y"), gaps(ranked, 2)
        start = start and (tuple(round(round(cut / 0.05) * 0.05, 2) for cut in start[0]), start[1])
    else:
        names, start = ("steady", "variable"), _shares_below(ranked, 2)
    return {name: (at, start[1]) for name, at in zip(names, start[0], strict=True) if name in values} if start else {}


def _abc_xyz(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    return {**_abc(customers, values, result), **_xyz(customers, values, result)}


def _cycle(customers: Customers) -> float | None:
    """The median number of days between purchases over all customers, or None."""
    cycle = customers.values("cycle_days") if "cycle_days" in customers.frame else np.array([])
    known = cycle[cycle > 0]
    return float(np.median(known)) if len(known) else None


def _silent(customers: Customers) -> tuple[int, float] | None:
    """Two usual cycles in months, and the cycle in days."""
    cycle = _cycle(customers)
    return None if cycle is None else (int(np.clip(np.ceil(2 * cycle / MONTH), 1, 24)), cycle)


def _lifecycle(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    if not (found := _silent(customers)):
        return {}
    months, cycle = found
    said = f"half of the customers buy every {formats.number(cycle)} days: two cycles of silence are {formats.plural(months, 'month')}"
    return {"step": (months, said)}


def _new_churn(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    if not (found := _silent(customers)):
        return {}
    said = f"a usual cycle is {formats.number(found[1])} days: after two of them a second purchase is overdue"
    return {"months": (found[0], said)}


def _sleepers(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    silence = -customers.ranked(result.columns[0]).negated[::-1]
    at = [round(float(np.ceil(cut * 10)) / 10, 1) for cut in _quantiles(silence, (0.5, 0.75, 0.9))]
    parts = ("half", "three in four", "nine in ten")
    return {
        name: (
            cut,
            f"{part} customers are silent for less" if part != "half" else "half of the customers are silent for less",
        )
        for name, cut, part in zip(("late", "asleep", "lost"), at, parts, strict=False)
    }


def _rfm(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    columns = {"recency": "recency_days", "frequency": "orders", "money": "revenue"}
    found = {name: start for name, one in columns.items() if (start := gaps(customers.ranked(one), len(values[name])))}
    if cycle := _cycle(customers):
        said = f"half of the customers buy every {formats.number(cycle)} days: a band for each cycle of silence"
        found["recency"] = (tuple(float(np.ceil(cycle * (at + 1))) for at in range(len(values["recency"]))), said)
    return found


def _repeat(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    ranked = customers.ranked("orders")
    reached = [ranked.at_least(orders) for orders in range(2, 22)]
    for orders, (here, further) in enumerate(pairwise(reached), 2):
        if here and further > here / 2:
            return {
                "orders": (orders, f"{formats.share(further / here)} of those with so many orders ordered once more")
            }
    return {}


def _visits(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    spend, visits = (
        customers.values(recent if customers.has(recent) else total)
        for recent, total in (("spend_last_quarter", "revenue"), ("visits_last_quarter", "orders"))
    )
    here = (visits > 0) & ~np.isnan(spend)
    if not here.any():
        return {}
    often = int(np.clip(np.ceil(np.quantile(visits[here], 2 / 3)), 2, 60))
    loyal, premium = map(tidy, _quantiles(np.sort(spend[here]), (0.5, 0.8)))
    return {
        "premium": ((premium,), "a fifth of those who came spent so much"),
        "loyal": ((loyal,), "half of those who came spent so much"),
        "visits": (often, f"a third of those who came did so {formats.plural(often, 'time')} and more"),
    }


def _motive(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    parts = {"urgent": ("express_share", 0.85), "discount": ("discount_share", 0.85), "cheap": ("price_index", 0.15)}
    found: Suggested = {}
    for name, (part, share) in parts.items():
        column = find(customers, part)
        ranked = customers.ranked(column) if column else None
        if ranked is None or not ranked.known:
            continue
        step = 0.01 if name == "cheap" else 0.05
        cut = float(
            np.clip(
                round(round(ranked.quantile(share) / step) * step, 2), *((0.5, 1.0) if name == "cheap" else (0.05, 1.0))
            )
        )
        above = ranked.at_least(cut) / ranked.known
        said = (
            f"{formats.share(1 - above)} pay less"
            if name == "cheap"
            else f"{formats.share(above)} of customers reach it"
        )
        found[name] = (cut, f"{said}; 15% is usually quoted")
    return found


def _value_score(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    assert isinstance(result.placing, Coded)
    scored = np.sort(result.placing.marks[result.codes < len(result.names)]).astype(float)
    breaks = natural_breaks(scored, 3) if len(scored) else ()
    above = [round(1 - float(np.searchsorted(scored, cut)) / len(scored), 2) for cut in breaks]
    said = f"it parts them at {{}} of 1,000 points, {ALIKE}"
    names = ("medium", "high")
    return {n: (part, said.format(formats.number(cut))) for n, part, cut in zip(names, above, breaks, strict=False)}


def _attribute(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    run = result.placing
    name = values["column"] or result.columns[0].removesuffix(", most frequent first")
    if not isinstance(run, Runs) or not customers.has(name) or attributes.kind(customers, name) != "text":
        return {}
    codes, words = attributes.coded(customers, name)
    counts = np.sort(np.bincount(codes[codes >= 0], minlength=len(words)))[::-1]
    if len(counts) <= APART:
        return {"others": (0.0, f"there are only {len(counts)} values: each can be a segment of its own")}
    share = np.floor(counts[APART - 1] / counts.sum() / 0.005) * 0.005
    return {
        "others": (
            round(float(share), 3),
            "so the most frequent values keep a segment of their own, few enough to tell apart",
        )
    }


def _portfolio(customers: Customers, values: Mapping[str, Any], result: Segmentation) -> Suggested:
    if values["lines"] != "amounts":
        return {}
    columns = dict(zip(("profit", "potential"), result.columns, strict=True))
    return {
        name: start for name, column in columns.items() if (start := gaps(customers.ranked(column), len(values[name])))
    }


SPECIAL: dict[str, Callable[[Customers, Mapping[str, Any], Segmentation], Suggested]] = {
    "abc_classes": _abc,
    "abc_nested": _nested,
    "abc_xyz": _abc_xyz,
    "attribute": _attribute,
    "bcg": _bcg,
    "lifecycle": _lifecycle,
    "motive": _motive,
    "new_churn": _new_churn,
    "portfolio": _portfolio,
    "repeat": _repeat,
    "rfm": _rfm,
    "sleepers": _sleepers,
    "spend_visits": _visits,
    "value_score": _value_score,
    "vip": _vip,
    "vip_good": _vip,
    "xyz": _xyz,
}


def _allowed(method: Method, values: Mapping[str, Any], found: Suggested) -> Suggested:
    """Those the method takes: all together, or those that stand with the ones before them."""
    taken: Suggested = {}
    for names in (list(found), *([name] for name in found)):
        tried = {**taken, **{name: found[name] for name in names}}
        try:
            complete = method.complete({**values, **{name: value for name, (value, _) in tried.items()}})
        except Problem:
            continue
        taken = {name: (complete[name], why) for name, (_, why) in tried.items()}
    return taken
