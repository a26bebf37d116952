"""The findings of the notebook, each with what was decided and tried for its segments, as every format has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Generic, Protocol, TypeVar

import pandas as pd

from segmentation.analysis.summary import figures, finding
from segmentation.dataclass import dataclass
from segmentation.formats import plain
from segmentation.problems import Problem
from segmentation.report import note, since, treatment
from segmentation.report.words import outcomes, starred, unmarked
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study

Escape = Callable[[object], str]
Table = Callable[[Study, Segmentation], pd.DataFrame]
TABLES: Mapping[str, Table] = {
    "playbook": treatment.table,
    "exceptions": lambda study, made: treatment.exceptions(study, made).reset_index(),
    "scenarios": treatment.scenarios,
}


class Found(Protocol):
    """What a study found, as `Findings` has it."""

    study: Study

    @property
    def segmentation(self) -> Segmentation: ...


F = TypeVar("F", bound=Found)


@dataclass(frozen=True)
class Kept(Generic[F]):
    """A finding that was kept, as it is on these customers.

    number     of the cell in the notebook, from 1
    cell       as the study has it
    findings   what its method finds at its thresholds
    untold     whether what is done for these segments is not told already, by the report or for a finding before
    moved      number of a cell → who moved since it was kept, in plain text; "" where that is not known
    """

    number: int
    cell: Mapping[str, Any]
    findings: F
    untold: bool
    moved: Callable[[int], str]

    @property
    def title(self) -> str:
        """As it was called, else the question its method answers. Plain text."""
        return str(self.cell["title"]) or self.study.chosen.question

    @property
    def study(self) -> Study:
        return self.findings.study

    @cached_property
    def found(self) -> Segmentation | None:
        """Its segments; None where its method cannot be run on these customers."""
        try:
            return self.findings.segmentation
        except Problem:
            return None

    def sentence(self, escape: Escape) -> str:
        """The finding; or why there is none."""
        try:
            made = self.findings.segmentation
        except Problem as problem:
            return escape(problem)
        return finding(made, figures(made), self.study.currency, escape, self.study.chosen)

    @property
    def changes(self) -> list[str]:
        """What is otherwise than when it was kept, last month perhaps, and who moved, in plain text; nothing where nothing is."""
        if not self.found:
            return []
        changed = since.of_cell(self.cell, self.study.chosen, self.found, self.study.currency)
        said = [*filter(None, (changed, self.moved(self.number)))]
        return [f"Since it was kept on {self.cell['file'] or 'another file'}: {said[0]}", *said[1:]] if said else []

    @property
    def since(self) -> str:
        """The same in one text."""
        return " ".join(self.changes)

    def treated(self, escape: Escape) -> list[str]:
        """Rows of the playbook, pins and scenarios of its segments, a sentence each; nothing where they are told already."""
        if not self.found or not self.untold:
            return []
        return [*treatment.sentences(self.study, self.found, escape), *map(escape, outcomes(self.study, self.found))]

    def table(self, name: str) -> pd.DataFrame:
        """One of TABLES for its segments, with the number of the cell and its method before; no row where there are no segments."""
        rows = TABLES[name](self.study, self.found) if self.found else pd.DataFrame()
        rows.insert(0, "cell", pd.Series(self.number, rows.index, dtype="int64"))
        rows.insert(1, "method", pd.Series(self.study.method, rows.index, dtype="str"))
        return rows

    @property
    def decided(self) -> set[str]:
        """Which of TABLES say something that the report does not tell already."""
        method = self.study.method
        some = {
            "playbook": self.study.rows,
            "exceptions": self.study.pins_of(method),
            "scenarios": self.study.scenarios_of(method),
        }
        return {name for name, rows in some.items() if rows and self.untold}


def tables(held: Sequence[Kept[F]]) -> dict[str, Callable[[], pd.DataFrame]]:
    """How to make, of all that was kept, a table each of what was decided (kept_playbook), pinned and tried; where some was."""
    names = [name for name in TABLES if any(name in one.decided for one in held)]
    return {f"kept_{name}": partial(_table, name, held) for name in names}


def _table(name: str, held: Sequence[Kept[F]]) -> pd.DataFrame:
    return pd.concat([one.table(name) for one in held if name in one.decided], ignore_index=True)


def parts(held: Iterable[Kept[F]]) -> dict[str, list[str]]:
    """What was kept, as Markdown: number and title → the finding, what changed since, the note, and what is done about it."""
    return {f"{one.number}. {plain(one.title)}": _said(one, plain, note.markdown) for one in held}


def sheet(held: Iterable[Kept[F]]) -> pd.DataFrame:
    """The same in words alone, as a table: a row a sentence, with number and title of its finding."""
    said = [(one.number, one.title, unmarked(text)) for one in held for text in _said(one, starred, _starred_note)]
    return pd.DataFrame(said, columns=["Number", "Finding", "What it says"])


def _starred_note(text: str) -> str:
    return starred(note.words(text))


def _said(one: Kept[F], escape: Escape, written: Callable[[str], str]) -> list[str]:
    """Sentences; escape makes texts harmless, written does so with a note."""
    beside = filter(None, [escape(one.since), written(one.cell["note"])])
    return [one.sentence(escape), *beside, *one.treated(escape)]
