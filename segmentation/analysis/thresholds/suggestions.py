"""Thresholds to start from, read off the data: what can be said of any, and what a method says of its own. Only offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from segmentation import formats
from segmentation.customers import attributes
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.bands import runs_of
from segmentation.segments.breaks import CURVE, Start, Suggested, bends, gaps, shares_below
from segmentation.segments.controls import Edges, Rows
from segmentation.segments.method import Method, Other
from segmentation.segments.rules import SIDES, Rule, parse
from segmentation.segments.segmentation import Segmentation

MOST = 0.95  # of the customers in one segment: above it little is parted


@dataclass(frozen=True)
class Better:
    """Thresholds to start from where these leave nearly all in one segment.

    thresholds  to be moved, with the choices under which they count
    segment     the one nearly all are in; share of the customers that can be placed, now and (of the largest) then
    """

    thresholds: dict[str, Any]
    segment: str
    share: float
    then: float

    @property
    def sentence(self) -> str:
        """What is wrong with these thresholds, and what the others do."""
        return (
            f"{formats.share(self.share)} of the customers that can be placed are in {self.segment}, so this hardly "
            f"tells them apart. The data suggest other thresholds: the largest segment would hold {formats.share(self.then)}."
        )


def suggest(method: Method, customers: Customers, thresholds: Mapping[str, Any] | None = None) -> Suggested:
    """{threshold: (value, why)} for those about which the data say something; nothing is applied.

    Every value can be given to the method as it is, with the choice under which it counts. Raises Problem as the
    method does.
    """
    values = method.complete(thresholds or {})
    result = method(customers, **values)
    found = {name: start for name in values if (start := _of_control(method, name, values, result))}
    found |= method.starts(customers, values, result) if method.starts else {}
    return _allowed(method, values, found)


def better(method: Method, customers: Customers, values: Mapping[str, Any], found: Segmentation) -> Better | None:
    """Where nearly all customers are in one segment: thresholds that part them more evenly; None where none are known.

    values   all thresholds of the method, found: the segmentation there
    """
    placed = found.counts[:-1]
    if len(placed) < 2 or not placed.sum() or placed.max() / placed.sum() <= MOST:
        return None
    starts = {name: value for name, (value, _) in suggest(method, customers, values).items()}
    implied = dict(when for name in starts if (when := method.controls[name].when))
    moved = {**implied, **starts}
    there = method(customers, **{**values, **moved}).counts[:-1] if starts else placed
    largest, share = found.names[int(placed.argmax())], placed.max() / placed.sum()
    then = there.max() / max(there.sum(), 1)
    return Better(moved, largest, float(share), float(then)) if then <= MOST else None


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
    runs = [run for run in runs_of(result.placing) if len(run.cuts) == len(cuts)]
    if control.unit.startswith("share") and len(runs) == 1:
        ranked, size = runs[0].ranked, len(cuts)
        if control.unit == "share of customers":
            return shares_below(ranked, size)
        turns = bends(ranked) if size <= 2 else None
        return (tuple(round(reached, 2) for _, reached in turns[:size]), CURVE) if turns else None
    run = next((run for run in runs if not run.share and sorted(run.cuts) == sorted(cuts)), None)
    return gaps(run.ranked, len(cuts)) if run else None


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
    said = "; ".join(f"{inner.controls[one].label}: {why}" for one, (_, why) in found.items())
    return Other.at(value, {**given, **{one: start for one, (start, _) in found.items()}}), said


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
