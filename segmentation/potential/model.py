"""How a model of potential says what it needs: as a method does, its signature is its declaration.

    @model("Trend", needs=[("profit", "revenue")])
    def trend(
        customers: Customers,
        damping: Annotated[float, Slider("How much of the growth is believed", 0, 1, 0.05)] = 0.5,
    ) -> Potential:

The page draws the settings, the shell parses them, the tests move them; a notebook calls it with plain keywords.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.problems import Problem
from segmentation.segments.method import Control, as_number, declared, described


@dataclass(frozen=True)
class Within(Control):
    """A column whose values make groups of customers who are alike, or "" for all customers."""

    label: str
    kind: ClassVar[str] = "within"

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise Problem(f"{name} must be the name of a column, or nothing for all customers.")
        return value

    @property
    def limits(self) -> str:
        return "a column, or nothing for all customers"


@dataclass(frozen=True)
class Weights(Control):
    """Number columns and how much each counts: {column: weight}; as text revenue=2,growth=1."""

    label: str
    kind: ClassVar[str] = "weights"

    def check(self, name: str, value: Any) -> dict[str, float]:
        if isinstance(value, str):
            value = dict(_weight(name, part) for part in value.split(",") if part.strip())
        if not isinstance(value, Mapping) or not all(isinstance(column, str) for column in value):
            raise Problem(f"{name} must give columns their weights, as revenue=2,growth=1.")
        weights = {column: as_number(f"{name} of {column}", weight) for column, weight in value.items()}
        if any(weight < 0 for weight in weights.values()):
            raise Problem(f"{name} has a weight below 0: weights can be 0 or more.")
        return weights

    @property
    def limits(self) -> str:
        return "columns with weights of 0 or more"


def _weight(name: str, part: str) -> tuple[str, str]:
    column, sign, weight = part.rpartition("=")
    if not sign:
        raise Problem(f"{name} has “{part.strip()}”: write each column with its weight, as revenue=2,growth=1.")
    return column.strip(), weight


@dataclass(frozen=True)
class Model:
    """A way to say what each customer could bring, with its settings.

    needs      columns the customers must have; a tuple among them means any one of these
    controls   parameter → Control; defaults: parameter → value
    """

    name: str
    title: str
    needs: tuple[str | tuple[str, ...], ...]
    run: Callable[..., Potential]
    controls: dict[str, Control]
    defaults: dict[str, Any]

    @property
    def doc(self) -> str:
        return inspect.getdoc(self.run) or ""

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All settings: those given, checked, over the defaults. Problem for a name or value that cannot be."""
        for name in given:
            if name not in self.controls:
                has = f"it has {', '.join(self.controls)}" if self.controls else "it has none"
                raise Problem(f"The model {self.name} has no setting “{name}”; {has}.")
        return {**self.defaults, **{name: self.controls[name].check(name, value) for name, value in given.items()}}

    def missing(self, customers: Customers) -> list[str]:
        """Columns the model needs and the customers lack."""
        groups = [need if isinstance(need, tuple) else (need,) for need in self.needs]
        return [" or ".join(group) for group in groups if not any(name in customers.frame for name in group)]

    def __call__(self, customers: Customers, **settings: Any) -> Potential:
        """What each customer could bring. Raises Problem for missing columns and for settings that cannot be."""
        if lacking := self.missing(customers):
            raise Problem(f"{self.title} needs {' and '.join(lacking)}, which these customers do not have.")
        return self.run(customers, **self.complete(settings))

    def describe(self) -> dict[str, Any]:
        """The declaration as plain data."""
        controls = described(self.controls, self.defaults)
        needs = [list(need) if isinstance(need, tuple) else need for need in self.needs]
        return {"name": self.name, "title": self.title, "needs": needs, "controls": controls, "about": self.doc}


def model(title: str, *, needs: Sequence[str | tuple[str, ...]] = ()) -> Callable[[Callable[..., Potential]], Model]:
    """Make a function of customers and settings a Model, reading its signature."""

    def declare(run: Callable[..., Potential]) -> Model:
        return Model(run.__name__, title, tuple(needs), run, *declared(run))

    return declare
