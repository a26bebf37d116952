"""Places worth a look on the axis of a line: where the data suggest to begin, and where a quoted share would be met."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from segmentation import formats
from segmentation.analysis.thresholds.line import Line
from segmentation.analysis.thresholds.sensitivity import numbers
from segmentation.analysis.thresholds.suggestions import suggest
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.bands import Runs
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

Starts = dict[tuple[str, Any], tuple[float, str]]


@dataclass(frozen=True)
class Mark:
    """A stop of a line worth a look: number of the line, number of the stop, and why, as a sentence."""

    line: int
    stop: int
    why: str


def starts(method: Method, customers: Customers, values: Mapping[str, Any]) -> Starts:
    """Threshold and which of its cuts → where the data suggest to put it, and why; kept, under the choices made.

    They are read off the data and the usual thresholds, so they stay where they are when a line is moved.
    """
    usual = _choices(values)
    key = ("starts", method.name, json.dumps(usual, sort_keys=True, default=repr))
    return customers.remember(key, lambda: _starts(method, customers, usual))


def _choices(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without the numbers, those within parts neither."""
    inner = {name: _choices(value) if isinstance(value, Mapping) else value for name, value in values.items()}
    return {name: value for name, value in inner.items() if not isinstance(value, (int, float, tuple))}


def _starts(method: Method, customers: Customers, choices: Mapping[str, Any]) -> Starts:
    try:
        found = suggest(method, customers, choices)
    except Problem:
        return {}
    there = {**method.complete(choices), **{name: value for name, (value, _) in found.items()}}
    return {(name, at): (here, found[name][1]) for name, at, _, here in numbers(method, there) if name in found}


def marks(made: Segmentation, method: Method, values: Mapping[str, Any], lines: Sequence[Line]) -> list[Mark]:
    """The marks of these lines, one where its line stands already too; `lines` have the starts among their stops."""
    return [*_suggested(starts(method, made.customers, values), lines), *_quoted(made, method, lines)]


def _suggested(found: Starts, lines: Sequence[Line]) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        value, why = found.get((line.threshold, line.at), (None, ""))
        at = np.flatnonzero(line.stops == value)
        if len(at):
            yield Mark(number, int(at[0]), f"{why[:1].upper()}{why[1:]}")


def _quoted(made: Segmentation, method: Method, lines: Sequence[Line]) -> Iterator[Mark]:
    """For each line the stop that comes nearest to the shares of customers usually quoted."""
    run, quoted = made.placing, method.reference
    if not quoted or not isinstance(run, Runs) or len(quoted) != len(run.cuts) + 1 or not run.ranked.known:
        return
    ahead = np.cumsum(quoted[::-1] if run.low_first else quoted)
    said = " / ".join(map(formats.share, quoted))
    for number, line in enumerate(lines):
        far = sum(abs(places / run.ranked.known - ahead[cut]) for cut, places in line.places.items())
        yield Mark(
            number, int(np.argmin(far)), f"Here the shares of customers come nearest to those usually quoted, {said}"
        )
