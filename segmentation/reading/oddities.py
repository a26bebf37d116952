"""What a worksheet holds beside values, seen in its XML: errors, formulas nobody worked out, hidden rows.

Only the standard library: this runs in the process that opens workbooks, and never keeps one from being read.
"""

import io
import re
import zipfile
from html import unescape
from typing import Any, NamedTuple

LARGEST = 64 << 20  # bytes of a sheet that are looked through
MOST = 1_000  # errors that are listed
_ERROR = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?\bt=\"e\"[^>]*>.{0,2000}?<v>([^<]{1,40})</v>", re.DOTALL
)
_FORMULA = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]{1,3})\d{1,7}\"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]{0,9000}</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_HIDDEN = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"")


class Oddities(NamedTuple):
    errors: list[list[Any]]  # row from 1, column from 0, what it says
    total: int
    unworked: dict[int, int]  # column → formulas without a value
    hidden: int
    filtered: bool


def of(data: bytes, sheet: str) -> Oddities:
    """The oddities of a sheet of an .xlsx or .ods; none of other workbooks, nor of very large or damaged sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" in archive.namelist() and archive.getinfo("content.xml").file_size <= LARGEST:
                return _of_open(archive.read("content.xml"), sheet)
            part = next(part for name, part in sheet_parts(archive) if name == sheet)
            content = archive.read(part) if archive.getinfo(part).file_size <= LARGEST else b""
    except Exception:  # whatever is odd about the archive itself, others say
        content = b""
    return _found(content)


def largest(data: bytes) -> str:
    """The sheet of an .xlsx that takes most room; "" where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return max((archive.getinfo(part).file_size, name) for name, part in sheet_parts(archive))[1]
    except Exception:  # no .xlsx
        return ""


def _found(content: bytes) -> Oddities:
    errors = [(int(row), column_number(letters) - 1, text) for letters, row, text in _errors(content)]
    unworked: dict[int, int] = {}
    for found in _FORMULA.finditer(content) if b"<f" in content else ():
        column = column_number(found[1]) - 1
        unworked[column] = unworked.get(column, 0) + 1
    hidden = len(_HIDDEN.findall(content)) if b"hidden=" in content else 0
    listed = [[row, column, unescape(text.decode(errors="replace"))] for row, column, text in errors[:MOST]]
    return Oddities(listed, len(errors), unworked, hidden, b"<autoFilter" in content[content.rfind(b"</sheetData>") :])


def _of_open(content: bytes, sheet: str) -> Oddities:
    """The oddities of a sheet of an OpenDocument, whose file holds all sheets."""
    heads = [found for found in re.finditer(rb"<table:table\b[^<>]*>", content) if said(b"table:name", found[0])]
    begin = next(found.end() for found in heads if unescape(said(b"table:name", found[0])) == sheet)
    rows = content[begin : content.find(b"</table:table>", begin)].split(b"<table:table-row")[1:]
    line, hidden, errors, filtered = 0, 0, [], False
    for row in rows:
        head, filled = row[: row.find(b">")], b"<text:p" in row
        if filled and (seen := said(b"table:visibility", head)) in ("collapse", "filter"):
            hidden, filtered = hidden + 1, filtered or seen == "filter"
        if b'value-type="error"' in row:
            errors += [[line + 1, column, text] for column, text in _errors_of_open(row)]
        line += int(said(b"number-rows-repeated", head) or 1)
    return Oddities(errors[:MOST], len(errors), {}, hidden, filtered)


def _errors_of_open(row: bytes) -> list[tuple[int, str]]:
    """Column and text of the cells of a row that hold an error."""
    found, column = [], 0
    for cell in re.finditer(rb"<table:(?:covered-)?table-cell\b([^<>]*)>(?:<text:p>([^<]{0,40}))?", row):
        if b'value-type="error"' in cell[1]:
            found.append((column, unescape((cell[2] or b"").decode(errors="replace"))))
        column += int(said(b"number-columns-repeated", cell[1]) or 1)
    return found


def _errors(content: bytes) -> list[tuple[bytes, bytes, bytes]]:
    return _ERROR.findall(content) if b't="e"' in content else []


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Each sheet and the part of the archive it is in, in their order; two may be in one."""
    links = archive.read("xl/_rels/workbook.xml.rels")
    places = {said(b"Id", link): said(b"Target", link) for link in re.findall(rb"<[\w:]*Relationship\b[^<>]*>", links)}
    sheets = re.findall(rb"<[\w:]*sheet\b[^<>]*>", archive.read("xl/workbook.xml"))
    targets = [
        (unescape(said(b"name", sheet)), places.get(said(rb"\w+:id", sheet), "").lstrip("/")) for sheet in sheets
    ]
    return [(name, target if target.startswith("xl/") else f"xl/{target}") for name, target in targets]


def said(attribute: bytes, tag: bytes) -> str:
    """What a tag says for an attribute, a pattern of ours; nothing where it says nothing."""
    found = re.search(rb"\b" + attribute + rb"\s*=\s*[\"']([^\"']*)", tag)
    return found[1].decode(errors="replace") if found else ""


def column_number(letters: bytes) -> int:
    """The number of a column called by letters: A is 1; no sheet has more than three of them."""
    number = 0
    for letter in letters[:3]:
        number = number * 26 + letter - 64
    return number
