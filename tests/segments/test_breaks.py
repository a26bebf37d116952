"""What an ordering says of where to cut it."""

import numpy as np
import pytest

from segmentation.segments.breaks import ALIKE, gaps, natural_breaks, usual_cycle, values_at
from tests.small import customers


def test_natural_breaks_lie_in_the_gaps():
    values = np.sort(np.array([1.0, 2, 3, 50, 51, 52, 200, 201]))
    assert natural_breaks(values, 3) == (50.0, 200.0)
    assert natural_breaks(np.ones(5), 3) == ()


def test_the_best_of_all_partitions_is_found():
    values = np.sort(np.random.default_rng(3).lognormal(0, 1, 12))

    def cost(cuts):
        return sum(((part - part.mean()) ** 2).sum() for part in np.split(values, np.searchsorted(values, cuts)))

    best = min(cost((a, b)) for a in values[1:] for b in values[1:] if a < b)
    assert cost(natural_breaks(values, 3)) == pytest.approx(best)


def test_the_usual_cycle_is_the_median_of_those_that_have_one():
    assert usual_cycle(customers(cycle_days=[0.0, np.nan, 10, 20, 40])) == 20
    assert usual_cycle(customers(cycle_days=[0.0, np.nan])) is None
    assert usual_cycle(customers(revenue=[1.0])) is None


def test_a_place_to_cut_is_a_value_that_somebody_has():
    assert values_at(np.array([1.0, 2, 4, 8]), (0.4, 0.5)) == (4.0, 4.0)
    assert values_at(np.array([]), (0.5,)) == ()


LOPSIDED = [0.0, *map(float, range(1, 10)), 40, 90, 200, 400, 800]


@pytest.mark.parametrize(
    ("values", "cuts", "at", "why"),
    [
        (LOPSIDED, 1, (200,), "leaves the largest fifth of customers above"),
        (LOPSIDED, 2, (5, 40), "parts equal numbers of customers"),
        ([-1.0, *LOPSIDED[1:]], 1, (400,), ALIKE),  # shares mean nothing where somebody brings less than nothing
        ([1.0, 1, 1, 1, 8.5], 1, (8.5,), "leaves the largest fifth of customers above"),  # their mean is 2.5 medians
        ([1.0, 1, 1, 1, 5], 1, (5,), ALIKE),
        ([1.0, 2, 3, 50, 51, 52], 1, (50,), ALIKE),
        ([10.0, 11, 12, 50, 51, 52], 1, (50,), ALIKE),
        ([0.0] * 6 + [10.0] * 4, 1, (10,), "leaves the largest fifth of customers above"),
    ],
)
def test_lopsided_values_are_parted_by_number_of_customers_and_others_where_they_are_apart(values, cuts, at, why):
    found = gaps(customers(revenue=values).ranked("revenue"), cuts)
    assert found[0] == at and why in found[1]


def test_too_few_different_values_offer_no_cuts():
    assert gaps(customers(revenue=[5.0] * 4).ranked("revenue"), 1) is None
    assert gaps(customers(revenue=[np.nan]).ranked("revenue"), 1) is None
