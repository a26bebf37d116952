"""A threshold that cuts elsewhere with new data is told of, and one that cuts nobody off; one that was moved is not."""

import numpy as np
import pandas as pd
import pytest

from segmentation import METHODS, Customers
from segmentation.analysis.thresholds.drifted import cutting, in_words


def people(recency):
    frame = pd.DataFrame(
        {"revenue": 1.0, "recency_days": np.asarray(recency, float)}, index=map(str, range(len(recency)))
    )
    return Customers(frame)


def cut(recency, step):
    method = METHODS["lifecycle"]
    values = method.complete({"step": step})
    return cutting(method, values, method(people(recency), **values))


@pytest.fixture
def then():
    return cut([*range(1, 51), *range(300, 350)], 3)


def test_a_line_has_its_words_its_value_and_the_share_of_the_customers_above_it(then):
    [(name, share)] = then.items()
    assert name.endswith("3 months") and share == 0.5


def test_what_stands_as_it_did_is_not_told(then):
    assert in_words(then, then) == []
    assert in_words(then, cut([*range(1, 50), *range(300, 351)], 3)) == []


def test_a_line_that_cuts_elsewhere_is_told_with_both_shares(then):
    [said] = in_words(then, cut([*range(1, 91), *range(300, 310)], 3))
    assert said.endswith("no longer cuts where it did: 10% of customers are above it (was 50%).")


def test_a_line_that_everybody_is_on_one_side_of_no_longer_cuts(then):
    [said] = in_words(then, cut(range(1, 51), 3))
    assert said.endswith("no longer cuts: all customers are on one side of it (then 50% were above it).")


def test_a_line_that_was_moved_meanwhile_is_not_compared(then):
    assert in_words(then, cut([*range(1, 91), *range(300, 310)], 6)) == []


def test_a_method_without_lines_has_none():
    method = METHODS["kmeans"]
    made = method(people([*range(1, 51), *range(300, 350)]), **method.complete({}))
    assert cutting(method, method.complete({}), made) == {}
