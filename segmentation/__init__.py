"""Segment Lab: decide what to do differently for different customers.

>>> from segmentation import Customers, METHODS, read
>>> customers = Customers.build(read("sample_data/shoe_maker_orders.csv"))
>>> METHODS["abc_classes"].segment(customers, a=0.8, b=0.95)
"""

from typing import TYPE_CHECKING

from segmentation import stopped  # noqa: F401 - before all that takes long
from segmentation.customers.customers import Customers
from segmentation.later import later
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.study import Study

if TYPE_CHECKING:
    from segmentation.joining.join import join
    from segmentation.reading.read import read
else:  # thirty modules, which the first page does without until it is given a file
    __getattr__, __dir__ = later(__name__, {"join": "joining.join", "read": "reading.read"})

__all__ = ["METHODS", "Customers", "Problem", "Study", "join", "read"]
