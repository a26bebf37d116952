"""Names of a package that come with the first who asks for them, not with the package (PEP 562)."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

Place = str | Callable[[], Any]


def later(package: str, places: Mapping[str, Place]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and `__dir__` of a package; places: name → the module below the package that has it, or what makes it.

    Where types are checked, the package imports these names instead: else every name that it has not would pass for one.
    """

    def found(name: str) -> Any:
        if (place := places.get(name)) is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{place}"), name) if isinstance(place, str) else place()

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *places})

    return found, names
