"""Study: every setting of an analysis as one document that can be saved, sent and replayed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from segmentation.checks import as_day64
from segmentation.columns.currencies import check_rates
from segmentation.customers.cooperation import EQUAL, Rates, check_parts, with_cooperation, with_rates
from segmentation.customers.customers import Customers
from segmentation.customers.left_out import LeftOut, left_out
from segmentation.joining.join import Join, Joined, join
from segmentation.joining.keys import family, named_apart
from segmentation.methods import METHODS
from segmentation.potential import fit_expected, model_of, with_potential
from segmentation.potential.lifetimes.likelihood import Fitting
from segmentation.potential.model import Potential
from segmentation.problems import Problem
from segmentation.reading.draft import Progress
from segmentation.reading.read import read
from segmentation.rollup.settings import CHOICES, SHAPES
from segmentation.segments.method import Method
from segmentation.segments.own import own
from segmentation.segments.segmentation import Segmentation
from segmentation.table import Table

VERSION = 1
READING = (
    *("encoding", "delimiter", "decimal", "dates", "sheet"),
    *("quote", "escape", "header", "table", "ragged", "totals", "text"),
)
ROLL_UP = (
    *("as_of", "window", "returns", "blanks", "margin", "shape", "rates", "cancelled"),
    *("duplicates", "zeros", "without_orders", "same"),
)
NAMED = (
    *("columns", "reading", "files", "thresholds", "lines", "same", "rates"),
    *("own", "model_settings", "serving", "cooperation", "views"),
)
PARTS = {"weights", "columns"}
EXPECTED = {"bgnbd": False, "mbgnbd": True}  # models that are fitted, and whether a one-time buyer may be gone
BUBBLES = {"sample": "a sample of customers", "largest": "the largest customers"}
WINDOWS = (None, 3, 6, 12, 24)


@dataclass
class Study:
    """All a person can set; nothing else remembers settings.

    columns     role → heading, where it differs from what is recognised ("" = this role is not in the file)
    reading     decisions about reading (see READING and `segmentation.read`), where they are not left to us
    files       name of a file → decisions about reading that one, over `reading`; next month's file takes them too
    as_of       ISO date, or None for the file's last day; window: calendar months back, or None for all
    returns, blanks, margin   what is done with negative lines, lines without a customer, and a missing profit
    rates       currency → what one of it counts, where amounts are in several
    cancelled   what is done with cancelled orders
    shape       what a row is (transactions, customers, wide), where it is not left to us
    currency    the sign shown with money
    method      the chosen method; thresholds: method → {threshold: value}, where they differ from the defaults
    model       the model of potential, "" = the file's own column, else the trend; model_settings: model →
                {setting: value}, where they differ from the defaults
    serving     cost to serve per "order", "line", "visit", "customer" (money); empty = the file's own
    cooperation   what the score is made of: "weights" part → weight, "columns" part → column; empty = what is known
    views       name → thresholds of the portfolio with "weights" and "columns" of its own: whom one may ask
    own         methods of one's own: name → recipe (see `own.py`); they can be chosen as any other
    lines       portfolio cut lines, "profit" and "potential", in money per customer; absent = the average
    bubbles     what a bubble of the portfolio is: "sample" or "largest" customers, or a method whose segments they are
    duplicates, zeros   what is done with lines that repeat another, and with amounts of 0 or none: "keep" or "drop"
    without_orders      numbers of orders left out; same: customer number → the number it is counted under
    masked      headings whose values are not shown on screen
    joins       how several files belong together (plain data, see `join.py`); None: as their values propose
    file        name of the file the study was made on
    """

    columns: dict[str, str] = field(default_factory=dict)
    reading: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    as_of: str | None = None
    window: int | None = None
    returns: str = "net"
    blanks: str = "aside"
    margin: float | None = None
    shape: str | None = None
    rates: dict[str, float] = field(default_factory=dict)
    cancelled: str = "aside"
    currency: str = ""
    method: str = "abc_classes"
    thresholds: dict[str, dict[str, Any]] = field(default_factory=dict)
    model: str = ""
    model_settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    serving: dict[str, float] = field(default_factory=dict)
    cooperation: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, float] = field(default_factory=dict)
    bubbles: str = "sample"
    duplicates: str = "keep"
    zeros: str = "keep"
    without_orders: list[str] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    masked: list[str] = field(default_factory=list)
    joins: list[dict[str, Any]] | None = None
    file: str = ""

    # The steps of an analysis with these settings

    def read(
        self,
        source: str | Path | bytes,
        *,
        name: str | None = None,
        among: Iterable[str] = (),
        progress: Progress | None = None,
    ) -> Table:
        """The table of a file under this study's decisions; see `reading_of` for `among`.

        progress   is told how far reading is, and may cancel it
        """
        called = name or ("" if isinstance(source, bytes) else Path(source).name)
        decisions: dict[str, Any] = self.reading_of(called, among)
        return read(source, name=name, progress=progress, **decisions)

    def reading_of(self, name: str, among: Iterable[str] = ()) -> dict[str, str]:
        """The decisions about reading the file of that name; `among` are the names of all files brought with it.

        A file without decisions of its own takes those of one that is not there and is called like it but for the
        month ("orders_may.csv" → "orders_june.csv"); where several such were decided differently, of none.
        """
        away = [
            decided for known, decided in self.files.items() if known not in among and family(known) == family(name)
        ]
        like = away[0] if away and all(one == away[0] for one in away) else {}
        return {**self.reading, **self.files.get(name, like)}

    def table(self, sources: Sequence[str | Path | bytes], *, names: Sequence[str | None] = ()) -> Table:
        """The table of one file, or of several joined as this study says; files of one name are told apart as (2)."""
        called = [
            name or ("The upload" if isinstance(source, bytes) else Path(source).name)
            for source, name in zip_longest(sources, names)
        ]
        apart = named_apart(called)
        tables = [self.read(source, name=name, among=apart) for source, name in zip(sources, apart, strict=True)]
        return tables[0] if len(tables) == 1 else self.join(tables)

    def join(self, tables: Sequence[Table]) -> Joined:
        """Several tables as one, by this study's joins; to keep those proposed, set `joins` to what they are."""
        return join(tables, self.joins)

    def customers(self, table: Table) -> Customers:
        """The customers of a table under this study's settings."""
        return self.completed(Customers.build(table, self.columns, **self.roll_up_settings()))

    def left_out(self, table: Table) -> LeftOut:
        """Every row of the table that this study does not use, and why."""
        return left_out(table, self.columns, **self.roll_up_settings())

    def completed(self, customers: Customers, told: Fitting | None = None) -> Customers:
        """Customers as they were rolled up, with this study's cost to serve, potential and cooperation.

        told   is called with the step and the log-likelihood while a model is fitted
        """
        self._fit(customers, told)
        if self.serving:
            customers = with_rates(customers, Rates(**self.serving))
        if self.serving and not self.model:
            customers = with_potential(customers)
        if self.model:
            customers = customers.with_found(self.found(customers))
        return with_cooperation(customers, **self.cooperation) if self.cooperation else customers

    def _fit(self, customers: Customers, told: Fitting | None) -> None:
        """Fit the chosen model where it is one that is fitted: it is kept with the customers, whatever serving costs."""
        if self.model in EXPECTED and not model_of(self.model).missing(customers):
            fit_expected(customers, EXPECTED[self.model], told)

    def found(self, customers: Customers) -> Potential:
        """What the chosen model of potential finds."""
        return model_of(self.model)(customers, **self.model_settings.get(self.model, {}))

    def roll_up_settings(self) -> dict[str, Any]:
        """What `Customers.build` takes of this study, beside the columns."""
        return {name: getattr(self, name) for name in ROLL_UP}

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
        self.bubbles = self.bubbles if self.bubbles in (*BUBBLES, *self.methods) else next(iter(BUBBLES))

    def set(self, **thresholds: Any) -> None:
        """Move thresholds of the chosen method. Problem, and nothing moved, where they cannot be."""
        self.set_of(self.method, **thresholds)

    def set_of(self, method: str, **thresholds: Any) -> None:
        """Move thresholds of a method, chosen or not. Problem, and nothing moved, where they cannot be."""
        moved = {**self.thresholds.get(method, {}), **thresholds}
        complete = self.methods[method].complete(moved)
        self.thresholds[method] = {name: complete[name] for name in moved}

    def move_lines(self, profit: float | Sequence[float], potential: float | Sequence[float]) -> None:
        """Put the cut lines of the portfolio at amounts: one of each for every page that shows them, or two of each."""
        both = [tuple(line) if isinstance(line, Sequence) else (line,) for line in (profit, potential)]
        self.set_of("portfolio", lines="amounts", profit=both[0], potential=both[1])
        single = all(len(lines) == 1 for lines in both)
        self.lines = {"profit": float(both[0][0]), "potential": float(both[1][0])} if single else {}

    def choose_model(self, model: str) -> None:
        """Switch the model of potential; settings of the others are kept. Problem for an unknown one."""
        self.model = model_of(model).name

    def set_model(self, **settings: Any) -> None:
        """Change settings of the chosen model. Problem, and nothing changed, where they cannot be."""
        changed = {**self.model_settings.get(self.model, {}), **settings}
        complete = model_of(self.model).complete(changed)
        self.model_settings[self.model] = {name: complete[name] for name in changed}

    def settings(self) -> dict[str, Any]:
        """Every setting of the chosen model, as it stands."""
        return model_of(self.model).complete(self.model_settings.get(self.model, {}))

    def without_model(self) -> Study:
        """This study with the potential left to the file, or the trend."""
        return replace(self, model="")

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
        for name in NAMED:
            if not isinstance(getattr(self, name), dict):
                raise Problem(f"In the study, {name} must be a set of names and values.")
        if taken := [name for name in self.own if name in METHODS]:
            raise Problem(f"In the study, own has “{taken[0]}”, a method of the catalogue: choose another name.")
        allowed: dict[str, Mapping[str, Any]] = {
            **{name: asked.ways for name, asked in CHOICES.items()},
            "method": self.methods,
            "bubbles": {**BUBBLES, **self.methods},
        }
        for name, ways in allowed.items():
            if not isinstance(getattr(self, name), str) or getattr(self, name) not in ways:
                raise Problem(f"In the study, {name} is “{getattr(self, name)}”; it can be {', '.join(ways)}.")
        for decisions in (self.reading, *self.files.values()):
            if not isinstance(decisions, dict) or not all(isinstance(text, str) for text in decisions.values()):
                raise Problem("In the study, decisions about reading must be names and texts.")
            if strange := [name for name in decisions if name not in READING]:
                raise Problem(f"In the study, reading has {', '.join(strange)}; it can have {', '.join(READING)}.")
        for name in ("without_orders", "masked"):
            if not isinstance(held := getattr(self, name), list) or not all(isinstance(text, str) for text in held):
                raise Problem(f"In the study, {name} must be a list of texts.")
        if not all(isinstance(text, str) for text in self.same.values()):
            raise Problem("In the study, same must give a customer number for each customer number.")
        if self.shape is not None and self.shape not in SHAPES:
            raise Problem(f"In the study, shape is “{self.shape}”; it can be {', '.join(SHAPES)}.")
        texts = (*self.columns.values(), *self.reading.values(), self.currency, self.file)
        if not all(isinstance(text, str) for text in texts):
            raise Problem("In the study, headings, decisions about reading, currency and file must be text.")
        if not isinstance(self.joins, list | None):
            raise Problem("In the study, joins must be a list of joins, or nothing.")
        for one in self.joins or ():
            Join.of(one)
        self.rates = check_rates(self.rates)
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
        self._check_model()
        self._check_portfolio()

    def _check_model(self) -> None:
        if self.model != "":
            model_of(self.model)
        for model, settings in self.model_settings.items():
            if not isinstance(settings, Mapping):
                raise Problem(f"In the study, the settings of the model {model} must be names and values.")
            model_of(model).complete(settings)

    def _check_portfolio(self) -> None:
        known = [one.name for one in fields(Rates)]
        if strange := [name for name in self.serving if name not in known]:
            raise Problem(f"In the study, serving has {', '.join(map(str, strange))}; it can have {', '.join(known)}.")
        for name, rate in self.serving.items():
            _check_number(f"the rate per {name}", rate, 0, 1e12)
        _check_parts("cooperation", {"cooperation": self.cooperation})
        _check_parts("views", self.views)
        for view in self.views.values():
            METHODS["portfolio"].complete({name: value for name, value in view.items() if name not in PARTS})

    def _check_thresholds(self) -> None:
        methods = self.methods
        for method, thresholds in self.thresholds.items():
            if method not in methods or not isinstance(thresholds, Mapping):
                raise Problem(f"In the study, thresholds name the method “{method}”; there are {', '.join(methods)}.")
            methods[method].complete(thresholds)


def _check_parts(name: str, held: Mapping[str, Any]) -> None:
    """Problem where a view, or cooperation itself, is made of something that cannot be."""
    for settings in held.values():
        if not isinstance(settings, Mapping) or not all(isinstance(settings.get(p, {}), Mapping) for p in PARTS):
            raise Problem(f"In the study, {name} must be made of names and values.")
        if name == "cooperation" and (strange := [str(part) for part in settings if part not in PARTS]):
            raise Problem(f"In the study, cooperation has {', '.join(strange)}; it can have weights and columns.")
        check_parts({**EQUAL, **settings.get("weights", {})}, settings.get("columns", {}))


def _check_number(name: str, value: Any, low: float, high: float, *, whole: bool = False) -> None:
    kinds = int if whole else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        kind = "whole number" if whole else "number"
        raise Problem(f"In the study, {name} is “{value}”; it can be a {kind} from {low:g} to {high:g}.")
