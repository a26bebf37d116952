"""Known exports: one file each, discovered, never listed. To add one, copy a file and change it."""

import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from segmentation.discovery import discover
from segmentation.exports.export import Export
from segmentation.later import later

__all__ = ["EXPORTS", "Export", "recognised", "special_words"]

EXPORTS: dict[str, Export]


@lru_cache(maxsize=1)
def _all() -> dict[str, Export]:
    """Name → export; there are dozens, which the first page does without until a file is read."""
    return discover(sys.modules[__name__], Export)


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
