"""What people bring and what went wrong with it: each case of the reference data, and siblings of every kind made here.

Everything goes through the door of the app: `read`, and `Customers.build` where the customers are what matters.
"""

import datetime
import json

import numpy as np
import pandas as pd
import pytest

from segmentation import Customers, read
from segmentation.problems import Problem
from segmentation.table import Table
from tests.places import SHARED
from tests.reading.test_workbook import book, saved

CASES = SHARED / "cases" / "reading"
FILES = sorted(
    file
    for folder in (sorted(CASES.iterdir()) if CASES.is_dir() else [])
    for file in folder.iterdir()
    if not file.name.startswith(("NOTE", "expected"))
)
LEFT_OPEN = {"03": ("revenue",)}  # columns no reader can know, which are said


def opened(content: str | bytes, name: str = "file.csv", **decisions) -> Table:
    return read(content.encode() if isinstance(content, str) else content, name=name, **decisions)


def column(heading: str, cells: list[str], **decisions) -> Table:
    rows = "".join(f"K{i};{cell}\n" for i, cell in enumerate(cells))
    return opened(f"code;{heading}\n{rows}", **decisions)


def days(table: Table, heading: str = "date") -> list[str]:
    return [str(day) for day in table.data[heading].to_pylist()]


def asked(table: Table, setting: str):
    return next((one for one in table.report.questions if one.setting == setting), None)


def said(table: Table) -> str:
    return " ".join([*table.report.sentences, *table.report.questions])


# The cases of the reference data


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside the project (../shared/data/cases/reading)")
def test_the_cases_are_there():
    assert len({file.parent for file in FILES}) == sum(folder.is_dir() for folder in CASES.iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_case_reads_as_a_careful_person_would(file):
    expected = pd.read_csv(file.parent / "expected.csv", dtype=str, keep_default_na=False)
    found = read(file).frame()
    assert list(found.columns) == list(expected.columns)
    assert len(found) == len(expected)
    for name in set(found) - set(LEFT_OPEN.get(file.parent.name[:2], ())):
        assert [*map(plain, found[name])] == [*map(plain, expected[name])], name


def plain(value) -> str:
    """A cell as text: 10.0 and 10.00 are 10, a day is 2024-01-05, nothing is empty."""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    try:
        return str(value) if str(value).startswith(("+", "0")) and len(str(value)) > 4 else f"{float(value):.10g}"
    except ValueError:
        return str(value)


# Dates


MONTHS_OF_THREE_YEARS = [(y, m) for y in (2020, 2021, 2022) for m in range(1, 13)]


@pytest.mark.parametrize("sign", ["/", "-"])
def test_first_days_of_months_with_short_years_are_not_all_in_2001(sign):
    cells = [sign.join(("01", f"{m:02d}", f"{y % 100}")) for y, m in MONTHS_OF_THREE_YEARS]
    table = column("date", cells)
    assert days(table) == [f"{y}-{m:02d}-01" for y, m in MONTHS_OF_THREE_YEARS]
    assert asked(table, "dates").chosen == "dmy" and set(asked(table, "dates").readings) == {"dmy", "mdy"}
    assert days(column("date", cells, dates="mdy"))[1] == "2020-01-02"


def test_ends_of_quarters_with_short_years_are_not_in_2030():
    cells = [f"{day}/{y}" for y in (20, 21, 22, 23) for day in ("31/03", "30/06", "30/09", "31/12")]
    assert days(column("date", cells))[:2] == ["2020-03-31", "2020-06-30"]


def test_months_written_first_that_begin_a_month_each_are_not_twelve_days_of_january():
    table = column("date", [f"{m:02d}/01/{y}" for y, m in MONTHS_OF_THREE_YEARS])
    assert days(table)[:2] == ["2020-01-01", "2020-02-01"]
    assert asked(table, "dates").chosen == "mdy"


def test_dates_of_januaries_are_asked_with_both_readings():
    table = column("date", ["01/05/20", "01/12/20", "01/09/21", "01/11/22"])
    assert set(asked(table, "dates").readings) == {"dmy", "mdy"}
    assert min(days(table)) >= "2020"


def test_dots_with_the_year_in_front_are_told_by_days_that_would_lie_ahead():
    assert days(column("date", [f"24.{m:02d}.{d}" for m in range(1, 13) for d in (13, 17, 28)]))[0] == "2024-01-13"
    assert days(column("date", [f"{d}.{m:02d}.24" for m in range(1, 13) for d in (13, 17, 28)]))[0] == "2024-01-13"


@pytest.mark.parametrize(
    ("heading", "cell", "day"),
    [
        ("dob", "12/25/45", "1945-12-25"),
        ("Date de naissance", "25/12/61", "1961-12-25"),
        ("дата рождения", "25.12.44", "1944-12-25"),
        ("birth date", "4 Mar 45", "1945-03-04"),
        ("Geburtstag", "25.12.99", "1999-12-25"),
        ("member since", "25.12.58", "1958-12-25"),
        ("Kunde seit", "25.12.66", "1966-12-25"),
    ],
)
def test_nobody_is_born_in_the_future(heading, cell, day):
    assert days(column(heading, [cell] * 3), heading)[0] == day


@pytest.mark.parametrize(
    ("cell", "day"),
    {
        "5. ledna 2024": "2024-01-05",
        "12. července 2023": "2023-07-12",
        "12. června 2023": "2023-06-12",
        "5 січня 2024": "2024-01-05",
        "30 листопада 2024": "2024-11-30",
        "2024. július 5.": "2024-07-05",
        "2024. szept. 15.": "2024-09-15",
        "5 iunie 2024": "2024-06-05",
        "19 noiembrie 2024": "2024-11-19",
        "5. kesäkuuta 2024": "2024-06-05",
        "17. marraskuuta 2024": "2024-11-17",
        "5 Μαΐου 2024": "2024-05-05",
        "25 Δεκ 2024": "2024-12-25",
        "5 maj 2024": "2024-05-05",
        "17 okt 2024": "2024-10-17",
        "15 มกราคม 2567": "2024-01-15",
        "5 ก.พ. 2567": "2024-02-05",
        "5 มี.ค. 2024": "2024-03-05",
        "๑๕ กุมภาพันธ์ ๒๕๖๗": "2024-02-15",
        "15 जनवरी 2024": "2024-01-15",
        "5 सितंबर 2024": "2024-09-05",
        "15 फ़रवरी 2024": "2024-02-15",
        "15 دی 1402": "2024-01-05",
        "۱۵ دی ۱۴۰۲": "2024-01-05",
        "1 فروردین 1403": "2024-03-20",
        "Jan-05-25": "2025-01-05",
        "Thu 05 Jan 2023": "2023-01-05",
        "Thu Jan 05 2023 10:11:12 GMT+0100 (CET)": "2023-01-05",
        "Thu Jan  5 10:11:12 UTC 2023": "2023-01-05",
        "Thu 15/01/2023": "2023-01-15",
        "Mo, 15.01.2023": "2023-01-15",
        "čt 5. ledna 2023": "2023-01-05",
        "2024/1/5(金)": "2024-01-05",
        "2024年1月5日(金)": "2024-01-05",
        "2025/1/5 上午 10:11": "2025-01-05",
        "2025/1/5 下午10:11:12": "2025-01-05",
        "2025-01-05 오후 10:11": "2025-01-05",
        "２０２４／０１／１５": "2024-01-15",
        "٢٠٢٤-٠١-٠٥": "2024-01-05",
        "१५/०१/२०२४": "2024-01-15",
        "15/05/2567": "2024-05-15",
        "๑๕/๐๕/๒๕๖๗": "2024-05-15",
        "113/01/05": "2024-01-05",
        "民國113年1月5日": "2024-01-05",
        "令和6年1月5日": "2024-01-05",
        "平成元年12月31日": "1989-12-31",
        "R6.1.5": "2024-01-05",
        "1402/10/15": "2024-01-05",
        "1403/12/30": "2025-03-20",
        "31122024": "2024-12-31",
        "2024년 1월 5일": "2024-01-05",
        "٥ يناير ٢٠٢٤": "2024-01-05",
        "2024-W05-3": "2024-01-31",
        "1704445200": "2024-01-05",
        "1704445200000": "2024-01-05",
        "1704445200000000": "2024-01-05",
        "1704445200000000000": "2024-01-05",
    }.items(),
)
def test_a_date_of_any_country_is_read(cell, day):
    table = column("date", [cell] * 3)
    assert days(table) == [day] * 3
    assert not table.report.questions


@pytest.mark.parametrize("cell", ["05/13/2567", "113/01/05", "1402/10/15"])
def test_years_of_another_calendar_are_said_and_can_be_kept_as_text(cell):
    assert "are counted as in" in said(column("date", [cell] * 3))
    assert days(column("date", [cell] * 3, dates="none")) == [cell] * 3


@pytest.mark.parametrize(
    ("cell", "day"),
    {
        **dict.fromkeys(("Mar-24", "Mar 24", "202403", "2024-03", "März-24"), "2024-03-01"),
        **dict.fromkeys(("Q2 2024", "2024-Q2", "2Q24", "2. Quartal 2024", "2024年第2季度"), "2024-04-01"),
        **dict.fromkeys(("2024-W05", "KW 5 2024", "2024W05"), "2024-01-29"),
    }.items(),
)
def test_a_month_a_quarter_and_a_week_are_their_first_day_and_it_is_said(cell, day):
    table = column("Period", [cell] * 3)
    assert days(table, "Period") == [day] * 3
    assert "the first day of each is used" in said(table)
    assert days(column("Lot", [cell] * 3), "Lot") == [cell] * 3 or cell == "202403"


@pytest.mark.parametrize("shape", ["Mar-{:02d}", "{}-Mar", "{} März"])
def test_days_without_a_year_are_said_and_in_no_year(shape):
    cells = [shape.format(i) for i in range(1, 29)]
    table = column("date", cells)
    assert days(table) == cells and "days without a year" in said(table)


def test_days_before_months_without_leading_zero_in_one_number_are_asked():
    assert set(asked(column("date", ["05012024", "06022024"]), "dates").readings) == {"dmy", "mdy"}


SWAPPED = ["13/01/2024", "14/02/2024", "25/12/2024", "2024-02-01", "2024-05-03", "2024-11-12"]


def test_dates_a_spreadsheet_has_swapped_are_asked_and_mended():
    table = column("date", SWAPPED)
    assert set(asked(table, "dates").readings) == {"dmy", "swapped"}
    mended = column("date", SWAPPED, dates="date=swapped")
    assert days(mended)[2:] == ["2024-12-25", "2024-01-02", "2024-03-05", "2024-12-11"]
    assert not mended.report.questions


@pytest.mark.parametrize("cells", [[*SWAPPED, "2024-11-28"], SWAPPED[:3], SWAPPED[3:]])
def test_dates_no_spreadsheet_has_swapped_are_not_asked(cells):
    assert asked(column("date", cells), "dates") is None


def test_dates_in_two_orders_say_why_they_are_none_and_one_order_can_be_chosen():
    cells = ["13/01/2024", "14/02/2024", "01/25/2024", "05/26/2024", "1/2/2024"]
    question = asked(column("date", cells), "dates")
    assert "13/01/2024" in question and "01/25/2024" in question and "text" in question
    assert set(question.readings) == {"none", "dmy", "mdy"}
    assert days(column("date", cells, dates="mdy")) == ["None", "None", "2024-01-25", "2024-05-26", "2024-01-02"]


def test_customers_are_as_old_as_they_are_and_bought_when_they_did():
    rows = "".join(f"C{i % 9};01.02.{45 + i % 9};{10 + i}\n" for i in range(40))
    table = opened(f"customer_id;Geburtsdatum;Umsatz\n{rows}")
    assert max(table.data["Geburtsdatum"].to_pylist()) < datetime.date(1960, 1, 1)
    sales = "".join(f"C{i % 9},01/{1 + i % 12:02d}/2{i % 4},{10 + i}\n" for i in range(48))
    customers = Customers.build(opened(f"customer,date,revenue\n{sales}"))
    assert customers.frame["tenure_days"].max() < 4 * 366


# Amounts


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        ([" $ 1,000.00 ", " $ (1,075.00)", " $ -   "], [1000, -1075, 0]),
        (["$(30.00)", "($30.00)", "-$5.00", "$-5.00"], [-30, -30, -5, -5]),
        (["£ 1,234 ", "£ (12)", "£ -"], [1234, -12, 0]),
        (["$1,234.50", "$(1,234.50)", "$0.00"], [1234.5, -1234.5, 0]),
        (["€ (1.234,50)", "€ 20,00", "€ -"], [-1234.5, 20, 0]),
        ([" 1.000,00 € ", "-1.075,00 € ", " -   € ", "(20,00 €)"], [1000, -1075, 0, -20]),
        (["NT$1000", "-NT$20.50", "NT$3"], [1000, -20.5, 3]),
        (["￦1000", "￦2000", "￦(30)"], [1000, 2000, -30]),
        (["100.00", "<70.50>", "<10.00>"], [100, -70.5, -10]),
        (["DR 100.00", "CR 70.50", "DR 5.00"], [100, -70.5, 5]),
        (['="100.00"', '="-70.50"', '="5.00"'], [100, -70.5, 5]),
    ],
)
def test_what_accountants_write_is_an_amount(cells, amounts):
    table = column("revenue", cells)
    assert table.data["revenue"].to_pylist() == amounts
    assert table.data.num_columns == 2


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["1.5K", "2M", "300"], [1500, 2_000_000, 300]),
        (["$1.2M", "$300K", "$4.35M"], [1_200_000, 300_000, 4_350_000]),
        (["3,4 Mio. €", "1,25 Mio. €"], [3_400_000, 1_250_000]),
        (["1,2 тыс.", "3,5 млн"], [1200, 3_500_000]),
        (["1.5万", "3億"], [15_000, 300_000_000]),
    ],
)
def test_thousands_and_millions_are_read_in_full_and_said(cells, amounts):
    table = column("revenue", cells)
    assert table.data["revenue"].to_pylist() == amounts
    assert "in thousands or millions" in said(table) and table.data.num_columns == 2


@pytest.mark.parametrize("cells", [["5M", "12M", "24M"], ["S", "M", "L"], ["$(5", "(12)"]])
def test_sizes_and_what_is_not_closed_are_no_amounts(cells):
    assert column("size", cells).data["size"].to_pylist() == cells


def test_under_the_heading_of_an_amount_5m_are_five_millions():
    assert column("revenue", ["5M", "12K", "3K"]).data["revenue"].to_pylist() == [5_000_000, 12_000, 3_000]


# What is no amount, and what is no total


@pytest.mark.parametrize("heading", ["Handy", "WhatsApp", "Kontakt", "x"])
@pytest.mark.parametrize("cell", ["+49171100000{}", "+49 171 100 00{}1", "49171100000{}"])
def test_a_phone_number_stays_as_it_is_written_under_any_heading(heading, cell):
    cells = [cell.format(i) for i in range(9)]
    assert column(heading, cells).data[heading].to_pylist() == cells


def test_amounts_as_long_as_phone_numbers_are_amounts():
    assert column("revenue", ["12345678901", "22345678901", "32345678901"]).data["revenue"][0].as_py() == 12345678901
    assert column("x", ["10000000000", "22000000000", "31000000000"]).data["x"][0].as_py() == 10000000000
    assert column("change", ["+5", "-12345678", "+12"]).data["change"].to_pylist() == [5, -12345678, 12]


@pytest.mark.parametrize(
    "heading", ["NumWebPurchases", "num_orders", "Number of Children", "NumWebVisitsMonth", "n visits"]
)
def test_how_many_there_are_is_a_number(heading):
    assert column(heading, ["3", "5", "0"]).data[heading].to_pylist() == [3, 5, 0]


@pytest.mark.parametrize("heading", ["num_cliente", "Num", "Nr", "Number", "No. Status", "num facture"])
def test_a_number_that_names_something_stays_text(heading):
    assert column(heading, ["3", "5", "0"]).data[heading].to_pylist() == ["3", "5", "0"]


@pytest.mark.parametrize(
    "last", [",Guest,2024-01-03,3", ",,2024-01-03,3", ",Guest,,3"], ids=["a guest", "a day alone", "a name alone"]
)
def test_a_sale_that_happens_to_equal_the_sum_above_is_a_sale(last):
    table = opened(f"customer_id,name,order_date,revenue\n100,Ann,2024-01-01,1\n101,Bob,2024-01-02,2\n{last}\n")
    assert table.data["revenue"].to_pylist() == [1, 2, 3]


@pytest.mark.parametrize("last", [",,,3", "Total,,,3", ",Total,,3"])
def test_a_sum_without_a_name_or_a_day_is_a_total(last):
    table = opened(f"customer_id,name,order_date,revenue\n100,Ann,2024-01-01,1\n101,Bob,2024-01-02,2\n{last}\n")
    assert table.data["revenue"].to_pylist() == [1, 2]


@pytest.mark.parametrize(("one", "other"), [("January total", "February total"), ("Summe Januar", "Summe Februar")])
def test_the_total_of_a_month_is_no_sale(one, other):
    rows = f"2024-01-01;A;10\n2024-01-02;B;20\n{one};;30\n2024-02-01;A;5\n2024-02-02;C;6\n{other};;11\n"
    table = opened(f"date;customer;revenue\n{rows}")
    assert table.data["revenue"].to_pylist() == [10, 20, 5, 6] and len(table.set_aside) == 2
    assert days(table)[-1] == "2024-02-02"


@pytest.mark.parametrize("cell", ["#DIV/0!", "#WERT!", "#NV", "#BEZUG!", "#VALEUR!", "#¡VALOR!", "#ЗНАЧ!", "#Н/Д"])
def test_errors_of_a_spreadsheet_in_any_language_are_missing_and_listed(cell):
    table = column("revenue", ["10,5", cell, "12,0", "13"])
    assert table.data["revenue"].to_pylist() == [10.5, None, 12, 13]
    assert table.unread["text"].tolist() == [cell]


def test_a_shorter_table_beside_the_first_is_asked_about():
    beside = opened(
        "customer,date,revenue,,region,target\nA,2025-01-05,10,,N,100\nB,2025-01-06,11,,S,200\nC,2025-01-06,11,,,\n"
    )
    assert 'An empty column parts "region" from the table left of it' in said(beside)
    spaced = opened("customer,date,revenue,,region\nA,2025-01-05,10,,N\nB,2025-01-06,11,,S\nC,2025-01-06,11,,N\n")
    assert "parts" not in said(spaced)


@pytest.mark.parametrize("mark", ["Page 1", "Seite 2 von 3", "- Page 1 of 2 -", "стр. 2", "第 2 页", "Página 3/4"])
def test_page_marks_are_no_customers(mark):
    rows = "".join(f"K{i};2024-01-0{i};{i}\n" for i in range(1, 5))
    table = opened(f"customer;date;revenue\n{rows}{mark};;\n{rows}")
    assert table.data["revenue"].to_pylist() == [1, 2, 3, 4] * 2
    assert table.set_aside["text"].tolist() == [f"{mark};;"]


# Letters


def in_chinese(sign: str) -> str:
    return "订单号,日期,金额\n" + "".join(f"{i},2024年3月{1 + i % 28}日,{sign}{i}.50\n" for i in range(40))


@pytest.mark.parametrize("sign", ["￥", "¥", ""])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_chinese_amounts_and_dates_are_enough_to_tell_the_encoding(sign, encoding):
    if sign == "¥" and encoding == "gbk":
        pytest.skip("gbk has no such letter")
    table = opened(in_chinese(sign).encode(encoding))
    assert table.data.column_names == ["订单号", "日期", "金额"]
    assert table.data["金额"].to_pylist()[:2] == [0.5, 1.5] and days(table, "日期")[0] == "2024-03-01"


WESTERN = ["Müller", "Café Noir", "São João", "Señor", "Søren", "Größe", "Zoë", "Ångström", "Übel"]


@pytest.mark.parametrize("name", WESTERN)
def test_a_small_western_file_is_neither_greek_nor_of_dos(name):
    table = opened(f"customer;revenue\n{name};5\nAnn;6\n".encode("cp1252"))
    assert table.data["customer"][0].as_py() == name and table.report.encoding == "cp1252"


@pytest.mark.parametrize("encoding", ["cp437", "cp850"])
@pytest.mark.parametrize("name", ["Müller & Söhne", "Café Noir", "Größe", "Señor"])
def test_letters_of_dos_are_read(encoding, name):
    table = opened(f"customer;revenue\n{name};5\nAnn;6\n".encode(encoding))
    assert table.data["customer"][0].as_py() == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp866", "Иванов"), ("cp1253", "Αθηνά"), ("iso2022_jp", "山田太郎"), ("cp932", "山田太郎"), ("cp1251", "Петров")],
)
def test_letters_of_other_scripts_are_read_too(encoding, name):
    table = opened(f"customer;revenue\n{name};5\nAnn;6\n".encode(encoding))
    assert table.data["customer"][0].as_py() == name


@pytest.mark.parametrize("rows", [30, 9_000])
@pytest.mark.parametrize("byte", [b"\xe9", b"\xfc", b"\x80"])
def test_a_byte_astray_leaves_utf_8_as_it_is_and_its_cell_is_listed(rows, byte):
    good = "".join(f"Müller & Söhne {i},{i}\n" for i in range(rows)).encode()
    table = opened(b"customer,revenue\n" + good + b"Caf" + byte + b" Noir,5\n")
    assert table.data["customer"][0].as_py() == "Müller & Söhne 0" and table.report.encoding == "utf-8"
    assert table.data["customer"][rows].as_py() == f"Caf{byte.decode('cp1252')} Noir"
    assert table.unread[["line", "column"]].to_numpy().tolist() == [[rows + 2, "customer"]]
    assert "no utf-8" in said(table)


def test_utf_8_can_be_chosen_where_a_byte_is_astray():
    data = b"customer,revenue\nM\xc3\xbcller,1\nS\xc3\xb6hne,2\nZo\xc3\xab,4\nCaf\xe9,3\n"
    assert opened(data, encoding="utf-8").data["customer"].to_pylist() == ["Müller", "Söhne", "Zoë", "Café"]


# Columns


SALES = [(f"C{i}", f"2024-01-{1 + i:02d}", 10 + i) for i in range(20)]
ROWS = "".join(f"{who},{day},{paid}\n" for who, day, paid in SALES)


@pytest.mark.parametrize("cell", ["date revenue", "daterevenue", "date_revenue", "date.revenue"])
def test_a_heading_that_lost_a_delimiter_is_asked_and_read_as_two(cell):
    table = opened(f"customer_id,{cell}\n{ROWS}")
    assert table.data.column_names == ["customer_id", "date", "revenue"]
    assert set(asked(table, "gap").readings) == {"first", "last", "split"}
    other = opened(f"customer_id,{cell}\n{ROWS}", gap="last")
    assert other.data.column_names == ["customer_id", cell, "column 3"] and not asked(other, "gap")


def test_a_heading_that_lost_a_delimiter_before_an_empty_column_is_asked():
    table = opened("customer_id,date revenue,note\n" + ROWS.replace("\n", ",\n"))
    assert table.data["revenue"].to_pylist()[0] == 10
    assert set(asked(table, "gap").readings) == {"last", "split"}


def test_a_delimiter_behind_every_row_is_nothing_to_ask_about():
    table = opened("customer_id,date,revenue\n" + ROWS.replace("\n", ",\n"))
    assert table.data.column_names == ["customer_id", "date", "revenue"] and not table.report.questions


def test_full_rows_under_too_few_headings_are_asked_with_what_each_would_say():
    question = asked(opened(f"customer_id,date\n{ROWS}"), "gap")
    assert question.chosen == "last" and set(question.readings) == {"first", "last"}
    assert "date = “2024-01-01”" in question.readings["last"]


@pytest.mark.parametrize(
    ("content", "amounts"),
    [
        ("id,price\n" + "".join(f"C{i},{10 + i},{7 * i % 100:02d}\n" for i in range(9)), [10, 11.07, 12.14]),
        ("id,price,day\n" + "".join(f"C{i},{10 + i},{7 * i:02d},2024-01-0{i}\n" for i in range(1, 9)), [11.07, 12.14]),
        ("id,n,price\n" + "".join(f"C{i},{i},{10 + i},{7 * i:02d}\n" for i in range(9)), [10, 11.07]),
        ("id,price,paid\n" + "".join(f"C{i},{10 + i},{i:02d},-{20 + i},5{i}\n" for i in range(9)), [10, 11.01]),
    ],
)
def test_decimals_whose_comma_also_sets_the_columns_apart_are_joined_and_it_is_said(content, amounts):
    table = opened(content)
    assert table.data["price"].to_pylist()[: len(amounts)] == amounts
    assert "what it had cut was joined" in said(table)


@pytest.mark.parametrize("quote", ['"', ""])
@pytest.mark.parametrize("start", [1, 0])
def test_what_r_writes_is_a_table_with_its_rows_numbered(quote, start):
    rows = "".join(
        f"{quote}{start + i}{quote} {quote}{who}{quote} {quote}{day}{quote} {paid}.5\n"
        for i, (who, day, paid) in enumerate(SALES)
    )
    table = opened(f"{quote}customer{quote} {quote}date{quote} {quote}revenue{quote}\n{rows}")
    assert table.data.column_names == ["column 1", "customer", "date", "revenue"]
    assert table.data["revenue"][0].as_py() == 10.5 and not table.report.questions


@pytest.mark.parametrize("shape", ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d-%b-%y"])
def test_days_as_headings_are_sales_of_that_day(shape):
    first = datetime.date(2024, 1, 8)
    headings = [(first + datetime.timedelta(i)).strftime(shape) for i in range(10)]
    rows = "".join(f"C{i}," + ",".join(str(i + j) for j in range(10)) + "\n" for i in range(5))
    table = opened("customer," + ",".join(headings) + "\n" + rows)
    assert "10 columns are days" in said(table)
    customers = Customers.build(table)
    assert len(customers.frame) == 5 and customers.frame["revenue"].sum() == 325
    assert str(customers.as_of)[:10] == "2024-01-17"


@pytest.mark.parametrize(
    "second",
    [
        "\nproduct,units\nP1,5\nP2,6\n",
        "product,units\nP1,5\nP2,6\n",
        "\nproduct,units,price,cost\nP1,5,1,2\nP2,6,2,3\n",
        "product,units,price,cost\nP1,5,1,2\nP2,6,2,3\n",
        "\nproduct,units,price\nP1,5,3\nP2,6,4\n",
        "product,units,price\nP1,5,3\nP2,6,4\n",
        ",,\nproduct,units,\nP1,5,\nP2,6,\n",
    ],
)
def test_a_second_table_below_is_asked_about_whatever_its_size(second):
    table = opened(f"customer,date,revenue\n{ROWS}{second}")
    assert table.data["revenue"].to_pylist() == [paid for _, _, paid in SALES]
    assert set(asked(table, "table").readings) == {"1", "2"}
    assert opened(f"customer,date,revenue\n{ROWS}{second}", table=2).data["units"].to_pylist() == [5, 6]


# Workbooks


HEADINGS = ["customer", "date", "revenue"]
SHEET = [[who, datetime.date.fromisoformat(day), paid] for who, day, paid in SALES]


def sheet(*rows, **decisions) -> Table:
    return read(saved(book(*rows)), name="book.xlsx", **decisions)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_an_error_in_a_cell_is_missing_and_listed_where_it_stands(error, column):
    rows = [
        [error if i == column and n in (3, 5) else cell for i, cell in enumerate(row)] for n, row in enumerate(SHEET)
    ]
    table = sheet(HEADINGS, *rows)
    assert table.data[HEADINGS[column]].null_count == 2 and table.data.num_rows == 20
    assert table.unread[["line", "column", "text"]].to_numpy().tolist() == [
        [5, HEADINGS[column], error],
        [7, HEADINGS[column], error],
    ]
    assert f"2 cells hold an error such as {error}" in said(table)


@pytest.mark.parametrize("heading", ["revenue", "Summe", "x"])
def test_formulas_nobody_worked_out_are_said(heading):
    table = sheet(["customer", "price", heading], *([f"C{i}", i, f"=B{i + 2}*2"] for i in range(4)))
    assert f'4 formulas of "{heading}" hold no value: open the file in Excel' in said(table)


def test_hidden_rows_are_said_and_read():
    made = book(HEADINGS, *SHEET)
    made.active.auto_filter.ref = "A1:C21"
    for row in (3, 4, 9):
        made.active.row_dimensions[row].hidden = True
    table = read(saved(made), name="book.xlsx")
    assert table.data.num_rows == 20 and "3 rows are hidden in the sheet (a filter is set)" in said(table)
    assert "hidden" not in said(sheet(HEADINGS, *SHEET))


@pytest.mark.parametrize(
    "second",
    [
        [[], ["product", "units"], ["P1", 5], ["P2", 6]],
        [[], [], ["product", "units", "price", "cost"], ["P1", 5, 1, 2], ["P2", 6, 2, 3]],
        [[], ["product", "units", "price"], ["P1", 5, 3], ["P2", 6, 4]],
        [["product", "kind", "units"], ["P1", "a", 5], ["P2", "b", 6]],
        [[], [None, None, None, None, "product", "units"], *([None, None, None, None, f"P{i}", i] for i in (5, 6))],
    ],
)
def test_a_second_table_on_the_sheet_is_asked_about(second):
    table = sheet(HEADINGS, *SHEET, *second)
    assert table.data.column_names == HEADINGS
    assert table.data["revenue"].to_pylist() == [paid for _, _, paid in SALES]
    assert set(asked(table, "table").readings) == {"1", "2"}
    assert len(table.set_aside) == 3 and table.report.rows_in == 23
    assert sheet(HEADINGS, *SHEET, *second, table=2).data["units"].to_pylist() == [5, 6]


def test_dates_a_spreadsheet_has_swapped_in_a_workbook_are_mended_and_the_others_are_not():
    cells = [day if "/" in day else datetime.date.fromisoformat(day) for day in SWAPPED]
    rows = [["customer", "date"], *([f"C{i}", cell] for i, cell in enumerate(cells))]
    assert set(asked(sheet(*rows), "dates").readings) == {"dmy", "swapped"}
    assert days(sheet(*rows, dates="swapped"))[3:] == ["2024-01-02", "2024-03-05", "2024-12-11"]


@pytest.mark.parametrize(("heading", "first"), [("date", 20240105), ("Month", 202401)])
def test_days_and_months_in_digits_alone_are_dates_on_a_sheet_too(heading, first):
    table = sheet(["customer", heading], *([f"C{i}", first + i] for i in range(4)))
    assert days(table, heading)[0][:7] == "2024-01"


@pytest.mark.parametrize("gap", [[], [[]], [[], []]])
def test_the_same_headings_again_on_a_sheet_are_no_customer(gap):
    table = sheet(HEADINGS, *SHEET, *gap, HEADINGS, *SHEET)
    assert table.data["revenue"].to_pylist() == [paid for _, _, paid in SALES] * 2
    assert table.set_aside["reason"].tolist() == ["the header row again"]


@pytest.mark.parametrize("above", [[["Sales report"], []], [["Report", "Sales"], ["Period", 2024], []], [["Sales"]]])
def test_a_title_above_the_table_is_no_table(above):
    table = sheet(*above, HEADINGS, *SHEET)
    assert table.data.column_names == HEADINGS and not table.report.questions


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        (
            [[None, "2023", None, "2024", None], ["customer", "revenue", "orders", "revenue", "orders"]],
            ["customer", "2023 revenue", "2023 orders", "2024 revenue", "2024 orders"],
        ),
        ([["customer", "Sales", None], [None, "Q1", "Q2"]], ["customer", "Sales Q1", "Sales Q2"]),
        ([["customer", "revenue", "weight"], [None, "EUR", "kg"]], ["customer", "revenue EUR", "weight kg"]),
    ],
)
def test_headings_in_several_rows_are_joined(rows, headings):
    body = [[f"C{i}", *range(i, i + len(headings) - 1)] for i in range(9)]
    assert sheet(*rows, *body).data.column_names == headings


PIVOT = [["Alfa", 300, 2], ["2023", 100, 1], ["2024", 200, 1], ["Beta", 120, 2], ["2023", 50, 1], ["2024", 70, 1]]


@pytest.mark.parametrize("total", ["Grand Total", "Gesamtergebnis", "Общий итог", "Total général", "总计"])
def test_a_pivot_table_counts_nothing_twice_and_asks(total):
    rows = [["Row Labels", "Sum of revenue", "Orders"], *PIVOT, [total, 420, 4]]
    for table in (sheet(*rows), opened("".join(";".join(map(str, row)) + "\n" for row in rows))):
        assert table.data["Row Labels"].to_pylist() == ["Alfa", "Beta"]
        assert asked(table, "groups").chosen == "aside"
        assert total in set(table.set_aside["text"].str.split(r"[;]", regex=True).str[0])
    kept = sheet(*rows, groups="keep")
    assert kept.data.num_rows == 6 and not kept.report.questions


def test_amounts_that_add_up_nothing_are_no_pivot_table():
    rows = [[f"C{i}", 7 * i % 11, i] for i in range(12)]
    assert sheet(["customer", "revenue", "orders"], *rows).data.num_rows == 12
    assert sheet(["customer", "revenue"], ["a", 5], ["b", 5], ["c", 4], ["d", 4]).data.num_rows == 4
    by_chance = [["a", 2], ["b", 1], ["c", 1], ["d", 3], ["e", 2], ["f", 1]]
    assert sheet(["customer", "orders"], *by_chance).data.num_rows == 6


# Files whose records are no lines


OBJECTS = [{"customer": who, "date": day, "revenue": paid} for who, day, paid in SALES]
TUPLES = ",".join(f"('{who}','{day}',{paid})" for who, day, paid in SALES)
MADE = "CREATE TABLE `s` (`customer` varchar(9) NOT NULL, `date` date, `revenue` decimal(9,2), PRIMARY KEY (`customer`));\n"
GO = "INSERT [dbo].[s] ([customer], [date], [revenue]) VALUES (N'{}', CAST(N'{}' AS Date), {})\nGO\n"
RECORDS = {
    "a list": json.dumps(OBJECTS),
    "lines": "\n".join(map(json.dumps, OBJECTS)),
    "inside": json.dumps({"page": 1, "data": {"sales": OBJECTS}}),
    "columns": json.dumps({name: [one[name] for one in OBJECTS] for name in OBJECTS[0]}),
    "beside": json.dumps({"columns": list(OBJECTS[0]), "data": SALES}),
    "lists": json.dumps([list(OBJECTS[0]), *SALES]),
    "elements": "<?xml version='1.0'?><sales>"
    + "".join(f"<s><customer>{a}</customer><date>{b}</date><revenue>{c}</revenue></s>" for a, b, c in SALES)
    + "</sales>",
    "attributes": "<sales>"
    + "".join(f'<s customer="{a}" date="{b}" revenue="{c}"/>' for a, b, c in SALES)
    + "</sales>",
    "mysql": f"-- MySQL dump 10.13\n\n{MADE}INSERT INTO `s` VALUES {TUPLES};\n",
    "insert": f"INSERT INTO s (customer, date, revenue) VALUES {TUPLES};",
    "postgres": "COPY public.s (customer, date, revenue) FROM stdin;\n" + ROWS.replace(",", "\t") + "\\.\n\nSELECT 1;",
    "sql server": "USE [shop]\nGO\n" + "".join(GO.format(*sale) for sale in SALES),
}


@pytest.mark.parametrize("way", RECORDS)
def test_records_are_rows(way):
    table = opened(RECORDS[way], name="sales.txt")
    assert table.data.column_names == ["customer", "date", "revenue"]
    assert days(table) == [day for _, day, _ in SALES]
    assert table.data["revenue"].to_pylist() == [paid for _, _, paid in SALES]
    assert "each of its records is a row" in said(table)
    assert len(Customers.build(table).frame) == 20


def test_fields_within_fields_are_columns_of_both_names():
    rows = [{"id": i, "address": {"city": "Köln"}, "tags": ["a", "b"], "gone": None} for i in (1, 2)]
    assert opened(json.dumps(rows)).frame().loc[0, ["address.city", "tags"]].tolist() == ["Köln", "a; b"]


def test_cards_are_customers_with_a_name_and_a_phone():
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann {i}\r\nTEL;TYPE=CELL:+49 171 000000{i}\r\nORG:Acme;Sales\r\nEND:VCARD\r\n"
        for i in range(4)
    )
    row = opened(cards, name="people.vcf").frame().iloc[2]
    assert row.tolist() == ["Ann 2", "+49 171 0000002", "Acme, Sales"]


def test_texts_of_a_dump_keep_their_marks():
    dump = "INSERT INTO s (a, b) VALUES ('O''Neil; (Ann)', 1), ('B\\'b', NULL), (N'x, y', -2.5);"
    table = opened(dump)
    assert table.data["a"].to_pylist() == ["O'Neil; (Ann)", "B'b", "x, y"]
    assert table.data["b"].to_pylist() == [1, None, -2.5]


def test_the_largest_table_of_a_dump_is_read_and_the_others_are_offered():
    dump = f"INSERT INTO p (a) VALUES ('x'),('y');\nINSERT INTO s (customer, date, revenue) VALUES {TUPLES};"
    assert opened(dump).data.num_rows == 20
    assert asked(opened(dump), "table").readings == {"1": "“p”, 2 rows", "2": "“s”, 20 rows"}
    assert opened(dump, table=1).data["a"].to_pylist() == ["x", "y"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"name": "Ann"}', "JSON"),
        ('{"a": [', "JSON"),
        ("<?xml version='1.0'?><rss/>", "XML"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a><b>&b;</b></a>", "XML"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
        ("CREATE TABLE x (a int);\n", "a SQL dump"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_where_no_record_is_a_row_the_file_is_named_for_what_it_is(content, kind):
    with pytest.raises(Problem, match=f"looks like {kind}"):
        opened(content)


def test_a_mark_of_a_dump_that_is_never_closed_takes_no_longer_than_the_rest():
    assert opened("INSERT INTO s VALUES (" + "'\\" * 100_000).data.num_rows == 1


def test_a_product_that_is_an_insert_is_no_dump():
    assert opened("tool,price\nInsert into hole (5),5\nCNMG,6\n").data["price"].to_pylist() == [5, 6]
