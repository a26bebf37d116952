"""Whether there are groups of customers, and how many: planted ones are found, and none where there are none."""

import numpy as np
import pytest

from segmentation import formats
from segmentation.analysis.groups.chance import one_hump
from segmentation.analysis.groups.quality import quality
from tests.small import customers

RNG = np.random.default_rng(5)
SIZE = 240


def crowd(values: np.ndarray):
    """Customers with these columns, none of them shaped before they are compared."""
    return customers([f"{at:04}" for at in range(len(values))], **{f"x{at}": one for at, one in enumerate(values.T)})


def planted(columns: int) -> np.ndarray:
    corners = np.array([[0.0, 0], [6, 0], [3, 6]])[np.arange(SIZE) % 3]
    return RNG.normal(0, 1, (SIZE, columns)) + np.pad(corners, ((0, 0), (0, columns - 2)))


@pytest.fixture(scope="module")
def three():
    return quality(crowd(planted(2)), transform="standard")


def test_three_planted_groups_are_found_and_said_why(three):
    assert three.best == 3
    best = three.table.set_index("k").loc[3]
    assert best["silhouette"] > best["chance"] + 0.1 and best["stability"] > 0.9
    assert three.table["k"].tolist() == [*range(2, 11)]
    assert three.sentence.startswith("3 groups: customers are clearly nearer to their own group")
    assert three.sample == ""


@pytest.mark.parametrize(
    "values",
    [
        RNG.uniform(0, 1, (SIZE, 2)),
        RNG.normal(0, 1, (SIZE, 2)),
        RNG.uniform(0, 1, (SIZE, 4)),
        RNG.normal(0, 1, (SIZE, 5)) @ RNG.normal(0, 1, (5, 5)),
        RNG.normal(0, 1, (SIZE, 1)),
    ],
    ids=["evenly", "one blob", "evenly in four columns", "a slanted blob", "one column"],
)
def test_where_there_are_no_groups_that_is_said_with_what_to_do_instead(values):
    found = quality(crowd(values), transform="standard", numbers=(2, 3, 4, 6))
    assert found.best is None and found.near == ()
    assert found.sentence.startswith("No reliable groups found: customers shade into each other.")
    assert "Cut by thresholds" in found.sentence


@pytest.mark.parametrize(
    "values",
    [
        RNG.uniform(0, 300, (600, 2)),
        RNG.exponential(100, (600, 2)),
        RNG.lognormal(5, 1, (600, 2)),
        RNG.normal([1000, 100], [100, 10], (600, 2)),
        RNG.uniform(0, 300, (600, 3)),
    ],
    ids=["evenly", "exponentially", "by logarithm", "one blob", "evenly in three columns"],
)
def test_the_tail_that_a_logarithm_makes_of_one_crowd_is_no_group(values):
    assert quality(crowd(values)).best is None


@pytest.mark.parametrize(
    "counts", [[1, 2, 3, 2, 1], [0, 5, 1, 5, 0], [9, 1, 1, 1, 9], [4], [0, 0, 7], [3, 3, 3], [7, 0, 0, 9, 2]]
)
def test_one_hump_is_the_nearest_that_rises_and_falls_once_and_loses_nobody(counts):
    found = one_hump(np.array(counts))
    steps = np.sign(np.diff(found).round(9))
    steps = steps[steps != 0]
    assert (np.diff(steps) <= 0).all() and found.sum() == pytest.approx(sum(counts))
    if (np.diff(np.sign(np.diff(counts))[np.diff(counts) != 0]) <= 0).all():
        assert found.tolist() == counts


def test_the_same_is_said_on_a_second_look_and_whatever_the_order_of_columns():
    values = planted(3)
    first, second = (
        quality(crowd(values), columns, "standard", numbers=(3,)) for columns in (("x0", "x1"), ("x1", "x0"))
    )
    assert first.table.equals(second.table) and first.sentence == second.sentence


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.ones((SIZE, 2)), "all customers are alike here"),
        (np.arange(8.0)[:, None], "there are only 8 customers"),
        (np.ones((1, 1)), "there is only 1 customer."),
        (np.full((SIZE, 1), np.nan), "nobody has a value in each of these columns"),
    ],
    ids=["alike", "few", "one", "unknown"],
)
def test_where_nothing_can_be_compared_a_sentence_says_so(values, said):
    found = quality(crowd(values))
    assert found.best is None and said in found.sentence and len(found.table) == 0


def test_more_groups_than_customers_are_different_are_not_looked_for():
    values = np.repeat(np.array([[0.0], [1.0], [5.0]]), 20, axis=0)
    assert quality(crowd(values), transform="standard").table["k"].tolist() == [2, 3]


def test_a_large_base_is_measured_on_a_sample_and_that_is_said():
    values = np.repeat(np.array([[0.0, 0.0], [9.0, 0.0]]), 1_100, axis=0) + RNG.normal(0, 1, (2_200, 2))
    found = quality(crowd(values), transform="standard", numbers=(2,))
    assert found.best == 2 and found.sample == "Measured on 2,000 of 2,200 customers."


def test_where_all_of_a_group_are_the_same_customer_no_absurd_number_is_shown():
    values = np.array([[10.0, 1.0], [500.0, 7.0], [90.0, 3.0]])[np.arange(60) % 3]
    found = quality(customers([f"{at:02}" for at in range(60)], revenue=values[:, 0], orders=values[:, 1]))
    assert found.best == 3
    measured = found.table.set_index("k")["calinski_harabasz"]
    assert measured[2] < 1e4 and measured[3] == np.inf and formats.whole(measured[3]) == formats.MISSING
