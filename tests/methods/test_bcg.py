"""BCG on customers: size of revenue by growth of revenue."""

import numpy as np
import pytest

from segmentation import METHODS, Customers, Problem
from segmentation.methods.bcg import base_growth
from tests.small import customers, groups

bcg = METHODS["bcg"]


def matrix(revenue, before, recent):
    before, recent = np.array(before, float), np.array(recent, float)
    growth = np.divide(recent, before, out=np.full(len(before), np.nan), where=before > 0) - 1
    return customers(revenue=revenue, revenue_before=before, revenue_recent=recent, growth=growth)


FOUR = matrix([60, 30, 6, 4], [20, 20, 2, 3], [40, 10, 4, 1])


def test_large_or_small_by_growing_or_not():
    assert groups(bcg.segment(FOUR)) == {"Stars": "A", "Cash cows": "B", "Dark horses": "C", "Dogs": "D"}


def test_the_names_stand_in_a_fixed_order():
    assert list(bcg.segment(FOUR).cat.categories) == ["Stars", "Cash cows", "Dark horses", "Dogs"]


def test_a_new_customer_grows_and_is_marked_but_not_infinite():
    result = bcg(matrix([90, 8, 2], [45, 0, 0], [45, 8, 2]))
    assert groups(result.labels()) == {"Stars": "A", "Dark horses": "BC"}
    assert result.detail["new"].tolist() == [False, True, True]


def test_a_customer_with_nothing_in_either_half_does_not_grow():
    assert groups(bcg.segment(matrix([100, 0], [50, 0], [50, 0]))) == {"Stars": "A", "Dogs": "B"}


def test_a_customer_whose_growth_nobody_can_know_is_unknown():
    assert groups(bcg.segment(matrix([100, 50], [50, np.nan], [50, 9]))) == {"Stars": "A", "Unknown": "B"}
    people = customers(revenue=[100.0, 50.0], growth=[np.nan, 0.1])
    assert groups(bcg.segment(people)) == {"Stars": "B", "Unknown": "A"}


def test_growth_is_high_from_the_cut_on():
    people = matrix([10, 10, 10], [4, 4, 4], [5, 6, 3])  # +25 %, +50 %, −25 %
    assert groups(bcg.segment(people, growth=0.25, size=0.99)) == {"Stars": "AB", "Cash cows": "C"}
    assert groups(bcg.segment(people, growth=0.5, size=0.99)) == {"Stars": "B", "Cash cows": "AC"}
    assert groups(bcg.segment(people, growth=-0.25, size=0.99)) == {"Stars": "ABC"}


def test_growth_can_be_measured_against_the_base():
    people = matrix([50, 40, 10], [100, 100, 100], [150, 110, 130])
    assert base_growth(people) == pytest.approx(0.3)
    assert groups(bcg.segment(people, growth_by="base")) == {"Stars": "A", "Cash cows": "B", "Dark horses": "C"}


def test_large_can_be_a_share_of_customers_or_an_amount():
    people = matrix([50, 40, 30, 20, 10], [1] * 5, [2] * 5)
    assert groups(bcg.segment(people, top=0.4)) == {"Stars": "AB", "Dark horses": "CDE"}
    assert groups(bcg.segment(people, amount=30)) == {"Stars": "ABC", "Dark horses": "DE"}
    assert groups(bcg.segment(people, size=0.5)) == {"Stars": "AB", "Dark horses": "CDE"}


def test_growth_without_its_halves_is_enough_unless_the_base_is_asked_for():
    people = Customers(FOUR.frame[["revenue", "growth"]])
    assert bcg.segment(people).equals(bcg.segment(FOUR))
    with pytest.raises(Problem, match="Revenue, earlier half"):
        bcg.segment(people, growth_by="base")


def test_growth_exactly_on_the_cut_is_high_however_it_was_computed():
    people = customers(
        revenue=[571.2, 10.0], revenue_before=[408.0, 5.0], revenue_recent=[163.2, 5.0], growth=[163.2 / 408 - 1, 0.0]
    )
    assert groups(METHODS["bcg"].segment(people, growth=-0.6))["Stars"] == "A"
