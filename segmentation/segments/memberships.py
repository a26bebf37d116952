"""How far each customer belongs to each segment, as numbers: the input of another model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation.customers.customers import Customers
from segmentation.segments.method import Method
from segmentation.segments.segmentation import Segmentation

DEGREES = "Memberships and degrees to download: how far each customer belongs to each group, as input for another model"


def memberships(made: Segmentation) -> pd.DataFrame:
    """A row each customer, a column each segment: float64 from 0 to 1, by customer id; missing for those in *Unknown*.

    Degrees where the method knows them (they add to 1), else 1 for the segment a customer is in and 0 for the others.
    """
    detail = made.detail
    known = [] if detail is None else [name for name in made.names if name in detail]
    if detail is not None and known:
        return detail[known]
    found = np.zeros((len(made.codes), len(made.names) + 1))
    found[np.arange(len(found)), made.codes] = 1.0
    found[made.codes == len(made.names)] = np.nan
    return pd.DataFrame(found[:, :-1], made.customers.frame.index, list(made.names))


def degrees(method: Method, customers: Customers, thresholds: Mapping[str, Any]) -> pd.DataFrame:
    """The same at these thresholds."""
    return memberships(method(customers, **thresholds))
