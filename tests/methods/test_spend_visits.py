"""Spend × visits: six names for what a customer spent and how often he came in a quarter."""

import datetime as dt

import pytest

from segmentation import METHODS, Customers, Problem
from tests.small import customers, groups, table

spend_visits = METHODS["spend_visits"]


def test_the_six_names():
    people = customers(
        spend_last_quarter=[9000.0, 3000, 8999, 9000, 2999, 2999, 0],
        visits_last_quarter=[3.0, 3, 5, 2, 3, 1, 0],
    )
    assert groups(spend_visits.segment(people)) == {
        "Premium": "A",
        "Loyal": "BC",
        "Thrifty": "D",
        "Economical": "E",
        "Disloyal": "F",
        "Absent": "G",
    }


def test_only_the_last_three_calendar_months_count_and_two_receipts_of_a_day_are_one_visit():
    day = dt.date.fromisoformat
    lines = {
        "customer": ["A", "A", "A", "B", "B", "C"],
        "date": [
            day("2026-04-01"),
            day("2026-05-01"),
            day("2026-06-30"),
            day("2026-06-01"),
            day("2026-06-01"),
            day("2026-03-31"),
        ],
        "revenue": [4000.0, 4000.0, 1000.0, 2000.0, 2000.0, 99000.0],
    }
    people = Customers.build(table(**lines))
    assert groups(spend_visits.segment(people)) == {"Premium": "A", "Thrifty": "B", "Absent": "C"}


def test_amounts_and_visits_are_yours_and_cannot_cross():
    people = customers(revenue=[60.0, 20.0], orders=[2, 2])
    assert groups(spend_visits.segment(people, premium=50, loyal=10, visits=2)) == {"Premium": "A", "Loyal": "B"}
    with pytest.raises(Problem, match=r"loyal .* is above premium"):
        spend_visits.segment(people, premium=5, loyal=10)


def test_the_quarter_begins_on_the_day_after_that_of_three_months_ago():
    day = dt.date.fromisoformat
    lines = {"customer": ["A", "B", "C"], "date": [day("2026-05-30"), day("2026-02-28"), day("2026-03-01")]}
    people = Customers.build(table(**lines, revenue=[1.0, 1.0, 1.0]))
    assert groups(spend_visits.segment(people)) == {"Disloyal": "AC", "Absent": "B"}
