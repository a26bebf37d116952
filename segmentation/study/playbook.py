"""The playbook: what is done differently for each segment, and whom sales put elsewhere than the rule does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segmentation.analysis.good import ASKED
from segmentation.analysis.playbook import FIELDS
from segmentation.analysis.plays import AIMS
from segmentation.checks import Names, Number, Unfit, closed, setting
from segmentation.problems import Problem

MOST = 300  # rows of a method
LONGEST = 1000  # letters of a cell
Rows = dict[str, dict[str, str]]  # segment → field → text


@dataclass(frozen=True)
class Books:
    """Playbooks as plain data: method → segment → what is done (see FIELDS)."""

    def check(self, name: str, value: Any) -> dict[str, Rows]:
        if not isinstance(value, Mapping) or not all(isinstance(held, Mapping) for held in value.values()):
            raise Unfit(f"{name} must be methods, each with its segments and what is done for them.")
        for held in value.values():
            if len(held) > MOST or not all(isinstance(row, Mapping) for row in held.values()):
                raise Unfit(f"{name} must have at most {MOST} segments of a method, each with a row.")
        return {method: {one: _row(name, row) for one, row in held.items()} for method, held in value.items()}

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "maxLength": LONGEST}
        row = closed(dict.fromkeys(FIELDS, text) | {"aim": {"enum": ["", *AIMS]}})
        rows = {"type": "object", "maxProperties": MOST, "additionalProperties": row}
        return {"type": "object", "additionalProperties": rows}


def _row(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    if strange := [str(one) for one in row if one not in FIELDS]:
        raise Unfit(f"a row of {name} has {', '.join(strange)}; it can have {', '.join(FIELDS)}.")
    for field, text in row.items():
        if not isinstance(text, str) or len(text) > LONGEST:
            raise Unfit(f"{field} in a row of {name} must be a text of at most {LONGEST} letters.")
    if row.get("aim", "") not in ("", *AIMS):
        raise Unfit(f"the aim in a row of {name} is “{row['aim']}”; it can be {', '.join(AIMS)}.")
    if not _is_day(row.get("until", "")):
        raise Unfit(f"until in a row of {name} is “{row['until']}”: write it as 2026-06-30.")
    return {field: text for field, text in row.items() if text}


def _is_day(text: str) -> bool:
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass
class Playbook:
    playbook: dict[str, Rows] = setting(
        dict, Books(), "what is done differently: methods, each with its segments, their owner, aim, terms and the rest"
    )
    limits: dict[str, float] = setting(
        dict,
        Names(Number(0, 1), tuple(ASKED), each="the limit of {}"),
        "what is asked of a good segmentation; limits where they are not the usual ones",
    )

    def agree(self) -> None:
        """Problem where the playbook is that of a method the study (whose section this is) does not have."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        if strange := [one for one in self.playbook if one not in methods]:
            raise Problem(f"In the study, the playbook is of the method “{strange[0]}”; there is none of that name.")

    @property
    def rows(self) -> Rows:
        """The rows that were decided for the chosen method."""
        return self.playbook.get(self.method, {})  # type: ignore[attr-defined]

    def decide(self, rows: Mapping[str, Mapping[str, str]]) -> None:
        """Write rows of the chosen method, beside those of other segments. Problem, and nothing written, where one cannot be."""
        method: str = self.method  # type: ignore[attr-defined]
        checked = Books().check("the playbook", {method: {**self.rows, **rows}})
        self.playbook = {**self.playbook, **checked}

    def undecide(self, segments: Sequence[str] | None = None) -> None:
        """Forget rows of the chosen method: these, or all."""
        method: str = self.method  # type: ignore[attr-defined]
        left = {} if segments is None else {one: row for one, row in self.rows.items() if one not in segments}
        self.playbook = {name: rows for name, rows in {**self.playbook, method: left}.items() if rows}

    def merge(self, segments: Sequence[str]) -> str:
        """See `Methods.merge`: rows go along, and what is one now has the row of the first of them."""
        before = self.rows
        together: str = super().merge(segments)  # type: ignore[misc]
        kept = {one: row for one, row in before.items() if one not in segments}
        first = next((before[one] for one in segments if one in before), None)
        self.undecide()
        self.decide({**({together: first} if first is not None else {}), **kept})
        return together

    def drop(self, name: str) -> None:
        """Forget a method of one's own, and its playbook."""
        super().drop(name)  # type: ignore[misc]
        self.playbook = {one: rows for one, rows in self.playbook.items() if one != name}
