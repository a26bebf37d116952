"""An attribute: the values of a column, rare ones gathered; numbers in groups."""

import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

attribute = METHODS["attribute"]
NUMBERED = [f"{n:05}" for n in range(50_000)]


def test_the_most_frequent_value_comes_first_and_rare_ones_are_gathered():
    people = customers(region=["South"] * 5 + ["North"] * 4 + ["East", None])
    labels = attribute.segment(people, others=0.2)
    assert list(labels.cat.categories) == ["South", "North", "Other", "Unknown"]
    assert groups(labels) == {"South": "ABCDE", "North": "FGHI", "Other": "J", "Unknown": "K"}
    assert attribute.segment(people, others=0.0).cat.categories.tolist() == ["South", "North", "East", "Unknown"]


def test_a_value_called_like_our_own_words_keeps_a_name_of_its_own():
    people = customers(plan=["Other", "Other", "Unknown", "free"])
    assert groups(attribute.segment(people, column="plan", others=0.3)) == {"Other (value)": "AB", "Other": "CD"}


def test_numbers_are_cut_into_groups_of_equally_many_or_by_edges():
    people = customers([f"{n:02}" for n in range(20)], income=[float(n) for n in range(20)])
    counts = attribute.segment(people, column="income", parts="4").value_counts(sort=False)
    assert counts.to_dict() == {"under 5": 5, "5–9": 5, "10–14": 5, "15 and over": 5}
    by_edges = attribute.segment(people, column="income", edges=(2, 18)).value_counts(sort=False)
    assert by_edges.to_dict() == {"under 2": 2, "2–17": 16, "18 and over": 2}


def test_a_few_different_numbers_are_values_of_their_own():
    assert groups(attribute.segment(customers(rooms=[2.0, 2, 3]), column="rooms")) == {"2": "AB", "3": "C"}


def test_a_column_of_single_customers_is_answered_with_how_many_values_it_has():
    people = customers(NUMBERED, email=[f"{n}@x" for n in NUMBERED], revenue=[1.0] * 50_000)
    with pytest.raises(Problem, match="“email” has 50,000 different values"):
        attribute.segment(people, column="email")


def test_an_empty_column_is_said_to_be_empty():
    with pytest.raises(Problem, match="“region” is empty for every customer: choose another column"):
        attribute.segment(customers(region=[None, None], revenue=[1.0, 2.0]), column="region")


def test_it_says_which_column_it_takes_where_none_is_chosen():
    people = customers(revenue=[1.0, 2, 3], note=["a", "a", "a"], region=["North", "South", None])
    assert METHODS["attribute"].first(people, METHODS["attribute"].defaults) == ["region"]
    assert METHODS["attribute"].segment(people).equals(METHODS["attribute"].segment(people, column="region"))
    assert METHODS["ages"].first(people, METHODS["ages"].defaults) == []
