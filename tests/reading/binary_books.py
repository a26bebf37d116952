"""Workbooks made byte by byte: the old .xls (BIFF8 in an OLE container) and .xlsb, which no library here writes."""

import io
import struct
import zipfile
from typing import Any


def xls(rows: list[list[Any]], *, password: bool = False) -> bytes:
    """A workbook of Excel 97: texts as LABEL, numbers as NUMBER records."""
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet += _cell(r, c, cell)
    sheet += _biff(0x000A)
    start = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    start += _biff(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if password else b""
    name = b"\x05\x00Sheet"
    length = len(start) + 4 + 6 + len(name) + 4
    bound = _biff(0x0085, struct.pack("<IH", length, 0) + name)
    return container("Workbook", start + bound + _biff(0x000A) + sheet)


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(r: int, c: int, cell: Any) -> bytes:
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _biff(0x0204, struct.pack("<HHHHB", r, c, 0, len(cell), 1) + text) if cell else b""
    return _biff(0x0203, struct.pack("<HHHd", r, c, 0, float(cell)))


def container(name: str, content: bytes) -> bytes:
    """An OLE compound file of one stream, padded to the size from which streams stand in plain sectors."""
    content = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
    sectors = len(content) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    assert len(fat) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff\xff\xff\xff" * 108
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 2, len(content))
    return header + table + directory.ljust(512, b"\0") + content


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title), kind, 1, none, none, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def xlsb(rows: list[list[Any]]) -> bytes:
    """A binary workbook of Excel 2007: texts as BrtCellSt, numbers as BrtCellReal."""
    sheet = _brt(129) + _brt(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _brt(145)
    for r, row in enumerate(rows):
        sheet += _brt(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, cell in enumerate(row):
            place = struct.pack("<II", c, 0)
            sheet += _brt(6, place + _wide(cell)) if isinstance(cell, str) else _brt(5, place + struct.pack("<d", cell))
    sheet += _brt(146) + _brt(130)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet")
    book = _brt(131) + _brt(143) + _brt(156, bundle) + _brt(144) + _brt(132)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", _relation("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def _brt(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(content)
    while True:
        size, left = size + bytes([left & 0x7F | (0x80 if left > 127 else 0)]), left >> 7
        if not left:
            return number + size + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )
