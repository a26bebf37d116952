"""Files made to stop a server: small ones that ask for much, and usual mistakes at their largest. Made anew each time.

FILES[name]() is the name a file would be uploaded under, and its bytes.
"""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from itertools import product

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet

MB = 1 << 20
ROWS = b"ann,2024-01-02,1.5\nbob,2024-01-03,2.5\ncid,2024-02-03,3.5\n"
HEAD = b"customer,date,amount\n"
FILES: dict[str, Callable[[], tuple[str, bytes]]] = {}


def file(name: str, kind: str, *given: object) -> Callable:
    """One more hostile file: what the function below makes."""

    def add(make: Callable[..., bytes]) -> Callable[..., bytes]:
        FILES[name] = lambda: (f"hostile.{kind}", make(*given))
        return make

    return add


# Texts


@file("a field beyond ASCII of 10 kB", "csv", 10_000)
@file("a field beyond ASCII of 100 kB", "csv", 100_000)
def foreign(size: int) -> bytes:
    return b"name,amount\nCaf\xe9," + b"x" * size


@file("a field of half foreign letters", "csv")
def half_foreign() -> bytes:
    return b"name,amount\n" + b"x\xe9" * 200_000 + b",1\n"


@file("a heading of open brackets", "csv", b"(")
@file("a heading of closed brackets", "csv", b")")
@file("a heading of pairs of brackets", "csv", b"()")
@file("a heading of commas apart", "csv", b" _")
def bracketed(run: bytes) -> bytes:
    return b"customer" + run * 50_000 + b",date,amount\n" + ROWS


@file("a heading of 1 MB", "csv", b"amount ")
@file("a heading of 1 MB of capitals", "csv", b"AmOuNt")
@file("a heading of 1 MB of accents", "csv", "é".encode())
def long_heading(word: bytes) -> bytes:
    return b"customer,date," + word * (MB // len(word)) + b"\n" + ROWS


@file("a name of 1 MB", "csv")
def plain() -> bytes:
    return HEAD + ROWS


FILES["a name of 1 MB"] = lambda: ("x" * MB + ".csv", HEAD + ROWS)
FILES["a name with a line break and a zero"] = lambda: ("a\nb\0c.csv", HEAD + ROWS)


@file("a line of 50 MB", "csv", HEAD, b"x" * (50 * MB))
@file("a line of 50 MB of delimiters", "csv", HEAD, b"," * (50 * MB))
@file("a cell of 50 MB in quotation marks", "csv", HEAD + ROWS, b'"' + b"x" * 99 + b"\n" * 50 * 5_000 + b'",1,2\n')
@file("a cell of 5 MB", "csv", HEAD + ROWS, b"x" * (5 * MB) + b",2024-01-04,1\n" + ROWS)
@file(
    "a cell of many lines that are long",
    "csv",
    HEAD + ROWS,
    b'"' + (b"x" * (MB // 2) + b"\n") * 90 + b'",2024-01-02,1\n',
)
@file("a file of nothing but zeros", "csv", b"", b"\0" * MB)
@file("zeros among the rows", "csv", HEAD, (b"ann\0\0,2024-01-02,1.5\0\n") * 30_000)
@file("line feeds without an end", "csv", HEAD + ROWS, b"\n" * (5 * MB))
@file("carriage returns without an end", "csv", HEAD + ROWS, b"\r" * (5 * MB))
@file("spaces without an end", "csv", HEAD + ROWS, b" " * (7 * MB) + b"\n")
@file("rows of delimiters", "csv", HEAD + ROWS, b",,\n" * MB)
@file("rows of delimiters alone", "csv", b"", b",,,,,,,,,\n" * (MB // 2))
@file("one letter a line", "csv", b"", b"a\n" * (2 * MB))
@file("quotation marks without an end", "csv", HEAD + ROWS, b'"' * (5 * MB))
@file("lines of quotation marks", "csv", HEAD + ROWS, b'"","\n"' * 300_000)
@file("a mark never closed in each line", "csv", HEAD + ROWS, b'"ann,2024-01-02,1.5\n' * 50_000)
@file("backslashes before marks", "csv", HEAD + ROWS, b'"a\\"b\\",2024-01-02,1.5\n' * 50_000)
@file("tables without an end", "csv", b"", b"".join(b"h%d,k%d\na,1\nb,2\n\n" % (i, i) for i in range(20_000)))
@file("each row of another width", "csv", HEAD, b"".join(b"a" + b",1" * (i % 400) + b"\n" for i in range(4_000)))
@file("digits and spaces", "csv", HEAD, (b"ann," + b"1 " * 5_000 + b"x,1\n") * 50)
@file("digits, spaces and marks", "csv", HEAD, (b"ann,-" + b" " * 9_000 + b"x," + b"1" * 9_000 + b"e\n") * 50)
@file("a date with much behind it", "csv", HEAD, (b"ann,2024-01-02 " + b" " * 9_000 + b"x,1\n") * 50)
@file(
    "commas in headings of a wide table",
    "csv",
    b"",
    b"\n".join([b",".join(b"h%d" % i for i in range(290))] + [b",".join([b'"a'] * 290)] * 60),
)
@file(
    "rows a cell too long in a wide table",
    "csv",
    b"",
    b"\n".join([b",".join(b"h%d" % i for i in range(1_900))] + [b",".join([b"1"] * 1_900)] * 60 + [b"," * 1_900] * 200),
)
@file(
    "cells cut in a wide table",
    "csv",
    b"",
    b"\n".join(
        [b",".join(b"h%d" % i for i in range(1_900))]
        + [b",".join([b"x"] * 1_900)] * 60
        + [b",".join([b"x"] * 1_901)] * 200
    ),
)
@file("aligned columns without an end", "txt", b"", (b"ab  " * 8_000 + b"\n") * 30)
@file("ruled lines", "txt", b"", (b"-" * 5_000 + b" " * 5_000 + b"x\n") * 50)
@file("pairs of bytes that may be UTF-16", "csv", b"", b"a\0,\0" * (MB // 2))
@file("bytes by lot", "csv", HEAD, random.Random(7).randbytes(MB))
@file("totals without an end", "csv", HEAD, b"Total," + b" " * 9_000 + b",1\n" + b"Total x,,1\n" * 20_000)
@file(
    "days to the billionth of a second and beyond",
    "csv",
    HEAD,
    (b"ann,2024-01-02T00:00:00." + b"0" * 5_000 + b"Z,1\n") * 2_000,
)
@file(
    "a name in many spellings that is long",
    "csv",
    HEAD,
    (b"A." * 2_000 + b"x,2024-01-02,1\n A." + b"A." * 2_000 + b"x,2024-01-02,1\n") * 2_000,
)
@file("numbers beyond all numbers", "csv", HEAD, b"".join(b"c%d,2024-01-02,1e%d\n" % (i % 99, i) for i in range(5_000)))
@file(
    "numbers of customers of 4 000 digits",
    "csv",
    HEAD,
    b"".join(b"%s%d,2024-01-02,1\n" % (b"9" * 4_000, i % 99) for i in range(3_000)),
)
@file("dates in words without an end", "csv", HEAD, (b"ann," + b"3 March " * 900 + b",1\n") * 100)
def text(head: bytes, rest: bytes) -> bytes:
    return head + rest


@file("100 000 columns", "csv", 100_000, 3)
@file("100 000 columns of one heading", "csv", 100_000, 3, b"a")
@file("2 000 columns of one heading", "csv", 2_000, 50, b"a")
@file("2 000 columns of 50 rows", "csv", 2_000, 50)
@file("2 000 columns of 3 000 rows", "csv", 2_000, 3_000)
def wide(columns: int, rows: int, heading: bytes | None = None) -> bytes:
    names = [heading or b"column of sales %d" % i for i in range(columns)]
    return b",".join(names) + b"\n" + (b",".join([b"1"] * columns) + b"\n") * rows


@file("every row twice", "csv")
def pasted_twice() -> bytes:
    rows = b"".join(
        b"C%d,2024-%02d-%02d,%d.5,shop %d\n" % (i % 9_000, i % 12 + 1, i % 28 + 1, i, i % 90) for i in range(250_000)
    )
    return b"customer,date,amount,shop\n" + rows + rows


@file("web page of deep tables", "xls", b"<table><tr><td>", 200_000)
@file("web page of deep blocks", "xls", b"<div>", 500_000)
@file("web page of tables", "xls", b"<table><tr><td>a</td><td>1</td></tr></table>", 50_000)
@file("web page of wide cells", "xls", b"<tr><td colspan=2000 rowspan=1000000>a</td></tr>", 2_000)
@file("web page of open tags", "xls", b"<td ", 500_000)
@file("web page of open comments", "xls", b"<!--", 500_000)
@file("web page of open attributes", "xls", b"<td a='", 300_000)
@file("web page of letters by name", "xls", b"&amp", 500_000)
@file("web page of empty rows", "xls", b"<tr>", 1_000_000)
def page(part: bytes, times: int) -> bytes:
    return b"<html><table><tr><td>customer</td><td>amount</td></tr><tr><td>ann</td><td>1</td></tr>" + part * times


@file("entities of entities", "xml")
def laughs() -> bytes:
    more = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    cells = "<Row><Cell><Data>&l11;</Data></Cell><Cell><Data>1</Data></Cell></Row>" * 5
    doc = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{more}]><Workbook><Worksheet><Table>{cells}</Table>'
    return doc.encode()


# Archives


def zipped(members: dict[str, bytes]) -> bytes:
    """A .zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def packed(head: bytes, part: bytes, times: int) -> bytes:
    """A .gz of a head and then a part so many times, made in pieces."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as archive:
        archive.write(head)
        piece = part * (MB // len(part))
        for _ in range(len(part) * times // len(piece)):
            archive.write(piece)
    return out.getvalue()


@file("gz of 1 GB", "csv.gz", b"x", 1 << 30)
@file("gz of 200 MB of line feeds", "csv.gz", b"\n", 200 * MB)
@file("gz of 200 MB of rows", "csv.gz", b"ann,2024-01-02,1.5\n", 200 * MB // 19)
@file("gz of 200 MB of delimiters", "csv.gz", b",,\n", 200 * MB // 3)
def gz(part: bytes, times: int) -> bytes:
    return packed(HEAD + ROWS, part, times)


@file("gz in gz in zip", "zip")
def nested() -> bytes:
    return zipped({"sales.csv.gz.gz": gzip.compress(packed(HEAD, b"ann,2024-01-02,1.5\n", 60_000_000), 9)})


@file("gz of gz of gz", "csv.gz")
def gz_in_gz() -> bytes:
    return gzip.compress(gzip.compress(packed(HEAD, b"x", 1 << 30), 9), 9)


@file("zip of a thousand files", "zip", 1_000)
@file("zip of a hundred thousand files", "zip", 100_000)
def many_files(count: int) -> bytes:
    return zipped({f"{i}.csv": HEAD + ROWS for i in range(count)})


@file("zip whose files have long names", "zip")
def long_names() -> bytes:
    return zipped({f"{i}{'x' * 60_000}.csv": HEAD + ROWS for i in range(500)})


@file("zip that ends in a zip", "zip")
def deep() -> bytes:
    inside = zipped({"a.csv": HEAD + ROWS})
    for _ in range(40):
        inside = zipped({"a.zip": inside})
    return inside


# Parquet


def saved(table: pa.Table, **how: object) -> bytes:
    """A table as Parquet."""
    out = io.BytesIO()
    parquet.write_table(table, out, **how)
    return out.getvalue()


@file("parquet of 100 million equal numbers in 8 columns", "parquet")
def equal_numbers() -> bytes:
    """One group of rows, then more like it: only the footer grows."""
    column = pa.array(np.zeros(12_500_000, np.int64))
    table = pa.table({f"c{i}": column for i in range(8)})
    out = io.BytesIO()
    with parquet.ParquetWriter(out, table.schema, compression="zstd") as writer:
        for _ in range(8):
            writer.write_table(table, row_group_size=12_500_000)
    return out.getvalue()


@file("parquet of a text of 1 MB a million times", "parquet", pa.string())
@file("parquet of bytes of 1 MB a million times", "parquet", pa.binary())
def long_text(type_: pa.DataType) -> bytes:
    indices = pa.array(np.zeros(MB, np.int32))
    note = pa.DictionaryArray.from_arrays(indices, pa.array(["x" * MB], type_))
    return saved(pa.table({"customer": pa.array(np.arange(MB) % 99), "note": note}), compression="zstd")


@file("parquet of one long list", "parquet")
def long_list() -> bytes:
    values = pa.array(np.zeros(20 * MB, np.int64))
    lists = pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)
    return saved(pa.table({"customer": ["ann"], "list": lists}), compression="zstd")


@file("parquet of 20 000 columns", "parquet")
def wide_parquet() -> bytes:
    return saved(pa.table({f"c{i}": [1, 2] for i in range(20_000)}))


@file("parquet of deep lists", "parquet")
def deep_parquet() -> bytes:
    array = pa.array([1, 2])
    for _ in range(60):
        array = pa.ListArray.from_arrays(pa.array([0, 1, 2], pa.int32()), array)
    return saved(pa.table({"customer": ["ann", "bob"], "list": array}))


@file("parquet of a heading of 1 MB", "parquet")
def long_parquet_heading() -> bytes:
    return saved(pa.table({"customer": ["ann", "bob"], "amount (" * 130_000: [1.5, 2.5]}))


@file("parquet of days beyond the calendar and sums beyond all numbers", "parquet")
def beyond_parquet() -> bytes:
    days, amounts = pa.array([2**62] * 1_000, pa.timestamp("ns")), pa.array([1.7e308] * 1_000)
    return saved(pa.table({"customer": [f"c{i}" for i in range(1_000)], "date": days, "amount": amounts}))


@file("parquet whose footer is cut", "parquet")
def cut_parquet() -> bytes:
    whole = saved(pa.table({"customer": ["ann", "bob"], "amount": [1.5, 2.5]}))
    return whole[:40] + b"\xff" * 40 + whole[80:]


# Workbooks

XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>customer</t></is></c><c r="B1" t="inlineStr"><is><t>amount</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>ann</t></is></c><c r="B2"><v>1.5</v></c></row>'
)


def workbook(more: dict[str, bytes]) -> bytes:
    """A workbook of one sheet with some of its parts made otherwise."""
    out = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["customer", "amount"])
    made.active.append(["ann", 1.5])
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped(parts | more)


def sheet(rows: str, above: str = "", below: str = "") -> bytes:
    """The XML of a worksheet."""
    return f"{XML}<worksheet {MAIN}>{above}<sheetData>{rows}</sheetData>{below}</worksheet>".encode()


def one_sheet(rows: str = CELLS, above: str = "", below: str = "", **parts: bytes) -> bytes:
    return workbook({"xl/worksheets/sheet1.xml": sheet(rows, above, below), **parts})


MERGED = '<mergeCell ref="A{0}:B{0}"/>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WORDS = "".join(f'<row><c t="s"><v>{i % 2}</v></c><c t="s"><v>2</v></c></row>' for i in range(100_000))


@file("workbook that declares all cells", "xlsx", CELLS, '<dimension ref="A1:XFD1048576"/>')
@file("workbook with a cell far away", "xlsx", CELLS + FAR)
@file("workbook with a cell far away in another spelling", "xlsx", CELLS + FAR.replace("r=", "r = ").replace('"', "'"))
@file("workbook with a million empty rows", "xlsx", CELLS + "<row/>" * 1_000_000)
@file("workbook of 8 million numbers", "xlsx", f"<row>{'<c><v>1</v></c>' * 8}</row>" * 1_000_000)
@file("workbook of merged cells", "xlsx", CELLS, "", '<mergeCell ref="A1:XFD1048576"/>' * 1_000_000)
@file("workbook of merged cells beside each other", "xlsx", CELLS, "", "".join(map(MERGED.format, range(1, 300_000))))
@file(
    "workbook of a cell of 50 MB",
    "xlsx",
    CELLS + '<row r="3"><c r="A3" t="inlineStr"><is><t>' + "x" * (50 * MB) + "</t></is></c></row>",
)
def bent(rows: str, above: str = "", below: str = "") -> bytes:
    return one_sheet(rows, above, f"<mergeCells>{below}</mergeCells>" if below else "")


@file("workbook of a shared text of 1 MB, a hundred thousand times", "xlsx", 3, MB)
@file("workbook of 3 million shared texts", "xlsx", 3_000_000, 8)
@file("workbook of 9 million shared texts", "xlsx", 9_000_000, 1)
@file("workbook of a billion shared texts declared", "xlsx", 3, 8, 4_000_000_000)
def shared(count: int, letters: int, declared: int | None = None) -> bytes:
    texts = f"<si><t>{'x' * letters}</t></si>" * count
    list_ = f'{XML}<sst {MAIN} count="{declared or count}" uniqueCount="{declared or count}">{texts}</sst>'
    return one_sheet(WORDS, **{"xl/sharedStrings.xml": list_.encode()})


@file("workbook of 30 000 sheets", "xlsx", 30_000, True)
@file("workbook of 3 000 sheets that are one", "xlsx", 3_000, False)
def sheets(count: int, apart: bool) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, count + 1))
    rels = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}/worksheet" Target="worksheets/sheet{i if apart else 1}.xml"/>'
        for i in range(1, count + 1)
    )
    rows = CELLS if apart else "<row>" + "<c><v>1</v></c>" * 100_000 + "</row>"
    parts = {f"xl/worksheets/sheet{i}.xml": sheet(rows) for i in range(1, (count if apart else 1) + 1)}
    return workbook(
        {
            **parts,
            "xl/workbook.xml": f'{XML}<workbook {MAIN} xmlns:r="{kind}"><sheets>{names}</sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": (
                f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
            ).encode(),
        }
    )


ODS = (
    f'{XML}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


@file("spreadsheet of a cell repeated", "ods", 16_384, 1_048_576)
@file("spreadsheet of a row repeated", "ods", 2, 1_048_576)
@file("spreadsheet of a cell repeated beyond all rows", "ods", 1 << 31, 1 << 31)
def repeated(across: int, down: int) -> bytes:
    cell = '<table:table-cell office:value-type="string"%s><text:p>a</text:p></table:table-cell>'
    row = f"<table:table-row>{cell % ''}{cell % ''}</table:table-row>"
    much = cell % f' table:number-columns-repeated="{across}"'
    rows = row * 2 + f'<table:table-row table:number-rows-repeated="{down}">{much}</table:table-row>'
    table = f'<table:table table:name="S">{rows}</table:table>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST.encode(),
            "content.xml": (ODS % table).encode(),
        }
    )


# What is special, in runs: each sign, and some pairs

SIGNS = (*"()[]{}<>\"'`\\/|,;:.!?-_=+*&%$#@~^ \t\n\r0aAé€№−（）】年月", "\0", "\ufeff", "\u00a0", "\u0301", "😀")
PAIRS = (
    "()",
    '""',
    '\\"',
    "1 ",
    " 1",
    "1,",
    "1.",
    "-1",
    ", ",
    "aA",
    "Aa",
    "a1",
    "a.",
    "&#",
    "<a",
    "</",
    "0 x",
    "(a",
    "é,",
    '","',
    "'\"",
)
RUNS = (*SIGNS, *PAIRS, *("".join(pair) for pair in product("( -", "1a,")))
