"""How a method says what it needs: its signature is its declaration.

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
import math
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar, get_type_hints

import pandas as pd

from segmentation.customers import Customers
from segmentation.problems import Problem
from segmentation.segmentation import Segmentation


@dataclass(frozen=True, kw_only=True)
class Control:
    """What every control says beside its label: a help sentence, and when it counts.

    when   (other parameter, its value): this threshold only counts under that choice; setting it without the
           choice makes the choice
    """

    help: str = ""
    when: tuple[str, str] | None = None
    kind: ClassVar[str] = ""

    def check(self, name: str, value: Any) -> Any:
        """The value in its type; Problem when it is outside what the control allows."""
        raise NotImplementedError

    @property
    def limits(self) -> str:
        """What it can be, in few words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Slider(Control):
    """A number between two limits. with_ names the parameter of the upper end of a two-ended slider."""

    label: str
    low: float
    high: float
    step: float = 0.01
    unit: str = "%"  # "%": a share, shown as per cent; else a word after the number
    with_: str | None = None
    kind: ClassVar[str] = "slider"

    def check(self, name: str, value: Any) -> float:
        number = as_number(name, value)
        if not self.low <= number <= self.high:
            raise Problem(f"{name} is {number:g}; it can be from {self.low:g} to {self.high:g}.")
        if self.step == 1 and not number.is_integer():
            raise Problem(f"{name} is {number:g}; it can be a whole number from {self.low:g} to {self.high:g}.")
        return int(number) if float(self.step).is_integer() and number.is_integer() else number

    @property
    def limits(self) -> str:
        return f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Weight(Slider):
    """How much a part counts beside the others: it moves everybody a little, not those at a cut."""

    kind: ClassVar[str] = "weight"


@dataclass(frozen=True)
class Edges(Control):
    """Ascending cuts between bands, each editable; where only one is allowed it is an amount."""

    label: str
    unit: str = ""
    low: float = 0.0
    most: int = 8
    kind: ClassVar[str] = "edges"

    def check(self, name: str, value: Any) -> tuple[float, ...]:
        parts = value.split(",") if isinstance(value, str) else value if isinstance(value, Iterable) else [value]
        cuts = tuple(as_number(name, part) for part in parts)
        if not 1 <= len(cuts) <= self.most:
            raise Problem(f"{name} has {len(cuts)} cuts; it takes 1 to {self.most}.")
        if min(cuts) < self.low:
            raise Problem(f"{name} has a cut at {min(cuts):g}; cuts can be from {self.low:g} up.")
        if list(cuts) != sorted(cuts):
            raise Problem(
                f"The cuts of {name} are out of order ({', '.join(map('{:g}'.format, cuts))}): put them ascending."
            )
        return cuts

    @property
    def limits(self) -> str:
        return f"up to {self.most} ascending cuts" if self.most > 1 else "one cut"


@dataclass(frozen=True)
class Choice(Control):
    """One of a few named ways: value → what it means."""

    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    kind: ClassVar[str] = "choice"

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in self.options:
            raise Problem(f"{name} is “{value}”; it can be {', '.join(self.options)}.")
        return value

    @property
    def limits(self) -> str:
        return " or ".join(self.options)


@dataclass(frozen=True)
class Column(Control):
    """A number column of the customers, chosen by name."""

    label: str
    kind: ClassVar[str] = "column"

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise Problem(f"{name} must be the name of a column.")
        return value

    @property
    def limits(self) -> str:
        return "a number column"


def as_number(name: str, value: Any) -> float:
    """A finite float of what was given; Problem otherwise."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Problem(f"{name} must be a number, not “{value}”.")
    return number


@dataclass(frozen=True)
class Method:
    """A way to put every customer into exactly one segment, with its thresholds.

    question   what it answers, the title of its page; family: the part of the catalogue it stands in
    needs      columns the customers must have; a tuple among them means any one of these
    controls   parameter → Control; defaults: parameter → value
    """

    name: str
    title: str
    family: str
    question: str
    needs: tuple[str | tuple[str, ...], ...]
    run: Callable[..., Segmentation]
    controls: dict[str, Control]
    defaults: dict[str, Any]
    reference: tuple[float, ...] | None = None

    @property
    def doc(self) -> str:
        return inspect.getdoc(self.run) or ""

    @property
    def wants(self) -> str:
        """The columns it needs, in words."""
        return ", ".join(" or ".join(need) if isinstance(need, tuple) else need for need in self.needs) or "any number"

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All thresholds: those given, checked, over the defaults. Problem for a name or value that cannot be."""
        for name in given:
            if name not in self.controls:
                raise Problem(f"{self.name} has no threshold “{name}”; it has {', '.join(self.controls)}.")
        checked = {name: self.controls[name].check(name, value) for name, value in given.items()}
        implied = {
            when[0]: when[1] for name in checked if (when := self.controls[name].when) and when[0] not in checked
        }
        values = {**self.defaults, **implied, **checked}
        self._in_order(values)
        return values

    def _in_order(self, values: Mapping[str, Any]) -> None:
        for name, control in self.controls.items():
            other = getattr(control, "with_", None)
            if other and values[name] > values[other]:
                raise Problem(
                    f"{name} ({values[name]:g}) is above {other} ({values[other]:g}): thresholds cannot cross."
                )

    def missing(self, customers: Customers) -> list[str]:
        """Columns the method needs and the customers lack."""
        groups = [need if isinstance(need, tuple) else (need,) for need in self.needs]
        return [" or ".join(group) for group in groups if not any(name in customers.frame for name in group)]

    def __call__(self, customers: Customers, **thresholds: Any) -> Segmentation:
        """The segmentation. Raises Problem for missing columns and for thresholds that cannot be."""
        if lacking := self.missing(customers):
            raise Problem(f"{self.title} needs {' and '.join(lacking)}, which these customers do not have.")
        return self.run(customers, **self.complete(thresholds))

    def segment(self, customers: Customers, **thresholds: Any) -> pd.Series:
        """Segment of each customer: an ordered categorical Series indexed by customer id, best first."""
        return self(customers, **thresholds).labels()

    def describe(self) -> dict[str, Any]:
        """The declaration as plain data: what `methods --json` prints."""
        return {
            "name": self.name,
            "title": self.title,
            "family": self.family,
            "question": self.question,
            "needs": [list(need) if isinstance(need, tuple) else need for need in self.needs],
            "controls": {
                name: {"kind": control.kind, "default": self.defaults[name], **_plain(asdict(control))}
                for name, control in self.controls.items()
            },
            "about": self.doc,
        }


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {("with" if key == "with_" else key): value for key, value in fields.items() if value not in (None, "", ())}


def method(
    title: str,
    *,
    family: str,
    question: str,
    needs: Sequence[str | tuple[str, ...]] = (),
    reference: Sequence[float] | None = None,
) -> Callable[[Callable[..., Segmentation]], Method]:
    """Make a function of customers and thresholds a Method, reading its signature.

    reference   shares of customers usually quoted for these segments, shown beside the actual ones
    """

    def declare(run: Callable[..., Segmentation]) -> Method:
        hints = get_type_hints(run, include_extras=True)
        parameters = list(inspect.signature(run).parameters.values())[1:]
        controls = {p.name: hints[p.name].__metadata__[0] for p in parameters}
        defaults = {p.name: p.default for p in parameters}
        return Method(
            run.__name__,
            title,
            family,
            question,
            tuple(needs),
            run,
            controls,
            defaults,
            tuple(reference) if reference else None,
        )

    return declare


def discover(package: ModuleType) -> dict[str, Method]:
    """The methods of a package: in each of its files the one that bears the file's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    return {name: getattr(import_module(f"{package.__name__}.{name}"), name) for name in names}
