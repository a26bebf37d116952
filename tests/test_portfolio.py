"""Profit now against potential: four sectors, their lines, and what the picture draws."""

import numpy as np
import pandas as pd
import pytest
from small import customers, groups

from segmentation import METHODS, Problem
from segmentation.portfolio import line_stops, lines, nice, points, sample, sectors
from segmentation.summary import summarise

FOUR = customers(revenue=[100.0, 90.0, 10.0, 5.0], profit=[50.0, 40.0, -5.0, 1.0], potential=[80.0, 10.0, 60.0, 20.0])


def test_profit_now_and_potential_make_four_sectors():
    expected = {"Invest": "A", "Harvest": "B", "Develop": "C", "Let go": "D"}
    assert groups(sectors(FOUR, 30, 50).labels()) == expected


def test_a_customer_on_a_line_is_on_its_better_side():
    assert groups(sectors(FOUR, 50, 80).labels()) == {"Invest": "A", "Let go": "BCD"}


def test_a_customer_whose_profit_or_potential_is_missing_is_unknown():
    people = customers(revenue=[1.0, 1.0], profit=[np.nan, 1.0], potential=[1.0, np.nan])
    assert groups(sectors(people, 0, 0).labels()) == {"Unknown": "AB"}


def test_revenue_stands_in_where_no_profit_is_known():
    people = customers(revenue=[10.0, 1.0], potential=[5.0, 5.0])
    assert groups(sectors(people, 5, 5).labels()) == {"Invest": "A", "Develop": "B"}


def test_without_potential_the_answer_is_a_sentence():
    with pytest.raises(Problem, match="potential"):
        sectors(customers(revenue=[1.0]), 0, 0)


def test_the_lines_start_at_the_average_customer():
    assert lines(FOUR, {}) == (22.0, 42.0)  # 21.5 and 42.5 to two digits


@pytest.mark.parametrize(
    ("value", "rounded"), [(1234, 1200), (-0.0678, -0.068), (0, 0), (float("nan"), 0), (float("inf"), 0)]
)
def test_a_line_stands_at_a_number_one_can_say(value, rounded):
    assert nice(value) == rounded


def test_the_stops_of_a_line_cover_all_customers_in_order():
    people = customers([f"{i:03}" for i in range(500)], revenue=np.arange(500) - 50.0)
    stops = line_stops(people, "revenue")
    assert stops == sorted(set(stops)) and 0 in stops and len(stops) <= 102
    assert stops[0] <= -49 and stops[-1] >= 440


def test_the_sample_is_small_and_holds_the_most_and_the_least_profitable():
    rng = np.random.default_rng(3)
    profit = rng.normal(0, 100, 3000).round(2)
    profit[5] = np.nan
    people = customers([f"{i:04}" for i in range(3000)], profit=profit, potential=rng.random(3000))
    rows = sample(people)
    order = np.argsort(np.where(np.isnan(profit), 0, profit))
    assert {*order[:10], *order[-10:]} <= set(rows)
    assert len(rows) <= 440


def test_the_picture_draws_customers_and_segments_at_their_average():
    result = METHODS["abc_classes"](FOUR)
    found = pd.DataFrame(points(result, summarise(result)))
    assert found["kind"].tolist() == ["customer"] * 4 + ["segment"] * 3
    a = found[(found["kind"] == "segment") & (found["name"] == "A")].iloc[0]
    assert (a["x"], a["y"], a["size"], a["customers"]) == (45, 45, 190, 2)


def test_a_file_with_profit_alone_can_be_drawn():
    people = customers(profit=[5.0, 3.0], potential=[1.0, 2.0], recency_days=[1.0, 500.0])
    result = METHODS["lifecycle"](people)
    found = pd.DataFrame(points(result, summarise(result)))
    assert found["size"].tolist() == [5, 3, 5, 3]
