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
from typing import Any, ClassVar, NamedTuple, get_type_hints

import pandas as pd

from segmentation import formats
from segmentation.columns.concepts import said
from segmentation.columns.supply import how
from segmentation.customers.attributes import find
from segmentation.customers.customers import Customers
from segmentation.problems import Problem
from segmentation.segments import rules
from segmentation.segments.segmentation import UNKNOWN, Segmentation


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

    def missing(self, customers: Customers, value: Any) -> list[str]:
        """Columns that this value asks for and the customers lack."""
        return []

    @property
    def limits(self) -> str:
        """What it can be, in few words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Slider(Control):
    """A number between two limits.

    with_ names the parameter of the upper end of a two-ended slider, and both is what that slider is called; below one
    that has a slider of its own and must not be lower than this.
    """

    label: str
    low: float
    high: float
    step: float = 0.01
    unit: str = "%"  # "%": a share, shown as per cent; else a word after the number
    with_: str | None = None
    both: str = ""
    below: str | None = None
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
    """Ascending cuts between bands, each editable; where only one is allowed it is an amount.

    below   names the amount that must not be lower than this one
    """

    label: str
    unit: str = ""
    low: float = 0.0
    most: int = 8
    below: str | None = None
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


@dataclass(frozen=True)
class Attribute(Control):
    """A column of any kind, chosen by name; where none is ("") the method finds it by its heading.

    finds   the concepts (see `concepts.py`) whose column is taken then, the first that is there
    """

    label: str
    finds: tuple[str, ...] = ()
    kind: ClassVar[str] = "attribute"

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            raise Problem(f"{name} must be the name of a column.")
        return value

    def missing(self, customers: Customers, value: Any) -> list[str]:
        return [value] if value and not customers.has(value) else []

    @property
    def limits(self) -> str:
        return "a column"


@dataclass(frozen=True)
class Rows(Control):
    """If-then rows: a tuple of {"when": condition, "segment": name}, first match wins (see `rules.py`)."""

    label: str
    kind: ClassVar[str] = "rules"

    def check(self, name: str, value: Any) -> tuple[dict[str, str], ...]:
        return rules.plain(name, value)

    def missing(self, customers: Customers, value: Any) -> list[str]:
        return [column for column in rules.columns_of(value) if not customers.has(column)]

    @property
    def limits(self) -> str:
        return f"up to {rules.MOST} rows: condition -> segment; …"


@dataclass(frozen=True)
class Names(Control):
    """What cells are called, where they are not called as usual: {cell: name}.

    called   all thresholds → what every cell is called now
    """

    label: str
    cells: tuple[str, ...] = ()
    called: Callable[[Mapping[str, Any]], dict[str, str]] = field(default=lambda values: {}, compare=False)
    kind: ClassVar[str] = "names"

    def check(self, name: str, value: Any) -> dict[str, str]:
        given = rules.from_json(name, value) if isinstance(value, str) else value
        if not isinstance(given, Mapping):
            raise Problem(f"{name} must say for each cell what it is called, as {{“{self.cells[0]}”: “a name”}}.")
        for cell, called in given.items():
            if cell not in self.cells:
                raise Problem(f"{name} names the cell “{cell}”; cells go from {self.cells[0]} to {self.cells[-1]}.")
            rules.check_name(f"{name}, cell {cell}", called)
        return {cell: given[cell].strip() for cell in self.cells if cell in given}

    @property
    def limits(self) -> str:
        return f"names for cells {self.cells[0]} to {self.cells[-1]}"


@dataclass(frozen=True)
class Other(Control):
    """Another method: its name, or {"method": name, threshold: value, …}."""

    label: str
    kind: ClassVar[str] = "method"

    def check(self, name: str, value: Any) -> str | dict[str, Any]:
        given = rules.from_json(name, value) if isinstance(value, str) and value[:1] == "{" else value
        method, thresholds = self.read(name, given)
        if not thresholds:
            return method.name
        try:
            complete = method.complete(thresholds)
        except Problem as problem:
            raise Problem(f"In {name}: {problem}") from None
        return {"method": method.name, **{one: complete[one] for one in thresholds}}

    @staticmethod
    def read(name: str, value: Any) -> tuple[Method, dict[str, Any]]:
        """The method meant and its thresholds."""
        from segmentation.methods import METHODS  # found only when all methods are

        thresholds = dict(value) if isinstance(value, Mapping) else {"method": value}
        called = thresholds.pop("method", None)
        if not isinstance(called, str) or called not in METHODS:
            raise Problem(f"{name} is “{called}”; it can be {', '.join(METHODS)}.")
        return METHODS[called], thresholds

    def missing(self, customers: Customers, value: Any) -> list[str]:
        method, thresholds = self.read(self.label, value)
        return method.missing(customers, thresholds)

    @property
    def limits(self) -> str:
        return "the name of a method"


def as_number(name: str, value: Any) -> float:
    """A finite float of what was given; Problem otherwise."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Problem(f"{name} must be a number, not “{value}”.")
    return number


class Meaning(NamedTuple):
    """What a segment is, and the attention it usually gets."""

    meaning: str
    attention: str


Look = Callable[["Method", Customers, Mapping[str, Any]], pd.DataFrame]


@dataclass(frozen=True)
class Method:
    """A way to put every customer into exactly one segment, with its thresholds.

    question   what it answers, the title of its page; family: the part of the catalogue it stands in
    needs      columns or concepts the customers must have; a tuple among them means any one of these
    controls   parameter → Control; defaults: parameter → value
    misleads   when its answer is wrong, in a sentence; source: where the definition comes from
    segments   name → Meaning, best first; "*" stands for segments whose names come from the user or the file
    reference  shares of customers usually quoted for the segments, or None
    looks      title → a further table of this method, made of the method, the customers and the thresholds
    """

    name: str
    title: str
    family: str
    question: str
    needs: tuple[str | tuple[str, ...], ...]
    run: Callable[..., Segmentation]
    controls: dict[str, Control]
    defaults: dict[str, Any]
    misleads: str = ""
    source: str = ""
    segments: Mapping[str, Meaning] = field(default_factory=dict)
    reference: tuple[float, ...] | None = None
    looks: Mapping[str, Look] = field(default_factory=dict)

    @property
    def doc(self) -> str:
        """What it does, and when it misleads."""
        return f"{inspect.getdoc(self.run) or ''}\n\n{self.misleads}".strip()

    @property
    def wants(self) -> str:
        """The columns it needs, in words."""
        return ", ".join(" or ".join(need) if isinstance(need, tuple) else need for need in self.needs) or "any number"

    def meaning(self, segment: str) -> Meaning | None:
        """What a segment of this method means; None for *Unknown* and names nobody explained."""
        return self.segments.get(segment) or (self.segments.get("*") if segment != UNKNOWN else None)

    @property
    def bounds(self) -> list[tuple[str, str]]:
        """Pairs of sliders, or of amounts, of which the first must not be above the second."""
        uppers = (
            (name, getattr(one, "with_", None) or getattr(one, "below", None)) for name, one in self.controls.items()
        )
        return [(name, other) for name, other in uppers if other]

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
        for name, other in self.bounds:
            if values[name] > values[other]:
                first, second = formats.setting(values[name]), formats.setting(values[other])
                raise Problem(f"{name} ({first}) is above {other} ({second}): thresholds cannot cross.")

    def missing(self, customers: Customers, given: Mapping[str, Any] | None = None) -> list[str]:
        """Columns the method needs and the customers lack, at these thresholds."""
        values = {**self.defaults, **(given or {})}
        groups = [need if isinstance(need, tuple) else (need,) for need in self.needs]
        told = {name for name, control in self.controls.items() if isinstance(control, Attribute) and values[name]}
        lacking = [" or ".join(group) for group in groups if not any(n in told or find(customers, n) for n in group)]
        for name, control in self.controls.items():
            lacking += [column for column in control.missing(customers, values[name]) if column not in lacking]
        return lacking

    def __call__(self, customers: Customers, **thresholds: Any) -> Segmentation:
        """The segmentation. Raises Problem for missing columns and for thresholds that cannot be."""
        values = self.complete(thresholds)
        if lacking := self.missing(customers, values):
            names = formats.listed([said(one) for one in lacking]).lower()
            raise Problem(f"{self.title} needs {names}, which these customers do not have: {how(*lacking)}.")
        return self.run(customers, **values)

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
            "controls": described(self.controls, self.defaults),
            "about": self.doc,
            "misleads": self.misleads,
            "source": self.source,
            "reference": self.reference and list(self.reference),
            "segments": {name: meaning._asdict() for name, meaning in self.segments.items()},
        }


def described(controls: Mapping[str, Control], defaults: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Controls as plain data, what is not said left out."""
    return {
        name: {"kind": control.kind, "default": defaults[name], **_plain(asdict(control))}
        for name, control in controls.items()
    }


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        ("with" if key == "with_" else key): value
        for key, value in fields.items()
        if not (value in (None, "", ()) or callable(value))
    }


def declared(run: Callable[..., Any]) -> tuple[dict[str, Control], dict[str, Any]]:
    """What a signature declares of every parameter after the customers: its control, and its default."""
    hints = get_type_hints(run, include_extras=True)
    parameters = list(inspect.signature(run).parameters.values())[1:]
    return {p.name: hints[p.name].__metadata__[0] for p in parameters}, {p.name: p.default for p in parameters}


def method(
    title: str,
    *,
    family: str,
    question: str,
    needs: Sequence[str | tuple[str, ...]] = (),
    misleads: str = "",
    source: str = "",
    segments: Mapping[str, tuple[str, str]] | None = None,
    reference: Sequence[float] | None = None,
    looks: Mapping[str, Look] | None = None,
) -> Callable[[Callable[..., Segmentation]], Method]:
    """Make a function of customers and thresholds a Method, reading its signature; see `Method` for what is said."""

    def declare(run: Callable[..., Segmentation]) -> Method:
        return Method(
            run.__name__,
            title,
            family,
            question,
            tuple(needs),
            run,
            *declared(run),
            misleads,
            source,
            {name: Meaning(*said) for name, said in (segments or {}).items()},
            tuple(reference) if reference else None,
            looks or {},
        )

    return declare


def discover(package: ModuleType) -> dict[str, Method]:
    """What a package declares: of each of its files what bears the file's name and can be run."""
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg)
    found = {name: getattr(import_module(f"{package.__name__}.{name}"), name, None) for name in names}
    return {name: one for name, one in found.items() if one is not None and hasattr(one, "run")}
