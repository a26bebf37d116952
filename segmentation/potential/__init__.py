"""What a customer could bring in the coming time: one file a model, discovered, never listed."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.discovery import discover
from segmentation.potential.lifetimes.expected import fitted as fit_expected
from segmentation.potential.model import Model
from segmentation.problems import Problem

__all__ = ["MODELS", "fit_expected", "found_of", "model_of", "with_potential"]
MODELS = discover(sys.modules[__name__], Model)


def model_of(name: str) -> Model:
    """The model of that name; Problem where there is none."""
    if not isinstance(name, str) or name not in MODELS:
        raise Problem(f"There is no model “{name}”; there are {', '.join(MODELS)}.")
    return MODELS[name]


def with_potential(customers: Customers, name: str = "", settings: Mapping[str, Any] | None = None) -> Customers:
    """The customers with a `potential` column by a model, and notes that say where it comes from.

    Without a name the file's own column is taken, else the trend. A potential that was there is replaced.
    Raises Problem for an unknown model, its missing columns, and settings that cannot be.
    """
    name = name or ("column" if customers.stated is not None else "trend")
    return customers.with_found(model_of(name)(customers, **(settings or {})))


def found_of(customers: Customers, name: str, settings: Mapping[str, Any] | None = None) -> Potential:
    """What a model found of these customers, as it came with them, else found anew."""
    return customers.keep("found", lambda: model_of(name)(customers, **(settings or {})))
