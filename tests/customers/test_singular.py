"""What is said of one line, row or customer is said of one, and of two of two."""

import re

import pytest

from segmentation import Customers
from segmentation.audit import audit
from segmentation.reading.read import read
from segmentation.table import Table

DAYS = [f"2026-01-{day:02}" for day in range(1, 29)]
PLAIN = [f"C{at % 9},{at},{day},{10 + at}" for at, day in enumerate(DAYS)]
ODD = {  # what is wrong with a line: customer, order, date, amount
    "missing_customer": ",9{n},2026-01-05,3{n}",
    "missing_date": "C1,9{n},,3{n}",
    "missing_amount": "C1,9{n},2026-01-05,",
    "negative_amounts": "C1,9{n},2026-01-05,-3{n}",
    "zero_amounts": "C1,9{n},2026-01-05,0",
    "duplicate_rows": PLAIN[3],
    "repeated_orders": "C3,9{n},2026-01-04,13",
}
ONE_OF_MANY = re.compile(
    r"(?<![\d.,])1 (lines|rows|customers|orders|sales|are|have|were|count|belong|tables)\b|^(They|These)\b"
)
MANY_OF_ONE = re.compile(r"(?<![\d.,])2 (line|row|customer|order|sale|is|has|was)\b|^It\b")


def with_odd(name: str, times: int) -> Table:
    lines = [*PLAIN, *(ODD[name].format(n=at) for at in range(times))]
    return read("\n".join(["customer,order,date,revenue", *lines, ""]).encode(), name="sales.csv")


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("times", [1, 2])
def test_a_finding_speaks_of_one_as_of_one_and_of_two_as_of_two(name: str, times: int) -> None:
    found = next(one for one in audit(with_odd(name, times)) if one.name == name)
    wrong = ONE_OF_MANY if times == 1 else MANY_OF_ONE
    for said in (found.sentence, found.effect):
        assert not wrong.search(said), said


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("times", [1, 2])
def test_a_note_of_the_customers_does_so_too(name: str, times: int) -> None:
    wrong = ONE_OF_MANY if times == 1 else MANY_OF_ONE
    for said in Customers.build(with_odd(name, times)).notes:
        assert not wrong.search(said), said
        assert times > 1 or not re.match(r"1 line.*(they|their)\b", said), said


@pytest.mark.parametrize(
    ("times", "end"),
    [(1, "it is a cancellation and counts as a return"), (2, "they are cancellations and count as returns")],
)
def test_cancellations_by_the_letter_of_their_number(times: int, end: str) -> None:
    lines = [f"A{at % 9},5363{at:02},{day},10" for at, day in enumerate(DAYS)]
    lines += [f"A1,C5363{40 + at},2026-01-09,4" for at in range(times)]
    notes = Customers.build(read("\n".join(["customer,invoice,date,amount", *lines, ""]).encode(), name="s.csv")).notes
    assert any(note.endswith(f"{end}.") for note in notes), notes


@pytest.mark.parametrize(
    ("times", "said"),
    [(1, "1 further line of an order leaves cells blank"), (2, "2 further lines of orders leave cells blank")],
)
def test_cells_that_stand_once_above_are_told_in_words_one_would_say(times: int, said: str) -> None:
    lines = [f"C{at % 9},{at},{day},{10 + at}" for at, day in enumerate(DAYS)]
    lines[5:6] = [lines[5], *[",,,7"] * times]
    found = read("\n".join(["customer,order,date,revenue", *lines, ""]).encode(), name="sales.csv")
    finding = next(one for one in audit(found) if one.name == "blank_parents")
    assert finding.sentence == f"{said}: they are filled in from the first line of the same order."
    assert Customers.build(found).total("revenue") == sum(range(10, 38)) + 7 * times
