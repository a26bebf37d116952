"""A file's bytes: where they are, what they are, and what is inside an archive."""

import io
import lzma
import os
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from segmentation.dataclass import dataclass
from segmentation.problems import Problem
from segmentation.reading.encoding import is_binary
from segmentation.table import Question

MAX_BYTES = 2 << 30  # of all that is unpacked, archives within archives too: a server of 8 GB holds it beside a table
SMALL = 256 << 20  # unpacked sizes up to this are harmless, however well they were packed
MOST_PACKED = 250  # times smaller: tables pack 5 to 50 times, files made to fill a memory 1 000 times
DEEPEST = 3  # archives within archives
MOST_INDEX = 4 << 20  # bytes of an archive's list of files, some 40 000 of them: all of it is read to find the table
LONGEST_NAME = 255  # letters of a file's name: no file system holds longer ones, and every sentence repeats it
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, RuntimeError)


@dataclass
class Raw:
    """A file's bytes, wherever they are: looked at in pieces, never copied.

    sheet is the decision that is left once a file of an archive was chosen; sentence and question say which was.
    brought is the size in bytes as it came, where this was unpacked; unpacked all that was unpacked on the way.
    """

    name: str
    place: os.PathLike[str] | None = None
    data: bytes = b""
    sheet: str | None = None
    sentence: str = ""
    question: Question | None = None
    brought: int = 0
    unpacked: int = 0

    @property
    def packed(self) -> int:
        """Bytes as they came, on which it depends how much may be unpacked of them."""
        return self.brought or self.size

    @property
    def path(self) -> Path | None:
        return Path(self.place) if self.place else None

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


def unpack(raw: Raw, sheet: str | None = None, depth: int = 0) -> Raw:
    """The table inside a .gz or .zip; workbooks are archives too and are left alone.

    `sheet` chooses one of an archive's files by name; "orders.xlsx/May" is a sheet of one of them.
    Raises Problem for an archive that is damaged, protected, too large, or without a table.
    """
    raw = replace(raw, sheet=sheet, brought=raw.packed)
    head = raw.piece(0, 4)
    if depth > DEEPEST:
        raise Problem(f"{raw.name} holds archives within archives: unpack it and choose the table inside.")
    if head[:2] == b"\x1f\x8b":
        return unpack(_gunzip(raw), sheet, depth + 1)
    if head == b"PK\x03\x04" and not _refuse_documents(raw):
        inside = _unzip(raw)
        found = unpack(inside, inside.sheet, depth + 1)
        return replace(found, sentence=inside.sentence or found.sentence, question=inside.question or found.question)
    return raw


def _gunzip(raw: Raw) -> Raw:
    import gzip

    parts, size = [], 0
    try:
        with gzip.open(raw.path or io.BytesIO(raw.data)) as file:
            while part := file.read(16 << 20):
                parts.append(part)
                size += len(part)
                bounded(raw, size)
    except DAMAGED:
        raise Problem(f"{raw.name} is a damaged .gz archive: save or download it again.") from None
    return replace(raw, place=None, data=b"".join(parts), unpacked=raw.unpacked + size)


def bounded(raw: Raw, size: int, most: int | None = None) -> None:
    """Problem where so many bytes more are too much to unpack: in all, or for the size of what was brought."""
    most, size, packed = most or MAX_BYTES, raw.unpacked + size, max(raw.packed, 1)
    if size > most or size > max(SMALL, packed * MOST_PACKED):
        limit = f"{most >> 30} GB" if size > most else f"{SMALL >> 20} MB, {size // packed:,} times its size"
        raise Problem(f"{raw.name} unpacks to more than {limit}: save the table you need as CSV and choose that.")


def open_zip(raw: Raw) -> zipfile.ZipFile:
    """An archive to look into; Problem where it is damaged, or lists too many files to look through."""
    if (size := _index_size(raw)) > MOST_INDEX:
        raise Problem(
            f"{raw.name} holds too many files: the list of them takes {size / 1e6:,.1f} MB, the limit is "
            f"{MOST_INDEX / 1e6:,.1f} MB. Unpack it and choose the table."
        )
    try:
        return zipfile.ZipFile(raw.path or io.BytesIO(raw.data))
    except DAMAGED:
        raise Problem(f"{raw.name} is a damaged .zip or workbook: save or download it again.") from None


def _index_size(raw: Raw) -> int:
    """Bytes of the list of files of an archive, as its end declares them; 0 where it has no end."""
    tail = raw.piece(max(raw.size - (66 << 10), 0), 66 << 10)
    end, large = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    size = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    return int.from_bytes(tail[large + 40 : large + 48], "little") if size == 0xFFFFFFFF and large >= 0 else size


_DOCUMENTS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "Index/Document.iwa": "a Numbers or Pages document",
    "META-INF/MANIFEST.MF": "a program",
    "AndroidManifest.xml": "a program",
}


def _refuse_documents(raw: Raw) -> bool:
    """Whether an archive is a workbook; Problem where it is another kind of document."""
    with open_zip(raw) as archive:
        names = set(archive.namelist())
        for member, kind in _DOCUMENTS.items():
            if member in names:
                raise no_table(raw, kind)
        if "mimetype" in names and "content.xml" in names:
            info = archive.getinfo("mimetype")
            if info.file_size < 200 and b"spreadsheet" not in unpacked(raw, archive, info):
                raise no_table(raw, "a text document or drawing")
    return "content.xml" in names or any(re.fullmatch(r"xl/workbook\d*\.(xml|bin)", name) for name in names)


def _unzip(raw: Raw) -> Raw:
    """The file of an archive that was chosen, else its largest that may be a table, with a question where it has several."""
    with open_zip(raw) as archive:
        inside = [
            one for one in archive.infolist() if one.filename and not one.is_dir() and not _is_shadow(one.filename)
        ]
        tables = [info for info in inside if info.file_size and _may_be_table(info.filename)] or inside
        if not tables:
            raise Problem(f"{raw.name} holds nothing: choose an archive with a table in it.")
        entry, sheet = _chosen(raw, tables)
        if entry.flag_bits & 1:
            raise Problem(f"{raw.name} is protected by a password: unpack it and choose the file inside.")
        raw = replace(raw, brought=min(raw.packed, max(entry.compress_size, 1)))
        bounded(raw, entry.file_size)
        whole = raw.unpacked + entry.file_size
        found = replace(raw, place=None, data=unpacked(raw, archive, entry), sheet=sheet, unpacked=whole)
    if len(tables) == 1 or sheet != raw.sheet:
        return found
    shown = plain(entry.filename)
    others = {plain(info.filename): _size(info.file_size) for info in tables[:20]}
    found.sentence = f'The file "{shown}" was read, the largest of {len(tables)} in the archive.'
    sentence = f'Which file? "{shown}" was read; the archive has {len(tables)}.'
    found.question = Question(sentence, "sheet", readings=others, chosen=shown)
    return found


def _chosen(raw: Raw, tables: list[zipfile.ZipInfo]) -> tuple[zipfile.ZipInfo, str | None]:
    """The file a decision names, and what is left of the decision: the sheet, where that file is a workbook."""
    for info in tables:
        name = plain(info.filename)
        if raw.sheet is not None and (raw.sheet == name or raw.sheet.startswith(f"{name}/")):
            return info, raw.sheet[len(name) + 1 :] or None
    largest = max(tables, key=lambda info: info.file_size)
    if raw.sheet is not None and len(tables) > 1 and not re.search(r"(?i)\.(xls[xmb]?|ods)$", largest.filename):
        names = ", ".join(f'"{plain(info.filename)}"' for info in tables[:20])
        raise Problem(f'{raw.name} has no file "{raw.sheet}": choose from {names}.')
    return largest, raw.sheet


def _may_be_table(name: str) -> bool:
    ending = Path(name).suffix.lower()
    return ending not in (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".doc", ".docx", ".md", ".json", ".exe", ".sql")


def plain(name: str) -> str:
    """The name of a file inside an archive, without letters that cannot be printed."""
    return "".join(letter for letter in name if letter.isprintable())[:120]


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1000:,.1f} kB"


def unpacked(raw: Raw, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One entry of an archive, no longer than it declares; Problem where it is damaged."""
    try:
        with archive.open(entry) as file:
            return file.read(entry.file_size)
    except DAMAGED:
        raise Problem(f"{raw.name} is damaged, or packed in a way that is not known here: unpack it first.") from None


def _is_shadow(name: str) -> bool:
    return name.startswith("__MACOSX/") or Path(name).name.startswith(".")


_TABLES = ((b"PAR1", "parquet"), (b"PK\x03\x04", "workbook"), (b"\xd0\xcf\x11\xe0", "workbook"))
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"\0\0\0 ftyp", "a picture or film"),
    (b"RIFF", "a picture or sound"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"PK\x05\x06", "an empty archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


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
    return "text"


def empty_file(name: str) -> Problem:
    return Problem(f"{name} is empty: choose a file with a header row and at least one row below it.")


def no_table(raw: Raw, kind: str) -> Problem:
    return Problem(f"{raw.name} looks like {kind}, not a table: save the table as CSV or Excel and choose that.")
