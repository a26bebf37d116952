"""A file's bytes: where they are, what they are, and what is inside an archive."""

import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from segmentation.problems import Problem
from segmentation.reading.draft import Question
from segmentation.reading.encoding import is_binary

MAX_BYTES = 2 << 30  # of an archive once unpacked
SMALL = 256 << 20  # unpacked sizes up to this are harmless, however well they were packed
MOST_PACKED = 250  # times smaller: tables pack 5 to 50 times, files made to fill a memory 1 000 times
DEEPEST = 3  # archives within archives
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)


@dataclass
class Raw:
    """A file's bytes, wherever they are: looked at in pieces, never copied.

    sheet is the decision that is left once a file of an archive was chosen; sentence and question say which was.
    """

    name: str
    path: Path | None = None
    data: bytes = b""
    sheet: str | None = None
    sentence: str = ""
    question: Question | None = None

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path else len(self.data)

    def piece(self, start: int, length: int) -> bytes:
        if not self.path:
            return bytes(self.data[start : start + length])
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(length)

    def all(self) -> bytes:
        return self.path.read_bytes() if self.path else self.data

    def source(self) -> Any:
        """What the fast readers take: a path they stream from, or a view of the bytes."""
        return str(self.path) if self.path else pa.BufferReader(self.data)


_NEVER_TEXT = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"7z\xbc\xaf")
_MARKUP = re.compile(  # web pages and the XML of Excel 2003, both often named .xls
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<\?mso-application[^>]*>\s*)?(<!--.{0,2000}?-->\s*)?"
    rb"<(!doctype\s+html|html|head|meta|style|body|table|(ss:)?workbook)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like(raw: Raw) -> str:
    """ "text", "workbook", "markup" or "parquet", by the first bytes and never by the name."""
    head = raw.piece(0, 4096)
    if not head.strip():
        raise empty_file(raw.name)
    for magic, kind in _TABLES:
        if head.startswith(magic):
            return kind
    for magic, kind in _OTHERS:  # a table may begin with the letters of some of them; it has no byte 0
        if head.startswith(magic) and (magic in _NEVER_TEXT or b"\0" in head):
            raise no_table(raw, kind)
    if is_binary(head):
        raise no_table(raw, "a binary file")
    if _MARKUP.match(head):
        return "markup"
    if re.match(rb"(\xef\xbb\xbf)?\s*<\?xml", head):
        raise no_table(raw, "XML")
    return "text"


def empty_file(name: str) -> Problem:
    return Problem(f"{name} is empty: choose a file with a header row and at least one row below it.")


def no_table(raw: Raw, kind: str) -> Problem:
    return Problem(f"{raw.name} looks like {kind}, not a table: save the table as CSV or Excel and choose that.")
