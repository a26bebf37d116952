"""One-time or repeat by number of orders."""

import numpy as np

from segmentation import METHODS
from tests.small import customers, groups

repeat = METHODS["repeat"]


def test_two_orders_make_a_repeat_customer():
    people = customers(orders=[0, 1, 2, 15, np.nan])
    assert groups(repeat.segment(people)) == {"No order": "A", "One-time": "B", "Repeat": "CD", "Unknown": "E"}
    assert groups(repeat.segment(people, orders=3)) == {
        "No order": "A",
        "One-time": "BC",
        "Repeat": "D",
        "Unknown": "E",
    }
