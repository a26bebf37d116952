"""Campaign response: the furthest reaction."""

from segmentation import METHODS, Customers
from tests.small import customers, groups, table

response = METHODS["response"]


def test_bought_goes_before_clicked_before_opened():
    people = customers(opened=[5.0, 3, 1, 0, None], clicked=[1.0, 1, 0, 0, None], bought=[2.0, 0, 0, 0, None])
    assert groups(response.segment(people)) == {
        "Bought": "A",
        "Clicked": "B",
        "Opened": "C",
        "Never reacted": "D",
        "Unknown": "E",
    }


def test_yes_and_no_and_a_single_column_will_do():
    assert groups(response.segment(customers(clicked=["yes", "No", "0"]))) == {"Clicked": "A", "Never reacted": "BC"}


def test_who_bought_without_opening_has_bought():
    assert groups(response.segment(customers(opened=[0.0], bought=[1.0]))) == {"Bought": "A"}


def test_what_begins_with_a_no_is_no():
    people = customers(
        opened=["Yes", "No", "Yes", "No"], bought=["Yes", "No", "No internet service", "no phone service"]
    )
    assert groups(response.segment(people)) == {"Bought": "A", "Never reacted": "BD", "Opened": "C"}
    other = customers(bought=["Kein Vertrag", "нет связи", "tidak ada", "Not yet", "Nordic", "No. 5", "yes"])
    assert groups(response.segment(other)) == {"Never reacted": "ABCD", "Bought": "EFG"}
    assert groups(response.segment(customers(bought=["Nobody's", "Normal", "nonstop"]))) == {"Bought": "ABC"}


def test_a_column_is_found_by_the_heading_it_has_in_the_file():
    lines = table(customer_id=["A", "B"], Response=["yes", "no"], orders=["yes", "no"], revenue=[1.0, 2.0])
    people = Customers.build(lines)
    assert not {"Response", "orders"} & set(people.frame.columns)
    for heading in ("Response", "orders"):
        assert groups(response.segment(people, bought=heading)) == {"Bought": "A", "Never reacted": "B"}
