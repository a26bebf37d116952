"""Reading: every row is used or set aside with a reason, and one table reads the same however it was written."""

import csv
import datetime
import gzip
import io
import json
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.problems import Problem
from segmentation.reading.read import front, read
from segmentation.table import Table
from tests.places import SHARED, with_shared

MESSY = SHARED / "messy"
VARIANTS = sorted((MESSY / "variants_northwind").glob("0*"))


def text(content: str, encoding: str = "utf-8", **decisions) -> Table:
    return read(content.encode(encoding), name="file.csv", **decisions)


def values(table: Table, column: str) -> list:
    return table.data[column].to_pylist()


def whole(table: Table) -> bool:
    return table.report.rows_in == table.report.rows_used + len(table.set_aside) and (
        table.report.rows_used == table.data.num_rows
    )


def problem(source, **decisions) -> str:
    with pytest.raises(Problem) as caught:
        read(source, **{"name": "sales.csv", **decisions})
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Real files


@with_shared
@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.name)
def test_one_real_table_reads_the_same_in_six_formats(path):
    expected = pd.read_csv(MESSY / "variants_northwind" / "expected.csv", dtype=str, keep_default_na=False)
    found = read(path).frame()
    assert list(found.columns) == list(expected.columns)
    for name in ("OrderID", "CustomerID", "CompanyName", "Country"):
        assert found[name].tolist() == expected[name].tolist()
    assert (found["OrderDate"] == pd.to_datetime(expected["OrderDate"])).all()
    assert np.abs(found["Revenue"] - expected["Revenue"].astype(float)).max() < 0.005


@with_shared
@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.name)
def test_the_report_says_how_a_real_file_is_written(path):
    expected = json.loads((MESSY / "variants_northwind" / "expected.json").read_text())["files"][path.name]
    report = read(path).report
    assert report.encoding == expected.get("encoding")
    assert report.delimiter == {"tab": "\t"}.get(expected.get("sep"), expected.get("sep"))
    assert report.sheet == expected.get("sheet")
    assert report.header_line == expected.get("header_row_1based", 1 + expected.get("preamble_lines", 0))


@with_shared
def test_a_preamble_and_a_totals_row_are_set_aside_with_their_lines():
    table = read(MESSY / "variants_northwind" / "05_utf8_semicolon_preamble_3_lines_total_row.csv")
    assert whole(table)
    assert table.set_aside["line"].tolist() == [1, 2, 835]
    assert "total" in table.set_aside["reason"].iloc[-1]
    assert "1265793" in table.set_aside["text"].iloc[-1]


@with_shared
def test_a_workbook_of_three_sheets_says_which_was_read_and_offers_the_others():
    path = MESSY / "variants_northwind" / "06_three_sheets_title_rows_total_row.xlsx"
    table = read(path)
    assert any('"Orders"' in sentence for sentence in table.report.sentences)
    assert any({"Customers", "Notes"} < set(question.readings) for question in table.report.questions)
    assert read(path, sheet="Customers").data.num_rows == 91
    assert 'no sheet "Bestellungen"' in problem(path, name="book.xlsx", sheet="Bestellungen")


@with_shared
def test_raw_online_retail_keeps_every_line_and_the_total():
    path = SHARED / "online_retail" / "online_retail_2010-12_to_2011-03.csv.gz"
    table = read(path)
    frame = table.frame()
    assert whole(table) and len(frame) == 142_083
    assert round(float((frame["Quantity"] * frame["UnitPrice"]).sum()), 2) == 2_490_287.01
    assert (frame["InvoiceDate"].min(), frame["InvoiceDate"].max()) == (
        pd.Timestamp("2010-12-01"),
        pd.Timestamp("2011-03-31"),
    )
    assert frame["CustomerID"].nunique() == 2_189
    assert frame["StockCode"].iloc[0] == "85123A"


@with_shared
def test_leading_zeros_of_customer_numbers_are_kept():
    frame = read(SHARED / "cdnow" / "cdnow_sample.csv").frame()
    assert frame["master_id"].iloc[0] == "00004"
    assert round(frame["revenue"].sum(), 2) == 244_091.94


SPECTRUM = ["comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf"]
SPECTRUM += ["quotes_and_newlines", "simple", "simple_crlf", "utf8"]


@with_shared
@pytest.mark.parametrize("name", SPECTRUM)
def test_quotes_line_breaks_and_empty_fields_are_read_as_meant(name):
    folder = MESSY / "csv-spectrum"
    expected = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    found = read(folder / f"{name}.csv").data.to_pylist()
    plain = [{key: "" if value is None else str(value) for key, value in row.items()} for row in found]
    assert plain == json.loads(json.dumps(expected).replace("\\r\\n", "\\n"))  # line ends changed on their way here


@with_shared
def test_a_letter_that_was_lost_before_is_kept_as_it_is():
    folder = MESSY / "csv-spectrum"
    expected = json.loads((folder / "location_coordinates.json").read_text(encoding="utf-8"))
    (row,) = read(folder / "location_coordinates.csv").data.to_pylist()
    assert row.pop("Contact Phone Number") == "2095257564"  # the file's own; the other document has another
    assert row == {name: expected[name] for name in row}


@with_shared
def test_blank_lines_below_a_tiny_table_are_no_rows():
    table = read(MESSY / "duckdb" / "issue_1254.csv")
    assert table.data.to_pylist() == [{"a": 1, "b": 2}] * 2 and table.report.rows_in == 2


FRICTIONLESS = {  # what a careful person would read
    "blank-rows.csv": [{"id": "1101", "name": "John", "age": 30}, {"id": "1102", "name": "Julie", "age": 26}],
    "bom.csv": [{"id": "1", "name": "english"}, {"id": "2", "name": "中国人"}],
    "duplicate-headers.csv": [
        {"id": "1101", "name": "John", "id (2)": "0", "age": 30, "id (3)": "001101"},
        {"id": "1102", "name": "Julie", "id (2)": "0", "age": 26, "id (3)": "001102"},
    ],
    "latin1.csv": [{"id": "1", "name": "english"}, {"id": "2", "name": "©"}],
    "leading-zeros.csv": [{"value": "01"}, {"value": "002"}, {"value": "00003"}],
    "skip-rows.csv": [{"id": "1", "name": "english"}, {"id": "2", "name": "中国人"}],
    "without-headers.csv": [
        {"column 1": 1, "column 2": "english"},
        {"column 1": 2, "column 2": "中国人"},
        {"column 1": 3, "column 2": "german"},
    ],
}


@with_shared
@pytest.mark.parametrize("name", FRICTIONLESS)
def test_small_oddities_are_read_as_a_careful_person_would(name):
    table = read(MESSY / "frictionless" / name)
    assert table.data.to_pylist() == FRICTIONLESS[name] and whole(table)
    assert not table.report.questions


@with_shared
def test_a_master_file_of_aligned_columns_reads_like_its_csv():
    aligned, expected = (read(SHARED / "cdnow" / name) for name in ("CDNOW_master.txt.gz", "cdnow_master.csv.gz"))
    assert aligned.report.rows_used == 69_659 and whole(aligned)
    for i in range(4):
        assert aligned.data.column(i).to_pylist() == expected.data.column(i).to_pylist()


def test_a_line_break_inside_quotes_is_kept_as_it_is():
    assert values(text('a,b\r\n"two\r\nlines",1\r\n'), "a") == ["two\r\nlines"]


HEADERLESS = ["rfc_conform", "rfc_conform_quote", "leading_space_numerics", "pipe_delim", "pipe_delim_quote"]
HEADERLESS += ["quote_escape", "semicolon_delim", "semicolon_quote", "semicolon_escape", "tab", "backslash_escape"]
HEADERLESS += ["single_quote_backslash", "tab_single_quote", "tab_single_quote_varchar"]


@with_shared
@pytest.mark.parametrize("name", HEADERLESS)
def test_files_without_a_header_row_get_numbered_columns_and_lose_no_row(name):
    expected = json.loads((MESSY / "duckdb" / "duckdb_expected.json").read_text())["files"][f"{name}.csv"]
    table = read(MESSY / "duckdb" / f"{name}.csv")
    assert table.data.column_names == [f"column {i + 1}" for i in range(expected["columns"])]
    assert [[str(cell) for cell in row.values()] for row in table.data.to_pylist()] == expected["rows"]
    assert table.report.header_line == 0


@with_shared
def test_small_oddities_of_real_files():
    folder = MESSY / "frictionless"
    assert read(folder / "blank-rows.csv").report.rows_in == 2
    assert read(folder / "bom.csv").data.column_names == ["id", "name"]
    assert read(folder / "duplicate-headers.csv").data.column_names == ["id", "name", "id (2)", "age", "id (3)"]
    assert values(read(folder / "latin1.csv"), "name") == ["english", "©"]
    assert values(read(folder / "leading-zeros.csv"), "value") == ["01", "002", "00003"]
    assert read(folder / "skip-rows.csv").set_aside["line"].tolist() == [1, 4]
    assert values(read(folder / "without-headers.csv"), "column 2") == ["english", "中国人", "german"]
    for name in ("sheet2.xlsx", "table.xlsx", "table.ods"):
        assert read(folder / name).data.to_pylist() == [{"id": "1", "name": "english"}, {"id": "2", "name": "中国人"}]


# One table, however it is written

KNOWN = st.lists(
    st.tuples(
        st.integers(0, 99_999).map(lambda number: f"{number:05d}"),
        st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)),
        st.integers(-9_999_999, 9_999_999).map(lambda cents: cents / 100),
        st.sampled_from(["Tea", "Kaffee, lang", "Salt; fine", 'The "best"', "two\nlines", "NA", "None", "a|b"]),
    ),
    min_size=3,
    max_size=12,
)
FORMATS = {"dmy": "%d.%m.%Y", "dmy/": "%d/%m/%Y", "mdy": "%m/%d/%Y", "dmy-": "%d-%m-%Y", "ymd": "%Y-%m-%d"}
FORMATS |= {"ymd/": "%Y/%m/%d", "ymd compact": "%Y%m%d", "ymd time": "%Y-%m-%d 08:26:00", "dmy time": "%d.%m.%Y 8:26"}
STYLES = {
    "1234.50": ".",
    "1234,50": ",",
    "1,234.50": ".",
    "1.234,50": ",",
    "1 234,50": ",",
    "1\u00a0234,50 €": ",",
    "1'234.50": ".",
    "(1,234.50)": ".",
    "$1,234.50-": ".",
}


def money(value: float, style: str) -> str:
    plain = f"{abs(value):,.2f}" if not style.startswith("1234") else f"{abs(value):.2f}"
    group = next((mark for mark in ",. \u00a0'" if style.strip("($")[1:2] == mark), "")
    swapped = plain.replace(",", "#").replace(".", STYLES[style]).replace("#", group)
    dressed = {"1\u00a0234,50 €": f"{swapped} €", "$1,234.50-": f"${swapped}"}.get(style, swapped)
    if value >= 0:
        return dressed
    return {"(1,234.50)": f"({dressed})", "$1,234.50-": f"{dressed}-"}.get(style, f"-{dressed}")


@settings(max_examples=150)
@given(
    rows=KNOWN,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1251"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    style=st.sampled_from(list(STYLES)),
    dates=st.sampled_from(list(FORMATS)),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_reads_back_equal_however_it_was_written(rows, encoding, delimiter, style, dates, end):
    if encoding == "cp1251" and "€" in style:
        encoding = "utf-8"
    place = {"cp1252": "Besançon", "cp1251": "Екатеринбург"}.get(encoding, "東京")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["customer_id", "date", "revenue", "product", "place"])
    for customer, date, revenue, product in rows:
        writer.writerow([customer, date.strftime(FORMATS[dates]), money(revenue, style), product, place])
    table = text(out.getvalue(), encoding, decimal=STYLES[style], dates=dates[:3])
    assert whole(table) and table.report.rows_in == len(rows)
    assert values(table, "customer_id") == [row[0] for row in rows]
    assert values(table, "date") == [row[1] for row in rows]
    assert values(table, "revenue") == pytest.approx([row[2] for row in rows], abs=1e-9)
    assert values(table, "product") == [row[3] for row in rows]
    assert set(values(table, "place")) == {place}


def test_both_byte_orders_of_utf_16_are_read():
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert values(read(mark + "city\tn\nKöln\t1\n".encode(encoding)), "city") == ["Köln"]


# Values


def test_a_customer_named_na_or_null_stays_a_customer():
    table = text("customer,city,revenue\nNA,null,1\nnull,NA,2\nNone,,3\n,x,4\n")
    assert values(table, "customer") == ["NA", "null", "None", None]
    assert values(table, "city") == ["null", "NA", None, "x"]


def test_the_whole_column_decides_between_day_and_month_first():
    assert values(text("date,n\n03/04/2024,1\n25/04/2024,2\n"), "date")[0] == datetime.date(2024, 4, 3)
    assert values(text("date,n\n03/04/2024,1\n04/25/2024,2\n"), "date")[0] == datetime.date(2024, 3, 4)


def test_an_undecidable_date_is_asked_with_both_readings_shown():
    (question,) = text("date,n\n03/04/2024,1\n05/06/2024,2\n").report.questions
    assert "3 April 2024" in question and "4 March 2024" in question
    decided = text("date,n\n03/04/2024,1\n05/06/2024,2\n", dates="mdy")
    assert values(decided, "date")[0] == datetime.date(2024, 3, 4)
    assert decided.report.questions == () and decided.report.dates == {"date": "mdy"}


def test_an_undecidable_date_follows_another_column_of_the_file():
    table = text("date,shipped\n03/04/2024,13/04/2024\n05/06/2024,30/06/2024\n")
    assert values(table, "date")[0] == datetime.date(2024, 4, 3)
    assert table.report.questions == ()


def test_years_of_two_digits_with_dots_are_day_first():
    table = text("date,n\n13.02.24,1\n1.2.99,2\n")
    assert values(table, "date") == [datetime.date(2024, 2, 13), datetime.date(1999, 2, 1)]


def test_an_impossible_date_is_missing_and_said():
    rows = "".join(f"2024-01-{1 + i % 28:02d},{i}\n" for i in range(50))
    table = text(f"date,n\n{rows}2024-02-30,1\n")
    assert values(table, "date")[-1] is None
    assert any("2024-02-30" in sentence for sentence in table.report.sentences)


def test_one_value_in_three_readings_of_thousands_is_asked_only_without_evidence():
    assert values(text("a;revenue\nx;1.234\ny;2.345\n"), "revenue") == [1.234, 2.345]
    assert "1234" in text("a;revenue\nx;1.234\ny;2.345\n").report.questions[0]
    assert values(text("a;revenue\nx;1.234\ny;2.345\n", decimal=","), "revenue") == [1234, 2345]
    assert values(text("a;revenue\nx;1.234\ny;2.345,50\n"), "revenue") == [1234, 2345.5]
    assert text("a;revenue\nx;1.234\ny;2.345,50\n").report.questions == ()


def test_percent_is_a_share_and_said():
    table = text("discount,n\n12 %,1\n5%,2\n")
    assert values(table, "discount") == [pytest.approx(0.12), pytest.approx(0.05)]
    assert any("percent" in sentence for sentence in table.report.sentences)


def test_a_few_words_in_a_number_column_are_missing_and_counted():
    table = text("customer,revenue\n" + "".join(f"c{i},{i}.5\n" for i in range(60)) + "c60,n/a\nc61,?\nc62,sold out\n")
    assert values(table, "revenue")[-3:] == [None, None, None]
    assert any("3 of its 63 values" in sentence and '"n/a"' in sentence for sentence in table.report.sentences)


def test_a_column_that_is_mostly_text_stays_text():
    assert values(text("size,n\nS,1\n42,2\nXL,3\n"), "size") == ["S", "42", "XL"]


def test_identifiers_stay_text_by_heading_and_by_leading_zeros():
    table = text("InvoiceNo,Telefon,shelf,Number of orders\n536365,4471,007,3\n536366,4472,010,4\n")
    assert values(table, "InvoiceNo") == ["536365", "536366"]
    assert values(table, "Telefon") == ["4471", "4472"]
    assert values(table, "shelf") == ["007", "010"]
    assert values(table, "Number of orders") == [3, 4]


# Rows


def test_ragged_rows_are_set_aside_with_their_line_and_text():
    table = text('a,b,c\n1,2,3\n\n4,5\n6,"x\ny",8\n7,8,9,10\n')
    assert whole(table) and table.report.rows_in == 4
    assert table.set_aside[["line", "text"]].to_numpy().tolist() == [[4, "4,5"], [7, "7,8,9,10"]]
    assert "2 fields where the header row has 3" in table.set_aside["reason"][0]
    assert any("1 blank line" in sentence for sentence in table.report.sentences)


def test_a_customer_named_total_is_kept_and_a_total_is_not():
    kept = text("customer,city,revenue\nShell,Rome,5\nTotal,Paris,7\n")
    assert values(kept, "customer") == ["Shell", "Total"]
    summed = text("customer,revenue\nShell,5\nEni,6\nTotal,11\n")
    assert values(summed, "customer") == ["Shell", "Eni"] and whole(summed)


def test_headings_are_unique_and_never_empty():
    assert text("name,name,,name\na,b,c,d\n").data.column_names == ["name", "name (2)", "column 3", "name (3)"]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(["1", "x", "2,5", ""]), min_size=1, max_size=5), min_size=1, max_size=15))
def test_every_row_is_used_or_set_aside_whatever_the_file_looks_like(rows):
    content = "first;second;third\n1;2;3\n4;5;6\n7;8;9\n" + "".join(";".join(row) + "\n" for row in rows)
    try:
        table = text(content, delimiter=";")
    except Problem:
        pytest.fail("rows of another width must never make a file unreadable")
    assert whole(table)
    told = sum(any(cell.strip() for cell in line) for line in csv.reader(io.StringIO(content), delimiter=";"))
    assert table.report.rows_in == told - (table.report.header_line > 0)


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet="ab1,;\t|\"\n\r .-€é'0(%", max_size=200).map(str.encode),
        st.text(alphabet='a1,;\n"ё€ ', max_size=60).map(lambda content: content.encode("utf-16")),
    )
)
def test_any_bytes_are_a_whole_table_or_a_problem(content):
    try:
        table = read(content, name="sales.csv")
    except Problem as problem:
        assert "sales.csv" in str(problem)
    else:
        assert whole(table)


# Large files: the sample decides, the whole file has the last word


def large(last: str, rows: int = 40_000) -> bytes:
    lines = [f"C{i % 997:04d},{20_000 + i},2024-01-{1 + i % 28:02d},{i % 90}.25,{i % 7}" for i in range(rows)]
    lines[rows // 3] = last
    return ("customer_id,order_id,date,revenue,units\n" + "\n".join(lines) + "\n").encode()


def test_a_clean_large_file_is_typed():
    table = read(large("C0001,1,2024-01-01,1.25,1"))
    types = {field.name: field.type for field in table.data.schema}
    assert types["date"] == pa.date32() and types["revenue"] == pa.float64() and types["units"] == pa.int64()
    assert types["customer_id"] == pa.dictionary(pa.int32(), pa.string())


@pytest.mark.parametrize(
    ("last", "column", "expected"),
    [
        ("C0001,1,2024-01-01,n/a,1", "revenue", None),
        ("C0001,1,2024-01-01,nan,1", "revenue", None),
        ("C0001,1,2024-01-01,1e3,1", "revenue", 1000.0),
        ('C0001,1,2024-01-01,"$1,234.50",1', "revenue", 1234.5),
        ("C0001,1,2024-01-01,1.25,1.5", "units", 1.5),
        ("C0001,1,2024-01-01 17:30,1.25,1", "date", datetime.date(2024, 1, 1)),
        ("Zoë,1,2024-01-01,1.25,1", "customer_id", "Zoë"),
        ('"two\nlines",1,2024-01-01,1.25,1', "customer_id", "two\nlines"),
    ],
)
def test_a_value_far_down_a_large_file_is_read_right(last, column, expected):
    table = read(large(last))
    assert table.data[column][40_000 // 3].as_py() == expected
    assert table.data.num_rows == 40_000 and table.data[column].null_count == (expected is None)


def test_a_western_letter_far_down_a_large_file_decides_its_encoding():
    table = read(large("Zoë,1,2024-01-01,1.25,1").decode().encode("cp1252"))
    assert table.report.encoding == "cp1252" and values(table, "customer_id")[40_000 // 3] == "Zoë"


def test_a_ragged_row_far_down_is_set_aside_at_its_line():
    table = read(large("C0001,1,2024-01-01"))
    assert table.set_aside["line"].tolist() == [40_000 // 3 + 2] and whole(table)


# Containers


def test_archives_workbooks_and_parquet_hold_the_same_table(tmp_path):
    content = b"customer_id,date,revenue\n007,2024-01-02,1.5\n008,2024-01-03,2.5\n"
    expected = read(content).data.to_pylist()
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("sales.csv", content)
    (tmp_path / "one.csv.gz").write_bytes(gzip.compress(content))
    frame = pd.DataFrame(expected)
    frame.to_excel(tmp_path / "one.xlsx", index=False)
    frame.to_excel(tmp_path / "one.ods", index=False, engine="odf")
    (tmp_path / "misnamed.csv").write_bytes((tmp_path / "one.xlsx").read_bytes())
    (tmp_path / "misnamed.ods").write_bytes((tmp_path / "one.xlsx").read_bytes())
    pq.write_table(pa.Table.from_pylist(expected), tmp_path / "one.parquet")
    for path in sorted(tmp_path.iterdir()):
        assert read(path).data.to_pylist() == expected, path.name
        assert read(path.read_bytes(), name=path.name).data.to_pylist() == expected, path.name


def test_the_report_is_plain_json():
    report = text("a;b\nx;1,5\n").report
    assert json.loads(json.dumps(report.to_dict()))["decimal"] == ","


# Problems


def workbook(frames: dict[str, pd.DataFrame]) -> bytes:
    out = io.BytesIO()
    with pd.ExcelWriter(out) as writer:
        for name, frame in frames.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "a,b\n1,2\n")
    return out.getvalue()


PROBLEMS = {
    "empty": (b"", {}, "sales.csv is empty"),
    "only blank lines": (b"\n\n  \n", {}, "sales.csv is empty"),
    "only a mark": (b"\xef\xbb\xbf", {}, "sales.csv is empty"),
    "header only": (b"customer,revenue\n", {}, "no rows below it"),
    "header only, no line end": (b"customer,revenue", {}, "no rows below it"),
    "empty workbook": (workbook({"a": pd.DataFrame()}), {}, "is empty"),
    "workbook with a header only": (workbook({"a": pd.DataFrame({"x": [], "y": []})}), {}, "no rows below it"),
    "pdf": (b"%PDF-1.7\nstuff", {}, "looks like a PDF document"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", {}, "looks like a picture"),
    "binary": (b"a\0b\0c,\0\1\2", {}, "looks like a binary file"),
    "web page": (b"<!DOCTYPE html><html></html>", {}, "looks like a web page"),
    "undecodable": ("a,b\nä,1\n".encode("cp1252"), {"encoding": "utf-8"}, "cannot be decoded as utf-8"),
    "no such encoding": (b"a,b\n1,2\n", {"encoding": "utf-99"}, 'cannot be read as "utf-99"'),
    "no such order": (b"a,b\n1,2\n", {"dates": "ydm"}, "choose dmy, mdy or ymd"),
    "no such decimal mark": (b"a,b\n1,2\n", {"decimal": ";"}, 'choose "." or ","'),
    "no such delimiter": (b"a,b\n1,2\n", {"delimiter": "::"}, "one character"),
    "too wide": (
        ",".join(f"c{i}" for i in range(10_000)).encode() + b"\n" + b"1," * 9_999 + b"1\n",
        {},
        "10 000 columns",
    ),
    "empty archive": (zipped(), {}, "sales.csv"),
    "damaged archive": (gzip.compress(b"a,b\n1,2\n" * 99)[:-20], {}, "damaged"),
    "damaged zip": (b"PK\x03\x04 and then nothing", {}, "damaged"),
    "broken workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", {}, "broken workbook"),
    "locked workbook": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), {}, "protected by a password"),
    "broken parquet": (b"PAR1 nothing PAR1", {}, "broken Parquet"),
}


@pytest.mark.parametrize("case", PROBLEMS, ids=str)
def test_a_file_that_cannot_be_used_is_explained_in_one_sentence(case):
    source, decisions, said = PROBLEMS[case]
    sentence = problem(source, **decisions)
    assert said in sentence and "sales.csv" in sentence


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.csv" in problem(tmp_path / "nowhere.csv", name=None)


def test_the_first_lines_are_shown_as_they_stand_in_the_file_packed_or_not():
    plain = "Konto;Betrag\r\nMüller;1,5\r\n"
    for content in (plain.encode("cp1252"), gzip.compress(plain.encode("cp1252"))):
        found = read(content, name="a.csv", encoding="cp1252")
        assert front(content, found.report, lines=2) == ["Konto;Betrag", "Müller;1,5"]


def test_the_first_lines_of_a_workbook_are_its_cells_in_the_lines_they_stand_in():
    content = workbook({"One": pd.DataFrame({"client": ["A", "B"], "amount": [1.5, 2.5]})})
    found = read(content, name="a.xlsx")
    assert front(content, found.report) == ["client | amount", "A | 1.5", "B | 2.5"]
