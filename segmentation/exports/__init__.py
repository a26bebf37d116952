"""Known exports: one file each, discovered, never listed. To add one, copy a file and change it."""

import pkgutil
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from segmentation.exports.export import Export
from segmentation.later import later

__all__ = ["EXPORTS", "Export", "recognised", "special_words"]

EXPORTS: dict[str, Export]


def _declared(name: str) -> Export:
    found = getattr(import_module(f"{__name__}.{name}"), name, None)
    if not isinstance(found, Export):
        raise TypeError(f"{__name__}.{name} declares no Export called {name}")
    return found


@lru_cache(maxsize=1)
def _all() -> dict[str, Export]:
    """Name → export; there are dozens, which the first page does without until a file is read."""
    return {
        name: _declared(name) for name in sorted(one.name for one in pkgutil.iter_modules(__path__)) if name != "export"
    }


if not TYPE_CHECKING:
    __getattr__, __dir__ = later(__name__, {"EXPORTS": _all})


def recognised(headings: Iterable[str]) -> Export | None:
    """The export that a file with these headings is, None for any other; of several the one known by most headings."""
    return _recognised((*headings,))


def special_words(headings: Iterable[str]) -> Callable[[str], str]:
    """Word of a status or a kind → its group, where a file with these headings means something of its own by it; else "" """
    export = recognised(headings)
    return export.group if export else lambda word: ""


@lru_cache(1_000)
def _recognised(headings: tuple[str, ...]) -> Export | None:
    found = [export for export in _all().values() if export.knows(headings)]
    return max(found, key=lambda export: len(export.known_by), default=None)
