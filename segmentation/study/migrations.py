"""A study saved by an older version is brought to the form of today, one version at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from segmentation.problems import Problem

Document = dict[str, Any]
MIGRATIONS: dict[int, Callable[[Document], Document]] = {}  # version → its settings as the next version has them


def version() -> int:
    """The version of the form of today."""
    return max(MIGRATIONS, default=0) + 1


def migrated(document: Document) -> Document:
    """The settings of a saved study, without its version, as today has them. Problem for a version there was never."""
    settings = dict(document)
    saved = settings.pop("version")
    if isinstance(saved, bool) or saved not in range(1, version() + 1):
        if isinstance(saved, int | float) and saved > version():
            raise Problem("This study was saved by a newer version of Segment Lab: update yours to open it.")
        raise Problem("There was never a study of this version: save it anew where it was made.")
    for step in range(int(saved), version()):
        settings = MIGRATIONS[step](settings)
    return settings
