"""Study: every setting of an analysis as one document that can be saved, sent and replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from segmentation.customers import Customers
from segmentation.lines import as_day64
from segmentation.method import Method
from segmentation.methods import METHODS
from segmentation.own import own
from segmentation.problems import Problem
from segmentation.read import Table, read
from segmentation.segmentation import Segmentation

VERSION = 1
READING = ("encoding", "delimiter", "decimal", "dates", "sheet")
WINDOWS = (None, 3, 6, 12, 24)
RETURNS = {
    "net": "Take their money off; they are no purchase",
    "keep": "Count them as any other line",
    "drop": "Set them aside",
}
BLANKS = {"aside": "Set them aside", "one": "Keep them as one customer"}


@dataclass
class Study:
    """All a person can set; nothing else remembers settings.

    columns     role → heading, where it differs from what is recognised ("" = this role is not in the file)
    reading     decisions about reading (encoding, delimiter, decimal, dates, sheet), where they are not left to us
    as_of       ISO date, or None for the file's last day; window: calendar months back, or None for all
    returns, blanks, margin   what is done with negative lines, lines without a customer, and a missing profit
    currency    the sign shown with money
    method      the chosen method; thresholds: method → {threshold: value}, where they differ from the defaults
    own         methods of one's own: name → recipe (see `own.py`); they can be chosen as any other
    lines       portfolio cut lines, "profit" and "potential", in money per customer; absent = the average
    file        name of the file the study was made on
    """

    columns: dict[str, str] = field(default_factory=dict)
    reading: dict[str, str] = field(default_factory=dict)
    as_of: str | None = None
    window: int | None = None
    returns: str = "net"
    blanks: str = "aside"
    margin: float | None = None
    currency: str = ""
    method: str = "abc_classes"
    thresholds: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, float] = field(default_factory=dict)
    file: str = ""

    # The steps of an analysis with these settings

    def read(self, source: str | Path | bytes, *, name: str | None = None) -> Table:
        """The table of a file under this study's decisions."""
        return read(source, name=name, **self.reading)

    def customers(self, table: Table) -> Customers:
        """The customers of a table under this study's settings."""
        return Customers.build(table, self.columns, **self.roll_up_settings())

    def roll_up_settings(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("as_of", "window", "returns", "blanks", "margin")}

    @property
    def methods(self) -> dict[str, Method]:
        """Every method that can be chosen: the catalogue, then one's own."""
        return {**METHODS, **{name: own(name, recipe) for name, recipe in self.own.items()}}

    @property
    def chosen(self) -> Method:
        return METHODS[self.method] if self.method in METHODS else own(self.method, self.own[self.method])

    def values(self) -> dict[str, Any]:
        """Every threshold of the chosen method, as it stands."""
        return self.chosen.complete(self.thresholds.get(self.method, {}))

    def segmentation(self, customers: Customers) -> Segmentation:
        """The chosen method at the chosen thresholds."""
        return self.chosen(customers, **self.thresholds.get(self.method, {}))

    def forget_missing(self, table: Table) -> list[str]:
        """Leave out columns the table does not have (a study of another file); the headings left out."""
        names = table.data.column_names
        gone = {role: heading for role, heading in self.columns.items() if heading and heading not in names}
        self.columns = {role: heading for role, heading in self.columns.items() if role not in gone}
        return list(gone.values())

    # Changing and keeping

    def choose(self, method: str) -> None:
        """Switch the method; thresholds of the others are kept. Problem for an unknown one."""
        if method not in self.methods:
            raise Problem(f"There is no method “{method}”; there are {', '.join(self.methods)}.")
        self.method = method

    def keep(self, name: str, recipe: Mapping[str, Any]) -> None:
        """Save a method of one's own under a name, over one of that name. Problem where it cannot be."""
        if name in METHODS:
            raise Problem(f"“{name}” is a method of the catalogue: choose another name.")
        own(name, recipe)
        self.own[name] = dict(recipe)
        self.thresholds.pop(name, None)  # they belonged to the recipe before

    def drop(self, name: str) -> None:
        """Forget a method of one's own; where it was the chosen one, the first of the catalogue is."""
        self.own.pop(name, None)
        self.thresholds.pop(name, None)
        self.method = self.method if self.method in self.methods else next(iter(METHODS))

    def set(self, **thresholds: Any) -> None:
        """Move thresholds of the chosen method. Problem, and nothing moved, where they cannot be."""
        moved = {**self.thresholds.get(self.method, {}), **thresholds}
        complete = self.chosen.complete(moved)
        self.thresholds[self.method] = {name: complete[name] for name in moved}

    def to_json(self) -> str:
        """Readable JSON, with the version of its form."""
        return json.dumps({"version": VERSION, **asdict(self)}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Study:
        """A study read back and checked. Problem says which setting cannot be used."""
        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Problem(f"This is no study: it is not JSON ({error}). Choose a file saved from here.") from None
        if not isinstance(document, dict) or "version" not in document:
            raise Problem("This is no study: it has no version. Choose a file saved from here.")
        if document.pop("version") != VERSION:
            raise Problem(f"This study has another version than {VERSION}: save it anew with the version that made it.")
        known = {f.name: f for f in fields(cls)}
        if strange := [name for name in document if name not in known]:
            raise Problem(f"The study has settings that are not known here: {', '.join(map(str, strange))}.")
        study = cls(**document)
        study.check()
        return study

    @classmethod
    def load(cls, path: str | Path) -> Study:
        """A study from a file."""
        try:
            return cls.from_json(Path(path).read_bytes())
        except OSError as error:
            raise Problem(f"The study {path} cannot be opened: {error.strerror}.") from None

    def check(self) -> None:
        """Problem where a setting cannot be used."""
        for name in ("columns", "reading", "thresholds", "own", "lines"):
            if not isinstance(getattr(self, name), dict):
                raise Problem(f"In the study, {name} must be a set of names and values.")
        if taken := [name for name in self.own if name in METHODS]:
            raise Problem(f"In the study, own has “{taken[0]}”, a method of the catalogue: choose another name.")
        for name, allowed in (("returns", RETURNS), ("blanks", BLANKS), ("method", self.methods)):
            if not isinstance(getattr(self, name), str) or getattr(self, name) not in allowed:
                raise Problem(f"In the study, {name} is “{getattr(self, name)}”; it can be {', '.join(allowed)}.")
        if strange := [name for name in self.reading if name not in READING]:
            raise Problem(f"In the study, reading has {', '.join(strange)}; it can have {', '.join(READING)}.")
        texts = (*self.columns.values(), *self.reading.values(), self.currency, self.file)
        if not all(isinstance(text, str) for text in texts):
            raise Problem("In the study, headings, decisions about reading, currency and file must be text.")
        if self.window is not None:
            _check_number("window", self.window, 1, 1200, whole=True)
        if self.margin is not None:
            _check_number("margin", self.margin, -1, 1)
        if strange := [name for name in self.lines if name not in ("profit", "potential")]:
            raise Problem(f"In the study, lines has {', '.join(map(str, strange))}; it can have profit and potential.")
        if len(self.currency) > 5 or set(self.currency) & set("[]()<>!`*_"):
            raise Problem("In the study, currency can be a sign of at most five letters.")
        for name, value in self.lines.items():
            _check_number(f"line {name}", value, -1e15, 1e15)
        as_day64(self.as_of)
        self._check_thresholds()

    def _check_thresholds(self) -> None:
        methods = self.methods
        for method, thresholds in self.thresholds.items():
            if method not in methods or not isinstance(thresholds, Mapping):
                raise Problem(f"In the study, thresholds name the method “{method}”; there are {', '.join(methods)}.")
            methods[method].complete(thresholds)


def _check_number(name: str, value: Any, low: float, high: float, *, whole: bool = False) -> None:
    kinds = int if whole else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind = "whole number" if whole else "number"
        raise Problem(f"In the study, {name} is “{value}”; it can be a {kind} from {low:g} to {high:g}.")
