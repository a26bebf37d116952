"""Cooperation as points, and cost to serve by rates."""

import datetime as dt

import numpy as np
import pytest

from segmentation import Customers, Problem
from segmentation.customers.cooperation import (
    Rates,
    cooperation,
    cooperation_parts,
    cost_of,
    economics,
    with_cooperation,
    with_rates,
)
from segmentation.customers.ranks import mean_of, points
from tests.small import customers, table

THREE = customers(tenure_days=[10.0, 20.0, 30.0], recency_days=[10.0, 90.0, 40.0], cycle_days=[30.0, 30.0, np.nan])


def test_the_longest_relationship_has_a_hundred_points_and_the_shortest_none():
    assert cooperation_parts(THREE)["loyalty"].tolist() == [0, 50, 100]


def test_who_keeps_the_own_rhythm_is_reliable_and_who_has_none_is_judged_on_the_rest():
    assert cooperation_parts(THREE)["reliability"].tolist()[:2] == [100, 0]
    assert cooperation(THREE).tolist() == [50, 25, 100]


def test_weights_decide_how_much_each_part_counts():
    assert cooperation(THREE, {"loyalty": 3, "reliability": 1}).tolist() == [25, 37.5, 100]
    assert cooperation(THREE, {"reliability": 0}).tolist() == [0, 50, 100]


def test_a_column_can_say_more_than_the_dates_and_a_minus_turns_it_round():
    people = customers(late_payments=[0.0, 5.0, 2.0], accepted=[1.0, 2.0, 3.0])
    found = cooperation_parts(people, {"reliability": "−late_payments", "cooperation": "accepted"})
    assert {name: values.tolist() for name, values in found.items()} == {
        "cooperation": [0, 50, 100],
        "reliability": [100, 0, 50],
    }


def test_the_note_says_what_the_score_is_made_of_and_is_replaced_with_it():
    once = with_cooperation(THREE, {"loyalty": 3})
    assert once.notes == ("Cooperation is loyalty 75%, reliability 25%, in points 0–100.",)
    assert len(with_cooperation(once, {"reliability": 0}).notes) == 1


@pytest.mark.parametrize(
    ("weights", "columns"),
    [({"charm": 1}, {}), ({"loyalty": -1}, {}), (dict.fromkeys(("loyalty", "cooperation", "reliability"), 0), {}),
     ({"loyalty": "x"}, {}), ({"loyalty": True}, {}), ({"loyalty": 10**400}, {}),
     ({"loyalty": float("nan")}, {}), ({}, {"loyalty": "planet"}), ({}, {"charm": "tenure_days"})],
)  # fmt: skip
def test_weights_and_columns_that_cannot_be_are_refused(weights, columns):
    with pytest.raises(Problem):
        cooperation(THREE, weights, columns)


def test_points_are_places_that_equal_values_share():
    assert points(np.array([5.0, 5, 1, np.nan, 9])).tolist()[:3] == [50, 50, 0]
    assert points(np.array([7.0])).tolist() == [50] and points(np.array([2.0, 2])).tolist() == [50, 50]
    assert np.isnan(mean_of({"a": np.array([np.nan])}, {"a": 1})).all()


# Cost to serve


def served(**more):
    days = [dt.date(2024, 1, day) for day in (1, 1, 5, 9)]
    return Customers.build(
        table(customer_id=["a", "a", "a", "b"], order_id=["1", "1", "2", "3"], date=days, revenue=[10.0] * 4, **more)
    )


def test_rates_per_order_line_visit_and_customer_add_up():
    assert cost_of(served(), Rates(order=1, line=0.1, visit=0.01, customer=5)).tolist() == [7.32, 6.11]


def test_rates_change_the_profit_and_an_own_cost_to_serve_is_given_back_first():
    people = served(cost=[4.0] * 4, cost_to_serve=[1.0] * 4)
    assert people.frame["profit"].tolist() == [15, 5]
    again = with_rates(people, Rates(order=2))
    assert again.frame["cost_to_serve"].tolist() == [4, 2]
    assert again.frame["profit"].tolist() == [14, 4]
    assert again.notes[-1] == "Cost to serve is 2 per order; profit is profit after it."


def test_without_profit_the_cost_to_serve_is_taken_off_revenue():
    again = with_rates(served(), Rates(customer=25))
    assert again.money == "profit" and again.frame["profit"].tolist() == [5, -15]
    assert list(economics(again)) == ["turnover", "cost to serve", "profit"]


@pytest.mark.parametrize("rates", [Rates(order=-1), Rates(line=float("nan"))])
def test_a_rate_below_zero_is_refused(rates):
    with pytest.raises(Problem, match="can be 0 or more"):
        cost_of(served(), rates)


def test_what_cannot_be_counted_is_named():
    with pytest.raises(Problem, match="how many lines"):
        cost_of(customers(revenue=[1.0]), Rates(line=1))
