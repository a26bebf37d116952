"""The ledger: what changes when a threshold moves one step either way, and how many share the value on the cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.metrics import label
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.bands import Coded, Placing, Runs, Scattered, Some, changed, of_columns, runs_of
from segmentation.segments.controls import Control, Edges, Rows, Slider
from segmentation.segments.method import Method, Other
from segmentation.segments.rules import Rule, Ruled, parse
from segmentation.segments.segmentation import Segmentation

COUNTED = ("days", "orders", "visits", "years", "months")  # units that come whole
EDGE = 3  # customers named at each edge
SLACK = 1e-9  # of the largest amount
COLUMNS = ["threshold", "at", "value", "moved_to", "customers", "revenue", "profit", "ties", "edge"]


def ledger(method: Method, customers: Customers, thresholds: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Two rows for each threshold that counts: one step down and one step up.

    threshold, at   its name, and which of its cuts (from 0); for rules (row, comparison, value), for a method within
                    a method that method's own threshold before it
    value, moved_to where it stands and where it is tried; no row where it cannot be moved that way
    customers, revenue, profit   how many change segment, and what they bring (NaN where the file does not say)
    ties            how many customers share the value on the cut (NaN where nobody can be on it: weights, shares of score)
    edge            ids of up to three customers who change, those who bring most first
    Raises Problem as the method does. Cost: the customers who change, not all.
    """
    values = method.complete(thresholds or {})
    before = method(customers, **values)
    rows = []
    for name, at, here, there in _moves(method, values):
        try:
            after = method.run(customers, **moved(method, values, name, at, there))
        except Problem:
            continue  # it would cross another one
        rows.append(_row(before, after, name, at, here, there))
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.assign(edge=_named(customers, [row[-1] for row in rows]))


def moved(method: Method, values: Mapping[str, Any], name: str, at: Any, there: float) -> dict[str, Any]:
    """All thresholds with the one that a row of the ledger names put elsewhere. Raises Problem where it cannot be."""
    return method.complete({**values, name: put(values[name], at, there)})


def called(method: Method, values: Mapping[str, Any], name: str, at: Any) -> tuple[str, str]:
    """What the threshold of a row of the ledger is called, in words, and its unit ("%": a share)."""
    control = method.controls[name]
    if isinstance(control, Other):
        inner, given = Other.read(name, values[name])
        words, unit = called(inner, inner.complete(given), at[0], at[1] if len(at) == 2 else at[1:])
        return f"{inner.title}: {words}", unit
    if isinstance(control, Rows):
        row = values[name][at[0]]
        return f"Row {at[0] + 1} ({row['segment']}): {label(parse(row['when'])[at[1]].column)}", ""
    words, unit = control.label, control.unit
    if isinstance(control, Edges) and control.most > 1:
        cut = formats.number(values[name][at])
        words = f"{words} {cut}" if words.endswith((" at", " after")) else f"{words}, cut at {cut}"
    return words, unit


def stated(words: str, unit: str, here: float) -> str:
    """A threshold with its value, where its words do not say it."""
    behind = "" if unit in words.lower() else formats.unit_of(unit, here)  # “visits from 3 visits” says it twice
    value = formats.share(here) if unit == "%" else f"{formats.number(here)} {behind}".strip()
    return words if words.endswith(f" {formats.number(here)}") else formats.put(words, value)


def numbers(method: Method, values: Mapping[str, Any]) -> Iterator[tuple[str, Any, Control, float]]:
    """Each number that cuts under the choices made: threshold, which of its cuts, its control, and where it stands."""
    for name, control in method.controls.items():
        if control.reshapes or not control.chosen(values):
            continue
        if isinstance(control, Slider):
            yield name, 0, control, values[name]
        elif isinstance(control, Edges):
            yield from ((name, at, control, cut) for at, cut in enumerate(values[name]))
        elif isinstance(control, Rows):
            yield from ((name, place, control, here) for place, here in _literals(values[name]))
        elif isinstance(control, Other):
            inner, given = Other.read(name, values[name])
            within = numbers(inner, inner.complete(given))
            yield from ((name, (one, *_listed(at)), control_, here) for one, at, control_, here in within)


def _moves(method: Method, values: Mapping[str, Any]) -> Iterator[tuple[str, Any, float, float]]:
    """Threshold, which of its cuts, where it stands, where it is tried."""
    for name, at, control, here in numbers(method, values):
        for there in (round(here + sign * _step_of(control, here), 10) for sign in (-1, 1)):
            if not isinstance(control, Slider) or control.low <= there <= control.high:
                yield name, at, here, there


def _step_of(control: Control, here: float) -> float:
    if isinstance(control, Slider):
        return control.step
    if isinstance(control, Edges):
        return _step(here, control.unit)
    return max(_step(here), 1.0) if float(here).is_integer() else _step(here)


def _step(cut: float, unit: str = "") -> float:
    """One step of a cut: 1 of what is counted whole, else about a twentieth as a round number."""
    if unit in COUNTED:
        return 1.0
    return float(10.0 ** (np.floor(np.log10(abs(cut))) - 1)) if cut else 1.0


def _literals(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[tuple[int, int, int], float]]:
    """Every number that a rule compares with: (row, comparison, place), and where it stands; dates are none."""
    for row, rule in enumerate(rows):
        for at, one in enumerate(parse(rule["when"])):
            for place, text in enumerate(one.values if one.operator in ("<", "<=", ">", ">=", "between") else ()):
                with suppress(ValueError):
                    yield (row, at, place), float(text)


def _listed(at: Any) -> tuple[Any, ...]:
    return at if isinstance(at, tuple) else (at,)


def put(value: Any, at: Any, there: float) -> Any:
    """The threshold with one of its cuts, of its rules' numbers, or of another method's thresholds, moved."""
    if isinstance(at, tuple) and isinstance(at[0], str):
        inner, given = Other.read(at[0], value)
        within = at[1] if len(at) == 2 else at[1:]
        return Other.at(value, {**given, at[0]: put(inner.complete(given)[at[0]], within, there)})
    if isinstance(at, tuple):
        return tuple(_moved_row(row, at[1], at[2], there) if n == at[0] else row for n, row in enumerate(value))
    return tuple(there if n == at else cut for n, cut in enumerate(value)) if isinstance(value, tuple) else there


def _moved_row(row: Mapping[str, str], at: int, place: int, there: float) -> dict[str, str]:
    conditions = list(parse(row["when"]))
    values = tuple(f"{there:.12g}" if n == place else text for n, text in enumerate(conditions[at].values))
    conditions[at] = replace(conditions[at], values=values)
    return {**row, "when": Rule(tuple(conditions), row["segment"]).when}


def _row(before: Segmentation, after: Segmentation, name: str, at: Any, here: float, there: float) -> tuple[Any, ...]:
    customers = before.customers
    found = [some for some in between(before, after) if len(some)]
    brought = [brought_by(customers, column, found) for column in ("revenue", "profit")]
    ruled = isinstance(at, tuple) and isinstance(before.placing, Ruled)
    ties = _ties_of_rule(before, at, here) if ruled else _ties(before.placing, after.placing)
    return name, at, here, there, sum(map(len, found)), *brought, ties, _edge(customers, found)


def by_place(before: Segmentation, after: Segmentation) -> bool:
    """Whether segments answer each other by their place: the same ones, or bands named after where they are cut."""
    cut = of_columns(before.placing) and of_columns(after.placing) and len(before.names) == len(after.names)
    return cut or before.names == after.names


def between(before: Segmentation, after: Segmentation) -> list[Some]:
    """The customers, once each, who are in another segment under other thresholds of the same method."""
    customers = before.customers
    if by_place(before, after):
        return changed(customers, before.placing, after.placing)
    places = {name: at for at, name in enumerate(dict.fromkeys((*before.names, *after.names)))}
    codes = [np.array([*(places[name] for name in one.names), -1], np.int16).take(one.codes) for one in (before, after)]
    return [Scattered(customers, np.flatnonzero(codes[0] != codes[1]))]


def brought_by(customers: Customers, column: str, found: Sequence[Some]) -> float:
    """What these customers bring; NaN where the file does not say."""
    if column not in customers.frame:
        return np.nan
    return sum(some.brought(column) for some in found) / customers.exact(column)[1]


def _edge(customers: Customers, found: Sequence[Some]) -> list[int]:
    """Row numbers of those who bring most among them; of equal ones the first by id."""
    rows = np.concatenate([_largest(some, customers.money) for some in found]) if found else np.empty(0, np.int32)
    money = customers.exact(customers.money)[0][rows]
    return rows[np.lexsort((rows, -money))[:EDGE]].tolist()


def _largest(some: Some, column: str) -> np.ndarray:
    """Row numbers of those who bring most, and of all who bring as much as the last of them."""
    brought, top = some.each(column), []
    slack = SLACK * float(np.abs(brought).max())  # where a column has no exact unit, what each brings is nearly right
    for _ in range(min(EDGE, len(some))):  # to look for the largest thrice is quicker than to put them in order
        at = int(brought.argmax())
        least, brought[at] = brought[at] - slack, -np.inf
        top.append(at)
    return some.rows[np.concatenate((top, np.flatnonzero(brought >= least)))]


def _named(customers: Customers, edges: Sequence[Sequence[int]]) -> list[tuple[str, ...]]:
    """Their ids, looked up all at once."""
    ids = iter(customers.frame.index[[row for rows in edges for row in rows]].tolist())
    return [tuple(str(next(ids)) for _ in rows) for rows in edges]


def _ties(before: Placing, after: Placing) -> float:
    """Customers whose value is the very cut that moved; NaN where nobody's can be."""
    mine, theirs = runs_of(before), runs_of(after)
    if len(mine) != len(theirs) or isinstance(before, Coded):
        return np.nan
    pairs = [(run, at) for run, other in zip(mine, theirs, strict=True) for at in _other_cuts(run, other)]
    return float(sum(_on_cut(run, at) for run, at in pairs)) if pairs else np.nan


def _other_cuts(run: Runs, other: Runs) -> list[int]:
    """Places among the cuts where the two differ."""
    if len(run.cuts) != len(other.cuts):
        return []
    return [at for at, pair in enumerate(zip(run.cuts, other.cuts, strict=True)) if pair[0] != pair[1]]


def _on_cut(run: Runs, at: int) -> int:
    """How many share the value on a cut; for a share of the total, the value of the customer who crosses it."""
    value = run.cuts[at]
    if run.share:
        place = int(run.bounds[at + 1])
        if not place:
            return 0
        value = -float(run.ranked.negated[place - 1])
    return len(run.ranked.between(value, value))


def _ties_of_rule(before: Segmentation, at: tuple[int, int, int], here: float) -> float:
    placing: Any = before.placing
    one = placing.rules[at[0]].conditions[at[1]]
    return float(len(before.customers.ranked(one.column).between(here, here)))
