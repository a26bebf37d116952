"""What each segment is: customers, money and shares, in one small frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from segmentation.segmentation import Segmentation

MONEY = ("revenue", "profit", "cost_to_serve", "potential")


def summarise(segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment, best first; *Unknown* last and only where somebody is in it.

    Columns: segment, colour, customers, share_of_customers; and for each money column the customers have:
    its sum, share_of_<it> (shares add to 1; missing where the total is not above zero) and <it>_each per customer.
    """
    shown = len(segmentation.shown)
    counts = segmentation.counts
    frame = pd.DataFrame(
        {
            "segment": segmentation.shown,
            "colour": [*segmentation.colours, 7][:shown],
            "customers": counts[:shown],
            "share_of_customers": counts[:shown] / max(counts.sum(), 1),
        }
    )
    for column in MONEY:
        if column in segmentation.customers.frame:
            sums, total = segmentation.sums(column)[:shown], segmentation.customers.total(column)
            frame[column] = sums
            frame[f"share_of_{column}"] = sums / total if total > 0 else np.nan
            frame[f"{column}_each"] = np.divide(
                sums, counts[:shown], out=np.full(shown, np.nan), where=counts[:shown] > 0
            )
    return frame
