"""By which model what a customer could bring is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

from segmentation.checks import Anything, Names, OneOf, closed, setting
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.dataclass import dataclass
from segmentation.potential import MODELS, fit_expected, model_of
from segmentation.potential.lifetimes.likelihood import Fitting

EXPECTED = {"bgnbd": False, "mbgnbd": True}  # models that are fitted, and whether a one-time buyer may be gone


@dataclass(frozen=True)
class ModelName(OneOf):
    """A model, or "" for none."""

    def check(self, name: str, value: Any) -> str:
        return value if value == "" else model_of(value).name


@dataclass(frozen=True)
class ModelSettings(Names):
    """Model → {setting: value}."""

    def check(self, name: str, value: Any) -> dict[str, Any]:
        checked = super().check(name, value)
        for model, settings in checked.items():
            model_of(model).complete(settings)
        return checked

    @property
    def schema(self) -> dict[str, Any]:
        return closed({name: closed({key: {} for key in one.controls}) for name, one in MODELS.items()})


@dataclass
class PotentialModel:
    model: str = setting(
        "",
        ModelName(dict.fromkeys(("", *MODELS), "")),
        "the model of potential; none: the file's own column, else the trend",
    )
    model_settings: dict[str, dict[str, Any]] = setting(
        dict,
        ModelSettings(Names(Anything()), each="the settings of the model {}"),
        "models, each with its settings where they differ from the defaults",
    )

    def found(self, customers: Customers) -> Potential:
        """What the chosen model of potential finds."""
        return model_of(self.model)(customers, **self.model_settings.get(self.model, {}))

    def fit(self, customers: Customers, told: Fitting | None = None) -> None:
        """Fit the chosen model where it is one that is fitted: it is kept with the customers, whatever serving costs.

        told   is called with the step and the log-likelihood
        """
        if self.model in EXPECTED and not model_of(self.model).missing(customers):
            fit_expected(customers, EXPECTED[self.model], told)

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

    def without_model(self) -> Self:
        """This study with the potential left to the file, or the trend."""
        return replace(self, model="")
