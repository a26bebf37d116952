"""Column: the file says what each customer could bring."""

from __future__ import annotations

from segmentation.customers import outlook
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential
from segmentation.potential.model import model
from segmentation.problems import Problem


@model("The file's own column")
def column(customers: Customers) -> Potential:
    """The file's own potential, unknown where it says none. Problem where it has no such column."""
    if customers.stated is None:
        raise Problem("The file has no column of potential: choose one, or the trend.")
    return outlook.stated(customers.stated)
