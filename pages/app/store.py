"""What is kept on this machine: files as they were brought, and the steps of each visitor's work, reached by a key.

The steps stand in SQLite, files beside it under the digest of their content. All is written behind the answers, by one
thread; what cannot be written is said once, and the visit goes on without.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import queue
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from pages.app.files import Source, of_path
from pages.app.history import MOST, History
from segmentation.apart.handing import Upload
from segmentation.dataclass import dataclass

PATIENCE = 5  # seconds somebody waits for what they want forgotten
DAYS = 30  # kept so long after the last change, unless somebody chose another time
BLOCK = 1 << 20
DIGEST = 32  # bytes of one
NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
TABLES = """
CREATE TABLE IF NOT EXISTS work (
    key TEXT PRIMARY KEY, files TEXT NOT NULL, number INTEGER NOT NULL, revision INTEGER NOT NULL,
    touched REAL NOT NULL, days INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS step (
    key TEXT NOT NULL, number INTEGER NOT NULL, study TEXT NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID;
"""


@dataclass(eq=False)
class Work:
    """One visitor's work as it is kept.

    key        what reaches it; files: (name, digest, path of this machine or "") of each file
    days       how long it is kept after its last change
    revision   of what this tab last saw; overtaken: another tab has written since
    told       whether this tab said so already, and nothing was changed in it since
    lost       whether something of it could not be kept: then all of it is, once there is room again
    """

    key: str
    files: list[tuple[str, str, str]] = field(default_factory=list)
    history: History = field(default_factory=History)
    days: int = DAYS
    revision: int = 0
    overtaken: bool = False
    told: bool = False
    lost: bool = False


class Store:
    """A folder in which work is kept."""

    def __init__(self, folder: Path, failed: Callable[[], object] = int) -> None:
        """failed   is called once it is known that nothing more is kept: `trouble` says why"""
        self.folder, self.trouble, self._when_failed = folder, "", failed
        self._jobs: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self._base: sqlite3.Connection | None = None
        try:
            self._open()
        except (OSError, sqlite3.Error) as error:
            self._failed(error)
        threading.Thread(target=self._write, name="store", daemon=True).start()
        self._behind(self._sweep)

    def _open(self) -> sqlite3.Connection:
        """The connection that writes; made where there is none."""
        if self._base is not None:
            return self._base
        (self.folder / "files").mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        base = sqlite3.connect(self.folder / "work.sqlite", check_same_thread=False, isolation_level=None)
        try:
            for rule in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "busy_timeout = 60000"):
                base.execute(f"PRAGMA {rule}")
            base.executescript(TABLES)
        except sqlite3.Error:
            base.close()
            raise
        self._base = base
        return base

    def _let_go(self) -> None:
        """Of a connection that failed: what it knows of the disk may hold no longer when there is room again."""
        base, self._base = self._base, None
        if base is not None:
            with suppress(sqlite3.Error):
                base.close()

    def _failed(self, error: Exception) -> None:
        known = bool(self.trouble)
        self.trouble = (
            f"Your work cannot be kept in {self.folder} ({getattr(error, 'strerror', None) or error}): it lasts as long as "
            "this page is open. Once there is room there and it may be written, your next change keeps all of it; or choose "
            "another folder with DATA=."
        )
        if not known:
            self._when_failed()

    def _write(self) -> None:
        while True:
            job = self._jobs.get()
            try:
                job()
            except (OSError, sqlite3.Error) as error:
                self._let_go()
                self._failed(error)

    def _behind(self, job: Callable[[], object]) -> None:
        self._jobs.put(job)

    def flush(self, seconds: float | None = None) -> bool:
        """Wait until all that was asked for is written, or so long; whether it is."""
        done = threading.Event()
        self._behind(done.set)
        return done.wait(seconds)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, while no other server writes."""
        base = self._open()
        with base:
            base.execute("BEGIN IMMEDIATE")
            yield base

    # What is kept

    def begin(self, work: Work, contents: Sequence[Any]) -> None:
        """Keep other files under a key, and the steps from here; what was kept under it before is forgotten.

        contents   of each file something `open` takes, or None where the path of the work says it
        """
        files, history = json.dumps(work.files), work.history
        steps = [(work.key, history.first + at, study) for at, study in enumerate(history.steps)]
        number = history.number

        def write() -> None:
            with self._changing() as base:
                for (_, digest, path), content in zip(work.files, contents, strict=True):
                    if not path:
                        self._put(digest, content)
                base.execute("DELETE FROM step WHERE key = ?", (work.key,))
                base.executemany("INSERT INTO step VALUES (?, ?, ?)", steps)
                base.execute(
                    "INSERT INTO work VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET files = excluded.files, "
                    "number = excluded.number, touched = excluded.touched, days = excluded.days, revision = revision + 1",
                    (work.key, files, number, work.revision, time.time(), work.days),
                )
                self._seen(work)
                self._wipe_unheld()
            work.lost = False

        self._keep(work, write)

    def save(self, work: Work, recorded: bool) -> None:
        """Keep the step in hand: one that was just recorded, else one that was gone back or forth to."""
        history = work.history
        number, study, oldest = history.number, history.steps[history.at], history.first

        def write() -> None:
            with self._changing() as base:
                if recorded:
                    base.execute(
                        "DELETE FROM step WHERE key = ? AND (number >= ? OR number < ?)", (work.key, number, oldest)
                    )
                    base.execute("INSERT INTO step VALUES (?, ?, ?)", (work.key, number, study))
                before = base.execute("SELECT revision FROM work WHERE key = ?", (work.key,)).fetchone()
                work.overtaken = work.overtaken or bool(before and before[0] != work.revision)
                base.execute(
                    "UPDATE work SET number = ?, touched = ?, days = ?, revision = revision + 1 WHERE key = ?",
                    (number, time.time(), work.days, work.key),
                )
                self._seen(work)

        self._keep(work, write)

    def _keep(self, work: Work, write: Callable[[], None]) -> None:
        """Write behind the answer what is to be kept of a work; it is told where that could not be done."""

        def job() -> None:
            try:
                write()
            except (OSError, sqlite3.Error):
                work.lost = True
                raise
            self.trouble = ""

        self._behind(job)

    def _seen(self, work: Work) -> None:
        assert self._base is not None
        found = self._base.execute("SELECT revision FROM work WHERE key = ?", (work.key,)).fetchone()
        work.revision = found[0] if found else work.revision

    def load(self, key: str) -> Work | None:
        """The work under a key; None where there is none, or one of its files is gone."""
        self._behind(self._open)
        self.flush()
        try:
            held, steps = self._read(key)
        except sqlite3.Error as error:  # the folder went, or may be read no longer
            self._behind(self._let_go)
            self._failed(error)
            return None
        if held is None or not steps:
            return None
        files = [(name, digest, path) for name, digest, path in json.loads(held[0])]
        if not all((Path(path) if path else self.kept(digest)).exists() for _, digest, path in files):
            return None
        numbers = [number for number, _ in steps]
        history = History([study for _, study in steps], numbers.index(held[1]), numbers[0])
        return Work(key, files, history, held[3], held[2])

    def _read(self, key: str) -> tuple[tuple[str, int, int, int] | None, list[tuple[int, str]]]:
        """What stands under a key, and its latest steps, the oldest of them first."""
        with closing(sqlite3.connect(self.folder / "work.sqlite", isolation_level=None)) as base:  # any thread reads
            held = base.execute("SELECT files, number, revision, days FROM work WHERE key = ?", (key,)).fetchone()
            steps = base.execute(
                "SELECT number, study FROM step WHERE key = ? ORDER BY number DESC LIMIT ?", (key, MOST)
            ).fetchall()
        return held, steps[::-1]

    def kept(self, digest: str) -> Path:
        """Where a file with this content is kept."""
        return self.folder / "files" / digest

    def sources(self, work: Work) -> list[Source]:
        """The files of a work that was loaded. Raises OSError where one of this machine's is gone."""
        return [
            of_path(Path(path)) if path else Source(self.kept(digest), name, digest)
            for name, digest, path in work.files
        ]

    def holds(self, source: Source) -> bool:
        """Whether a file lies where work is kept: then its digest says where."""
        return source.content == self.kept(source.digest)

    def keep_customers(self, digests: Sequence[str], stamp: bytes, make: Callable[[], Any]) -> None:
        """Keep what files were rolled up to, as `make` writes it, instead of what was kept of them before; nobody waits for it."""
        target = self.kept(_together(digests))

        def write(body: Any) -> None:
            with suppress(OSError), self._changing():  # without it they are rolled up again
                if target.name in self._held():
                    _wipe(target)
                    self._put(target.name, Upload.of(b"".join((stamp, hashlib.sha256(body).digest(), body))))

        def work() -> None:
            if (body := make()) is not None:
                self._behind(lambda: write(body))

        if _begun(target) != stamp:
            threading.Thread(target=work, name="rolled up", daemon=True).start()

    def customers(self, digests: Sequence[str], stamp: bytes) -> memoryview | None:
        """What was kept of files under this stamp; None where there is nothing, or not all of it."""
        with suppress(OSError):
            file = self.kept(_together(digests))
            content = memoryview(file.read_bytes())
            body = content[2 * DIGEST :]
            if content[: 2 * DIGEST] == stamp + hashlib.sha256(body).digest():
                return body
            _wipe(file)
        return None

    def forget(self, key: str) -> bool:
        """Remove what is kept under a key from the disk; on return it is gone, or False: `trouble` says why it is not."""

        told = threading.Event()  # that it is not forgotten: then it stays

        def write() -> None:
            with self._changing() as base:
                if told.is_set():
                    return
                base.execute("DELETE FROM step WHERE key = ?", (key,))
                base.execute("DELETE FROM work WHERE key = ?", (key,))
                self._wipe_unheld()
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._behind(write)
        if not self.flush(PATIENCE):
            told.set()
            self._failed(TimeoutError(errno.EBUSY, "another program holds it"))
        return self._nothing_of(key)

    def _nothing_of(self, key: str) -> bool:
        """Whether nothing is kept under a key; False where that cannot be seen."""
        if not (self.folder / "work.sqlite").exists():
            return True
        try:
            return self._read(key)[0] is None
        except sqlite3.Error:
            return False

    def _put(self, digest: str, content: Any) -> None:
        target = self.kept(digest)
        if target.exists():
            return
        beside = target.with_suffix(".part")
        if shutil.disk_usage(self.folder).free < os.stat(content).st_size:  # noqa: PTH116
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        try:
            with open(content, "rb") as source, os.fdopen(os.open(beside, NEW, 0o600), "wb") as out:  # noqa: PTH123
                while block := source.read(BLOCK):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(target)
        except OSError:  # half of it takes the room that the steps still have
            beside.unlink(missing_ok=True)
            raise

    def _sweep(self) -> None:
        """Forget what has been kept long enough."""
        with self._changing() as base:
            base.execute("DELETE FROM work WHERE touched + days * 86400.0 < ?", (time.time(),))
            base.execute("DELETE FROM step WHERE key NOT IN (SELECT key FROM work)")
            self._wipe_unheld()
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _wipe_unheld(self) -> None:
        """Files that no work holds are written over, then removed."""
        held = self._held()
        for file in (self.folder / "files").iterdir():
            if file.name not in held:
                _wipe(file)

    def _held(self) -> set[str]:
        """Names of the files that a work holds, and of what they were rolled up to."""
        assert self._base is not None
        works = [json.loads(files) for (files,) in self._base.execute("SELECT files FROM work")]
        digests = [[digest for _, digest, _ in files] for files in works]
        return {one for all_ in digests for one in (*all_, _together(all_))}


def _together(digests: Sequence[str]) -> str:
    """The name under which it is kept what files with these digests were rolled up to."""
    return hashlib.sha256(json.dumps([*digests]).encode()).hexdigest() + ".customers"


def _begun(file: Path) -> bytes:
    with suppress(OSError), file.open("rb") as held:
        return held.read(DIGEST)
    return b""


def _wipe(file: Path) -> None:
    with suppress(FileNotFoundError):
        left = file.stat().st_size
        with file.open("r+b") as out:
            while left > 0:
                left -= out.write(bytes(min(left, BLOCK)))
            out.flush()
            os.fsync(out.fileno())
        file.unlink()
