"""Customers: one row each, orderings that never depend on chance, and sums that are exact."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from small import customers, table

from segmentation import Customers, Problem
from segmentation.customers import whole


def test_equal_values_are_ranked_by_customer_id_and_missing_ones_stand_last():
    people = customers(revenue=[5.0, np.nan, 7.0, 5.0, -1.0])
    ranked = people.ranked("revenue")
    assert people.frame.index[ranked.order].tolist() == ["C", "A", "D", "E", "B"]
    assert (ranked.positive, ranked.known) == (3, 4)


def test_thousands_of_ties_are_ranked_by_customer_id():
    revenue = np.random.default_rng(5).integers(1, 4, 5000).astype(float)
    people = customers([f"{i:04}" for i in range(5000)], revenue=revenue)
    assert people.ranked("revenue").order.tolist() == sorted(range(5000), key=lambda row: (-revenue[row], row))


def test_sums_of_cents_are_exact():
    people = customers(revenue=[0.1, 0.2, -0.3])
    assert people.total("revenue") == 0
    assert whole(np.array([0.1, 0.25, np.nan])) == (pytest.approx([10, 25, 0]), 100)


def test_a_table_of_customers_with_an_empty_date_column_still_knows_its_last_day():
    last = [dt.date(2025, 1, 1), dt.date(2025, 3, 1)]
    empty = pa.array([None, None], pa.date32())
    people = Customers.build(table(customer_id=["a", "b"], first_order=empty, last_order=last, revenue=[1.0, 2.0]))
    assert people.as_of == last[1]
    assert people.frame["recency_days"].tolist() == [59, 0]


@pytest.mark.parametrize("wrong", ["31.12.2025", "", 5, True, []])
def test_a_day_that_is_no_date_is_refused(wrong):
    sales = table(customer_id=["a"], date=[dt.date(2025, 1, 1)], revenue=[1.0])
    with pytest.raises(Problem, match="is no date: write it as 2026-06-30"):
        Customers.build(sales, as_of=wrong)


def test_a_customer_that_stands_twice_in_a_table_of_customers_is_named():
    with pytest.raises(Problem, match="“b” among them"):
        Customers.build(table(customer_id=["a", "b", "b"], orders=[1, 2, 3], revenue=[1.0, 2.0, 3.0]))
