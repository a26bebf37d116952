"""Files as they came, and the tables they make: visitors who hold the same files share both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segmentation
from pages.app.cache import SHARED
from segmentation import Problem, Study
from segmentation.apart.handing import Upload
from segmentation.apart.pool import POOL
from segmentation.dataclass import dataclass
from segmentation.table import Table

if TYPE_CHECKING:
    from segmentation.reading.draft import Progress

Made = tuple[tuple[Table, ...], Table, str]  # each file's table, all joined, and why they are not


@dataclass(eq=False)
class Source:
    """A file as it came: its bytes, kept outside this process (or its path on this machine), name, and digest of the content."""

    content: Upload | Path
    name: str
    digest: str


def of_path(path: Path) -> Source:
    """A file of this machine, told from others by its place, time and size. Raises OSError where it is not there."""
    facts = path.stat()
    return Source(path, path.name, f"{path.resolve()}:{facts.st_mtime_ns}:{facts.st_size}")


def source_of(content: bytes, name: str) -> Source:
    """An uploaded file; one copy of its bytes serves everybody who uploads the same."""
    digest = hashlib.sha256(content).hexdigest()
    return SHARED.get(f"source {digest} {name}", lambda: Source(Upload.of(content), name, digest))


def made_of(sources: tuple[Source, ...], new: Study, progress: Progress | None) -> Made:
    """Read files and join them under a study. Raises Problem where one cannot be read."""
    parts, names = [_part(progress, i, len(sources)) for i in range(len(sources))], [one.name for one in sources]
    tables = tuple(_read(source, new, names, part) for source, part in zip(sources, parts, strict=True))
    if progress and len(tables) > 1:
        progress(0.95, "Looking how the files belong together")
    return tables, *joined(sources, new, tables)


def _part(progress: Progress | None, at: int, of: int) -> Progress | None:
    """Progress of one of several files."""
    if progress is None:
        return None
    return lambda share, doing: progress(0.95 * (at + share) / of, f"{doing} ({at + 1} of {of})" if of > 1 else doing)


def _read(source: Source, with_study: Study, names: Sequence[str], progress: Progress | None) -> Table:
    key = json.dumps(["table", source.digest, source.name, with_study.reading_of(source.name, names)], sort_keys=True)
    return SHARED.get(key, lambda: _read_apart(source, with_study, names, progress))


def _read_apart(source: Source, with_study: Study, names: Sequence[str], progress: Progress | None) -> Table:
    decisions: dict[str, Any] = with_study.reading_of(source.name, names)
    return POOL.do(segmentation.read, source.content, name=source.name, progress=progress, **decisions)


def joined(sources: tuple[Source, ...], new: Study, tables: tuple[Table, ...]) -> tuple[Table, str]:
    """The files as one table, or the main one of them and why they are not joined."""
    if len(tables) == 1:
        return tables[0], ""
    try:
        return SHARED.get(f"joined {key_of(sources, new)}", lambda: POOL.do(segmentation.join, tables, new.joins)), ""
    except Problem as problem:
        from segmentation.joining.plan import main

        return main(tables), str(problem)


def key_of(sources: tuple[Source, ...], settings: Study) -> str:
    """What the current table depends on."""
    names = [one.name for one in sources]
    files = [[one.digest, one.name, settings.reading_of(one.name, names)] for one in sources]
    return json.dumps([files, settings.joins], sort_keys=True)
