"""A process that opens workbooks, kept warm: it forks for each one, instead of being started and importing again.

What is forked holds itself to the same limits, runs the same code and ends as it would by itself.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from segmentation.reading import limits, workbook, worksheets
from segmentation.reading.draft import Decisions

OPENER = Path(__file__).with_name("opener.py")


class Books:
    """The process, and the processor time that what it forked has taken."""

    def __init__(self) -> None:
        self.seconds = 0.0
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(OPENER), str(Path(worksheets.__file__).parent)],
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            env=worksheets.environment(),
        )

    def run(self, content: bytes, sheet: list[str], _: Decisions) -> tuple[int, bytes]:
        """Exit status and output, as `workbook._run` gives them."""
        assert self._process.stdin and self._process.stdout
        if any("\0" in one for one in sheet):
            raise ValueError("embedded null byte")
        seconds = limits.seconds_left(worksheets.SECONDS)
        pickle.dump((bytes(content), sheet, seconds), self._process.stdin)
        self._process.stdin.flush()
        status, out, took = pickle.load(self._process.stdout)
        self.seconds += took
        return status, out

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def warm() -> Iterator[Books]:
    """Meanwhile workbooks are opened by such a process."""
    books, before = Books(), workbook._run
    workbook._run = books.run
    try:
        yield books
    finally:
        workbook._run = before
        books.end()
