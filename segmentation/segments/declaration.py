"""How a method or a model says what it needs: its signature is its declaration.

    @method("ABC", family="Value", question="Who brings the money?", needs=["revenue"])
    def abc_classes(
        customers: Customers,
        value: Annotated[str, Column("Rank customers by")] = "revenue",
        a: Annotated[float, Slider("A ends at this share", 0.5, 0.99, with_="b")] = 0.80,
        ...

One line gives a threshold's name, type, default, limits, control, check and sentence. The app draws it, the
shell lists and parses it, the tests move it; a notebook calls it with plain keywords.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, Generic, TypeVar, get_type_hints

from segmentation import formats
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments.controls import Attribute, Control

Found = TypeVar("Found")  # what a declaration finds of customers


@dataclass(frozen=True)
class Declaration(Generic[Found]):
    """Something that can be asked of customers, with its settings.

    needs      columns or concepts the customers must have; a tuple among them means any one of these
    run        what answers: a function of the customers and every setting
    controls   parameter → Control; defaults: parameter → value
    """

    name: str
    title: str
    needs: tuple[str | tuple[str, ...], ...]
    run: Callable[..., Found]
    controls: dict[str, Control]
    defaults: dict[str, Any]

    prefix: ClassVar[str] = ""  # what stands before its name in a sentence
    setting: ClassVar[str] = "setting"  # what one of its parameters is called

    @property
    def doc(self) -> str:
        """What it does."""
        return inspect.getdoc(self.run) or ""

    @property
    def wants(self) -> str:
        """The columns it needs, in words."""
        return ", ".join(" or ".join(need) if isinstance(need, tuple) else need for need in self.needs) or "any number"

    @property
    def bounds(self) -> list[tuple[str, str]]:
        """Pairs of sliders, or of amounts, of which the first must not be above the second."""
        return [(name, control.upper) for name, control in self.controls.items() if control.upper]

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All settings: those given, checked, over the defaults. Problem for a name or value that cannot be."""
        for name in given:
            if name not in self.controls:
                has = f"it has {', '.join(self.controls) or 'none'}"
                raise Problem(f"{self.prefix}{self.name} has no {self.setting} “{name}”; {has}.")
        checked = {name: self.controls[name].check(name, value) for name, value in given.items()}
        implied = {
            when[0]: when[1] for name in checked if (when := self.controls[name].when) and when[0] not in checked
        }
        values = {**self.defaults, **implied, **checked}
        self._in_order(values)
        return values

    def choices(self, before: Mapping[str, Any], moved: Mapping[str, Any]) -> dict[str, Any]:
        """The choices under which alone moved settings count, where another one was made before, and none with them."""
        ways = [control.when for name in moved if (control := self.controls.get(name)) and control.when]
        return {choice: way for choice, way in ways if choice not in moved and before.get(choice, way) != way}

    def _in_order(self, values: Mapping[str, Any]) -> None:
        for name, other in self.bounds:
            if values[name] > values[other]:
                first, second = formats.setting(values[name]), formats.setting(values[other])
                raise Problem(f"{name} ({first}) is above {other} ({second}): {self.setting}s cannot cross.")

    def missing(self, customers: Customers, given: Mapping[str, Any] | None = None) -> list[str]:
        """Columns it needs and the customers lack, at these settings."""
        values = {**self.defaults, **(given or {})}
        groups = [need if isinstance(need, tuple) else (need,) for need in self.needs]
        told = {name for name, control in self.controls.items() if isinstance(control, Attribute) and values[name]}
        lacking = [" or ".join(group) for group in groups if not any(n in told or find(customers, n) for n in group)]
        for name, control in self.controls.items():
            lacking += [column for column in control.missing(customers, values[name]) if column not in lacking]
        return lacking

    def lacks(self, lacking: Sequence[str]) -> str:
        """The sentence that says which columns it lacks."""
        return f"{self.title} needs {' and '.join(lacking)}, which these customers do not have."

    def __call__(self, customers: Customers, **given: Any) -> Found:
        """What it finds. Raises Problem for missing columns and for settings that cannot be."""
        values = self.complete(given)
        if lacking := self.missing(customers, values):
            raise Problem(self.lacks(lacking))
        return self.run(customers, **values)

    def describe(self) -> dict[str, Any]:
        """The declaration as plain data."""
        return {
            "name": self.name,
            "title": self.title,
            "needs": [list(need) if isinstance(need, tuple) else need for need in self.needs],
            "controls": {name: self._described(name) for name in self.controls},
            "about": self.doc,
        }

    def _described(self, name: str) -> dict[str, Any]:
        """A control as plain data, what is not said left out."""
        control = self.controls[name]
        said = {key: value for key, value in asdict(control).items() if value not in (None, "", ())}
        plain = {key.removesuffix("_"): value for key, value in said.items() if not callable(value)}
        return {"kind": control.kind, "default": self.defaults[name], **plain}


def declared(run: Callable[..., Any]) -> tuple[dict[str, Control], dict[str, Any]]:
    """What a signature declares of every parameter after the customers: its control, and its default."""
    hints = get_type_hints(run, include_extras=True)
    parameters = list(inspect.signature(run).parameters.values())[1:]
    return {p.name: hints[p.name].__metadata__[0] for p in parameters}, {p.name: p.default for p in parameters}
