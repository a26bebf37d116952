"""Method: a way to put every customer into exactly one segment. `declaration.py` shows how one is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, NamedTuple

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.columns.concepts import CONCEPTS, said
from segmentation.columns.supply import how
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments import rules
from segmentation.segments.breaks import Suggested
from segmentation.segments.controls import Attribute, Columns, Control
from segmentation.segments.declaration import Declaration, declared
from segmentation.segments.segmentation import UNKNOWN, Segmentation


class Meaning(NamedTuple):
    """What a segment is, and the attention it usually gets."""

    meaning: str
    attention: str


Look = Callable[["Method", Customers, Mapping[str, Any]], pd.DataFrame]
Starts = Callable[[Customers, Mapping[str, Any], Segmentation], Suggested]
Remarks = Callable[[Customers, Mapping[str, Any]], list[str]]
Centred = Callable[[Customers, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]


class Ground(NamedTuple):
    """Customers as the points a method compares them by, and its rule for a point it has not seen.

    columns  what each column of the points is called; rows: the row numbers of those compared; values float64 (m, columns)
    place    points → the code of the segment of each; degrees: points → how far each belongs to the segments, float64
             (m, groups), in their order, None where the method knows none
    """

    columns: tuple[str, ...]
    rows: np.ndarray
    values: np.ndarray
    place: Callable[[np.ndarray], np.ndarray]
    degrees: Callable[[np.ndarray], np.ndarray] | None = None


Joins = Callable[[Customers, Mapping[str, Any]], Ground]


@dataclass(frozen=True)
class Method(Declaration[Segmentation]):
    """A way to put every customer into exactly one segment, with its thresholds.

    question   what it answers, the title of its page; family: the part of the catalogue it stands in
    misleads   when its answer is wrong, in a sentence; source: where the definition comes from
    segments   name → Meaning, best first; "*" stands for segments whose names come from the user or the file
    reference  shares of customers usually quoted for the segments, or None
    steps      segment → what leads up from it to the next better one, where the method knows
    looks      title → a further table of this method, made of the method, the customers and the thresholds
    starts     thresholds the data suggest, made of the customers, the thresholds and the segmentation there;
               None where what can be said of any threshold (see `suggestions.py`) is all
    remarks    what its numbers count on this very file, where that is not plain: sentences, made of customers, thresholds
    centred    where each segment lies around the mean of its customers: row numbers and points float64 (m, columns) of those
               who are compared, made of customers and thresholds; how clearly each stands can be said then
    joins      for a method that looks for its segments: how one more is put into those there are, made of customers and
               thresholds; without it a newcomer makes it look for them anew
    fits       whether its segments must be searched for among all customers: seconds, where there are very many
    asks       the segments its question asks about; several that are one answer in a tuple. None where the question is
               about all of them: then the largest is spoken of
    richest    where the question is about all of them, the one that brings most beyond its part is spoken of instead
    grows      whether customers are joined two by two, in a tree that can be drawn and cut elsewhere
    """

    family: str
    question: str
    misleads: str = ""
    source: str = ""
    segments: Mapping[str, Meaning] = field(default_factory=dict)
    reference: tuple[float, ...] | None = None
    looks: Mapping[str, Look] = field(default_factory=dict)
    starts: Starts | None = None
    asks: tuple[tuple[str, ...], ...] = ()
    steps: Mapping[str, str] = field(default_factory=dict)
    remarks: Remarks | None = None
    centred: Centred | None = None
    joins: Joins | None = None
    fits: bool = False
    richest: bool = False
    grows: bool = False

    setting: ClassVar[str] = "threshold"

    @property
    def doc(self) -> str:
        """What it does, and when it misleads."""
        return f"{super().doc}\n\n{self.misleads}".strip()

    def meaning(self, segment: str) -> Meaning | None:
        """What a segment of this method means; None for *Unknown* and names nobody explained."""
        return self.segments.get(segment) or (self.segments.get("*") if segment != UNKNOWN else None)

    def lacks(self, lacking: Sequence[str]) -> str:
        """The sentence that says which columns it lacks, and how they can be supplied."""
        names = formats.listed([_named(one, beside=len(lacking) > 1) for one in lacking])
        return f"{self.title} needs {names}, which these customers do not have: {how(*lacking)}."

    def first(self, customers: Customers, thresholds: Mapping[str, Any]) -> list[str]:
        """The columns that it, or a method it crosses, takes by itself: none is chosen and no concept asked for."""
        found = []
        for name, value in self.complete(thresholds).items():
            control = self.controls[name]
            if isinstance(control, Attribute) and control.first and not value:
                found.append(control.first(customers))
            elif isinstance(control, Columns) and control.first and not value:
                found += control.first(customers)
            elif isinstance(control, Other):
                other, given = control.read(name, value)
                found += other.first(customers, given)
        return found

    def settled(self, customers: Customers, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        """The thresholds, in which the columns that it takes by itself here are named: on another file they are no others."""
        taken = {
            name: control.first(customers)
            for name, value in self.complete(thresholds).items()
            if isinstance(control := self.controls[name], Attribute | Columns) and control.first and not value
        }
        return {**thresholds, **taken}

    def segment(self, customers: Customers, **thresholds: Any) -> pd.Series:
        """Segment of each customer: an ordered categorical Series indexed by customer id, best first."""
        return self(customers, **thresholds).labels()

    def describe(self) -> dict[str, Any]:
        """The declaration as plain data: what `methods --json` prints."""
        return {
            **super().describe(),
            "family": self.family,
            "question": self.question,
            "misleads": self.misleads,
            "source": self.source,
            "reference": self.reference and list(self.reference),
            "segments": {name: meaning._asdict() for name, meaning in self.segments.items()},
        }


METHODS: dict[str, Method] = {}  # the catalogue; `methods/` fills it


@dataclass(frozen=True)
class Other(Control):
    """Another method: its name, or {"method": name, threshold: value, …}; beside them "merged", names of segments → those of
    the method that are one under that name."""

    kind: ClassVar[str] = "method"

    def check(self, name: str, value: Any) -> str | dict[str, Any]:
        given = rules.from_json(name, value) if isinstance(value, str) and value[:1] == "{" else value
        method, thresholds = self.read(name, given)
        if not thresholds and not self.merged(given):
            return method.name
        try:
            complete = method.complete(thresholds)
        except Problem as problem:
            raise Problem(f"In {name}: {problem}") from None
        return self.at(given, {one: complete[one] for one in thresholds})

    @staticmethod
    def read(name: str, value: Any) -> tuple[Method, dict[str, Any]]:
        """The method meant and its thresholds."""
        thresholds = dict(value) if isinstance(value, Mapping) else {"method": value}
        called, groups = thresholds.pop("method", None), thresholds.pop("merged", {})
        if not isinstance(called, str) or called not in METHODS:
            raise Problem(f"{name} is “{called}”; it can be {', '.join(METHODS)}.")
        if not isinstance(groups, Mapping) or not all(map(_are_segments, groups, groups.values())):
            raise Problem(f"What is merged in {name} must be names, each with two or more segments that are one.")
        for one in groups:
            rules.check_name(f"{name}, merged", one)
        return METHODS[called], thresholds

    @staticmethod
    def merged(value: Any) -> dict[str, list[str]]:
        """The segments that are put together: name → segments."""
        return {name: [*held] for name, held in value.get("merged", {}).items()} if isinstance(value, Mapping) else {}

    @staticmethod
    def at(value: Any, thresholds: Mapping[str, Any]) -> dict[str, Any]:
        """The same method, merged as before, at these thresholds."""
        held = value if isinstance(value, Mapping) else {"method": value}
        return {**{key: held[key] for key in ("method", "merged") if held.get(key)}, **thresholds}

    def missing(self, customers: Customers, value: Any) -> list[str]:
        method, thresholds = self.read(self.label, value)
        return method.missing(customers, thresholds)

    @property
    def limits(self) -> str:
        return "the name of a method"


def _are_segments(name: Any, held: Any) -> bool:
    """Whether it is the name of a segment with those it is made of."""
    return isinstance(held, list | tuple) and len(held) > 1 and all(isinstance(one, str) for one in (name, *held))


def method(
    title: str,
    *,
    family: str,
    question: str,
    needs: Sequence[str | tuple[str, ...]] = (),
    misleads: str = "",
    source: str = "",
    segments: Mapping[str, tuple[str, str]] | None = None,
    reference: Sequence[float] | None = None,
    looks: Mapping[str, Look] | None = None,
    starts: Starts | None = None,
    asks: Sequence[str | tuple[str, ...]] = (),
    steps: Mapping[str, str] | None = None,
    remarks: Remarks | None = None,
    centred: Centred | None = None,
    joins: Joins | None = None,
    fits: bool = False,
    richest: bool = False,
    grows: bool = False,
) -> Callable[[Callable[..., Segmentation]], Method]:
    """Make a function of customers and thresholds a Method, reading its signature; see `Method` for what is said."""

    def declare(run: Callable[..., Segmentation]) -> Method:
        return Method(
            run.__name__,
            title,
            tuple(needs),
            run,
            *declared(run),
            family,
            question,
            misleads,
            source,
            {name: Meaning(*said) for name, said in (segments or {}).items()},
            tuple(reference) if reference else None,
            looks or {},
            starts,
            tuple(one if isinstance(one, tuple) else (one,) for one in asks),
            steps or {},
            remarks,
            centred,
            joins,
            fits,
            richest,
            grows,
        )

    return declare


def _named(lacking: str, *, beside: bool) -> str:
    """What is lacking, in words; a column of the file's own as its heading. beside: whether other needs stand there too."""
    words = said(lacking)
    if words == lacking and lacking not in CONCEPTS:
        return f"the column “{lacking}”"
    return (_with_stand_ins(words) if beside else words).lower()


def _with_stand_ins(alternatives: str) -> str:
    """Alternatives that stand beside other needs: revenue of the last quarter (or revenue)."""
    first, *others = alternatives.split(" or ")
    return f"{first} (or {' or '.join(others)})" if others else first
