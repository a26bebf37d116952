"""Any two methods crossed."""

import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

cross = METHODS["cross"]
PEOPLE = {"revenue": [80.0, 15, 5], "recency_days": [1.0, 100, None], "orders": [1, 5, 5]}


def test_every_pair_is_a_segment_and_unknown_in_one_is_unknown_in_both():
    labels = cross.segment(customers(**PEOPLE))
    assert groups(labels) == {"A × Active": "A", "B × Inactive": "B", "Unknown": "C"}
    assert len(labels.cat.categories) == 13


def test_each_method_can_bring_its_own_thresholds():
    second = {"method": "lifecycle", "step": 6}
    assert groups(cross.segment(customers(**PEOPLE), second=second))["B × Active"] == "B"


def test_rules_and_scores_can_be_crossed_too():
    rows = {"method": "rules", "rules": "orders >= 3 -> Often; else -> Seldom"}
    assert groups(cross.segment(customers(**PEOPLE), second=rows)) == {
        "A × Seldom": "A",
        "B × Often": "B",
        "C × Often": "C",
    }


def test_what_one_of_the_two_lacks_is_said():
    with pytest.raises(Problem, match="needs days since last order"):
        cross.segment(customers(revenue=[1.0]))


def test_more_segments_than_anybody_can_treat_are_refused():
    people = customers(**PEOPLE, region=list("abc"))
    with pytest.raises(Problem, match="would make 121 segments"):
        cross.segment(people, first="rfm", second="rfm")
