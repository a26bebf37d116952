"""Fewer segments: the least different are joined first, nothing is lost twice, and everybody stays in."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers
from segmentation.analysis.fewer import fewer, sentence, shortest
from tests.small import customers


@pytest.fixture(scope="module")
def shop() -> Customers:
    """Four regions: two large alike, two small alike."""
    rng = np.random.default_rng(4)
    region = np.array(["North", "East", "South", "West"])[np.arange(400) % 4]
    revenue = np.where(np.isin(region, ["North", "South"]), 1000.0, 100.0) + rng.uniform(0, 50, 400).round(2)
    return customers([f"{at:03}" for at in range(400)], region=region, revenue=revenue)


def test_those_who_bring_alike_are_joined_first_and_then_nothing_is_lost(shop: Customers) -> None:
    steps = fewer(METHODS["attribute"](shop, column="region"))
    assert [len(one.groups) for one in steps] == [4, 3, 2]
    assert {frozenset(names) for names in steps[-1].groups} == {
        frozenset(("North", "South")),
        frozenset(("East", "West")),
    }
    assert shortest(steps) is steps[-1] and steps[-1].explained == pytest.approx(0.75, abs=0.01)  # ranks in two halves
    assert sentence(steps, steps[-1], "revenue").endswith("hardly anything is lost.")
    assert sentence(steps, steps[0], "revenue").startswith("These 4 segments explain 75%")


def test_what_segments_explain_is_the_share_of_variance_of_ranks(shop: Customers) -> None:
    made = METHODS["attribute"](shop, column="region")
    ranks = shop.frame["revenue"].rank()
    means = ranks.groupby(made.codes).transform("mean")
    assert fewer(made)[0].explained == pytest.approx(means.var() / ranks.var())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 99)), min_size=2, max_size=40))
def test_at_each_step_one_less_explains_no_more_and_nobody_is_lost(rows: list[tuple[int, int]]) -> None:
    kinds, amounts = zip(*rows, strict=True)
    people = customers(
        [f"{at:02}" for at in range(len(rows))], kind=[f"k{one}" for one in kinds], revenue=np.array(amounts, float)
    )
    made = METHODS["attribute"](people, column="kind", others=0.0)
    steps = fewer(made)
    assert [len(one.groups) for one in steps] == list(range(len(set(kinds)), min(len(set(kinds)), 2) - 1, -1))
    for before, after in pairwise(steps):
        assert sum(after.customers) == len(rows)
        assert sorted(name for names in after.groups for name in names) == sorted(made.names)
        assert before.explained is None or after.explained <= before.explained + 1e-6


def test_where_segments_explain_nothing_that_is_said() -> None:
    people = customers(region=["a", "b"] * 20, revenue=[float(at // 2) for at in range(40)])
    steps = fewer(METHODS["attribute"](people, column="region"))
    assert "nothing is lost with fewer" in sentence(steps, steps[-1], "revenue")
    nothing = fewer(METHODS["attribute"](customers(region=["a", "b", "c"]), column="region"))
    assert sentence(nothing, nothing[-1], "revenue") == "2 segments instead of 3."
