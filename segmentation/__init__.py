"""Segment Lab: decide what to do differently for different customers.

>>> from segmentation import Customers, METHODS, read
>>> customers = Customers.build(read("sample_data/shoe_maker_orders.csv"))
>>> METHODS["abc_classes"].segment(customers, a=0.8, b=0.95)
"""

from segmentation.customers.customers import Customers
from segmentation.joining.join import join
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.reading.read import read
from segmentation.study import Study

__all__ = ["METHODS", "Customers", "Problem", "Study", "join", "read"]
