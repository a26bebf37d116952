"""Every function of the library that takes a text from a file, found by walking it, and how its time grows with runs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import time
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

import pyarrow as pa

import segmentation

MADE: dict[Any, Callable[[str], Any]] = {  # what a run is given as, by the annotation of what takes it
    str: lambda run: run,
    str | None: lambda run: run,
    bytes: lambda run: run.encode("utf-8", "replace"),
    list[str]: lambda run: [run, run],
    Sequence[str]: lambda run: [run, run],
    Iterable[str]: lambda run: [run, run],
    Iterable[Any]: lambda run: [run, run],
    tuple[str, ...]: lambda run: (run, run),
    pa.Array: lambda run: pa.array([run, run]),
    pa.ChunkedArray: lambda run: pa.chunked_array([[run, run]]),
    list[bytes]: lambda run: [run.encode("utf-8", "replace")] * 2,
}
OTHERS: dict[Any, Any] = {  # what else such a function needs
    int: 3,
    float: 0.9,
    bool: True,
    set[str]: set(),
    dict[str, Any]: {},
    Any: "a",
    Callable[[str], str]: lambda text: "text",
    Callable[[int, str], bool]: lambda at, text: True,
}
NOT_OF_A_FILE = {  # take words of ours, of a choice on the page or of who writes a method; a study is read once
    "analysis": "names of segments, methods and settings",
    "charts": "names of segments, cut before",
    "methods": "names of settings",
    "potential": "names of models",
    "segments": "rules and settings of a study, whose length a person types",
    "templates": "names of shapes and methods",
    "rollup.settings": "names of settings",
    "checks": "values of a study",
    "apart": "bytes of our own processes",
    "report": "suffixes of formats, but for `report.safe` and `report.csv`",
    "columns.concepts": "names of roles",
    "columns.supply": "names of roles",
    "audit.findings.ways": "names of what can be done",
    "reading.quotes.sound": "a delimiter and a mark, one letter each",
    "reading.dialect._quotes.delimiter": "one letter",
    "reading.workbook._column_number": "three letters, as the pattern before it says",
    "reading.oddities.said.attribute": "patterns of ours",
}
STILL_OF_A_FILE = ("report.safe", "report.csv")


def functions() -> dict[str, Callable[[str], Any]]:
    """Name and parameter → the function of a run in that place; those of NOT_OF_A_FILE are left out."""
    found = {}
    for module in pkgutil.walk_packages(segmentation.__path__, "segmentation."):
        if not module.name.endswith("__main__"):
            for name, function in _own(importlib.import_module(module.name)):
                called = f"{module.name.removeprefix('segmentation.')}.{name}"
                found |= {f"{called}.{place}": fed for place, fed in _fed(function).items()}
    return {called: fed for called, fed in found.items() if not _left_out(called)}


def _own(module: Any) -> Iterator[tuple[str, Any]]:
    for name, value in vars(module).items():
        plain = inspect.unwrap(value) if callable(value) else value
        if inspect.isfunction(plain) and plain.__module__ == module.__name__:
            yield name, value


def _left_out(called: str) -> bool:
    def within(names: Iterable[str]) -> bool:
        return any(called == name or called.startswith(f"{name}.") for name in names)

    return within(NOT_OF_A_FILE) and not within(STILL_OF_A_FILE)


def _fed(function: Callable[..., Any]) -> dict[str, Callable[[str], Any]]:
    """For each text it takes the function of a run alone; nothing where it needs what only a reader has."""
    try:
        hints = typing.get_type_hints(function)
    except NameError:  # a name that only the type checker knows
        return {}
    needed = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    kinds = {one.name: hints.get(one.name) for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD}
    if not all(kind in OTHERS or kind in MADE for kind in kinds.values()):
        return {}
    return {name: partial(_run, function, kinds, name) for name, kind in kinds.items() if kind in MADE}


def _run(function: Callable[..., Any], kinds: dict[str, Any], place: str, run: str) -> Any:
    given = {name: OTHERS[kind] if kind in OTHERS else MADE[kind]("a") for name, kind in kinds.items()}
    made = function(**{**given, place: MADE[kinds[place]](run)})
    return list(made) if inspect.isgenerator(made) else made


# Time


LONGER = count()  # no two runs are of the same length, so that nothing is found in a cache


def seconds(do: Callable[[str], Any], sign: str, size: int) -> float:
    """Of processor time for a run of so many letters; what it raises is none of our business."""
    run = sign * (size // len(sign) + next(LONGER) % 50)
    start = time.process_time()
    with suppress(Exception):
        do(run)
    return time.process_time() - start


ENOUGH = 0.005  # seconds of processor time from which two can be compared
SUSPECT = 0.002  # seconds that a run of FIRST may take: less is no work to speak of
FIRST, MOST = 4_000, 64_000  # letters
TRIPLES = 3


def grows_too_fast(do: Callable[[str], Any], sign: str) -> str:
    """Where the time for a run of a sign more than triples with twice its length, and once more: how. Else nothing.

    Twice as long takes twice the time where it is read once, and four times where each letter is held to each.
    """
    size, first = FIRST, seconds(do, sign, FIRST)
    if first < SUSPECT:
        return ""
    while first < ENOUGH and size < MOST:
        size *= 2
        first = seconds(do, sign, size)
    times = [min(first, seconds(do, sign, size))]
    for longer in (2, 4):
        least = TRIPLES * times[-1]
        if (took := seconds(do, sign, size * longer)) < least or (took := seconds(do, sign, size * longer)) < least:
            return ""
        times.append(took)
    return f"{sign!r} × {size:,}, twice, four times: {', '.join(f'{one:.3f}' for one in times)} s"
