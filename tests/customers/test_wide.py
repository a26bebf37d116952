"""Wide files: a column a month in any language becomes sales, and what only looks like one does not."""

import datetime as dt
import io

import numpy as np
import openpyxl
import pytest

from segmentation import METHODS, Customers, Problem, Study, read
from segmentation.__main__ import main
from segmentation.columns.match import roles
from segmentation.columns.periods import Period, is_period, named, of
from segmentation.customers.shapes import shape
from segmentation.segments.controls import Column

JANUARY = """2023-01 2023/1 2023.01 01/2023 1.2023 01-2023 202301 Jan-23 jan.23 2023-01-01 31.01.2023 1/31/2023 2023年1月
Январь_2023 янв.23 Januar_2023 janvier_2023 enero_2023 janeiro_2023 Januari_2023 Janar_2023 Jan2023 2023_Jan
2023-01-01T00:00:00 01-Jan-2023 Sales_Jan-23 Umsatz_01/2023 Выручка_январь_2023 Penjualan_Januari_2023 SalesJan2023"""
FIRST_QUARTER = "Q1_2023 2023-Q1 2023Q1 1Q23 Q1/23 1._Quartal_2023 I_кв._2023 1_квартал_2023_г. T1_2023 2023年第1季度"
OTHERS = """Order_5_2023 Model_X 12/31 2023-13 13/2023 1/15/2023 20230 Customer_2 March_Hare Plan Age 1899-01 Q5_2023 Jan Фев
5 01/02 01/23 May_be_2023x Street_12"""


@pytest.mark.parametrize("heading", JANUARY.split())
def test_a_month_is_read_however_it_is_written(heading):
    found = named(heading.replace("_", " "))
    assert found is not None and found.period == Period(2023, 1, 1)
    assert found.period.last_day == dt.date(2023, 1, 31)


@pytest.mark.parametrize("heading", FIRST_QUARTER.split())
def test_a_quarter_is_read_however_it_is_written(heading):
    found = named(heading.replace("_", " "))
    assert found is not None and found.period == Period(2023, 1, 3)
    assert found.period.last_day == dt.date(2023, 3, 31)


@pytest.mark.parametrize("heading", OTHERS.split())
def test_what_is_no_period_is_none(heading):
    found = named(heading.replace("_", " "))
    assert found is None or found.rest or not found.period.year
    assert not is_period(heading) or heading == "2023"


DECEMBER = (
    "December Dezember décembre diciembre dezembro Desember dhjetor декабрь декабря 十二月 12月 Dec dez. déc. дек"
)


@pytest.mark.parametrize("name", DECEMBER.split())
def test_the_last_month_is_known_in_nine_languages(name):
    found = named(f"{name} 2024")
    assert found and found.period == Period(2024, 12, 1) and not found.rest


WIDE = """Kunde;Ort;Mitarbeiter;2023-11;2023-12;2024-01;Gesamt
b;Rom;7;;20,5;0;20,5
a;Bonn;3;10;;30;40
c;Bonn;1;;0;;0
"""


def wide(text: str = WIDE, name: str = "file.csv", **decisions):
    return read(text.encode(), name=name, **decisions)


def test_a_column_a_month_becomes_sales_by_itself():
    table = wide()
    assert shape(roles(table), table) == "wide" and table.data.num_rows == 3
    assert any("3 columns are months, “2023-11” to “2024-01”" in sentence for sentence in table.report.sentences)
    customers = Customers.build(table)
    frame = customers.frame
    assert list(frame.index) == ["a", "b", "c"]
    assert frame["revenue"].tolist() == [40, 20.5, 0] and frame["orders"].tolist() == [2, 1, 0]
    assert frame["Ort"].tolist()[:2] == ["Bonn", "Rom"] and frame["Ort"].isna().tolist()[2]  # as of the last purchase
    assert frame["Mitarbeiter"].tolist() == [3, 7, 1]
    assert customers.as_of == dt.date(2024, 1, 31) and customers.start == dt.date(2023, 11, 30)
    assert frame["recency_days"].tolist()[:2] == [0, 31] and np.isnan(frame["recency_days"].iloc[2])
    assert any("“Gesamt” is a total and left out" in note for note in customers.notes)


def test_every_method_can_cut_a_wide_file():
    months = [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]
    rows = [";".join([f"c{i}", *(str((i * k) % 17) for k in range(24))]) for i in range(40)]
    customers = Customers.build(wide("\n".join([";".join(["customer", *months]), *rows, ""])))
    for method in METHODS.values():
        if not method.missing(customers):
            chosen = {name: "revenue" for name, control in method.controls.items() if isinstance(control, Column)}
            assert len(method.segment(customers, **chosen)) == 40


def test_the_order_of_rows_and_columns_does_not_matter():
    lines = [line.split(";") for line in WIDE.strip().split("\n")]
    turned = [[line[i] for i in (5, 0, 3, 6, 1, 4, 2)] for line in [lines[0], *lines[:0:-1]]]
    one = Customers.build(wide()).frame
    other = Customers.build(wide("\n".join(";".join(line) for line in turned) + "\n")).frame
    assert one.astype(object).equals(other[one.columns].astype(object))


def test_several_measures_of_each_month_are_kept_apart():
    table = wide(
        "Customer,Sales Jan-23,Units Jan-23,Sales Feb-23,Units Feb-23,Sales Mar-23,Units Mar-23\na,1.5,1,2.5,2,0,0\n"
    )
    frame = Customers.build(table).frame
    assert frame["revenue"].tolist() == [4.0] and frame["units"].tolist() == [3]


def test_totals_of_quarters_and_years_are_left_out():
    table = wide("Customer,Jan 2023,Feb 2023,Mar 2023,Q1 2023,2023,Total 2023\na,1,2,3,6,6,6\nb,1,1,1,3,3,3\n")
    found = of(table)
    assert found and len(found.periods) == 3 and set(found.totals) == {"Q1 2023", "2023", "Total 2023"}
    assert Customers.build(table).frame["revenue"].tolist() == [6, 3]


def test_months_without_a_year_take_it_from_the_title_or_are_asked():
    text = "Kunde;Jan;Feb;Mrz\na;1;2;3\nb;4;5;6\n"
    assert of(wide(text)) is None and "Which year?" in wide(text).report.questions[0]
    assert of(wide(text, name="sales 2023.csv")).periods["Mrz"][1] == Period(2023, 3, 1)
    assert of(wide(f"Umsatz 2022;;;\n{text}")).periods["Jan"][1] == Period(2022, 1, 1)


def test_months_under_merged_years_of_a_workbook_become_sales():
    book = openpyxl.Workbook()
    for row in (
        ["Клиент", 2023, None, 2024, None],
        [None, "Ноя", "Дек", "Янв", "Фев"],
        ["а", 1, 2, 3, 4],
        ["б", 0, 0, 5, 6],
    ):
        book.active.append(row)
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    customers = Customers.build(read(out.getvalue(), name="book.xlsx"))
    assert customers.frame["revenue"].tolist() == [10, 11]
    assert customers.as_of == dt.date(2024, 2, 29) and customers.start == dt.date(2023, 11, 30)


def test_dates_as_headings_of_a_workbook_are_months():
    book = openpyxl.Workbook()
    for row in (["customer", *(dt.datetime(2024, m, 1) for m in (1, 2, 3))], ["a", 1, 2, 3], ["b", 4, 5, 6]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    customers = Customers.build(read(out.getvalue(), name="book.xlsx"))
    assert customers.frame["revenue"].tolist() == [6, 15] and customers.as_of == dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "customer,revenue 2023,revenue 2024\na,1,2\nb,3,4\n",
        "customer,Score 2021,Score 2022,Score 2023\na,1,2,3\nb,3,4,5\n",
        "customer,date,Jan\na,2024-01-02,3\n",
        "customer,may,june\na,1,2\n",
        "customer,Jan 2023,January 2023,Feb 2023,Mar 2023\na,1,2,3,4\n",
    ],
    ids=["two years", "no amounts", "one month", "two months", "one month twice"],
)
def test_other_files_are_not_taken_for_wide_ones(text):
    table = wide(text)
    assert shape(roles(table), table) != "wide"


def test_the_shape_can_be_chosen_and_a_study_keeps_it(tmp_path, capsys):
    table = wide()
    frame = Customers.build(table, shape="customers").frame
    assert frame["2023-11"].tolist()[0] == 10 and "recency_days" not in frame
    study = Study.from_json(Study(shape="customers").to_json())
    assert "2023-11" in study.customers(table).frame
    with pytest.raises(Problem, match="no three columns of months"):
        Customers.build(wide("customer,revenue\na,1\n"), shape="wide")
    with pytest.raises(Problem, match="no shape “tall”"):
        Customers.build(table, shape="tall")
    with pytest.raises(Problem, match="shape is “tall”"):
        Study.from_json('{"version": 1, "shape": "tall"}')
    (tmp_path / "wide.csv").write_text(WIDE)
    assert main(["customers", str(tmp_path / "wide.csv"), "--out", str(tmp_path / "out.csv")]) == 0
    assert "3 columns are months" in capsys.readouterr().out
    assert main(["customers", str(tmp_path / "wide.csv"), "--shape", "customers", "--json"]) == 0
    assert "3 columns are months" not in capsys.readouterr().out
    assert main(["segment", str(tmp_path / "wide.csv"), "--method", "abc_classes"]) == 0


def test_returns_and_nobody_in_a_wide_file_are_kept_apart():
    customers = Customers.build(wide("customer,2023-01,2023-02,2023-03\na,10,-4,\n,5,5,5\nb,,,1\n"))
    assert customers.frame["revenue"].tolist() == [6, 1] and customers.frame["orders"].tolist() == [1, 1]
    assert customers.left_out["without_customer"] == 3
