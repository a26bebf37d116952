"""Amounts as bookkeepers and spreadsheets write them: refunds stay refunds, thousands stay thousands."""

import math

import pytest

from segmentation import read

PLAIN = [f"{i}.50" for i in range(1, 30)]


def amounts(cells: list[str], **decisions) -> list[float]:
    rows = "".join(f"c{i};{cell}\n" for i, cell in enumerate(cells))
    return read(f"customer;amount\n{rows}".encode(), name="books.csv", **decisions).data["amount"].to_pylist()


@pytest.mark.parametrize(
    ("cell", "value"),
    {
        "$(30.00)": -30, "(30.00)": -30, "($30.00)": -30, "€ (30.00)": -30, "-$30.00": -30, "$-30.00": -30,
        "'-70.00": -70, "'70.00": 70, "30.00 Cr": -30, "30.00CR": -30, "30.00 cr.": -30, "30.00 Dr": 30, "30.00 H": -30,
        "30.00 S": 30, "[5.00]": -5, " $ 1,234.00 ": 1234, "1,20,000.00 Dr": 120_000, "1.2K": 1200, "$3.5M": 3_500_000,
        "2.5 Mio. €": 2_500_000, "5.5 тыс. руб.": 5500, "12.5k": 12_500,
    }.items(),
)  # fmt: skip
def test_a_number_written_by_a_bookkeeper_counts_what_it_says(cell, value):
    assert math.isclose(amounts([*PLAIN, cell])[-1], value)
    assert math.isclose(amounts([cell, "6.25", "7.25"])[0], value)


@pytest.mark.parametrize(("cell", "value"), {"30,00 H": -30, "(1.234,50) €": -1234.5, "1,2 Mio": 1_200_000}.items())
def test_the_same_with_a_decimal_comma(cell, value):
    assert math.isclose(amounts(["1,50", "2,25", cell])[-1], value)


@pytest.mark.parametrize("cell", ["5 H", "38 S", "5 km", "Cr", "'"])
def test_hours_sizes_and_lengths_are_no_money(cell):
    assert amounts([*PLAIN, cell])[-1] is None or math.isnan(amounts([*PLAIN, cell])[-1])


def test_a_column_of_sizes_or_codes_stays_as_it_is():
    assert amounts(["38 S", "40 S", "42 H"]) == ["38 S", "40 S", "42 H"]


def test_debits_and_credits_behind_the_numbers_are_no_currencies_and_are_told_with_their_sum():
    table = read(b"customer;amount\na;10.00 Dr\nb;20.00 Cr\nc;5.00 Cr\nd;7.00\n", name="ledger.csv")
    assert table.data.column_names == ["customer", "amount"]
    assert any("those like “20.00 Cr” are taken off, −25 in all" in said for said in table.report.sentences)


def test_in_the_books_of_sales_where_most_is_credit_the_debits_are_taken_off():
    assert amounts(["10.00 Cr", "20.00 Cr", "5.00 Dr", "7.00 CR"]) == [10, 20, -5, 7]
    assert amounts(["10,00 H", "20,00 H", "5,50 S"]) == [10, 20, -5.5]
