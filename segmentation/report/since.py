"""What became of the segments since they were remembered, as reports say it: size, money, portrait, where thresholds cut, and who moved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from segmentation.analysis import compared
from segmentation.analysis.groups.shifted import Moves, in_words, moves, reaches_back, remembered_of, tells_all
from segmentation.analysis.thresholds.drifted import cutting
from segmentation.analysis.thresholds.drifted import in_words as drifted_in_words
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study
from segmentation.table import Table

TITLE = "What changed"
K = TypeVar("K", bound=Hashable)


def sentences(study: Study, made: Segmentation, moved: str, escape: Callable[[object], str]) -> list[str]:
    """Since when, a sentence a segment, which thresholds cut elsewhere, and who moved where that is known.

    Nothing where nothing of another time is remembered or known.
    """
    held = study.persona_then.get(study.method)
    if held is None or (held["file"], held["day"]) == (study.file, made.customers.day):
        return [escape(moved)] if moved else []
    drifted = drifted_in_words(held.get("cuts", {}), cutting(study.chosen, study.values(), made))
    said = [f"Since {remembered_of(held) or 'then'}:", *in_words(held["found"], made, study.currency), *drifted]
    return [*map(escape, said), *([escape(moved)] if moved else [])]


def of_cell(cell: Mapping[str, Any], method: Method, made: Segmentation, currency: str) -> str:
    """What is otherwise than when a finding was kept: its segments, and which thresholds cut elsewhere; "" where nothing is."""
    if not cell["found"]:
        return ""
    changed = compared.since(cell["found"], made, currency)
    values = method.complete(cell["thresholds"])
    drifted = drifted_in_words(cell.get("cuts", {}), cutting(method, values, made))
    return " ".join([*([f"{changed}."] if changed else []), *drifted])


def lost(study: Study, now: Customers) -> bool:
    """Whether a finding of the notebook was kept on customers of another time, of whom this file does not tell all."""
    return any(_lost(one, study.file, now) for one in study.cells)


def _lost(cell: Mapping[str, Any], file: str, now: Customers) -> bool:
    other = cell["file"] != file or (cell["day"] and cell["day"] != now.day)
    if not cell["found"] or not other:
        return False
    return not (reaches_back(now, cell["day"]) and tells_all(now, cell["day"], people_of_cell(cell)))


def people_of_cell(cell: Mapping[str, Any]) -> int:
    """How many customers a finding was kept of."""
    return int(sum(people for people, _ in cell["found"].values()))


class Last(NamedTuple):
    """The file of another time, last month's: as it was read, and what its files are called."""

    table: Table
    files: list[str]


class Ask(NamedTuple):
    """Who moved between the segments a study finds on the day (ISO) and those it has found now; people: how many were kept then."""

    study: Study
    made: Segmentation
    day: str
    people: int


def movers(asked: Mapping[K, Ask], table: Table, last: Last | None = None) -> dict[K, str]:
    """Who stands elsewhere than then, in words; of whom it cannot be said, and where nobody does, nothing.

    last   the file of then; without it the same file tells, up to the day of each: it must reach back so far

    The customers of one day are made once, and let go of before those of the next.
    """
    if last:
        return _beside(asked, last)
    said: dict[K, str] = {}
    for day in sorted({one.day for one in asked.values()}):
        of_day = {key: one for key, one in asked.items() if one.day == day}
        with suppress(Problem):  # too little was known by then
            said |= {
                key: f"{_told(one)} {one.partly(of_day[key].people)}".rstrip()
                for key, one in _found(of_day, day, table).items()
            }
    return said


def _beside(asked: Mapping[K, Ask], last: Last) -> dict[K, str]:
    files = " + ".join(last.files)
    try:
        found = _found(asked, None, last.table)
    except Problem as problem:
        return dict.fromkeys(asked, f"Who moved since {files} cannot be said: {problem}")
    said = {key: _told(one, files) for key, one in found.items()}
    for key in [*said][:1]:  # it holds for all of them
        said[key] = f"{said[key]} {found[key].uneven(files)}".rstrip()
    return said


def _found(asked: Mapping[K, Ask], day: str | None, table: Table) -> dict[K, Moves]:
    """Who stands elsewhere than in that table up to that day, where somebody does; Problem where it makes no customers."""
    study = next(iter(asked.values())).study
    then = made_of(replace(study, as_of=day), table)
    found = {key: _moves(one, then) for key, one in asked.items()}
    return {key: one for key, one in found.items() if one and not one.none}


def _told(found: Moves, files: str = "") -> str:
    return " ".join(filter(None, (found.sentence(files), found.renamed(), found.mostly())))


def made_of(study: Study, table: Table) -> Customers:
    """The customers of a table; with potential and weights where they can feed them."""
    rolled_up = Customers.build(table, study.columns, **study.roll_up_settings())
    return study.as_completed(rolled_up)[0]


def _moves(one: Ask, then: Customers) -> Moves | None:
    try:
        return moves(one.study.segmentation(then), one.made)
    except Problem:  # too little was known by then for this one
        return None
