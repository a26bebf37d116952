"""What a setting can be: its default, its check and its sentence stand once, beside the field.

    window: int | None = setting(None, Number(1, 1200, whole=True), "look back this many months", typed="MONTHS")

By these a study checks itself and becomes a JSON schema, the shell makes its options, and the library checks keywords.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any, NamedTuple, Protocol

import numpy as np

from segmentation.dataclass import dataclass
from segmentation.problems import Problem

DEEPEST = 20  # lists and names within each other: rows of rules in a method crossed with one of one's own have 9


class Unfit(Problem):
    """A value that a setting cannot have. It begins with the setting's name: who checks may say where that stands."""


class Check(Protocol):
    """What values a setting can have."""

    def check(self, name: str, value: Any) -> Any:
        """The value as it is kept; Unfit, which calls the setting by that name, or another Problem where it cannot be."""

    @property
    def schema(self) -> dict[str, Any]:
        """The same as JSON schema."""


class Setting(NamedTuple):
    """What a field says of itself.

    default  the value, or what makes it (dict, list); where it is None the setting may be left to us
    about    what it is, in a sentence without its end
    typed    how a value is typed in the shell, in capitals; label: what people are asked with, where they are
    """

    default: Any
    check: Check
    about: str
    typed: str | None = None
    label: str = ""

    def checked(self, name: str, value: Any) -> Any:
        return None if value is None and self.default is None else self.check.check(name, value)

    @property
    def schema(self) -> dict[str, Any]:
        default = self.default() if callable(self.default) else self.default
        can_be = self.check.schema
        can_be = can_be if default is not None else {"anyOf": [can_be, {"type": "null"}]}
        return {"description": f"{self.about[0].upper()}{self.about[1:]}.", "default": default, **can_be}


def setting(default: Any, check: Check, about: str, *, typed: str | None = None, label: str = "") -> Any:
    """A field of a dataclass that is a setting; see `Setting`."""
    metadata = {"setting": Setting(default, check, about, typed, label)}
    return (
        field(default_factory=default, metadata=metadata)
        if callable(default)
        else field(default=default, metadata=metadata)
    )


def settings_of(section: Any) -> dict[str, Setting]:
    """The settings of a dataclass, by name."""
    return {one.name: one.metadata["setting"] for one in fields(section)}


@dataclass(frozen=True)
class Anything:
    """A value that is checked elsewhere."""

    def check(self, name: str, value: Any) -> Any:
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Text:
    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise Unfit(f"{name} must be text.")
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True)
class Texts:
    """A list of texts."""

    def check(self, name: str, value: Any) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise Unfit(f"{name} must be a list of texts.")
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class OneOf:
    """One of a few ways: name → words."""

    ways: Mapping[str, str]

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in self.ways:
            raise Unfit(f"{name} is “{value}”; it can be {', '.join(self.ways)}.")
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.ways)}


@dataclass(frozen=True)
class Number:
    """A number from low to high, both included."""

    low: float
    high: float
    whole: bool = False

    def check(self, name: str, value: Any) -> float:
        value = value.item() if isinstance(value, np.generic) else value
        kinds = int if self.whole else int | float
        if isinstance(value, bool) or not isinstance(value, kinds) or not self.low <= value <= self.high:
            kind = "whole number" if self.whole else "number"
            raise Unfit(f"{name} is “{value}”; it can be a {kind} from {self.low:g} to {self.high:g}.")
        return value

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Day:
    """A date, kept as ISO text."""

    def check(self, name: str, value: Any) -> str:
        return str(as_day64(value))

    @property
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True)
class Names:
    """Names and a value for each.

    keys  the names there can be, () for any; each: what a value is called in a Problem, made of its name
    """

    values: Check
    keys: tuple[str, ...] = ()
    each: str = ""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise Unfit(f"{name} must be a set of names and values.")
        if self.keys and (strange := [str(key) for key in value if key not in self.keys]):
            can = (" and " if len(self.keys) == 2 else ", ").join(self.keys)
            raise Unfit(f"{name} has {', '.join(strange)}; it can have {can}.")
        called = self.each or f"{{}} of {name}"
        return {key: self.values.check(called.replace("{}", key, 1), one) for key, one in value.items()}

    @property
    def schema(self) -> dict[str, Any]:
        if not self.keys:
            return {"type": "object", "additionalProperties": self.values.schema}
        return closed(dict.fromkeys(self.keys, self.values.schema))


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """A JSON schema of these properties and no others: name → schema."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def is_too_deep(value: Any, left: int = DEEPEST) -> bool:
    """Whether lists and names stand within each other more often than settings ever do."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left == 0 or any(is_too_deep(one, left - 1) for one in held)


def as_day64(day: dt.date | str | None) -> np.datetime64 | None:
    """A numpy day of a date or ISO text; Problem where it is none."""
    if day is None:
        return None
    try:
        return np.datetime64(day if isinstance(day, dt.date) else dt.date.fromisoformat(day), "D")
    except (TypeError, ValueError):
        raise Problem(f"“{day}” is no date: write it as 2026-06-30.") from None
