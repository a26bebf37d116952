"""What each segment is: customers, money and shares, in one small frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.segmentation import UNKNOWN_COLOUR, Segmentation

MONEY = ("revenue", "profit", "cost_to_serve", "potential")


def summarise(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment, best first; *Unknown* last and only where somebody is in it.

    Columns: segment, colour, customers, share_of_customers; and for each money column the customers have:
    its sum, share_of_<it> (shares add to 1; missing where the total is not above zero) and <it>_each per customer.
    """
    shown, counts = len(segmentation.shown), segmentation.counts
    held = counts[:shown]
    columns: dict[str, object] = {  # one dictionary, one frame: adding columns to a frame costs more than the sums
        "segment": segmentation.shown,
        "colour": [*segmentation.colours, UNKNOWN_COLOUR][:shown],
        "customers": held,
        "share_of_customers": held / max(counts.sum(), 1),
    }
    for column in MONEY:
        if column in segmentation.customers.frame:
            sums, total = segmentation.sums(column)[:shown], segmentation.customers.total(column)
            columns[column] = sums
            columns[f"share_of_{column}"] = sums / total if total > 0 else np.full(shown, np.nan)
            columns[f"{column}_each"] = np.divide(sums, held, out=np.full(shown, np.nan), where=held > 0)
    return pd.DataFrame(columns)
