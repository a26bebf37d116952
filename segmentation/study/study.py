"""The study itself: the sum of its sections, and what a table becomes under all of them."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segmentation.checks import Unfit, is_too_deep, settings_of
from segmentation.customers.cooperation import Rates, with_cooperation, with_rates
from segmentation.customers.customers import Customers
from segmentation.dataclass import dataclass
from segmentation.potential import with_potential
from segmentation.problems import Problem
from segmentation.rollup.settings import RollUpSettings
from segmentation.study.campaign import Campaign
from segmentation.study.columns import Columns
from segmentation.study.migrations import migrated, version
from segmentation.study.notebook import Notebook
from segmentation.study.personas import Personas
from segmentation.study.playbook import Playbook
from segmentation.study.portfolio import Portfolio
from segmentation.study.potential import PotentialModel
from segmentation.study.reading import Reading
from segmentation.study.scenarios import Scenarios
from segmentation.study.screen import Screen

if TYPE_CHECKING:
    from segmentation.customers.left_out import LeftOut
    from segmentation.potential.lifetimes.likelihood import Fitting
    from segmentation.table import Table

WINDOWS = (None, 3, 6, 12, 24)  # months that are offered; a study may have others
DIGITS = 300  # of a whole number: with more it is no sum of anything, and no program can divide it
LONGEST = 600  # letters in which it is said why settings cannot be used


@dataclass
class Study(
    Personas,
    Campaign,
    Scenarios,
    Playbook,
    Notebook,
    Screen,
    Portfolio,
    PotentialModel,
    RollUpSettings,
    Reading,
    Columns,
):
    """All a person can set; nothing else remembers settings.

    Each section declares its settings, each setting its default, check and sentence (`checks.setting`); a section may
    have a method `agree` for what spans its settings. Fields stand from the last section to the first.

    Columns         which column is what
    Reading         how files are read and joined
    RollUpSettings  how lines become customers
    PotentialModel  by which model what they could bring is found
    Portfolio       its lines, costs and views; with Methods, how customers become segments
    Screen          what is shown and hidden
    Notebook        findings that were kept
    Scenarios       what would be if levers were moved
    Campaign        whom we write to, and whom we keep as a control group
    Playbook        what is done differently for each segment
    Personas        what is written beside the typical customer of each segment
    """

    def customers(self, table: Table) -> Customers:
        """The customers of a table under this study's settings."""
        return self.completed(Customers.build(table, self.columns, **self.roll_up_settings()))

    def left_out(self, table: Table) -> LeftOut:
        """Every row of the table that this study does not use, and why."""
        from segmentation.customers.left_out import left_out

        return left_out(table, self.columns, **self.roll_up_settings())

    def completed(self, customers: Customers, told: Fitting | None = None) -> Customers:
        """Customers as they were rolled up, with this study's cost to serve, potential and cooperation.

        told   is called with the step and the log-likelihood while a model is fitted
        """
        self.fit(customers, told)
        if self.serving:
            customers = with_rates(customers, Rates(**self.serving))
        if self.serving and not self.model:
            customers = with_potential(customers)
        if self.model:
            customers = customers.with_found(self.found(customers))
        return with_cooperation(customers, **self.cooperation) if self.cooperation else customers

    def as_completed(self, customers: Customers) -> tuple[Customers, str]:
        """The same, and ""; where these customers cannot feed model, rates or weights, they as they are, and why."""
        try:
            return self.completed(customers), ""
        except Problem as problem:
            return customers, str(problem)

    def check(self) -> None:
        """Problem where a setting cannot be used; what can be written in several ways is put in one."""
        try:
            for name, setting in settings_of(self).items():
                setattr(self, name, setting.checked(name, getattr(self, name)))
        except Unfit as unfit:
            raise Problem(f"In the study, {unfit}") from None
        for section in reversed(type(self).__mro__):
            if "agree" in vars(section):
                section.agree(self)  # type: ignore[attr-defined]

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """What `to_json` writes, as JSON schema."""
        settings = {name: setting.schema for name, setting in settings_of(cls).items()}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A study",
            "type": "object",
            "properties": {"version": {"const": version()}, **settings},
            "required": ["version"],
            "additionalProperties": False,
        }

    def to_json(self) -> str:
        """Readable JSON, with the version of its form."""
        settings = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps({"version": version(), **settings}, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Study:
        """A study read back and checked, of any version so far. Problem says which setting cannot be used."""
        try:
            document = json.loads(text, parse_int=_whole)
        except (ValueError, RecursionError) as error:
            why = _unreadable(error)
            raise Problem(f"This is no study, or only a part of one{why}. Choose a file saved from here.") from None
        if is_too_deep(document) or _has_half_letters(document):
            raise Problem("This is no study: no study has such texts or lists. Choose a file saved from here.")
        if not isinstance(document, dict) or "version" not in document:
            raise Problem("This is no study: it has no version. Choose a file saved from here.")
        try:
            return cls._checked(document)
        except Problem as problem:
            said = str(problem)
            raise Problem(said if len(said) <= LONGEST else f"{said[:LONGEST]} …") from None

    @classmethod
    def _checked(cls, document: dict[str, Any]) -> Study:
        settings = migrated(document)
        if strange := [name for name in settings if name not in settings_of(cls)]:
            raise Problem(f"The study has settings that are not known here: {', '.join(map(str, strange))}.")
        study = cls(**settings)
        study.check()
        return study

    @classmethod
    def load(cls, path: str | Path) -> Study:
        """A study from a file."""
        try:
            return cls.from_json(Path(path).read_bytes())
        except OSError as error:
            raise Problem(f"The study {path} cannot be opened: {error.strerror}.") from None


def _unreadable(error: Exception) -> str:
    """Why a text is no JSON, for somebody who knows nothing of JSON."""
    if isinstance(error, json.JSONDecodeError):
        return f" (line {error.lineno} cannot be read)"
    return "" if isinstance(error, RecursionError | UnicodeDecodeError) else f" ({error})"


def _whole(digits: str) -> int:
    """A whole number of JSON; ValueError for one that is no sum of anything."""
    if len(digits) > DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _has_half_letters(document: Any) -> bool:
    """Whether a text in it is none that a file could hold: JSON may name one half of a letter alone, as \\ud800."""
    try:
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
