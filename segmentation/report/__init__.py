"""What is taken away: one file a format, found by its suffix, never listed. To add one, copy a file and change it."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol, cast

from segmentation.later import later
from segmentation.problems import Problem

if TYPE_CHECKING:
    from segmentation.report.findings import Drawing, Findings, Listing
else:  # they bring the whole analysis with them, and nothing is taken away before there is a file
    __getattr__, __dir__ = later(__name__, dict.fromkeys(("Drawing", "Findings", "Listing"), "findings"))

__all__ = ["Drawing", "Findings", "Format", "Listing", "format_of", "of_tables", "suffixes"]


class Format(Protocol):
    """A module of this folder that is a format; its name is the suffix of its files.

    HOLDS   what a file of it holds. "table" or "picture": one of them, so there is a file for each, named after it;
            any other word: all there is, in one file of that name. What holds "tables" can write a single one too
    MIME    what a browser is told the file is
    write   the file; of a table or a picture it is given findings that are narrowed to that one. A table is written as
            `safe` (of safe.py) gives it
    """

    HOLDS: str
    MIME: str

    def write(self, findings: Findings) -> bytes: ...


def suffixes() -> list[str]:
    """The formats there are; none is imported for that, as those of pictures bring much with them."""
    return [*_suffixes(*__path__)]


@cache
def _suffixes(*folders: str) -> tuple[str, ...]:
    return tuple(sorted(file.stem for folder in folders for file in Path(folder).glob("*.py") if _declares(file)))


def format_of(suffix: str) -> Format:
    """The format of a suffix. Problem, naming those there are, where there is none."""
    if (found := _found(suffix)) is None:
        raise Problem(f"There is no format “{suffix}”; there are {', '.join(suffixes())}.")
    return found


def of_tables(file: str) -> Format:
    """The format that the name of a file asks for, where it is one of tables; CSV where it is not."""
    asked = _found(PurePath(file).suffix.lower().removeprefix("."))
    return asked if asked and asked.HOLDS in ("table", "tables") else format_of("csv")


def _declares(file: Path) -> bool:
    return re.search(r"^HOLDS\b", file.read_text(encoding="utf-8"), re.M) is not None


def _found(name: str) -> Format | None:
    return cast(Format, import_module(f"{__name__}.{name}")) if name in suffixes() else None
