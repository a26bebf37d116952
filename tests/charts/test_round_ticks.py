"""An axis that narrows has round numbers on it, spread so that one can read where a line stands."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.thresholds.grid import grid_of
from segmentation.analysis.thresholds.places import orderings
from segmentation.charts.scales import round_ticks
from tests.small import customers


@pytest.mark.parametrize(
    ("scale", "unit", "ends", "whole", "expected"),
    [
        ("log", 1, [78, 560_000], False, [100, 1000, 10_000, 100_000, 500_000]),
        ("log", 1, [20, 60], False, [20, 50]),
        ("symlog", 0.15, [0, 43], False, [0, 1, 2, 5, 10, 20]),
        ("symlog", 20, [-5000, 30_000], False, [-1000, -100, 0, 100, 1000, 10_000]),
        ("symlog", 1, [1, 72], True, [1, 2, 5, 10, 20, 50]),
        ("linear", 1, [2, 4], True, [2, 3, 4]),
    ],
)
def test_numbers_are_round_and_apart(scale, unit, ends, whole, expected):
    values = round_ticks(scale, unit, ends, 8, whole=whole)["values"]
    assert set(expected) <= set(values)
    assert all(float(f"{value:.0e}") == value for value in values), "one digit, then zeros"


def test_an_even_axis_is_left_to_choose_its_own():
    assert round_ticks("linear", 1, [0, 1000], 8) == {"tickCount": 8}


def grid(values):
    people = customers(revenue=np.array(values, float))
    return grid_of(people, orderings(METHODS["volume_bands"](people))[0])


def test_those_who_bring_something_are_told_apart_however_many_bring_nothing():
    few = np.geomspace(5, 30_000, 100).round(2)
    assert grid([0.0] * 300 + few.tolist()).scale == "symlog"
    assert len([value for value in grid([0.0] * 300 + few.tolist()).values if 0 < value < 100]) > 20


def test_of_counts_the_small_ones_have_the_room_where_a_few_customers_have_many():
    many_once = [1.0] * 50 + [2.0] * 30 + [5.0] * 15 + [20.0] * 4 + [70.0] * 3
    assert grid(many_once).scale == "symlog"
    even = np.arange(16.0, 91.0)
    assert grid(even).scale == "linear", "as ages are"
