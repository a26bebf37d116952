"""What differs between two studies, in words: the steps of a history, and what a study sets beside another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from segmentation import formats
from segmentation.analysis.action.pulled import CALLED, MONEY
from segmentation.checks import OneOf, settings_of
from segmentation.columns.metrics import label
from segmentation.columns.roles import ROLES
from segmentation.problems import Problem
from segmentation.segments.controls import Choice, Column, Control
from segmentation.segments.method import Method, Other
from segmentation.study.study import Study

LONGEST = 60  # characters of a value that can be said
APART = (
    "method",
    "thresholds",
    "columns",
    "own",
    "model_settings",
    "cells",
    "playbook",
    "pins",
    "scenarios",
    "file",
)  # said in words of their own, or not at all


def changes(before: Study, after: Study) -> list[str]:
    """Each setting that differs, in a sentence without its end, as “A ends at 75% of the total, was 80%”.

    The method first, then its thresholds, columns, and all other settings in the order of the study.
    """
    moved = _gone_along(before, after)
    return [
        *_method(moved, after),
        *_thresholds(before, after),
        *_columns(before, after),
        *_cells(before, after),
        *_playbook(moved, after),
        *_scenarios(moved, after),
        *_others(moved, after),
    ]


def _gone_along(before: Study, after: Study) -> Study:
    """The study before, at the thresholds after: what went along with bands that are called otherwise now is no change."""
    found = replace(before, thresholds=dict(before.thresholds), own=dict(before.own))
    for name in dict.fromkeys([*before.thresholds, *after.thresholds]):
        with suppress(Problem):
            if name in before.methods:
                found.put(name, after.thresholds.get(name, {}))
    return found


def _method(before: Study, after: Study) -> Iterator[str]:
    if before.method != after.method:
        yield f"{after.chosen.title} was chosen, in place of {before.chosen.title}"
    for name in [*before.own, *after.own]:
        if before.own.get(name) != after.own.get(name):
            happened = "was forgotten" if name not in after.own else "was changed" if name in before.own else "was made"
            yield f"The method {name} {happened}"


def _thresholds(before: Study, after: Study) -> Iterator[str]:
    for name in dict.fromkeys([*before.thresholds, *after.thresholds]):
        if name in before.methods and name in after.methods:
            method = after.methods[name]
            old, new = (method.complete(one.thresholds.get(name, {})) for one in (before, after))
            other = "" if name == after.method else f"{method.title}: "
            yield from (f"{other}{_moved(method, key, old, new)}" for key in new if old.get(key) != new[key])


def _moved(method: Method, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    control = method.controls[name]
    was, now = (_stands(control, one[name]) for one in (old, new))
    if not (was and now):
        return f"{control.label} was changed"
    return f"{formats.put(control.label, now)}{f', was {was}' if control.chosen(old) else ''}"


def _stands(control: Control, value: Any) -> str | None:
    """Where a threshold stands, as one says it; None for a table."""
    if isinstance(control, Choice):
        return control.options.get(value)
    return label(value).lower() if isinstance(control, Column) else _valued(value, control.unit)


def _valued(value: Any, unit: str) -> str | None:
    """A threshold as one says it; None for a table."""
    if isinstance(value, tuple):
        found = [_valued(one, "") for one in value]
        return " · ".join(map(str, found)) if found and all(found) else None
    if isinstance(value, bool | dict | list) or value is None:
        return None
    if isinstance(value, str):
        return f"“{value}”" if len(value) <= LONGEST else None
    return formats.share(value) if unit == "%" else f"{formats.number(value)} {formats.unit_of(unit, value)}".strip()


def _columns(before: Study, after: Study) -> Iterator[str]:
    for role in dict.fromkeys([*before.columns, *after.columns]):
        old, new = before.columns.get(role), after.columns.get(role)
        if old != new:
            what = ROLES[role].label if role in ROLES else role
            yield f"{what} is {_heading(new)}, was {_heading(old)}"


def _heading(one: Any) -> str:
    return f"“{one}”" if isinstance(one, str) and one else "as recognised" if one is None else "another choice"


def _cells(before: Study, after: Study) -> Iterator[str]:
    if more := len(after.cells) - len(before.cells):
        many, few = (after, before) if more > 0 else (before, after)
        cell = next((one for one in reversed(many.cells) if one not in few.cells), many.cells[-1])
        happened = "was kept" if more > 0 else "was deleted from the notebook"
        yield f"{_finding(many, cell)} {happened}"
    elif before.cells != after.cells:
        same = sorted(map(repr, before.cells)) == sorted(map(repr, after.cells))
        pairs = zip(before.cells, after.cells, strict=True)
        anew = any(old != new | {part: old[part] for part in ("title", "note")} for old, new in pairs)
        said = "A finding was kept anew, as it is now" if anew else "A finding was given another title or note"
        yield "The findings were put in another order" if same else said


def _finding(study: Study, cell: Mapping[str, Any]) -> str:
    """What a finding is called: its title, where that is short enough to be said; else by its method."""
    title = cell["title"]
    return (
        f"The finding “{title}”" if 0 < len(title) <= LONGEST else f"A finding of {study.methods[cell['method']].title}"
    )


def _playbook(before: Study, after: Study) -> Iterator[str]:
    for name in dict.fromkeys([*before.playbook, *after.playbook]):
        old, new = before.playbook.get(name, {}), after.playbook.get(name, {})
        segments = [one for one in dict.fromkeys([*old, *new]) if old.get(one) != new.get(one)]
        if segments and name in after.methods:
            few = [*segments[:3], *(["others"] if len(segments) > 3 else [])]
            yield f"The playbook of {after.methods[name].title} was changed for {formats.listed(few)}"
    if more := len(after.pins) - len(before.pins):
        who = formats.plural(abs(more), "customer was", "customers were")
        yield f"{who} {'pinned to a segment' if more > 0 else 'left to the rule again'}"
    elif before.pins != after.pins:
        yield "Pins were changed"


def _scenarios(before: Study, after: Study) -> Iterator[str]:
    """Scenarios that came and went; of those that stayed, and of the first, each lever that was moved."""
    old, new = ({(one["method"], one["name"]): one["segments"] for one in study.scenarios} for study in (before, after))
    first = not old and any(new.values())
    if len(new) > len(old) and not first:
        yield from (f"The scenario {key[1]} was made" for key in new if key not in old)
    elif len(new) < len(old):
        yield "A scenario was deleted"
    elif new.keys() != old.keys() and not first:
        yield "A scenario was given another name"
    for key in [key for key in new if key in old or first]:
        before_, after_ = old.get(key, {}), new[key]
        for segment in dict.fromkeys([*before_, *after_]):
            yield from _levers(segment, key[1], before_.get(segment, {}), after_.get(segment, {}))


def _levers(segment: str, scenario: str, old: Mapping[str, float], new: Mapping[str, float]) -> Iterator[str]:
    for lever in [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]:
        now, was = (_pulled(lever, held.get(lever)) for held in (new, old))
        yield f"{CALLED[lever]} of {segment} in {scenario} is {now}, was {was}"


def _pulled(lever: str, value: float | None) -> str:
    if value is None:
        return "as today"
    return (
        formats.number(value) if lever in (*MONEY, "lost") else f"{'+' if value > 0 else ''}{formats.share(value, 1)}"
    )


def _others(before: Study, after: Study) -> Iterator[str]:
    for name, one in settings_of(after).items():
        old, new = getattr(before, name), getattr(after, name)
        if name not in APART and old != new:
            what = one.label or f"{one.about[0].upper()}{one.about[1:].partition(';')[0]}"
            words = one.check.ways if isinstance(one.check, OneOf) else {}
            was, now = (words.get(value) if words else _valued(value, "") for value in (old, new))
            yield f"{what}: {now or 'not set'}, was {was or 'not set'}" if was or now else f"{what}: changed"


def settings(study: Study, method: str, thresholds: Mapping[str, Any]) -> list[str]:
    """Where the thresholds of a method stand that count now, as “A ends at 75% of the total”."""
    return [said for said in standing(study, method, thresholds).values() if said]


def standing(study: Study, method: str, thresholds: Mapping[str, Any]) -> dict[str, str]:
    """The same by the name of each threshold that counts now and is filled; "" for a table, of which words would be too many."""
    found, values = study.methods[method], study.methods[method].complete(thresholds)
    counting = {name: one for name, one in found.controls.items() if one.chosen(values)}
    said = {name: _said(study, one, values[name]) for name, one in counting.items() if values[name] not in ("", {}, ())}
    return {name: formats.put(counting[name].label, one) if one else "" for name, one in said.items()}


def _said(study: Study, control: Control, value: Any) -> str | None:
    """Where a threshold stands; another method is called by its title."""
    other = study.methods.get(value) if isinstance(control, Other) and isinstance(value, str) else None
    return other.title if other else _stands(control, value)


def told(before: str, after: str) -> str:
    """The same of two studies as JSON, in one sentence; "" where nothing differs that can be said."""
    try:
        found = changes(Study.from_json(before), Study.from_json(after))
    except Problem:
        return ""
    return "; ".join(found[:3]) + (f"; and {formats.plural(len(found) - 3, 'other setting')}" if len(found) > 3 else "")
