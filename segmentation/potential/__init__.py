"""What a customer could bring in the next twelve months: the file's own column, else the trend."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from segmentation.customers import Customers
from segmentation.potential.column import column
from segmentation.potential.trend import trend

# A model gives money per customer and a sentence that says how it got the number.
MODELS: dict[str, Callable[..., tuple[np.ndarray, str]]] = {"column": column, "trend": trend}


def with_potential(customers: Customers) -> Customers:
    """The customers with a `potential` column, and a note that says where it comes from."""
    values, note = (column if customers.stated is not None else trend)(customers)
    return customers.with_column("potential", values, note)
