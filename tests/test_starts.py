"""Starting thresholds come from the data, say why, and are only offered."""

import laws
import numpy as np
import pytest
from hypothesis import given, settings
from small import customers

from segmentation import METHODS
from segmentation.starts import natural_breaks, suggest

each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


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


@each_method
@settings(max_examples=5, deadline=None)
@given(people=laws.customers())
def test_whatever_is_offered_can_be_taken(method, people):
    offered = suggest(method, people)
    assert all(why for _, why in offered.values())
    laws.everybody_once(method(people, **{name: value for name, (value, _) in offered.items()}))
