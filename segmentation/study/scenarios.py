"""Scenarios: what would be if levers were moved, each under a name, to be set side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from segmentation.analysis.action.pulled import LIMITS, pulled_of
from segmentation.checks import Unfit, closed, setting
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.study.methods import along

MOST = 20  # scenarios
LONGEST = 80  # letters of a name
FIRST = "Scenario 1"
PARTS = ("name", "method", "segments")


@dataclass(frozen=True)
class Held:
    """Scenarios as plain data: a name, the method whose segments they are of, and segment → levers with their assumptions."""

    def check(self, name: str, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or len(value) > MOST:
            raise Unfit(f"{name} must be a list of at most {MOST} scenarios.")
        return [self._one(name, one) for one in value]

    def _one(self, name: str, one: Any) -> dict[str, Any]:
        if not isinstance(one, Mapping) or set(one) != set(PARTS):
            raise Unfit(f"each of {name} must have {', '.join(PARTS)}.")
        if not all(isinstance(one[part], str) and 0 < len(one[part]) <= LONGEST for part in PARTS[:2]):
            raise Unfit(f"name and method of each of {name} must be texts of at most {LONGEST} letters.")
        segments = one["segments"]
        if not isinstance(segments, Mapping) or not all(isinstance(held, Mapping) for held in segments.values()):
            raise Unfit(f"the segments of each of {name} must be names, each with levers.")
        for segment, held in segments.items():
            pulled_of(held, segment)
        return {**one, "segments": {segment: dict(held) for segment, held in segments.items()}}

    @property
    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        levers = closed(
            {key: {"type": "number", "minimum": low, "maximum": high} for key, (low, high) in LIMITS.items()}
        )
        segments = {"type": "object", "additionalProperties": levers}
        one = closed({"name": text, "method": text, "segments": segments}) | {"required": list(PARTS)}
        return {"type": "array", "maxItems": MOST, "items": one}


@dataclass
class Scenarios:
    scenarios: list[dict[str, Any]] = setting(
        list, Held(), "scenarios: each a name, a method, and for segments the levers that are moved", label="What-if"
    )

    def agree(self) -> None:
        """Problem where a scenario is of a method that the study (whose section this is) does not have."""
        methods: Mapping[str, Any] = self.methods  # type: ignore[attr-defined]
        if strange := [one["method"] for one in self.scenarios if one["method"] not in methods]:
            raise Problem(f"In the study, a scenario names the method “{strange[0]}”; there is none of that name.")

    def drop(self, name: str) -> None:
        """Forget a method of one's own, and the scenarios of its segments."""
        super().drop(name)  # type: ignore[misc]
        self.scenarios = [one for one in self.scenarios if one["method"] != name]

    def merge(self, segments: Sequence[str]) -> str:
        """See `Methods.merge`: scenarios go along, as far as there is room, and what is one now has the levers of the first of
        its segments that has some."""
        before: str = self.method  # type: ignore[attr-defined]
        together: str = super().merge(segments)  # type: ignore[misc]
        method: str = self.method  # type: ignore[attr-defined]
        for name in self.scenarios_of(before):
            held = self.scenario(before, name)
            first = next((held[one] for one in segments if held.get(one)), {})
            kept = {one: dict(levers) for one, levers in held.items() if one not in segments}
            if method == before or len(self.scenarios) < MOST:
                self._put(method, name, {**kept, together: dict(first)})
        return together

    def rename(self, method: str, names: Mapping[str, str]) -> Mapping[str, str]:
        """See `Methods.rename`: levers go along."""
        names = super().rename(method, names)  # type: ignore[misc]
        self.scenarios = [
            {**one, "segments": along(one["segments"], names)} if one["method"] == method else one
            for one in self.scenarios
        ]
        return names

    def scenarios_of(self, method: str) -> list[str]:
        """The names of the scenarios of a method's segments, in the order in which they were made."""
        return [one["name"] for one in self.scenarios if one["method"] == method]

    def scenario(self, method: str, name: str) -> dict[str, dict[str, float]]:
        """Segment → levers of a scenario; nothing moved where there is none of that name."""
        found = (one["segments"] for one in self.scenarios if (one["method"], one["name"]) == (method, name))
        return next(found, {})

    def move_lever(self, method: str, name: str, segment: str, **levers: float | None) -> None:
        """Move levers of a segment in a scenario, which is made where there is none; None is back as it was.

        Raises Problem, and nothing is moved, where a lever cannot be moved so.
        """
        held = {**self.scenario(method, name).get(segment, {}), **levers}
        moved = {
            lever: value
            for lever, value in held.items()
            if value is not None and (value or lever in ("stay", "uplift", "kept"))
        }
        pulled_of(moved, segment)
        self._put(method, name, {**self.scenario(method, name), segment: moved})

    def new_scenario(self, method: str, like: str = "") -> str:
        """One more scenario, as another stands or with nothing moved; its name. Problem where there are as many as can be."""
        name = self.free_name(method)
        self._put(method, name, {segment: dict(held) for segment, held in self.scenario(method, like).items()})
        return name

    def free_name(self, method: str) -> str:
        taken = self.scenarios_of(method)
        return next(one for number in range(1, len(taken) + 2) if (one := f"Scenario {number}") not in taken)

    def rename_scenario(self, method: str, old: str, new: str) -> None:
        """Give a scenario another name. Problem where that one is taken, or none."""
        new = new.strip()[:LONGEST]
        if not new or (new != old and new in self.scenarios_of(method)):
            raise Problem("A scenario needs a name of its own: choose another.")
        renamed = [
            {**one, "name": new} if (one["method"], one["name"]) == (method, old) else one for one in self.scenarios
        ]
        self.scenarios = renamed

    def drop_scenario(self, method: str, name: str) -> None:
        self.scenarios = [one for one in self.scenarios if (one["method"], one["name"]) != (method, name)]

    def _put(self, method: str, name: str, segments: dict[str, dict[str, float]]) -> None:
        one = {"name": name, "method": method, "segments": {key: held for key, held in segments.items() if held}}
        there = [at for at, held in enumerate(self.scenarios) if (held["method"], held["name"]) == (method, name)]
        if not there and len(self.scenarios) >= MOST:
            raise Problem(f"There are {MOST} scenarios, which is all there can be: delete one first.")
        if there:
            self.scenarios = [one if at == there[0] else held for at, held in enumerate(self.scenarios)]
        else:
            self.scenarios = [*self.scenarios, one]
