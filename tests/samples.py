"""Customers of the sample files, made once for all tests that only look at them: what methods found of them stays."""

from functools import cache

from segmentation import Customers, read
from tests.places import SAMPLES


@cache
def people_of(sample: str = "shoe_maker_orders.csv") -> Customers:
    return Customers.build(read(SAMPLES / sample))
