"""Which letters the bytes of a text stand for: a byte order mark, UTF-16 without one, strict UTF-8, else a code page.

A code page is told from the fields that are not plain ASCII alone: the rest says the same under all of them.
"""

import codecs
import re
from typing import NamedTuple

MOST = 40_000  # bytes of fields beyond ASCII that are weighed
# fmt: off
CODE_PAGES = (
    "cp1252", "cp1250", "cp1251", "koi8-r", "koi8-u", "gb18030", "big5", "cp932", "euc-jp", "cp949", "cp1253",
    "cp1254", "cp866", "iso8859-2", "iso8859-5", "iso8859-15", "cp1257", "cp1255", "cp1256", "cp850", "cp852",
    "mac-roman", "mac-cyrillic",
)
# fmt: on
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def bom(head: bytes) -> str | None:
    """The encoding a file's first bytes name, if they do."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def unpack(raw: Raw, sheet: str | None = None, depth: int = 0) -> Raw:
    """The table inside a .gz or .zip; workbooks are archives too and are left alone.

    `sheet` chooses one of an archive's files by name; "orders.xlsx/May" is a sheet of one of them.
    Raises Problem for an archive that is damaged, protected, too large, or without a table.
    """
    raw = replace(raw, sheet=sheet)
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
                _bounded(raw, size, raw.size)
    except DAMAGED:
        raise Problem(f"{raw.name} is a damaged .gz archive: save or download it again.") from None
    return replace(raw, path=None, data=b"".join(parts))


def _bounded(raw: Raw, size: int, packed: int, most: int | None = None) -> None:
    most = most or MAX_BYTES
    if size > most or size > max(SMALL, packed * MOST_PACKED):
        limit = f"{most >> 30} GB" if size > most else f"{SMALL >> 20} MB, {size // max(packed, 1):,} times its size"
        raise Problem(f"{raw.name} unpacks to more than {limit}: save the table you need as CSV and choose that.")


def open_zip(raw: Raw) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(raw.path or io.BytesIO(raw.data))
    except DAMAGED:
        raise Problem(f"{raw.name} is a damaged .zip or workbook: save or download it again.") from None


def unpacked_size(raw: Raw, archive: zipfile.ZipFile, most: int) -> int:
    """Bytes of all files of an archive, as it declares them (it yields no more); Problem where that is too much."""
    size = sum(info.file_size for info in archive.infolist())
    _bounded(raw, size, raw.size, most)
    return size


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
        inside = [info for info in archive.infolist() if not info.is_dir() and not _is_shadow(info.filename)]
        tables = [info for info in inside if info.file_size and _may_be_table(info.filename)] or inside
        if not tables:
            raise Problem(f"{raw.name} holds nothing: choose an archive with a table in it.")
        entry, sheet = _chosen(raw, tables)
        if entry.flag_bits & 1:
            raise Problem(f"{raw.name} is protected by a password: unpack it and choose the file inside.")
        _bounded(raw, entry.file_size, max(entry.compress_size, 1))
        found = replace(raw, path=None, data=unpacked(raw, archive, entry), sheet=sheet)
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
CENTRAL = ("cp1250", "cp1254", "iso8859-2", "iso8859-15")  # share most letters with cp1252, which most files are in
OLD = ("cp850", "cp852", "mac-roman", "mac-cyrillic")  # of DOS and old Macs: less likely than they seem
LITTLE = 0.01  # below it nothing speaks for any language: signs, not words
FEW = 8  # different fields beyond ASCII that are too few to be sure
RIVAL, RIVAL_OF_FEW = 0.6, 0.25  # of the best one's confidence: an encoding so likely is offered
_CONTROLS = re.compile(r"[\x80-\x9f]")  # no text has these; where they come out, the encoding is another
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-¿×÷\x80-\x9f]|[¹³º¿¡¼¾´¸¨\x80-\x9f][^\W\d_]")


class Encoding(NamedTuple):
    """A name that Python knows, and the encodings that are nearly as likely where the text does not decide."""

    name: str
    others: tuple[str, ...] = ()


def guess(data: bytes, final: bool = True) -> Encoding | None:
    """The encoding of a text's bytes; None where they are no text.

    `final` is False where `data` is the front of a longer file and may end inside a letter.
    """
    if mark := bom(data) or without_mark(data):
        return Encoding(mark)
    if decodes(data, "utf-8", final):
        return Encoding("utf-8")
    return _code_page(foreign_fields(data), data, final)


def without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: the empty half of its digits and delimiters stands on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    few, many = sorted((even, odd))
    if many < 2 or many * 50 < len(data) or few * 10 > many:
        return None
    name = "utf-16-le" if odd == many else "utf-16-be"
    return name if decodes(data, name, False) else None


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: control characters, or more NULs than a text is padded with."""
    if bom(head) or without_mark(head):
        return False
    odd = sum(map(head.count, (bytes([code]) for code in (*range(2, 9), *range(14, 26), 28, 127))))
    return odd * 50 > len(head) or head.count(0) * 3 > len(head) or (b"\0\0\0\0" in head and odd > 0)


def decodes(data: bytes, encoding: str, final: bool) -> bool:
    """Whether the bytes are text in that encoding."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def foreign_fields(data: bytes) -> list[bytes]:
    """The different fields with a byte beyond ASCII in them, in the order they come."""
    first = re.search(rb"[\x80-\xff]", data)
    start = max(first.start() - 200, 0) if first else 0
    found = re.findall(rb"[^,;\t|\"\r\n]*[\x80-\xff][^\x00-\x1f,;\"]*", data[start : start + 100 * MOST])
    return list(dict.fromkeys(field.strip() for field in found))


def _code_page(fields: list[bytes], data: bytes, final: bool) -> Encoding | None:
    import chardet

    amounts = [field for field in fields if re.search(rb"[0-9]", field) and not re.search(rb"[A-Za-z]{4}", field)]
    words = [field for field in fields if field not in set(amounts)] or fields
    sample = b"\n".join(words)[:MOST]
    ranked = chardet.detect_all(sample, ignore_threshold=True, include_encodings=CODE_PAGES, compat_names=False)
    weights = {str(one["encoding"]): one["confidence"] for one in ranked if one["encoding"]}
    weights = {name: 0.8 * weight if name in OLD else weight for name, weight in weights.items()}
    fits = {name: weight for name, weight in weights.items() if decodes(data, name, final)}
    fits |= {"cp1252": 0.0} if "cp1252" not in fits and decodes(data, "cp1252", final) else {}
    fits = {name: weight for name, weight in fits.items() if _reads_amounts(amounts, name)} or fits
    fits = {
        name: weight for name, weight in fits.items() if not _CONTROLS.search(sample.decode(name, "replace"))
    } or fits
    if not fits:
        return _any(data, final)
    best = _preferred(fits, sample)
    read = sample.decode(best, "replace")
    others = [name for name in fits if sample.decode(name, "replace") != read]
    share = RIVAL if len(words) >= FEW else RIVAL_OF_FEW
    likely = [name for name in others if fits[name] >= share * fits[best]]
    return Encoding(best, tuple(likely[:3]))


_AMOUNT = re.compile(r"[\d\s.,'’()+\-−–%$€£¥₽₴zł№°]+")


def _reads_amounts(amounts: list[bytes], name: str) -> bool:
    """Whether numbers with a currency sign or wide spaces are numbers in that encoding."""
    some = amounts[:200]
    read = sum(bool(_AMOUNT.fullmatch(amount.decode(name, "replace"))) for amount in some)
    return read * 10 >= 9 * len(some)


def _any(data: bytes, final: bool) -> Encoding | None:
    return next((Encoding(name) for name in (*CODE_PAGES, "latin-1") if decodes(data, name, final)), None)


def _preferred(fits: dict[str, float], sample: bytes) -> str:
    """The likeliest, or cp1252 where it reads as well: most letters of western and central Europe are the same."""
    best = max(fits, key=lambda name: fits[name])
    odd = "[ÐÝÞðýþ]" if best == "cp1254" else _SIGN_IN_WORD
    western = "cp1252" in fits and not re.search(odd, sample.decode("cp1252", "replace"))
    if western and (fits[best] < LITTLE or (best in CENTRAL and fits["cp1252"] >= 0.4 * fits[best])):
        return "cp1252"
    if best == "iso8859-2" and "cp1250" in fits and re.search(rb"[\x80-\x9f]", sample):
        return "cp1250"  # the other has no letters there
    return best
