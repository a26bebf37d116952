"""Campaign response: the furthest reaction."""

from segmentation import METHODS
from tests.small import customers, groups

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
