"""Workbooks: titles, merged headings and several sheets are normal; a hostile one costs a sentence, not the server."""

import datetime
import io
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from segmentation.problems import Problem
from segmentation.reading import workbook
from segmentation.reading.draft import Decisions
from segmentation.reading.read import read
from segmentation.table import Table
from tests.reading.binary_books import container, xls, xlsb

ROWS = [["customer", "date", "revenue"], ["007", "2024-01-02", 1.5], ["008", "2024-01-03", 2.5]]
SPREADSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def book(*rows, merge=(), name="Sheet", at=(1, 1)) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = name
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                sheet.cell(r + at[0], c + at[1], cell)
    for cells in merge:
        sheet.merge_cells(cells)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def table(*rows, **more) -> Table:
    return read(saved(book(*rows, **more)), name="book.xlsx")


def problem(content: bytes, name: str = "book.xlsx", **decisions) -> str:
    with pytest.raises(Problem) as caught:
        read(content, name=name, **decisions)
    assert "\n" not in str(caught.value) and name in str(caught.value)
    return str(caught.value)


def rewritten(sheet: str) -> bytes:
    """A workbook whose only worksheet is this XML."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book(["a"])))) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            mine = info.filename == "xl/worksheets/sheet1.xml"
            after.writestr(info.filename, sheet if mine else before.read(info.filename))
    return out.getvalue()


# What honest workbooks look like


def test_titles_above_and_totals_below_are_set_aside_with_their_lines():
    found = table(["Sales report"], ["May 2024"], [], *ROWS, ["Total", None, 4.0])
    assert found.report.header_line == 4 and found.data.num_rows == 2
    assert found.set_aside["line"].tolist() == [1, 2, 7]


def test_a_table_may_stand_anywhere_on_the_sheet():
    found = table(*ROWS, ["", "", ""], at=(3, 3))
    assert found.data.column_names == ROWS[0] and found.report.header_line == 3


def test_months_under_merged_years_become_headings_of_both():
    rows = [["Customer", 2023, None, 2024, None], [None, "Jan", "Feb", "Jan", "Feb"], ["ann", 1, 2, 3, 4]]
    for merge in (("A1:A2", "B1:C1", "D1:E1"), ()):
        found = table(*rows, ["bob", 5, 6, 7, 8], merge=merge)
        assert found.data.column_names == ["Customer", "2023 Jan", "2023 Feb", "2024 Jan", "2024 Feb"]
        assert found.report.header_line in (1, 2) and found.data.num_rows == 2


def test_a_line_of_units_below_the_headings_belongs_to_them():
    found = table(["Customer", "Revenue", "Weight"], [None, "EUR", "kg"], ["ann", 1.5, 2], ["bob", 2.5, 3])
    assert found.data.column_names == ["Customer", "Revenue EUR", "Weight kg"] and found.data.num_rows == 2


def test_a_stray_cell_far_to_the_right_costs_nothing():
    made = book(*ROWS)
    made.active["XFD1"] = "note"
    found = read(saved(made), name="book.xlsx")
    assert found.data.column_names[:3] == ROWS[0] and found.data.num_rows == 2
    made.active["XFD1"], made.active["XFD9"] = None, " "
    assert read(saved(made), name="book.xlsx").data.column_names == ROWS[0]


def test_of_a_wide_sheet_only_the_columns_that_hold_anything_are_handed_on():
    """Cells at the far ends of as many blocks of rows: a column each, in whichever block it comes first."""
    made = book(["customer", "amount"], *([f"C{i}", 7] for i in range(20)))
    for row, column, said in ((5, 9_000, "late"), (12, 300, "first"), (20, 15_001, "last")):
        made.active.cell(row, column, said)
    status, out = workbook._run(saved(made), [], Decisions())
    table = pa.ipc.open_stream(out).read_all()
    assert status == 0 and {*table.column_names[1::2]} == {f"text {i}" for i in (0, 1, 299, 8_999, 15_000)}


def test_a_merged_title_is_no_heading():
    found = table(["Our sales"], *ROWS, merge=("A1:C1",))
    assert found.data.column_names == ROWS[0] and found.set_aside["text"].tolist() == ["Our sales"]


def test_the_sheet_with_most_rows_is_read_and_the_others_are_offered_with_their_sizes():
    made = book(["Read me first"], ["nothing here"], name="Notes")
    for name, times in (("May", 1), ("June", 3)):
        sheet = made.create_sheet(name)
        for row in [ROWS[0], *ROWS[1:] * times]:
            sheet.append(row)
    made.create_sheet("Empty")
    hidden = made.create_sheet("Lookup")
    for i in range(50):
        hidden.append([f"k{i}", i])
    hidden.sheet_state = "hidden"
    found = read(saved(made), name="book.xlsx")
    assert found.report.sheet == "June" and found.data.num_rows == 6
    (question,) = found.report.questions
    assert question.chosen == "June" and "Empty" not in question.readings
    assert (question.readings["May"], question.readings["June"]) == ("3 rows × 3 columns", "7 rows × 3 columns")
    chosen = read(saved(made), name="book.xlsx", sheet="May")
    assert chosen.data.num_rows == 2 and chosen.report.questions == ()
    assert 'no sheet "July"' in problem(saved(made), sheet="July")
    assert "is empty" in problem(saved(made), sheet="Empty")


def test_one_sheet_with_content_is_not_asked_about():
    made = book(*ROWS)
    made.create_sheet("Sheet2")
    assert read(saved(made), name="book.xlsx").report.questions == ()


def test_dates_are_dates_whether_formatted_serial_or_text():
    days = [datetime.datetime(2024, 1, 31), datetime.datetime(2024, 2, 29)]
    serials = [45322, 45351.75]
    texts = ["31.01.2024", "29.02.2024"]
    rows = [["customer", "order date", "invoice date", "Datum"], *zip("ab", days, serials, texts, strict=True)]
    found = table(*rows)
    expected = [day.date() for day in days]
    assert all(found.data[name].to_pylist() == expected for name in rows[0][1:])
    assert any("as Excel counts them" in sentence for sentence in found.report.sentences)


def test_amounts_that_look_like_serials_stay_amounts():
    assert table(["customer", "revenue"], ["a", 45322], ["b", 45351]).data["revenue"].to_pylist() == [45322, 45351]


def test_numbers_typed_as_text_join_the_numbers_beside_them():
    found = table(["customer", "revenue"], ["a", 1234.5], ["b", "1.234,50"], ["c", "2.000,25"], ["d", None])
    assert found.data["revenue"].to_pylist() == [1234.5, 1234.5, 2000.25, None]


def test_a_customer_merged_over_several_rows_has_them_all_and_an_amount_is_not_multiplied():
    rows = [["Customer", "Product", "Revenue"], ["ann", "tea", 5], [None, "salt", None], ["bob", "tea", 2]]
    found = table(*rows, merge=("A2:A3", "C2:C3"))
    assert found.data["Customer"].to_pylist() == ["ann", "ann", "bob"]
    assert found.data["Revenue"].to_pylist() == [5, None, 2]
    assert any("1 merged cell counts" in sentence for sentence in found.report.sentences)


def test_formulas_are_read_as_what_they_gave():
    sheet = (
        SPREADSHEET + '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>customer</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>revenue</t></is></c></row><row r="2"><c r="A2" t="str"><f>"an"&amp;"n"</f>'
        '<v>ann</v></c><c r="B2"><f>1+1.5</f><v>2.5</v></c></row></sheetData></worksheet>'
    )
    assert read(rewritten(sheet), name="book.xlsx").data.to_pylist() == [{"customer": "ann", "revenue": 2.5}]


def test_customer_numbers_keep_their_zeros_and_lose_no_digit():
    found = table(["Customer No", "revenue"], ["007", 1.5], [123456789012, 2.5])
    assert found.data["Customer No"].to_pylist() == ["007", "123456789012"]


@pytest.mark.parametrize("write", [xls, xlsb])
def test_old_and_binary_workbooks_hold_the_same_table(write):
    found = read(write(ROWS), name="book.xls")
    assert found.data.to_pylist() == [
        {"customer": "007", "date": datetime.date(2024, 1, 2), "revenue": 1.5},
        {"customer": "008", "date": datetime.date(2024, 1, 3), "revenue": 2.5},
    ]


def test_a_table_named_workbook_is_read_for_what_it_is():
    content = "customer;revenue\n007;1,5\n008;2,5\n".encode("cp1252")
    for name in ("book.xlsx", "book.xls", "book.ods"):
        assert read(content, name=name).data["revenue"].to_pylist() == [1.5, 2.5]


# Web pages and XML named .xls

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{0}">
<style>td {{mso-number-format:"\\@"}}</style></head><body><table><tr><td>Menu</td></tr></table>
<table border=1><tr><th colspan=3>Продажи &amp; возвраты</th></tr><tr><th>Клиент<th>Дата<th>Сумма</tr>
<tr><td rowspan=2>007</td><td>31.01.2024<td>1 234,50</tr>
<tr><td>29.02.2024</td><td>2,5</td></tr><tr><td>008<td>01.03.2024<td>3,5<script>x</script></table>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_a_web_page_named_xls_is_read(encoding):
    found = read(PAGE.format(encoding).encode(encoding), name="report.xls")
    assert found.data.column_names == ["Клиент", "Дата", "Сумма"]
    assert found.data["Сумма"].to_pylist() == [1234.5, 2.5, 3.5]
    assert found.data["Клиент"].to_pylist() == ["007", "007", "008"]
    assert found.data["Дата"].to_pylist()[0] == datetime.date(2024, 1, 31)
    assert found.report.sheet == "Table 2"


def test_the_xml_of_excel_2003_named_xls_is_read():
    cells = "".join(
        f'<Row ss:Index="{i + 3}"><Cell><Data ss:Type="String">{name}</Data></Cell><Cell ss:Index="3">'
        f'<Data ss:Type="DateTime">{day}T00:00:00.000</Data></Cell><Cell><Data ss:Type="Number">{value}</Data></Cell></Row>'
        for i, (name, day, value) in enumerate(ROWS[1:])
    )
    content = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="May"><Table><Row><Cell>'
        '<Data ss:Type="String">customer</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">date</Data></Cell>'
        f'<Cell><Data ss:Type="String">revenue</Data></Cell></Row>{cells}</Table></Worksheet></Workbook>'
    )
    found = read(content.encode(), name="book.xls")
    assert found.data["revenue"].to_pylist() == [1.5, 2.5] and found.data["customer"].to_pylist() == ["007", "008"]
    assert found.data["date"].to_pylist()[1] == datetime.date(2024, 1, 3) and found.report.sheet == "May"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td colspan=999999999>x<td>y<tr><td rowspan=999999999>1<td>2</table>",
        "<table>" * 500 + "<tr><td>a<td>b<tr><td>1<td>2",
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><table><tr><td>&b;',
        "<table><tr><td>a<td>b</table></td></table><tr><td>",
        "<html><!-- " + "<" * 1000,
    ],
)
def test_a_hostile_page_is_a_table_or_a_sentence(page):
    try:
        assert read(page.encode(), name="page.xls").report.rows_in > 0
    except Problem as said:
        assert "page.xls" in str(said)


# Hostile and broken workbooks

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
LINE = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>'


def sheet(rows: str) -> bytes:
    return rewritten(f"{SPREADSHEET}<sheetData>{rows}</sheetData></worksheet>")


def test_a_workbook_that_only_says_it_is_huge_is_read():
    content = rewritten(
        f'{SPREADSHEET}<dimension ref="A1:XFD1048576"/><sheetData>{HEADER}{LINE}</sheetData></worksheet>'
    )
    assert read(content, name="book.xlsx").data.to_pylist() == [{"a": 1, "b": 2}]


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r = 'XFD1048576'><v>1</v></c></row>",
        '<row r="1048576">' + "<c><v>1</v></c>" * 16_384 + "</row>",
    ],
    ids=["plain", "other quotes", "places not named"],
)
def test_a_workbook_that_spans_billions_of_cells_is_refused_and_nothing_dies(row):
    assert "spans too many cells" in problem(sheet(HEADER + LINE + row))


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_refused(monkeypatch):
    monkeypatch.setattr("segmentation.reading.files.SMALL", 1 << 20)
    long = '<row r="3"><c r="A3" t="inlineStr"><is><t>' + "x" * 3_000_000 + "</t></is></c></row>"
    assert "unpacks to more than" in problem(sheet(HEADER + LINE + long))


def test_a_workbook_is_read_whole_on_a_machine_so_busy_that_opening_it_starts_late(monkeypatch):
    monkeypatch.setattr("segmentation.reading.workbook.TOLD", 0.001)
    monkeypatch.setattr("segmentation.reading.workbook.SECONDS", 20)
    rows = "".join(f"<tr><td>C{i}</td><td>{i}</td></tr>" for i in range(20_000))
    page = f"<html><table><tr><td>customer</td><td>amount</td></tr>{rows}</table>".encode()
    assert read(page, name="book.xls").data.num_rows == 20_000


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch):
    for limit in ("SECONDS", "TOLD"):  # no process is that quick
        monkeypatch.setattr(f"segmentation.reading.workbook.{limit}", -1)
    assert "spans too many cells" in problem(saved(book(*ROWS)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xls(ROWS, password=True), "protected by a password"),
        (container("EncryptedPackage", b"x" * 5000), "protected by a password"),
        (container("WordDocument", b"x" * 5000), "a Word document"),
        (container("Workbook", b"x" * 5000), "broken workbook"),
        (saved(book(*ROWS))[:-200], "damaged"),
        (rewritten(f"{SPREADSHEET}<sheetData>{HEADER}"), "broken workbook"),
        (rewritten("\0\1\2"), "broken workbook"),
    ],
    ids=["locked xls", "locked xlsx", "word", "ole", "cut", "not closed", "no xml"],
)
def test_what_cannot_be_opened_is_said(content, said):
    assert said in problem(content)


def test_a_sheet_may_have_any_name():
    for name in ("--help", "Лист 1"):
        assert read(saved(book(*ROWS, name=name)), name="book.xlsx", sheet=name).data.num_rows == 2
    assert "book.xlsx" in problem(saved(book(*ROWS)), sheet="a\0b")


def test_opening_a_workbook_can_be_cancelled(monkeypatch):
    monkeypatch.setattr("segmentation.reading.workbook.TOLD", 0.01)

    def stop(share, doing):
        if doing == "Opening the workbook":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(saved(book(*ROWS)), name="made.xlsx", progress=stop)


def test_errors_and_hidden_rows_of_an_open_spreadsheet_are_said() -> None:
    whole = io.BytesIO()
    pd.DataFrame({"customer": list("ABCD"), "revenue": [1, 2, 3, 4]}).to_excel(
        whole, index=False, engine="odf", sheet_name="S"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(whole) as book, zipfile.ZipFile(changed, "w") as other:
        for name in book.namelist():
            rows = book.read(name).split(b"<table:table-row")
            if name == "content.xml":
                rows[3] = b' table:visibility="filter"' + rows[3]
                rows[4] = (
                    rows[4]
                    .replace(b' office:value="3">', b' calcext:value-type="error">')
                    .replace(b"<text:p>3<", b"<text:p>#DIV/0!<")
                )
            other.writestr(name, b"<table:table-row".join(rows))
    table = read(changed.getvalue(), name="book.ods")
    assert "1 cell holds an error such as #DIV/0! and no value: listed, and missing." in table.report.sentences
    assert any(
        "1 row is hidden in the sheet (a filter is set), and read as well" in said for said in table.report.sentences
    )
    assert table.unread[["line", "text"]].values.tolist() == [[4, "#DIV/0!"]]
