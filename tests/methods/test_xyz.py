"""XYZ: thirds of customers by variation, or fixed cuts of it."""

import numpy as np
import pytest

from segmentation import METHODS, Customers, Problem
from tests.small import customers, groups, table

xyz = METHODS["xyz"]


def classes(*variation, **thresholds):
    return groups(xyz.segment(customers(revenue_cv=list(variation)), **thresholds))


def test_the_steadiest_third_is_x_and_the_most_variable_third_is_z():
    assert classes(0.9, 0.1, 0.5, 0.2, 1.5, 0.6) == {"X": "BD", "Y": "CF", "Z": "AE"}


def test_equal_variation_is_never_torn_and_stands_on_the_worse_side_of_a_cut():
    assert classes(0.4, 0.4, 0.4, 0.4) == {"Z": "ABCD"}
    assert classes(0.1, 0.2, 0.3, 0.4, 0.4, 0.4) == {"X": "AB", "Y": "C", "Z": "DEF"}


def test_a_variation_equal_to_a_cut_is_in_the_band_above_it():
    assert classes(0.49, 0.5, 0.99, 1.0, by="cv") == {"X": "A", "Y": "BC", "Z": "D"}


def test_fixed_cuts_are_meant_when_they_are_given():
    assert classes(0.15, 0.7, 3.0, x=0.2, y=1.5) == classes(0.15, 0.7, 3.0, by="cv", x=0.2, y=1.5)
    assert classes(0.15, 0.7, 3.0, x=0.2, y=1.5) == {"X": "A", "Y": "B", "Z": "C"}


def test_thirds_are_meant_when_their_shares_are_given():
    assert classes(1.0, 2.0, 3.0, 4.0, steady=0.5, variable=0.75) == {"X": "AB", "Y": "C", "Z": "D"}


def test_too_few_periods_are_unknown_not_steady():
    assert classes(np.nan, 0.2, 0.4, 0.6) == {"X": "B", "Y": "C", "Z": "D", "Unknown": "A"}


def test_months_can_be_taken_instead_of_quarters():
    people = customers(revenue_cv=[0.1, 2.0], revenue_cv_month=[2.0, 0.1])
    assert groups(xyz.segment(people, by="cv", period="M")) == {"X": "B", "Z": "A"}


def test_variation_counts_quarters_without_a_purchase_as_zero():
    days = ["2025-01-15", "2025-04-15", "2025-07-15", "2025-10-15"]
    lines = [*(("steady", day, 100.0) for day in days), ("once", days[0], 400.0), ("twice", days[0], 200.0)]
    ids, dates, revenue = zip(*lines, ("twice", days[2], 200.0), strict=True)
    people = Customers.build(
        table(customer_id=list(ids), date=np.array(dates, "datetime64[D]"), revenue=list(revenue)), as_of="2025-12-31"
    )
    variation = people.frame["revenue_cv"]
    assert variation["steady"] == 0
    assert variation["once"] == pytest.approx(2)  # 400 0 0 0: mean 100, sample deviation 200
    assert variation["twice"] == pytest.approx(np.sqrt(4 / 3))  # 200 0 200 0: sample deviation √(40 000 / 3)
    assert groups(xyz.segment(people, x=0.5, y=1.5)) == {"X": "steady", "Y": "twice", "Z": "once"}


def test_x_cannot_end_above_y():
    with pytest.raises(Problem, match=r"x \(1\.2\) is above y \(1\): thresholds cannot cross"):
        classes(0.1, by="cv", x=1.2)


@pytest.mark.parametrize("times", [1, 3, 1000, 0.1])
def test_who_bought_once_in_one_of_five_quarters_stands_with_the_others_whatever_the_currency(times):
    amounts = [83.97, 138.45, 53.99, 12.5, 207.56, 19.99, 71.03, 2316.97, 34.98, 120.0, 2.29, 45.5]
    once = [(f"T{at:02}", f"2024-{8 if at % 2 == 0 else 2:02}-15", amount) for at, amount in enumerate(amounts)]
    steady = [(f"S{at}", f"2024-{month:02}-10", 100.0 + at) for at in range(6) for month in (2, 5, 8, 11)]
    ids, days, revenue = zip(*once, *steady, *((f"S{at}", "2025-02-10", 101.0) for at in range(6)), strict=True)
    money = [round(amount * times, 4) for amount in revenue]
    people = Customers.build(table(customer=list(ids), date=np.array(days, "datetime64[D]"), revenue=money))
    labels = xyz.segment(people).astype("str")
    assert set(labels[labels.index.str.startswith("T")]) == {"Z"}
