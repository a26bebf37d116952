"""Concentration: the Pareto curve, the balance check and the whale curve."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.pareto import balance, curve, parts, reach, whale
from tests.small import customers


def test_the_curve_runs_from_nothing_to_everything_largest_first():
    points = curve(customers(revenue=[1.0, 6.0, 3.0]), "revenue")
    assert points["share_of_customers"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert points["share_of_total"].tolist() == pytest.approx([0, 0.6, 0.9, 1])


def test_the_curve_of_many_customers_stays_small_and_true():
    revenue = np.sort(np.random.default_rng(1).pareto(1.2, 50_000).round(2))[::-1]
    points = curve(customers([f"{i:05}" for i in range(50_000)], revenue=revenue), "revenue")
    assert len(points) <= 260
    at = np.rint(points["share_of_customers"] * 50_000).astype(int)
    exact = np.concatenate(([0.0], np.cumsum(revenue)))[at] / revenue.sum()
    assert np.allclose(points["share_of_total"], exact, rtol=0, atol=1e-12)


def test_every_whole_per_cent_says_how_many_customers_abc_takes_in():
    people = customers(revenue=[50.0, 20.0, 20.0, 5.0, 3.0, 2.0, 0.0, -4.0])
    found = reach(people, "revenue")
    assert found[[0, 50, 51, 70, 80, 95, 96, 100]].tolist() == [0, 1, 2, 2, 3, 4, 5, 6]
    for percent in range(5, 100):
        taken = METHODS["abc_classes"](people, a=percent / 100, b=0.99).counts[0]
        assert found[percent] == taken


@pytest.mark.parametrize(
    ("revenue", "share", "verdict"),
    [
        ([800.0, 50, 50, 50, 10, 10, 10, 10, 5, 5], 0.10, "dependent on a few"),
        ([700.0, 100, 50, 50, 50, 10, 10, 10, 10, 10], 0.20, "balanced"),
        ([10.0] * 10, 0.80, "spread thin"),
        ([10.0] * 5, 0.80, "too few customers to judge"),
    ],
)
def test_the_balance_check_says_whether_a_few_bring_it_all(revenue, share, verdict):
    found = balance(customers(revenue=revenue), "revenue")
    assert (found.share_for_80, found.verdict) == (pytest.approx(share), verdict)


def test_the_largest_and_the_ten_largest_are_shares_of_what_comes_in():
    found = balance(customers(revenue=[50.0, *[5.0] * 10, -20.0]), "revenue")
    assert (found.top_1, found.top_10) == (0.5, 0.95)


def test_without_anything_coming_in_no_share_is_claimed():
    losing = customers(revenue=[0.0, -1.0])
    assert balance(losing, "revenue") is None
    assert curve(losing, "revenue")["share_of_total"].tolist() == [0, 0, 0]


def test_the_whale_rises_above_the_total_and_falls_back():
    found = whale(customers(revenue=[1.0] * 5, profit=[80.0, 40.0, 20.0, -10.0, -30.0]))
    assert (found.peak, found.at, found.total, found.erosion, found.peak_share) == (140, 3, 100, 40, 1.4)
    assert found.curve["cumulative"].tolist() == [0, 80, 120, 140, 130, 100]
    assert found.curve["share_of_total"].max() == 1.4


def test_a_whale_that_loses_money_is_told_in_money_not_in_per_cent():
    found = whale(customers(revenue=[1.0] * 3, profit=[10.0, -20.0, -30.0]))
    assert (found.peak, found.at, found.total, found.peak_share) == (10, 1, -40, None)
    assert found.curve["share_of_total"].isna().all()


def test_the_parts_of_segments_follow_each_other_along_the_curve():
    found = parts(METHODS["abc_classes"](customers(revenue=[85.0, 10.0, 3.0, 2.0, np.nan])), "revenue")
    assert found["segment"] == ["A", "B", "C", "Unknown"]
    assert found["x1"] == pytest.approx([0.2, 0.4, 0.8, 1])
    assert found["y1"] == pytest.approx([0.85, 0.95, 1, 1])
    assert found["x0"] == [0, *found["x1"][:-1]] and found["y0"] == [0, *found["y1"][:-1]]


def test_the_balance_check_is_of_those_with_a_value_and_says_of_how_many():
    found = balance(customers(profit=[700.0, 100, 50, 50, 50, 10, 10, 10, 10, 10, *[np.nan] * 10]), "profit")
    assert (found.share_for_80, found.people) == (0.2, "the 10 customers with a known value")
    assert balance(customers(profit=[7.0, 1.0]), "profit").people == "customers"


def test_parts_of_losses_and_nothing_stand_at_the_foot_of_the_curve():
    for revenue in ([0.0, 0.0, 0.0], [0.0, -1.0, -5.0], [-2.0, -1.0, -5.0]):
        found = parts(METHODS["abc_classes"](customers(revenue=revenue)), "revenue")
        assert found["y0"] == found["y1"] == [0.0] * 3 and found["x1"][-1] == 1.0
