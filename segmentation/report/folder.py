"""What `run` writes: all that a study found on a file, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from segmentation.customers.customers import Customers
from segmentation.report import Findings, format_of, suffixes
from segmentation.report.writing import write_all
from segmentation.study import Study
from segmentation.table import Table


def write(study: Study, sources: Sequence[str | Path], folder: Path, chosen: Sequence[str] = ()) -> list[str]:
    """Replay a study on a file, or on several that belong together, into a folder; see `write_found`."""
    return write_found(Findings.of(study, sources), folder, chosen)


def write_found(
    findings: Findings, folder: Path, chosen: Sequence[str] = (), told: Callable[[str], object] = str
) -> list[str]:
    """Write what a study found on a file, or on several that belong together, into a folder.

    chosen   the suffixes of the formats that are written; all there are, where it is empty
    told     is called with the name of each file before it is made

    The folder is made where it is missing; its own files are written over. A file called UNFINISHED.txt stands among
    them for as long as they do not all belong together.

    Returns the names written: of each format a file for each part it holds (`Findings.files`), such as labels.csv.
    Raises Problem where no customers can be made, a format is not known or the folder not written.
    """
    formats = {suffix: format_of(suffix) for suffix in chosen or suffixes()}
    files: dict[str, bytes] = {}
    for suffix, one in formats.items():
        for name, part in findings.files(one.HOLDS).items():
            told(file := f"{name}.{suffix}")
            files[file] = one.write(part)
    write_all(folder, files)
    return list(files)


def findings_of(study: Study, table: Table, files: Sequence[str], customers: Customers) -> Findings:
    """What a study found of customers that are at hand."""
    found = Findings(study, table, files)
    found.customers = customers
    return found


def made(suffix: str, part: str, *found_of: Any, progress: Callable[[float, str], object] | None = None) -> bytes:
    """One file of a format: of all the findings of these (see `findings_of`), or of their table, list or picture of a name.

    progress   see `Findings.told`
    """
    found = findings_of(*found_of)
    if progress is not None:
        found.told = progress
    return format_of(suffix).write(found.only(part) if part else found)
