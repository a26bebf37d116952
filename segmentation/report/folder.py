"""What `run` writes: all that a study found on a file, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Any

from segmentation.customers.customers import Customers
from segmentation.report import Findings, format_of, suffixes
from segmentation.report.writing import write_all
from segmentation.study import Study
from segmentation.table import Table


def write(study: Study, sources: Sequence[str | Path], folder: Path, chosen: Sequence[str] = ()) -> list[str]:
    """Replay a study on a file, or on several that belong together, into a folder; see `write_found`."""
    return write_found(Findings.of(study, sources).fitted(), folder, chosen)


def write_found(
    findings: Findings,
    folder: Path,
    chosen: Sequence[str] = (),
    told: Callable[[str], object] = str,
    beside: Beside | None = None,
) -> list[str]:
    """Write what a study found on a file, or on several that belong together, into a folder.

    chosen   the suffixes of the formats that are written; all there are, where it is empty
    told     is called with the name of each file before it is made
    beside   makes the files of some formats elsewhere meanwhile (see `drawn_in` and `made_all`): it is called with them
             and the findings, and returns what waits for them, which raises where that cannot be done

    The folder is made where it is missing; its own files are written over. A file called UNFINISHED.txt stands among
    them for as long as they do not all belong together.

    Returns the names written: of each format a file for each part it holds (`Findings.files`), such as labels.csv.
    Raises Problem where no customers can be made, a format is not known or the folder not written.
    """
    chosen = [*dict.fromkeys(chosen or suffixes())]
    apart = drawn_in(chosen) if beside else []
    here = [suffix for suffix in chosen if suffix not in apart]
    for suffix in here:
        format_of(suffix)  # one that there is not is said before anything is made
    waiting = beside(apart, findings) if beside and apart else dict
    files = {suffix: _files(suffix, findings, told) for suffix in here}
    for suffix in apart:
        told(f"the {suffix}")
    try:
        files |= waiting()
    except Exception:  # it takes more than it may there, or could not be handed over; whatever it is, it is said here
        files |= {suffix: _files(suffix, findings, told) for suffix in apart}
    whole = {name: content for suffix in chosen for name, content in files[suffix].items()}
    write_all(folder, whole)
    return list(whole)


NOTHING: Mapping[str, Any] = MappingProxyType({})
DRAWN = ("html", "png", "pptx", "svg")  # formats in which pictures are drawn, which takes longest
TABLES = 2  # of a format, made at a time: most of what that takes is done outside of Python
Files = dict[str, bytes]
Beside = Callable[[list[str], Findings], Callable[[], dict[str, Files]]]


def drawn_in(chosen: Iterable[str]) -> list[str]:
    """Those of these formats in which pictures are drawn."""
    return [suffix for suffix in chosen if suffix in DRAWN]


def _files(suffix: str, findings: Findings, told: Callable[[str], object] = str) -> Files:
    one = format_of(suffix)
    parts = {f"{name}.{suffix}": part for name, part in findings.files(one.HOLDS).items()}

    def made(file: str) -> bytes:
        told(file)
        return one.write(parts[file])

    if one.HOLDS != "table":
        return {file: made(file) for file in parts}
    with ThreadPoolExecutor(TABLES) as pool:
        return dict(zip(parts, pool.map(made, parts), strict=True))


def made_all(chosen: Sequence[str], *found_of: Any) -> dict[str, Files]:
    """The files of these formats, of the findings of these (see `findings_of`)."""
    found = findings_of(*found_of)
    return {suffix: _files(suffix, found) for suffix in chosen}


def ready(chosen: Iterable[str]) -> None:
    """Have at hand what these formats, in which pictures are drawn, are made with."""
    from segmentation.report import engine

    drawing = ThreadPoolExecutor(1).submit(engine.to_svg, engine.ONE_LETTER)  # begins outside of Python, half a second
    from segmentation.report import pictures  # noqa: F401 - a third of a second

    for suffix in chosen:
        format_of(suffix)
    if "html" in chosen:
        from segmentation.board.script import packed  # not for whoever takes away a table

        packed()
    drawing.result()


def findings_of(
    study: Study, table: Table, files: Sequence[str], customers: Customers, about: Mapping[str, Any] = NOTHING
) -> Findings:
    """What a study found of customers that are at hand; about: see `Findings.about`."""
    found = Findings(study, table, files)
    vars(found).update({**about, "customers": customers})
    return found


def who_moved(*found_of: Any, progress: Callable[[float, str], object] | None = None) -> dict[int, str]:
    """`moved` of the findings of these (see `findings_of`): handed on with `about`, it is worked out once for several formats."""
    if progress is not None:
        progress(0.0, "Looking for who moved")
    return findings_of(*found_of).moved


def made(suffix: str, part: str, *found_of: Any, progress: Callable[[float, str], object] | None = None) -> bytes:
    """One file of a format: of all the findings of these (see `findings_of`), or of their table, list or picture of a name.

    progress   see `Findings.told`
    """
    found = findings_of(*found_of)
    if progress is not None:
        found.told = progress
    return format_of(suffix).write(found.only(part) if part else found)
