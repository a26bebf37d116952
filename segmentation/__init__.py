"""Segment Lab: decide what to do differently for different customers.

>>> from segmentation import Customers, METHODS, read
>>> customers = Customers.build(read("sample_data/shoe_maker_orders.csv"))
>>> METHODS["abc_classes"].segment(customers, a=0.8, b=0.95)
"""

from typing import TYPE_CHECKING, Any

from segmentation.customers.customers import Customers
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.study import Study

if TYPE_CHECKING:
    from segmentation.joining.join import join
    from segmentation.reading.read import read

__all__ = ["METHODS", "Customers", "Problem", "Study", "join", "read"]


def __getattr__(name: str) -> Any:
    """What opens files: thirty modules that the first page does without until it is given one."""
    if name == "join":
        from segmentation.joining.join import join

        return join
    if name == "read":
        from segmentation.reading.read import read

        return read
    raise AttributeError(name)
