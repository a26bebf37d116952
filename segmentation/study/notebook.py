"""The notebook: findings that were kept, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.checks import Unfit, closed, setting
from segmentation.problems import Problem

MOST = 60  # cells
LONGEST = 5000  # letters of a note or title
TEXTS = ("title", "note")
PARTS = ("method", "thresholds", *TEXTS)


@dataclass(frozen=True)
class Cells:
    """Cells as plain data: a method with its thresholds, and what one wrote beside it."""

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MOST:
            raise Unfit(f"{name} must be a list of at most {MOST} cells.")
        return [self._cell(name, one) for one in value]

    def _cell(self, name: str, one: Any) -> dict[str, Any]:
        if not isinstance(one, Mapping) or not isinstance(one.get("method"), str) or set(one) - set(PARTS):
            raise Unfit(f"a cell of {name} must have a method; it can have {', '.join(PARTS[1:])}.")
        if not isinstance(one.get("thresholds", {}), Mapping):
            raise Unfit(f"the thresholds of a cell of {name} must be names and values.")
        for part in TEXTS:
            if not isinstance(one.get(part, ""), str) or len(one.get(part, "")) > LONGEST:
                raise Unfit(f"the {part} of a cell of {name} must be a text of at most {LONGEST} letters.")
        return {
            "method": one["method"],
            "thresholds": dict(one.get("thresholds", {})),
            **{part: one.get(part, "") for part in TEXTS},
        }

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": LONGEST}
        cell = closed({"method": {"type": "string"}, "thresholds": {"type": "object"}, **dict.fromkeys(TEXTS, text)})
        return {"type": "array", "maxItems": MOST, "items": cell | {"required": ["method"]}}


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

    def keep_finding(self, method: str, thresholds: Mapping[str, Any], title: str = "") -> int:
        """A cell at the end of the notebook; which one it is, from 1. Problem where the notebook is full."""
        if len(self.cells) >= MOST:
            raise Problem(f"The notebook has {MOST} cells, which is all it can have: delete one first.")
        self.cells = [*self.cells, {"method": method, "thresholds": dict(thresholds), "title": title, "note": ""}]
        return len(self.cells)

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
