"""What a study found on a file, as every format of export takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from segmentation import formats
from segmentation.analysis.action.pnl import in_rows, profit_and_loss
from segmentation.analysis.groups.shifted import people_of, reaches_back
from segmentation.analysis.summary import summarise
from segmentation.customers.customers import Customers
from segmentation.customers.left_out import LeftOut
from segmentation.problems import Problem
from segmentation.report import kept, since, treatment
from segmentation.report.kept import Kept
from segmentation.report.lists import of_customers
from segmentation.report.since import Last
from segmentation.report.words import report
from segmentation.segments.memberships import memberships
from segmentation.segments.segmentation import Segmentation
from segmentation.study import Study
from segmentation.study.columns import missing
from segmentation.table import Table

if TYPE_CHECKING:
    from segmentation.charts.own import Chart, Own

T = TypeVar("T")
CHOSEN = 0  # the method in hand, where findings of the notebook have numbers from 1
UNAPPLIED = "What could not be applied"
WIDTH = 640  # of a picture on paper, in pixels


class Parts(Mapping[str, T]):
    """Things by name, each made when it is asked for, once."""

    def __init__(self, make: Mapping[str, Callable[[], T]]) -> None:
        self._make = {name: cache(one) for name, one in make.items()}

    def __getitem__(self, name: str) -> T:
        return self._make[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)

    def only(self, name: str) -> Parts[T]:
        """That one, or nothing where there is none of that name."""
        return Parts({name: self._make[name]} if name in self._make else {})


class Findings:
    """What a study found on a file; every part is made when it is asked for, once.

    study, table   the settings, and the file as it was read: customers and segmentation follow from them
    files_read     the names of the files it was read from
    given          the study as it came, of which `study` is what can be applied
    tables         frames for other programs: labels, summary, profit_and_loss, customers, left_out (every row not used, and
                   why); playbook, where one was decided; exceptions, where customers were pinned; scenarios, where there are
                   some; the same of the findings that were kept (kept_playbook and so on)
    lists          frames for people, as a spreadsheet shows them: customer_list (every customer, largest first)
    pictures       charts: cuts (what the method cuts) and edges (of its scores), where there are such pictures, pareto,
                   sizes, whale and, where a potential is known, bubbles
    drawn          the same as SVG, as paper has them
    words          the report in sentences, as Markdown
    told           is called with how far a file is while it is made, and what is being made; what it raises ends the work
    """

    told: Callable[[float, str], object] = staticmethod(lambda share, doing: None)
    answered: Sequence[Any] | None = None  # see answers.py, which report and slides ask alike
    last: Last | None = None  # the file of another time, to say who moved
    lacking: Sequence[str] = ()  # what of the study cannot be applied to this file, a sentence each
    trouble = ""  # why model, rates or weights of the study cannot be

    def __init__(self, study: Study, table: Table, files_read: Sequence[str] = ()) -> None:
        self.study = self.given = study
        self.table = table
        self.files_read = [*files_read] or [table.name]

    @classmethod
    def of(cls, study: Study, sources: Sequence[str | Path], last: Sequence[str | Path] = ()) -> Findings:
        """A study replayed on a file, or on several that belong together. Problem where one cannot be read.

        last   the file, or files, of another time: who moved since is said then of each finding
        """
        names = [Path(one).name for one in sources]
        given = replace(study, file=" + ".join(names))
        study = replace(given)
        table, trouble = study.table_or_main(study.tables(sources))
        gone = study.forget_missing(table)
        found = cls(study, table, names)
        found.given = given
        found.lacking = [*([missing(gone, table.name)] if gone else []), *([trouble] if trouble else [])]
        found.last = Last(study.table(last), [Path(one).name for one in last]) if last else None
        return found

    def fitted(self) -> Findings:
        """These; where the chosen method cannot be run on this file, those of the first finding of the notebook that can.

        Problem where there is none.
        """
        try:
            self.segmentation  # noqa: B018 - it is made
        except Problem as problem:
            other = next((one.findings for one in self.kept if one.found), None)
            if other is None:
                raise
            waits = " What was decided for its segments stays in the settings." if self.study.rows else ""
            instead = (
                f"The chosen method cannot be used: {problem}{waits} This report answers “{other.study.chosen.question}” "
                "instead, the first finding of the notebook that can be made of this file."
            )
        else:
            return self
        found = self.of_method(other.study.method, other.study.values())
        vars(found).update({**self.about, "lacking": [*self.lacking, instead]})
        return found

    @property
    def about(self) -> dict[str, Any]:
        """What is known beside study, table and customers, by name."""
        return {"given": self.given, "last": self.last, "lacking": self.lacking, "trouble": self.trouble}

    @property
    def handed(self) -> dict[str, Any]:
        """The same for whoever writes these very findings elsewhere; with who moved, for which each day of then is rolled up."""
        return {**self.about, "moved": self.moved}

    @cached_property
    def customers(self) -> Customers:
        people, self.trouble = self.study.as_completed(
            Customers.build(self.table, self.study.columns, **self.study.roll_up_settings())
        )
        return people

    @cached_property
    def unapplied(self) -> list[str]:
        """What of the study cannot be applied to this file, a sentence each, in plain text."""
        self.customers  # noqa: B018 - they say whether a model can
        cells = [f"Finding {one.number}, “{one.title}”: {one.sentence(str)}" for one in self.kept if not one.found]
        return [*self.lacking, *([self.trouble] if self.trouble else []), *cells]

    def changed(self, escape: Callable[[object], str]) -> list[str]:
        """What changed since the segments were remembered, or beside the file of another time, a sentence each."""
        return since.sentences(self.study, self.segmentation, self._moved_of(CHOSEN), escape)

    @property
    def untold(self) -> bool:
        """Whether a finding was kept on customers of another time, and who moved since would take the file of then."""
        return self.last is None and since.lost(self.study, self.customers)

    def _moved_of(self, number: int) -> str:
        return self.moved.get(number, "")

    @cached_property
    def moved(self) -> dict[int, str]:
        """Who moved, in words, by the number of a finding of the notebook, and by CHOSEN for the method in hand."""
        held = self.study.persona_then.get(self.study.method, {})
        then, people = held.get("day", ""), people_of(held.get("found", {}))
        asked = {CHOSEN: since.Ask(self.study, self.segmentation, then, people)} if self._tells(then) else {}
        for one in self.kept:
            day = one.cell.get("day", "")
            if self._tells(day) and one.found:
                asked[one.number] = since.Ask(one.study, one.found, day, since.people_of_cell(one.cell))
        return since.movers(asked, self.table, self.last)

    def _tells(self, day: str) -> bool:
        """Whether who moved since that day (ISO) can be known."""
        return self.last is not None or reaches_back(self.customers, day)

    @cached_property
    def segmentation(self) -> Segmentation:
        return self.study.segmentation(self.customers)

    @cached_property
    def tables(self) -> Parts[pd.DataFrame]:
        done: dict[str, Callable[[], pd.DataFrame]] = {}
        if self.study.rows:
            done["playbook"] = lambda: treatment.table(self.study, self.segmentation)
        if self.study.pins_of(self.study.method):
            done["exceptions"] = lambda: treatment.exceptions(self.study, self.segmentation)
        if self.study.scenarios_of(self.study.method):
            done["scenarios"] = lambda: treatment.scenarios(self.study, self.segmentation)
        return Parts(
            {
                "labels": lambda: labels(self.segmentation),
                "summary": lambda: summarise(self.segmentation).drop(columns="colour"),
                "profit_and_loss": lambda: in_rows(self.segmentation, profit_and_loss(self.segmentation)),
                "customers": lambda: self.customers.frame,
                "left_out": self._left_out,
                **done,
                **kept.tables(self.kept),
            }
        )

    def _left_out(self) -> pd.DataFrame:
        """Every row that is not used; the file is not gone through for them where it is known that there are none."""
        some = any(self.customers.left_out.values())
        return (self.study.left_out(self.table) if some else LeftOut(self.table)).frame()

    @cached_property
    def lists(self) -> Parts[pd.DataFrame]:
        return Parts({"customer_list": lambda: of_customers(self.segmentation)})

    @cached_property
    def pictures(self) -> Parts[Chart]:
        from segmentation.report.pictures import pictures  # Altair: half a second, for whoever takes away a table

        return Parts(
            pictures(self.segmentation, self.study.lines, self.study.currency, opened=self.opened, edges=self.edges)
        )

    @cached_property
    def drawn(self) -> Parts[str]:
        return Parts({name: partial(_drawn, self.pictures, name) for name in self.pictures})

    @cached_property
    def opened(self) -> Own | None:
        """The picture the method opens on."""
        from segmentation.charts.own import own

        return own(self.study.chosen, self.study.values(), self.segmentation)

    @cached_property
    def edges(self) -> Own | None:
        """The picture beside it, where that does not show each edge."""
        from segmentation.charts.own import edges

        return edges(self.study.chosen, self.study.values(), self.segmentation)

    @cached_property
    def words(self) -> str:
        return report(self.study, self.segmentation, self.besides(formats.plain) | kept.parts(self.kept))

    def besides(self, escape: Callable[[object], str]) -> dict[str, list[str]]:
        """Title → sentences: what of the study could not be applied, what changed, and the playbook; each where there is such.

        escape   makes texts harmless, which are a file's or a person's
        """
        said = {
            UNAPPLIED: [*map(escape, self.unapplied)],
            since.TITLE: self.changed(escape),
            treatment.TITLE: treatment.sentences(self.study, self.segmentation, escape),
        }
        return {title: sentences for title, sentences in said.items() if sentences}

    @property
    def _dated(self) -> bool:
        """Whether the playbook, or that of a finding that was kept, has a day to be written into a calendar."""
        return _has_day(self.study) or any(_has_day(one.study) and one.found for one in self.kept)

    def each(self, parts: Sequence[T], doing: str) -> Iterator[T]:
        """These parts of a file, one after the other; whoever waits is told how far it is."""
        for at, one in enumerate(parts):
            self.told(at / len(parts), f"{doing} {at + 1} of {len(parts)}")
            yield one

    @cached_property
    def kept(self) -> list[Kept[Findings]]:
        """What the notebook keeps, as it is on these customers; what is done for the same segments is told once."""
        made, told = [], [(self.study.method, self.study.values())]
        for number, cell in enumerate(self.study.cells, 1):
            found = self.of_method(cell["method"], cell["thresholds"])
            segments = found.study.method, found.study.values()
            made.append(Kept(number, cell, found, segments not in told, self._moved_of))
            told.append(segments)
        return made

    def of_method(self, method: str, thresholds: Mapping[str, Any]) -> Findings:
        """What another method, or the same one at other thresholds, finds of the same customers."""
        found = Findings(self.study.at(method, thresholds), self.table, self.files_read)
        found.customers = self.customers
        return found

    def only(self, name: str) -> Findings:
        """These findings with one table, list or picture alone."""
        one = copy(self)
        one.tables, one.lists = self.tables.only(name), self.lists.only(name)
        if one.tables or one.lists:
            one.pictures, one.drawn = Parts({}), Parts({})
        else:
            one.pictures, one.drawn = self.pictures.only(name), self.drawn.only(name)
        return one

    def files(self, holds: str) -> dict[str, Findings]:
        """What goes into each file of a format that holds this (see `Format`), by the name of the file."""
        each: dict[str, Callable[[], Iterable[str]]] = {
            "table": lambda: (*self.tables, *self.lists),
            "picture": lambda: self.pictures,
            "calendar": lambda: ["calendar"] if self._dated else [],
        }
        return {name: self.only(name) for name in each[holds]()} if holds in each else {holds: self}


class Listing(Findings):
    """One list by itself, and nothing else to ask of it: a table for programs (the shell), or a list for people (a page)."""

    def __init__(self, frame: pd.DataFrame, name: str = "list", *, people: bool = False) -> None:
        held, nothing = Parts({name: lambda: frame}), Parts[pd.DataFrame]({})
        self.tables, self.lists = (nothing, held) if people else (held, nothing)
        self.pictures = Parts({})


class Drawing(Findings):
    """One picture by itself, and nothing else to ask of it."""

    def __init__(self, make: Callable[[], Chart], name: str) -> None:
        self.tables, self.lists = Parts[pd.DataFrame]({}), Parts[pd.DataFrame]({})
        self.pictures = Parts({name: make})


def _has_day(study: Study) -> bool:
    return any(row.get("until") for row in study.rows.values())


def _drawn(pictures: Parts[Chart], name: str) -> str:
    """A picture as SVG, as wide as paper has it."""
    from altair.utils.schemapi import debug_mode

    from segmentation.report import engine
    from segmentation.report.pictures import specification

    with debug_mode(False):  # whether our own charts are right is for tests to see
        return engine.to_svg(specification(pictures[name], WIDTH))


def labels(segmentation: Segmentation, *, detail: bool = False, degrees: bool = False) -> pd.DataFrame:
    """customer_id and segment of every customer; with detail also the method's scores and flags, where it has some.

    degrees   instead of the segment one column each, with how far a customer belongs to it (see `memberships`)
    """
    if degrees:
        return memberships(segmentation)
    found = segmentation.labels().to_frame()
    more = segmentation.detail if detail else None
    return found if more is None else found.join(more)
