"""What a small file of an unusual kind reads to: one fact about reading a test, checked by hand before it was written."""

import datetime

import pytest

from segmentation.reading.read import read
from segmentation.table import Table


def opened(text: str, **decisions) -> Table:
    table = read(text.encode(), name="file.csv", **decisions)
    assert table.report.rows_in == table.report.rows_used + len(table.set_aside)
    return table


def column(heading: str, cells: list[str], **decisions) -> Table:
    rows = "".join(f"K{i};{cell}\n" for i, cell in enumerate(cells))
    return opened(f"code;{heading}\n{rows}", **decisions)


def dates(*days: tuple[int, int, int]) -> list[datetime.date]:
    return [datetime.date(*day) for day in days]


@pytest.mark.parametrize("dash", ["-", "--", "–", "—"])
def test_a_dash_for_cents_is_no_currency(dash):
    table = column("Amount", [f"1'234.{dash}", f"5.{dash}", "7.50"])
    assert table.data.column_names == ["code", "Amount"]
    assert table.data["Amount"].to_pylist() == [1234, 5, 7.5]


def test_years_of_two_digits_in_front_are_told_by_how_few_they_are():
    table = column("Date", [f"24-{1 + i % 12:02d}-{1 + i:02d}" for i in range(20)])
    assert table.data["Date"].to_pylist() == [datetime.date(2024, 1 + i % 12, 1 + i) for i in range(20)]
    assert not table.report.questions


def test_years_of_two_digits_that_may_be_days_are_asked_with_both_readings():
    table = column("Date", ["24-02-13", "24-12-31"])
    (question,) = table.report.questions
    assert question.setting == "dates" and set(question.readings) == {"ymd", "dmy"} and question.chosen == "ymd"
    assert table.data["Date"].to_pylist() == dates((2024, 2, 13), (2024, 12, 31))
    other = column("Date", ["24-02-13", "24-12-31"], dates="dmy")
    assert other.data["Date"].to_pylist() == dates((2013, 2, 24), (2031, 12, 24)) and not other.report.questions


@pytest.mark.parametrize("cells", [["2024-03", "2023-12"], ["03/2024", "12/2023"], ["03.2024", "12.2023"]])
@pytest.mark.parametrize("heading", ["Month", "Monat", "Период", "Date"])
def test_a_month_alone_is_its_first_day_under_a_heading_of_time(heading, cells):
    assert column(heading, cells).data[heading].to_pylist() == dates((2024, 3, 1), (2023, 12, 1))


def test_a_month_alone_is_text_or_a_number_under_other_headings():
    assert column("Lot", ["03/2024", "12/2023"]).data["Lot"].to_pylist() == ["03/2024", "12/2023"]
    assert column("Factor", ["03.2024", "12.2023"]).data["Factor"].to_pylist() == [3.2024, 12.2023]


@pytest.mark.parametrize("blank", ["0000-00-00", "0000-00-00 00:00:00", "(null)", "\\N", "#N/A", "#VALUE!", "NaT"])
def test_what_databases_and_spreadsheets_write_for_no_value_is_missing(blank):
    cells = ["2024-01-02", blank, "2024-01-03", blank]
    assert column("Paid", cells).data["Paid"].to_pylist() == [
        datetime.date(2024, 1, 2),
        None,
        datetime.date(2024, 1, 3),
        None,
    ]


def test_turkish_months_are_read():
    assert column("Date", ["4 Mart 2024", "12 Aralık 2023"]).data["Date"].to_pylist() == dates(
        (2024, 3, 4), (2023, 12, 12)
    )


PLACES = {
    "cp1257": ["Rīga", "Šiauliai", "Klaipėda", "Liepāja", "Kėdainiai", "Jūrmala", "Õismäe"],
    "cp1255": ["ירושלים", "תל אביב", "חיפה", "באר שבע", "נתניה"],
    "cp1256": ["القاهرة", "الرياض", "دبي", "بيروت", "عمان"],
    "cp850": [
        "Köln",
        "Besançon",
        "Málaga",
        "São Paulo",
        "Århus",
        "Tiranë",
        "Düsseldorf",
        "Orléans",
        "Français",
        "Gießen",
    ],
    "cp852": ["Łódź", "Kraków", "Gdańsk", "Częstochowa", "Wrocław", "Plzeň", "Győr", "Žilina"],
    "mac-roman": ["Köln", "Besançon", "Málaga", "São Paulo", "Århus", "Düsseldorf", "Orléans", "Zürich"],
    "cp1254": ["İstanbul", "Şanlıurfa", "Eskişehir", "Muğla", "Ağrı", "Iğdır", "Çanakkale"],
    "koi8-u": ["Київ", "Львів", "Чернігів", "Їжак", "Запоріжжя", "Вінниця"],
    "utf-32": ["Köln", "Москва", "東京"],
}


@pytest.mark.parametrize("encoding", PLACES)
def test_letters_of_rarer_encodings_are_read(encoding):
    places = [PLACES[encoding][i % len(PLACES[encoding])] for i in range(40)]
    text = "code;city;units\n" + "".join(f"K{i};{place};{i}\n" for i, place in enumerate(places))
    assert read(text.encode(encoding), name="file.csv").data["city"].to_pylist() == places


def test_control_characters_are_never_letters():
    text = "code;city\n" + "".join(f"K{i};{place}\n" for i, place in enumerate(PLACES["mac-roman"] * 3))
    for encoding in ("mac-roman", "cp437", "cp850"):
        read_so = read(text.encode(encoding, "ignore"), name="file.csv").data["city"].to_pylist()
        assert not any(0x80 <= ord(sign) < 0xA0 for city in read_so for sign in city)


def test_several_notes_below_are_set_aside_each():
    notes = "".join(f"Note {i}: checked,,\n" for i in range(5))
    table = opened(f"id,name,amount\n1,Ann,2\n2,Joe,3\n3,Sue,4\n{notes}")
    assert table.report.rows_used == 3 and set(table.set_aside["reason"]) == {"a note below the table"}


def test_customers_with_nothing_but_a_name_stay_where_others_have_gaps_too():
    table = opened("name,city,amount\nAnn Lee,,2\nJoe Day,Rome,\nSue May,,\n")
    assert table.report.rows_used == 3


def test_numbers_set_apart_by_spaces_are_columns_and_lose_no_row():
    table = opened("1 2.5 3\n2 3.5 4\n3 4.5 5\n")
    assert [tuple(row.values()) for row in table.data.to_pylist()] == [(1, 2.5, 3), (2, 3.5, 4), (3, 4.5, 5)]


def test_a_space_for_thousands_is_no_delimiter():
    assert opened("amount\n1 234\n12 345\n999\n").data["amount"].to_pylist() == [1234, 12345, 999]


def test_a_heading_too_many_by_a_delimiter_moves_no_column():
    table = opened("name,,city,amount\nAnn,Rome,2\nJoe,Oslo,3\nSue,Bern,4\n")
    assert table.data.column_names == ["name", "city", "amount"] and table.data["amount"].to_pylist() == [2, 3, 4]


def test_columns_without_a_heading_are_said():
    table = opened("name,amount\nAnn,2,x\nJoe,3,y\nAnn,4,x\n")
    assert any("2 of 3 columns have a heading" in sentence for sentence in table.report.sentences)
    named = opened("name,amount\n1,Ann,2\n2,Joe,3\n3,Sue,4\n")
    assert any("first column has no heading" in sentence for sentence in named.report.sentences)
