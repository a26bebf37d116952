"""What the files of a package declare, found and never listed: methods, models, known exports, tools."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(package: ModuleType, kind: type[T]) -> dict[str, T]:
    """Of each file of a package what bears the file's name; the file in which the kind itself is made is none of them.

    Raises TypeError for a file that declares nothing of this kind under its own name.
    """
    modules = [f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(package.__path__) if not one.ispkg]
    return {path.rpartition(".")[2]: _of(path, kind) for path in sorted(modules) if path != kind.__module__}


def _of(path: str, kind: type[T]) -> T:
    name = path.rpartition(".")[2]
    found = getattr(import_module(path), name, None)
    if not isinstance(found, kind):
        raise TypeError(f"{path} declares no {kind.__name__} called {name}")
    return found
