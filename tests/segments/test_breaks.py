"""What an ordering says of where to cut it."""

import numpy as np
import pytest

from segmentation.segments.breaks import natural_breaks, usual_cycle, values_at
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
