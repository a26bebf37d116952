"""A file's bytes: where they are, what they are, and what is inside an archive."""

import codecs
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from segmentation.problems import Problem

MAX_BYTES = 8 << 30  # of an archive once unpacked: more than a laptop's memory holds


@dataclass
class Raw:
    """A file's bytes, wherever they are: looked at in pieces, never copied."""

    name: str
    path: Path | None = None
    data: bytes = b""

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


_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def unpack(raw: Raw) -> Raw:
    """The table inside a .gz or .zip, however deep; workbooks are archives too and are left alone."""
    head = raw.piece(0, 4)
    if head[:2] == b"\x1f\x8b":
        return unpack(_gunzip(raw))
    if head == b"PK\x03\x04" and not _workbook_members(raw):
        return unpack(_unzip(raw))
    return raw


def _gunzip(raw: Raw) -> Raw:
    import gzip

    try:
        with gzip.open(raw.path or io.BytesIO(raw.data)) as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Problem(f"{raw.name} is a damaged .gz archive: save or download it again.") from None
    return Raw(raw.name, data=_bounded(raw, data))


def _bounded(raw: Raw, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise Problem(f"{raw.name} unpacks to more than {MAX_BYTES >> 30} GB: split it into smaller files.")
    return data


def open_zip(raw: Raw) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw.path or io.BytesIO(raw.data))
    except zipfile.BadZipFile:
        raise Problem(f"{raw.name} is a damaged .zip or workbook: save or download it again.") from None


def _workbook_members(raw: Raw) -> bool:
    with open_zip(raw) as archive:
        names = set(archive.namelist())
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _unzip(raw: Raw) -> Raw:
    with open_zip(raw) as archive:
        inside = [info for info in archive.infolist() if not info.is_dir() and not _is_shadow(info.filename)]
        if len(inside) != 1:
            names = ", ".join(info.filename for info in inside[:10]) or "nothing"
            raise Problem(f"{raw.name} should hold one table and holds {names}: unpack it and choose one.")
        if inside[0].flag_bits & 1:
            raise Problem(f"{raw.name} is protected by a password: unpack it and choose the file inside.")
        return Raw(raw.name, data=_bounded(raw, unpacked(raw, archive, inside[0])))


def unpacked(raw: Raw, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One entry of an archive, at most a byte more than is allowed; Problem where it is damaged."""
    try:
        with archive.open(entry) as file:
            return file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError):
        raise Problem(f"{raw.name} is damaged, or packed in a way that is not known here: unpack it first.") from None


def _is_shadow(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


_TABLES = ((b"PAR1", "parquet"), (b"PK\x03\x04", "workbook"), (b"\xd0\xcf\x11\xe0", "workbook"))
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture or sound"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def looks_like(raw: Raw) -> str:
    """ "text", "workbook" or "parquet", by the first bytes and never by the name."""
    from segmentation.encoding import is_binary  # which asks this file for marks

    head = raw.piece(0, 4096)
    if not head.strip():
        raise empty_file(raw.name)
    for magic, kind in _TABLES:
        if head.startswith(magic):
            return kind
    for magic, kind in _OTHERS:
        if head.startswith(magic) and (magic != b"MZ" or b"\0" in head):
            raise no_table(raw, kind)
    if is_binary(head):
        raise no_table(raw, "a binary file")
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml)", head, re.IGNORECASE):
        raise no_table(raw, "a web page or XML")
    return "text"


def empty_file(name: str) -> Problem:
    return Problem(f"{name} is empty: choose a file with a header row and at least one row below it.")


def no_table(raw: Raw, kind: str) -> Problem:
    return Problem(f"{raw.name} looks like {kind}, not a table: save the table as CSV or Excel and choose that.")


def bom(head: bytes) -> str | None:
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)
