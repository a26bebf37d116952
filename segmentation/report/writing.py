"""Files written so that no name ever stands for half of one: each is written beside and then put in its place."""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import stat
import time
import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from segmentation.problems import Problem

UNFINISHED = "UNFINISHED.txt"
HOUR = 3600  # seconds after which nobody is writing any more
SAID = b"These files do not belong together yet. If nothing is writing them any more, write them all once more.\n"


def write(path: str | Path, content: bytes) -> None:
    """Write a file: whole, or not at all. Problem where it cannot be written; what stood there before is kept then."""
    try:
        _put({Path(path): content})
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from None


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together into a folder, made where it is missing.

    All are written beside first. While they are put in their places, and for ever where that is broken off, a file
    called UNFINISHED stands among them. Problem where they cannot be written.
    """
    sign = folder / UNFINISHED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _put({sign: SAID} | {folder / name: content for name, content in files.items()})
        sign.unlink()
        _keep(folder)
    except OSError as error:
        raise Problem(f"The folder {folder} cannot be written: {error.strerror}.") from None


def _put(files: Mapping[Path, bytes]) -> None:
    """Put files in their places, in this order, once all of them are written. Raises OSError."""
    for folder in {Path(os.path.realpath(path)).parent for path in files}:
        _sweep(folder)
    parts: list[_Part] = []
    try:
        parts += map(_Part, files)
        _fill(parts, files.values())
        for at, part in enumerate(parts):
            part.take_place()
            if at in (0, len(parts) - 1):  # the first says that those after it do not belong together yet
                _keep(part.path.parent)
    finally:
        for part in parts:
            part.forget()


def _fill(parts: Sequence[_Part], contents: Iterable[bytes]) -> None:
    """Write all of them beside, at once where there are several: the disk is waited for once, not file by file."""
    if len(parts) == 1:  # a pipe perhaps, which somebody may break off
        parts[0].fill(*contents)
        return
    with ThreadPoolExecutor() as pool:
        for _ in pool.map(_Part.fill, parts, contents):
            pass


class _Part:
    """A file on its way to its place. What is no plain file (a pipe, a device) is written where it is."""

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))  # a link stays one
        self.mode = self.path.stat().st_mode if self.path.exists() else None
        if self.plain and self.mode and not os.access(self.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        self.beside = self.path.with_name(f".{self.path.name[:40]}.{_mine()}-{secrets.token_hex(4)}.part")

    @property
    def plain(self) -> bool:
        return self.mode is None or stat.S_ISREG(self.mode)

    def fill(self, content: bytes) -> None:
        with self.beside.open("xb") if self.plain else self.path.open("wb") as file:
            file.write(content)
            if self.plain:
                file.flush()
                os.fsync(file.fileno())

    def take_place(self) -> None:
        if self.plain:
            if self.mode:
                self.beside.chmod(stat.S_IMODE(self.mode))
            self.beside.replace(self.path)

    def forget(self) -> None:
        """What did not come to its place is gone."""
        with suppress(OSError):
            self.beside.unlink()


def _mine() -> str:
    """What files on their way are called after: this machine and this process."""
    return f"{zlib.crc32(platform.node().encode()):08x}-{os.getpid()}"


def _sweep(folder: Path) -> None:
    """What those left in a folder who were killed as they wrote into it is gone."""
    for beside in folder.glob(".*.part"):
        if named := re.search(r"\.([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.part$", beside.name):
            with suppress(OSError):
                if _is_over(named[1], int(named[2])) or time.time() - beside.stat().st_mtime > HOUR:
                    beside.unlink()


def _is_over(machine: str, process: int) -> bool:
    """Whether a process has ended, as far as can be told: of another machine (a shared folder) it cannot."""
    if os.name != "posix" or not _mine().startswith(f"{machine}-"):
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it is somebody else's
        pass
    return False


def _keep(folder: Path) -> None:
    """Have the disk know the names in a folder, where the system can do that."""
    with suppress(OSError):
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
