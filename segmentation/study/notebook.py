"""The notebook: findings that were kept, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.checks import Unfit, closed, setting
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.controls import Column
from segmentation.segments.method import Method
from segmentation.study.personas import CUTS, NONE, cutting, is_number
from segmentation.study.personas import MOST as LINES

MOST = 60  # cells
LONGEST = 5000  # letters of a note or title
TEXTS = ("file", "day", "title", "note")  # in the order in which a cell is kept and read back
PARTS = ("method", "thresholds", "found", "cuts", *TEXTS)


@dataclass(frozen=True)
class Cells:
    """Cells as plain data: a method with its thresholds, what one wrote beside it, and what it found on which file, up to
    which day (ISO, "" without days), then: segment → customers and money, and threshold in words → the share of the
    customers above it."""

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MOST:
            raise Unfit(f"{name} must be a list of at most {MOST} cells.")
        return [self._cell(name, one) for one in value]

    def _cell(self, name: str, one: Any) -> dict[str, Any]:
        if not isinstance(one, Mapping) or not isinstance(one.get("method"), str) or set(one) - set(PARTS):
            raise Unfit(f"a cell of {name} must have a method; it can have {', '.join(PARTS[1:])}.")
        if not isinstance(one.get("thresholds", {}), Mapping):
            raise Unfit(f"the thresholds of a cell of {name} must be names and values.")
        found = one.get("found", {})
        if not isinstance(found, Mapping) or not all(_is_held(held) for held in found.values()):
            raise Unfit(f"what a cell of {name} found must be segments, each with two numbers: customers and money.")
        for part in TEXTS:
            if not isinstance(one.get(part, ""), str) or len(one.get(part, "")) > LONGEST:
                raise Unfit(f"the {part} of a cell of {name} must be a text of at most {LONGEST} letters.")
        return {
            "method": one["method"],
            "thresholds": dict(one.get("thresholds", {})),
            "found": {segment: list(held) for segment, held in found.items()},
            "cuts": cutting(f"a cell of {name}", one.get("cuts", {})),
            **{part: one.get(part, "") for part in TEXTS},
        }

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": LONGEST}
        held = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
        found = {"type": "object", "additionalProperties": held}
        cell = closed(
            {"method": {"type": "string"}, "thresholds": {"type": "object"}, "found": found, "cuts": CUTS}
            | dict.fromkeys(TEXTS, text)
        )
        return {"type": "array", "maxItems": MOST, "items": cell | {"required": ["method"]}}


def _is_held(held: Any) -> bool:
    return isinstance(held, list | tuple) and len(held) == 2 and all(map(is_number, held))


@dataclass
class Notebook:
    cells: list[dict[str, Any]] = setting(
        list, Cells(), "findings that were kept: each a method with its thresholds, a title and a note"
    )

    def agree(self) -> None:
        """Problem where a cell names a method that the study (whose section this is) does not have."""
        for cell in self.cells:
            methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
            if cell["method"] not in methods:
                raise Problem(f"In the study, a cell names the method “{cell['method']}”; there is none of that name.")
            methods[cell["method"]].complete(cell["thresholds"])

    def unfit(self, customers: Customers) -> list[str]:
        """Which cells take a column that these customers do not have, a sentence each."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        said = []
        for at, cell in enumerate(self.cells, 1):
            method = methods[cell["method"]]
            if why := _unfit(method, cell["thresholds"], customers):
                said.append(f"Finding {at}, “{cell['title'] or method.question}”: {why}")
        return said

    def keep(self, name: str, recipe: Mapping[str, Any]) -> None:
        """Save a method of one's own (see `Methods`); cells of the recipe before it stand at its usual thresholds."""
        super().keep(name, recipe)  # type: ignore[misc]
        self.cells = [{**cell, "thresholds": {}} if cell["method"] == name else cell for cell in self.cells]

    def drop(self, name: str) -> None:
        """Forget a method of one's own, and the cells that were found by it."""
        super().drop(name)  # type: ignore[misc]
        self.cells = [cell for cell in self.cells if cell["method"] != name]

    def keep_finding(
        self,
        method: str,
        thresholds: Mapping[str, Any],
        found: Mapping[str, Sequence[float]] | None = None,
        file: str = "",
        cuts: Mapping[str, float] = NONE,
        day: str = "",
    ) -> int:
        """A cell at the end of the notebook; which one it is, from 1. Problem where the notebook is full.

        found   segment → customers and money, as they are now in the file of that name up to that day (ISO); cuts: where
                its thresholds cut there
        """
        if len(self.cells) >= MOST:
            raise Problem(f"The notebook has {MOST} cells, which is all it can have: delete one first.")
        cell = cell_of(method, thresholds, found, file, cuts, day)
        self.cells = [*self.cells, {**cell, "title": "", "note": ""}]
        return len(self.cells)

    def kept_as(self, finding: Mapping[str, Any]) -> int | None:
        """Which cell holds a finding already, given as `cell_of` writes it, from 1; None where none does."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        complete = methods[finding["method"]].complete
        for at, one in enumerate(self.cells, 1):
            same = one["method"] == finding["method"] and complete(one["thresholds"]) == complete(finding["thresholds"])
            if same and {**one, **finding, "thresholds": one["thresholds"], "day": one["day"]} == one:
                return at
        return None

    def renew(
        self, at: int, found: Mapping[str, Sequence[float]], file: str, cuts: Mapping[str, float] = NONE, day: str = ""
    ) -> None:
        """Take for what a cell found what it finds now (see `keep_finding`); what was written beside it stays."""
        one = self.cells[at]
        fresh = {**one, **cell_of(one["method"], one["thresholds"], found, file, cuts, day)}
        self.cells = [*self.cells[:at], fresh, *self.cells[at + 1 :]]

    def write(self, at: int, **texts: str) -> None:
        """The title or the note of a cell, cut where it is too long."""
        cell = {**self.cells[at], **{part: text[:LONGEST] for part, text in texts.items()}}
        self.cells = [*self.cells[:at], cell, *self.cells[at + 1 :]]

    def shift(self, at: int, by: int) -> None:
        """Move a cell up (−1) or down (1); at the end it stays."""
        to = at + by
        if 0 <= to < len(self.cells):
            cells = list(self.cells)
            cells[at], cells[to] = cells[to], cells[at]
            self.cells = cells

    def delete(self, at: int) -> None:
        self.cells = [*self.cells[:at], *self.cells[at + 1 :]]


def _unfit(method: Method, thresholds: Mapping[str, Any], customers: Customers) -> str:
    """Why a method cannot be used on these customers, "" where it can; by their columns alone, so it is soon known."""
    if lacking := method.missing(customers, thresholds):
        return method.lacks(lacking)
    values = method.complete(thresholds)
    for name, control in method.controls.items():
        if isinstance(control, Column) and control.counts(customers, values):
            try:
                customers.values(values[name])
            except Problem as problem:
                return str(problem)
    return ""


def cell_of(
    method: str,
    thresholds: Mapping[str, Any],
    found: Mapping[str, Sequence[float]] | None,
    file: str,
    cuts: Mapping[str, float],
    day: str,
) -> dict[str, Any]:
    """A finding as a cell holds it (see `Notebook.keep_finding`), without what is written beside it."""
    held = {segment: list(numbers) for segment, numbers in (found or {}).items()}
    few = dict([*cuts.items()][:LINES])
    return {"method": method, "thresholds": dict(thresholds), "found": held, "cuts": few, "file": file, "day": day}
