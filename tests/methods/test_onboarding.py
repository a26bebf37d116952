"""Onboarding: signed up → tried → paid, from dates or from a named stage."""

import datetime as dt

import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

onboarding = METHODS["onboarding"]
D = dt.date


def test_the_furthest_date_reached_by_the_as_of_day_decides():
    people = customers(
        as_of=D(2026, 6, 30),
        signed_up=[D(2026, 1, 1)] * 4 + [None],
        tried=[D(2026, 1, 2), D(2026, 1, 2), D(2026, 1, 2), None, None],
        paid=[D(2026, 2, 1), D(2026, 7, 1), None, None, None],
    )
    assert groups(onboarding.segment(people)) == {"Paid": "A", "Tried": "BC", "Signed up": "D", "Unknown": "E"}


def test_a_column_that_names_the_stage_is_read_in_its_own_words():
    people = customers(stage=["registered", "Trial", "subscriber", "something else", None])
    assert groups(onboarding.segment(people)) == {"Signed up": "A", "Tried": "B", "Paid": "C", "Unknown": "DE"}


def test_a_column_without_any_stage_is_answered_with_what_it_says():
    with pytest.raises(Problem, match="None of the words in “stage” is a stage \\(blue, red"):
        onboarding.segment(customers(stage=["red", "blue"]))


def test_headings_in_other_words_and_columns_of_ones_own_choice():
    flags = customers(**{"Trial start": ["yes", "no"], "Registered": ["yes", "yes"]})
    assert groups(onboarding.segment(flags)) == {"Tried": "A", "Signed up": "B"}
    assert groups(onboarding.segment(customers(x=[1.0, 0.0], y=[1.0, 1.0]), paid="x", signed_up="y")) == {
        "Paid": "A",
        "Signed up": "B",
    }
