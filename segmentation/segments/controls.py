"""What a threshold or a setting can be: one control each, with its label, its limits, its check and its words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.segments import rules


@dataclass(frozen=True)
class Control:
    """What every control says: what it is called, a help sentence, and when it counts.

    when      (other parameter, its value): this threshold only counts under that choice; setting it without the
              choice makes the choice
    decides   of customers and all values, whether it decides anything there: a threshold of a column that the file has
              not can be set, and is not offered on the screen. None: it always does
    reshapes  whether a moved value may put anybody elsewhere, not only those at a cut
    """

    label: str
    help: str = field(default="", kw_only=True)
    when: tuple[str, str] | None = field(default=None, kw_only=True)
    decides: Callable[[Customers, Mapping[str, Any]], bool] | None = field(default=None, compare=False, kw_only=True)
    kind: ClassVar[str] = ""
    reshapes: ClassVar[bool] = False

    def check(self, name: str, value: Any) -> Any:
        """The value in its type; Problem when it is outside what the control allows."""
        raise NotImplementedError

    def counts(self, customers: Customers, values: Mapping[str, Any]) -> bool:
        """Whether moving it may change anything for these customers under these values."""
        return self.chosen(values) and (self.decides is None or self.decides(customers, values))

    def chosen(self, values: Mapping[str, Any]) -> bool:
        """Whether the choice under which it counts is made."""
        return self.when is None or values[self.when[0]] == self.when[1]

    def missing(self, customers: Customers, value: Any) -> list[str]:
        """Columns that this value asks for and the customers lack."""
        return []

    @property
    def limits(self) -> str:
        """What it can be, in few words."""
        raise NotImplementedError

    @property
    def unit(self) -> str:
        """What stands behind its number; "%": a share, shown as per cent."""
        return ""

    @property
    def with_(self) -> str | None:
        """The parameter of the upper end of a two-ended slider that begins here."""
        return None

    @property
    def below(self) -> str | None:
        """A parameter with a control of its own that must not be lower than this one."""
        return None

    @property
    def upper(self) -> str | None:
        """The parameter that must not be lower than this one, however both are drawn."""
        return self.with_ or self.below


@dataclass(frozen=True)
class Slider(Control):
    """A number between two limits.

    with_ names the parameter of the upper end of a two-ended slider, and both is what that slider is called; below one
    that has a slider of its own and must not be lower than this.
    """

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
    """How much a part counts beside the others: it moves everybody a little, not those at a cut.

    part: what of the customers it is, where customers without it are scored by the other parts
    """

    part: str = ""
    kind: ClassVar[str] = "weight"
    reshapes: ClassVar[bool] = True


@dataclass(frozen=True)
class Rare(Slider):
    """A share of the customers: values that fewer of them have are gathered in one segment."""


@dataclass(frozen=True)
class Number(Control):
    """A whole number that reshapes everything, such as how many groups there are."""

    low: int
    high: int
    kind: ClassVar[str] = "number"
    reshapes: ClassVar[bool] = True

    def check(self, name: str, value: Any) -> int:
        number = as_number(name, value)
        if not (self.low <= number <= self.high and number.is_integer()):
            raise Problem(f"{name} is {number:g}; it can be a whole number from {self.low} to {self.high}.")
        return int(number)

    @property
    def limits(self) -> str:
        return f"a whole number from {self.low} to {self.high}"


@dataclass(frozen=True)
class Edges(Control):
    """Ascending cuts between bands, each editable; where only one is allowed it is an amount.

    below   names the amount that must not be lower than this one
    """

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

    kind: ClassVar[str] = "column"

    def check(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise Problem(f"{name} must be the name of a column.")
        return value

    @property
    def limits(self) -> str:
        return "a number column"


@dataclass(frozen=True)
class Columns(Control):
    """Several number columns of the customers, chosen by name; as text a,b,c, or as JSON where a heading has a comma.

    first   customers → the columns taken where none are chosen, by a method that allows that (`fewest` is 0)
    words   (other parameter, its value): the choice under which columns of words count too
    """

    fewest: int = 1
    first: Callable[[Customers], tuple[str, ...]] | None = field(default=None, compare=False, kw_only=True)
    words: tuple[str, str] | None = field(default=None, kw_only=True)
    kind: ClassVar[str] = "columns"
    reshapes: ClassVar[bool] = True

    def check(self, name: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            value = rules.from_json(name, value) if value[:1] == "[" else filter(None, map(str.strip, value.split(",")))
        columns = tuple(value) if isinstance(value, Iterable) and not isinstance(value, Mapping) else (None,)
        if not all(isinstance(column, str) and column for column in columns):
            raise Problem(f"{name} must be the names of columns, as revenue,orders.")
        if twice := [column for column in columns if columns.count(column) > 1]:
            raise Problem(f"{name} has the column “{twice[0]}” twice: name each once.")
        if len(columns) < self.fewest:
            raise Problem(f"{name} has {formats.plural(len(columns), 'column')}; it takes {self.fewest} and more.")
        return columns

    def missing(self, customers: Customers, value: Any) -> list[str]:
        return [column for column in value if not customers.has(column)]

    def takes_words(self, values: Mapping[str, Any]) -> bool:
        """Whether columns of words count too, under these values of all parameters."""
        return self.words is not None and values[self.words[0]] == self.words[1]

    @property
    def limits(self) -> str:
        return f"{formats.plural(self.fewest, 'number column')} and more" if self.fewest else "number columns"


@dataclass(frozen=True)
class Attribute(Control):
    """A column of any kind, chosen by name; where none is ("") the method finds it by its heading.

    finds   the concepts (see `concepts.py`) whose column is taken then, the first that is there
    first   customers → the column taken then by a method that asks for no concept
    """

    finds: tuple[str, ...] = ()
    first: Callable[[Customers], str] | None = field(default=None, compare=False, kw_only=True)
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
    cell     the bands of each ordering (0 = best) and how many each has → the cell they are named by
    """

    cells: tuple[str, ...] = ()
    called: Callable[[Mapping[str, Any]], dict[str, str]] = field(default=lambda values: {}, compare=False)
    cell: Callable[[Sequence[int], Sequence[int]], str] = field(default=lambda bands, sizes: "", compare=False)
    kind: ClassVar[str] = "names"

    def painted(self, name: str, values: Mapping[str, Any], cells: Iterable[str], called: str) -> dict[str, str]:
        """The names of one's own with these cells called so; a cell called as usual needs none.

        name   of this threshold; values: all of the method's
        """
        usual = self.called({**values, name: {}})
        given = {**values[name], **dict.fromkeys(cells, called.strip())}
        return {cell: given[cell] for cell in self.cells if cell in given and given[cell] != usual[cell]}

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
class Called(Control):
    """What segments are called, where they are not called as proposed: {name proposed: name of one's own}."""

    most: int = 100
    kind: ClassVar[str] = "called"

    def check(self, name: str, value: Any) -> dict[str, str]:
        given = rules.from_json(name, value) if isinstance(value, str) else value
        if not isinstance(given, Mapping) or not all(isinstance(one, str) for one in given) or len(given) > self.most:
            raise Problem(f"{name} must say for a name what it is called instead, as {{“a name”: “another”}}.")
        return {one: rules.check_name(f"{name}, {one}", called) for one, called in given.items()}

    @property
    def limits(self) -> str:
        return "names, each with one of your own"


@dataclass(frozen=True)
class Within(Control):
    """A column whose values make groups of customers who are alike, or "" for all customers."""

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


def as_number(name: str, value: Any) -> float:
    """A finite float of what was given; Problem otherwise."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise Problem(f"{name} must be a number, not “{value}”.")
    return number
