"""Value tiers: weighted parts, each by the share of customers with less of it."""

import numpy as np
import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

value_score = METHODS["value_score"]
PEOPLE = {"revenue": [0.0, 10, 20, 30, 40], "tenure_days": [400.0, 300, 200, 100, 0]}


def scores(people, **weights):
    return value_score(people, **weights).detail["score"].tolist()


def test_a_single_part_scores_by_the_share_of_customers_with_less():
    assert scores(customers(revenue=[5.0, 70.0, 1000.0])) == [0, 500, 1000]
    assert scores(customers(revenue=[5.0, 5.0, 1000.0])) == [0, 0, 1000]


def test_weights_decide_between_parts_that_disagree():
    people = customers(**PEOPLE)
    assert scores(people) == [500] * 5
    assert scores(people, revenue=1, loyalty=0) == [0, 250, 500, 750, 1000]
    assert scores(people, revenue=3, loyalty=1) == [250, 375, 500, 625, 750]


def test_with_every_weight_at_zero_all_parts_count_alike():
    assert scores(customers(**PEOPLE), revenue=0, loyalty=0) == [500] * 5


def test_a_missing_part_is_left_out_and_the_others_weigh_more():
    people = customers(revenue=[0.0, 10, 20], referrals=[np.nan, 0.0, 5.0])
    assert scores(people) == [0, 250, 1000]
    nobody = customers(revenue=[1.0, np.nan])
    assert groups(value_score.segment(nobody))["Unknown"] == "B"


def test_a_part_is_found_by_its_heading_in_the_file():
    assert scores(customers(**{"revenue": [0.0, 10, 20], "Empfehlungen": [9.0, 4, 0]}), revenue=0) == [1000, 500, 0]


def test_the_top_fifth_the_next_three_tenths_and_the_rest():
    people = customers([f"{n}" for n in range(10)], revenue=[float(n) for n in range(10)])
    assert groups(value_score.segment(people)) == {"High value": "89", "Medium value": "567", "Low value": "01234"}


def test_words_cannot_be_weighed():
    with pytest.raises(Problem, match="“referrals” holds no numbers"):
        value_score.segment(customers(revenue=[1.0, 2.0], referrals=["many", "few"]))
