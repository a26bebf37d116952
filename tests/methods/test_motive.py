"""Buying motive from discounts, deliveries and prices."""

import datetime as dt

import pytest

from segmentation import METHODS, Customers
from tests.small import customers, groups, table

motive = METHODS["motive"]


def test_urgency_goes_before_price_and_the_rest_weighs_value():
    people = customers(discount_share=[0.5, 0.49, 0.9, None, None], express_share=[0.0, 0.2, 0.5, 0.7, None])
    assert groups(motive.segment(people)) == {"Price": "A", "Value": "B", "Urgency": "CD", "Unknown": "E"}


def test_paying_less_than_the_usual_price_is_price_too():
    people = customers(price_index=[0.89, 0.9, 1.3])
    assert groups(motive.segment(people)) == {"Price": "A", "Value": "BC"}


def test_the_shares_come_from_the_sale_lines():
    day = dt.date(2026, 1, 1)
    people = Customers.build(
        table(
            customer=["A", "A", "B", "B", "C", "C"],
            date=[day] * 6,
            revenue=[10.0, 10, 8, 8, 10, 10],
            units=[1.0, 1, 1, 1, 1, 1],
            product=["p"] * 6,
            discount=[0.0, 0, 0.2, 0.2, 0, 0],
            delivery=["post", "post", "post", "post", "Express 24h", "post"],
        )
    )
    assert people.values("discount_share").tolist() == [0, 1, 0]
    assert people.values("express_share").tolist() == [0, 0, 0.5]
    assert people.values("price_index").tolist() == pytest.approx([1, 0.8, 1])
    assert groups(motive.segment(people)) == {"Value": "A", "Price": "B", "Urgency": "C"}


def test_a_delivery_that_is_not_fast_is_said_with_a_no():
    lines = {"customer": ["A", "B", "C"], "date": [dt.date(2026, 1, 1)] * 3, "revenue": [10.0] * 3}
    people = Customers.build(table(**lines, delivery=["no express", "не срочно", "express"]))
    assert people.values("express_share").tolist() == [0, 0, 1]
