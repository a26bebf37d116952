"""Starting thresholds come from the data, say why, and are only offered."""

import numpy as np
import pytest
from hypothesis import given, settings

from segmentation import METHODS
from segmentation.analysis.thresholds.suggestions import suggest
from tests import laws
from tests.laws import each_method
from tests.small import customers


def test_edges_come_from_gaps_and_from_shares_where_a_few_are_far_larger():
    people = customers(tenure_days=[1.0, 2, 3, 50, 51, 52, 200, 201])
    assert suggest(METHODS["tenure"], people)["edges"][0] == (50.0, 200.0)
    lopsided = customers(revenue=[1.0, 2, 3, 4, 5, 6, 7, 8, 9000])
    value, why = suggest(METHODS["volume_bands"], lopsided)["edges"]
    assert "equal numbers of customers" in why
    assert METHODS["volume_bands"].segment(lopsided, edges=value).value_counts().tolist() == [3, 3, 3]


def test_the_business_cycle_gives_the_life_cycle_step():
    people = customers(recency_days=[1.0, 5, 9], tenure_days=[90.0, 90, 90], cycle_days=[40.0, 45, np.nan])
    assert suggest(METHODS["lifecycle"], people)["step"][0] == 3  # two cycles of 42.5 days
    assert suggest(METHODS["new_churn"], people)["months"][0] == 3


def test_growth_is_high_above_that_of_the_base():
    people = customers(revenue=[150.0, 90], growth=[0.5, -0.2], revenue_before=[100.0, 100], revenue_recent=[150.0, 80])
    assert suggest(METHODS["bcg"], people)["growth"][0] == 0.15


def test_a_pareto_curve_is_cut_where_it_bends():
    people = customers(revenue=[40.0, 40, 4, 4, 4, 4, 1, 1, 1, 1])
    found = suggest(METHODS["abc_classes"], people)
    assert (found["a"][0], found["b"][0]) == (0.8, 0.96)  # two bring 80 of 100; the last four bring 4
    assert "20% of customers bring it" in found["a"][1] and "last 40% of customers" in found["b"][1]
    assert suggest(METHODS["vip"], people)["share"][0] == 0.2
    assert suggest(METHODS["bcg"], people.with_column("growth", np.zeros(10)), {"size_by": "top"})["top"][0] == 0.2


def test_the_numbers_of_rules_go_where_their_columns_part():
    people = customers(revenue=[1.0, 2, 3, 4, 50, 60], orders=[1, 1, 1, 9, 9, 9])
    value, why = suggest(METHODS["rules"], people, {"rules": "revenue >= 7 and orders > 2 -> Top; else -> Rest"})[
        "rules"
    ]
    assert value[0]["when"] == "revenue >= 50 and orders > 9" and value[1]["when"] == ""
    assert "revenue 7 becomes 50" in why


def test_a_crossing_is_offered_what_both_its_methods_are():
    people = customers(
        revenue=[40.0, 40, 4, 4, 4, 4, 1, 1, 1, 1],
        recency_days=[9.0] * 10,
        cycle_days=[40.0] * 10,
        tenure_days=[99.0] * 10,
    )
    found = suggest(METHODS["cross"], people)
    assert found["first"][0] == {"method": "abc_classes", "a": 0.8, "b": 0.96}
    assert found["second"][0] == {"method": "lifecycle", "step": 3}


def test_rhythm_gives_the_edges_of_recency_and_silence():
    silent = np.arange(1.0, 11)
    people = customers(recency_days=silent * 10, cycle_days=[10.0] * 10, orders=[1] * 5 + [4] * 5, revenue=silent)
    assert suggest(METHODS["rfm"], people)["recency"][0] == (10, 20, 30)
    found = suggest(METHODS["sleepers"], people, {"lost": 20.0})
    assert [found[name][0] for name in ("asleep", "lost")] == [8.0, 10.0]


def test_a_repeat_customer_is_one_of_whom_most_order_once_more():
    people = customers(orders=[1, 2, 2, 2, 3, 4, 4, 5])  # of 7 with two 4 ordered again
    value, why = suggest(METHODS["repeat"], people)["orders"]
    assert value == 2 and "57%" in why


def test_values_that_are_rare_are_those_that_could_not_be_told_apart():
    regions = [
        letter for letter, count in zip("abcdefghij", (9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True) for _ in range(count)
    ]
    others = suggest(METHODS["attribute"], customers(revenue=[1.0] * 46, region=regions))["others"][0]
    names = METHODS["attribute"](customers(revenue=[1.0] * 46, region=regions), others=others).names
    assert names == (*"abcdefg", "Other")


@pytest.mark.parametrize("cuts", [(50.0,), (50.0, 90.0)])
def test_nine_fields_are_offered_two_amounts_an_axis_and_four_are_offered_one(cuts):
    people = customers(profit=[1.0, 2, 50, 51, 200, 201], potential=[5.0, 6, 70, 71, 300, 301])
    found = suggest(METHODS["portfolio"], people, {"lines": "amounts", "profit": cuts, "potential": cuts})
    assert {len(found[name][0]) for name in ("profit", "potential")} == {len(cuts)}


@each_method
@settings(max_examples=5)
@given(people=laws.customers())
def test_whatever_is_offered_can_be_taken(method, people):
    offered = suggest(method, people)
    assert all(why for _, why in offered.values())
    laws.everybody_once(method(people, **{name: value for name, (value, _) in offered.items()}))
