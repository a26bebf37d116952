"""Column: the file says what each customer could bring."""

from __future__ import annotations

import numpy as np

from segmentation.customers import Customers
from segmentation.problems import Problem


def column(customers: Customers) -> tuple[np.ndarray, str]:
    """The file's own potential (float64, (n,), NaN where it says none), and a sentence. Problem where it has none."""
    if customers.stated is None:
        raise Problem("The file has no column of potential: choose one, or the trend.")
    return customers.stated, "Potential is the file's own column."
