"""ABC: A brings 80 %, B the next 15 %, C the rest; who crosses a cut is still inside."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

abc = METHODS["abc_classes"]


def classes(*revenue, **thresholds):
    return groups(abc.segment(customers(revenue=list(revenue)), **thresholds))


def test_the_customer_who_crosses_a_cut_belongs_to_the_better_class():
    assert classes(50, 20, 20, 5, 3, 2) == {"A": "ABC", "B": "D", "C": "EF"}  # before them: 0 50 70 | 90 | 95 98


def test_a_customer_who_begins_exactly_at_a_cut_belongs_to_the_next_class():
    assert classes(80, 15, 5) == {"A": "A", "B": "B", "C": "C"}


def test_one_customer_of_more_than_80_percent_is_an_a_and_not_nobody():
    assert classes(85, 5, 5, 5) == {"A": "A", "B": "BC", "C": "D"}


def test_a_single_customer_is_an_a():
    assert classes(7) == {"A": "A"}


def test_returns_and_losses_are_c_and_take_nothing_from_the_total():
    assert classes(80, 20, 0, -60) == {"A": "A", "B": "B", "C": "CD"}


def test_without_any_positive_value_everybody_is_c():
    assert classes(0, -1, -1) == {"C": "ABC"}


def test_a_missing_value_is_unknown_and_counted():
    assert classes(80, np.nan, 20) == {"A": "A", "B": "C", "Unknown": "B"}


def test_sums_of_cents_do_not_drift_across_a_cut():
    tenths = [0.1] * 10
    assert classes(*tenths, a=0.3, b=0.6) == {"A": "ABC", "B": "DEF", "C": "GHIJ"}


def test_equal_customers_are_parted_by_customer_id_however_many_they_are():
    labels = abc.segment(customers(revenue=[1.0] * 300), a=0.5, b=0.9)
    assert labels.tolist() == ["A"] * 150 + ["B"] * 120 + ["C"] * 30


def test_any_number_column_can_be_ranked():
    people = customers(revenue=[9.0, 1.0], orders=[1, 9])
    assert groups(abc.segment(people, value="orders", a=0.5, b=0.95)) == {"A": "B", "B": "A"}


def test_the_series_says_best_first():
    labels = abc.segment(customers(revenue=[5.0, 3.0, 1.0]))
    assert labels.name == "segment" and labels.index.name == "customer_id"
    assert list(labels.cat.categories) == ["A", "B", "C"] and labels.min() == "A"


def test_a_column_of_words_is_refused_by_name():
    people = customers(revenue=[1.0], region=["North"])
    with pytest.raises(Problem, match="no number column “region” in this file: choose from Revenue"):
        abc.segment(people, value="region")
    assert (abc.segment(people, value="Revenue") == abc.segment(people, value="revenue")).all()
