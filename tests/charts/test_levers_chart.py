"""Levers on paper: the curve after them stands beside today's as soon as anything moved."""

import pytest

from segmentation.analysis.levers import Levers, pull
from segmentation.charts.levers import levers_data
from tests.small import customers

PEOPLE = customers(profit=[100.0, 50.0, -20.0], revenue=[1000.0, 500.0, 100.0], cost_to_serve=[5.0, 5.0, 5.0])


@pytest.mark.parametrize(
    ("levers", "customers_today", "kinds"),
    [
        (Levers(), 3, ["before", "end"]),
        (Levers(price=0.1), 3, ["before", "after", "end"]),  # nobody is lost, and the money is another
        (Levers(), 4, ["before", "after", "end"]),  # somebody is lost, and the money is the same
    ],
)
def test_the_curve_after_is_drawn_where_money_or_customers_are_others(levers, customers_today, kinds):
    found = levers_data(pull(PEOPLE, levers), customers_today)
    assert list(found["kind"].unique()) == kinds
    assert found["label"].notna().sum() == len(kinds) - 1
