"""A behavioural factor: any ratio of two columns."""

import pytest

from segmentation import METHODS, Problem
from tests.small import customers, groups

factor = METHODS["factor"]


def test_hauliers_and_banks_buy_the_same_litres_for_other_reasons():
    people = customers(fuel=[400.0, 1.0, 12.0], cost=[1000.0, 1000.0, 100.0])
    assert groups(factor.segment(people, numerator="fuel", denominator="cost")) == {
        "High": "A",
        "Low": "B",
        "Middle": "C",
    }


def test_nothing_is_divided_by_zero():
    people = customers(profit=[5.0, 5.0, 0.0, -9.0], revenue=[10.0, 0.0, 0.0, -10.0])
    assert groups(factor.segment(people)) == {"High": "AD", "Unknown": "BC"}


def test_a_column_of_words_cannot_be_divided():
    with pytest.raises(Problem, match="no number column “region”"):
        factor.segment(customers(region=["N"], revenue=[1.0]), numerator="region")
