"""What is written beside the typical customer of each segment."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any

from segmentation.checks import Names, Unfit, closed, setting
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.study.methods import along

LONGEST = 1000  # letters of a note
MOST = 100  # segments that are remembered
NUMBERS = ("customers", "money")
NONE: Mapping[str, float] = MappingProxyType({})


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


@dataclass(frozen=True)
class Remembered:
    """What segments were like in a file up to a day: {"file": …, "day": …, "found": {segment: {"customers": …, "money": …,
    "typical": {column: number}}}, "cuts": {threshold in words: share of the customers above it}}."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or set(value) - {"file", "day", "found", "cuts"}:
            raise Unfit(f"{name} must have file, day, found and cuts.")
        if not all(
            isinstance(value.get(part, ""), str) and len(value.get(part, "")) <= LONGEST for part in ("file", "day")
        ):
            raise Unfit(f"file and day of {name} must be texts of at most {LONGEST} letters.")
        found = value.get("found", {})
        if not isinstance(found, Mapping) or len(found) > MOST or not all(map(_is_portrait, found.values())):
            raise Unfit(f"{name} must say of each segment its customers, money and what is typical, in numbers.")
        cuts = cutting(name, value.get("cuts", {}))
        kept = {segment: {**one, "typical": dict(one["typical"])} for segment, one in found.items()}
        return {"file": value.get("file", ""), "day": value.get("day", ""), "found": kept, "cuts": cuts}

    @property
    def schema(self) -> dict[str, Any]:
        number, text = {"type": "number"}, {"type": "string", "maxLength": LONGEST}
        portrait = closed(
            {**dict.fromkeys(NUMBERS, number), "typical": {"type": "object", "additionalProperties": number}}
        )
        portrait |= {"required": [*NUMBERS, "typical"]}
        found = {"type": "object", "additionalProperties": portrait, "maxProperties": MOST}
        return closed({"file": text, "day": text, "found": found, "cuts": CUTS})


SHARE = {"type": "number", "minimum": 0, "maximum": 1}
CUTS = {"type": "object", "additionalProperties": SHARE, "maxProperties": MOST}


def cutting(name: str, cuts: Any) -> dict[str, float]:
    """Where thresholds cut, each in words → the share of the customers above it; Unfit where it is something else."""
    if not isinstance(cuts, Mapping) or len(cuts) > MOST or not all(map(_is_share, cuts.values())):
        raise Unfit(f"{name} must say of each threshold what share of the customers is above it, from 0 to 1.")
    return dict(cuts)


def _is_portrait(one: Any) -> bool:
    if not isinstance(one, Mapping) or set(one) != {*NUMBERS, "typical"} or not isinstance(one["typical"], Mapping):
        return False
    numbers = [*(one[name] for name in NUMBERS), *one["typical"].values()]
    return all(map(is_number, numbers))


def is_number(one: Any) -> bool:
    """Whether it is a number that can be reckoned with."""
    return isinstance(one, int | float) and not isinstance(one, bool) and isfinite(one)


def _is_share(one: Any) -> bool:
    return is_number(one) and 0 <= one <= 1


@dataclass
class Personas:
    persona_notes: dict[str, dict[str, str]] = setting(
        dict,
        Names(Names(Note(), each="the note on {}")),
        "notes beside personas: methods, each with its segments and what was written",
        label="Notes beside personas",
    )
    persona_then: dict[str, dict[str, Any]] = setting(
        dict,
        Names(Remembered(), each="what is remembered of {}"),
        "what personas were like when they were remembered: methods, each with file, day, and its segments in numbers",
        label="Personas that are remembered",
    )

    def agree(self) -> None:
        """Problem where a note or what is remembered is of a method that the study (whose section this is) does not have."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        for what, held in (("a note", self.persona_notes), ("a persona", self.persona_then)):
            if strange := [one for one in held if one not in methods]:
                raise Problem(f"In the study, {what} is of the method “{strange[0]}”; there is none of that name.")

    def drop(self, name: str) -> None:
        """Forget a method of one's own, the notes beside its personas, and what is remembered of them."""
        super().drop(name)  # type: ignore[misc]
        self.persona_notes = {one: notes for one, notes in self.persona_notes.items() if one != name}
        self.persona_then = {one: held for one, held in self.persona_then.items() if one != name}

    def rename(self, method: str, names: Mapping[str, str]) -> Mapping[str, str]:
        """See `Methods.rename`: notes go along, and what is remembered."""
        names = super().rename(method, names)  # type: ignore[misc]
        notes, then = self.persona_notes, self.persona_then
        self.persona_notes = {one: along(held, names) if one == method else held for one, held in notes.items()}
        self.persona_then = {
            one: {**held, "found": along(held["found"], names)} if one == method else held for one, held in then.items()
        }
        return names

    def note(self, method: str, segment: str) -> str:
        """What is written beside the persona of a segment."""
        return self.persona_notes.get(method, {}).get(segment, "")

    def write_note(self, method: str, segment: str, text: str) -> None:
        """Write beside a persona, cut where it is too long; nothing takes the note away."""
        held = {**self.persona_notes.get(method, {}), segment: text.strip()[:LONGEST]}
        notes = {**self.persona_notes, method: {one: said for one, said in held.items() if said}}
        self.persona_notes = {one: said for one, said in notes.items() if said}

    def remember_personas(
        self, method: str, file: str, day: str, found: Mapping[str, Mapping[str, Any]], cuts: Mapping[str, float] = NONE
    ) -> None:
        """Remember what the segments of a method are like in this file up to this day (ISO, or "" without days), and where
        its thresholds cut."""
        portraits = {segment: dict(one) for segment, one in [*found.items()][:MOST]}
        held = {"file": file, "day": day, "found": portraits, "cuts": dict([*cuts.items()][:MOST])}
        self.persona_then = {**self.persona_then, method: held}
