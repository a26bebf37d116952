"""What is written beside the typical customer of each segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segmentation.checks import Names, Unfit, setting
from segmentation.problems import Problem

LONGEST = 1000  # letters of a note


@dataclass(frozen=True)
class Note:
    """A text that is not too long."""

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or len(value) > LONGEST:
            raise Unfit(f"{name} must be a text of at most {LONGEST} letters.")
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST}


@dataclass
class Personas:
    persona_notes: dict[str, dict[str, str]] = setting(
        dict,
        Names(Names(Note(), each="the note on {}")),
        "notes beside personas: methods, each with its segments and what was written",
        label="Notes beside personas",
    )

    def agree(self) -> None:
        """Problem where a note is of a method that the study (whose section this is) does not have."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        if strange := [one for one in self.persona_notes if one not in methods]:
            raise Problem(f"In the study, a note is of the method “{strange[0]}”; there is none of that name.")

    def drop(self, name: str) -> None:
        """Forget a method of one's own, and the notes beside its personas."""
        super().drop(name)  # type: ignore[misc]
        self.persona_notes = {one: notes for one, notes in self.persona_notes.items() if one != name}

    def note(self, method: str, segment: str) -> str:
        """What is written beside the persona of a segment."""
        return self.persona_notes.get(method, {}).get(segment, "")

    def write_note(self, method: str, segment: str, text: str) -> None:
        """Write beside a persona, cut where it is too long; nothing takes the note away."""
        held = {**self.persona_notes.get(method, {}), segment: text.strip()[:LONGEST]}
        notes = {**self.persona_notes, method: {one: said for one, said in held.items() if said}}
        self.persona_notes = {one: said for one, said in notes.items() if said}
