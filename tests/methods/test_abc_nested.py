"""Nested Pareto: 80 % of sales, then 80 % of the rest."""

import pytest

from segmentation import METHODS
from segmentation.methods.abc_nested import nested
from tests.small import customers, groups

abc_nested = METHODS["abc_nested"]


@pytest.mark.parametrize(("share", "b_ends"), [(0.8, 0.96), (0.7, 0.91), (0.5, 0.75), (0.95, 0.9975)])
def test_b_ends_where_the_rule_applied_twice_ends(share, b_ends):
    assert nested(share) == (share, b_ends)


def test_b_brings_16_percent_and_c_the_last_4():
    people = customers(revenue=[80.0, 10.0, 6.0, 3.0, 1.0])  # before them: 0 | 80 90 | 96 99
    assert groups(abc_nested.segment(people)) == {"A": "A", "B": "BC", "C": "DE"}


def test_b_shares_in_what_a_really_leaves():
    people = customers(revenue=[85.0, 10.0, 1.5, 1.5, 1.0, 1.0])  # A leaves 15, so B ends at 97; before D are 96.5
    assert groups(abc_nested.segment(people)) == {"A": "A", "B": "BCD", "C": "EF"}


def test_the_shares_usually_quoted_are_at_hand():
    assert abc_nested.reference == (0.20, 0.16, 0.64)
