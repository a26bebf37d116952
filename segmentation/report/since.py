"""What became of the segments since they were remembered, as reports say it: size, money, portrait, where thresholds cut, and who moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from segmentation.analysis import compared
from segmentation.analysis.groups.shifted import Moves, in_words, moves, reaches_back, remembered_of
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.analysis.thresholds.drifted import in_words as drifted_in_words
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study
from segmentation.table import Table

TITLE = "What changed"


def sentences(study: Study, table: Table, made: Segmentation, escape: Callable[[object], str]) -> list[str]:
    """Since when, a sentence a segment, which thresholds cut elsewhere, and who moved where the file reaches back.

    Nothing where nothing of another time is remembered.
    """
    held, day = study.persona_then.get(study.method), made.customers.as_of
    if held is None or (held["file"], held["day"]) == (study.file, day.isoformat() if day else ""):
        return []
    drifted = drifted_in_words(held.get("cuts", {}), cutting(study.chosen, study.values(), made))
    said = [f"Since {remembered_of(held) or 'then'}:", *in_words(held["found"], made, study.currency), *drifted]
    return [*map(escape, said), *map(escape, _moved(study, table, made.customers, held["day"]))]


def of_cell(cell: Mapping[str, Any], method: Method, made: Segmentation, currency: str) -> str:
    """What is otherwise than when a finding was kept: its segments, and which thresholds cut elsewhere; "" where nothing is."""
    if not cell["found"]:
        return ""
    changed = compared.since(cell["found"], made, currency)
    values = method.complete(cell["thresholds"])
    drifted = drifted_in_words(cell.get("cuts", {}), cutting(method, values, made))
    return " ".join([*([f"{changed}."] if changed else []), *drifted])


def _moved(study: Study, table: Table, now: Customers, day: str) -> list[str]:
    """Who stands elsewhere than on that day, in a sentence."""
    if not reaches_back(now, day):
        return []
    try:
        return [now.remember(("moved since", study.to_json(), day), lambda: _moves(study, table, now, day)).sentence()]
    except Problem:  # too little was known by then
        return []


def _moves(study: Study, table: Table, now: Customers, day: str) -> Moves:
    then = replace(study, as_of=day)
    return moves(then.segmentation(then.customers(table)), study.segmentation(now))
