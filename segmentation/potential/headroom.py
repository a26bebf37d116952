"""Headroom: how far a customer is from the best of those alike."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import pandas as pd

from segmentation import formats
from segmentation.customers.customers import Customers
from segmentation.customers.outlook import Potential, ahead, brought, caution, yearly
from segmentation.potential.model import model
from segmentation.problems import Problem
from segmentation.segments.controls import Slider, Within

FEWEST = 5  # peers below which a group has no high percentile of its own


@model("Headroom to peers", needs=[("profit", "revenue")])
def headroom(
    customers: Customers,
    percentile: Annotated[float, Slider("Peers to be reached", 0.5, 0.99)] = 0.8,
    within: Annotated[str, Within("Peers are customers of the same")] = "",
) -> Potential:
    """The gap to a high percentile of customers alike, in money a year; 0 for those who are there already.

    Rounded to hundredths. A group of fewer than five is measured against all customers. Unknown where the customer's money is unknown.
    """
    money = yearly(customers.values(customers.money), customers.days)
    peers = _peers(money, _groups(customers, within), percentile)
    values = np.round(np.maximum(peers - money, 0), 2)
    alike = f"customers of the same {within}" if within else "all customers"
    sentence = (
        f"Potential is the headroom to peers: how far the customer's {customers.money}{brought(customers.days)} is below "
        f"what {formats.share(percentile)} of {alike} stay below.{caution(customers.days)}"
    )
    found = {"now": np.round(money, 2), "peers": np.round(peers, 2)}
    return Potential(values, sentence, found, when=ahead(customers.days))


def _groups(customers: Customers, within: str) -> np.ndarray:
    """The number of each customer's group: int64 (n,); those without a value make a group of their own."""
    if not within:
        return np.zeros(len(customers), np.int64)
    if (name := customers.named(within)) in customers.frame:
        return pd.factorize(customers.frame[name], use_na_sentinel=False)[0]
    raise Problem(f"There is no column “{within}”; there are {', '.join(customers.frame.columns)}.")


def _peers(money: np.ndarray, groups: np.ndarray, percentile: float) -> np.ndarray:
    """The percentile of each customer's group: float64 (n,)."""
    held = pd.Series(money).groupby(groups)
    count, of_group = held.count(), held.quantile(percentile)
    everybody = np.nanquantile(money, percentile) if np.isfinite(money).any() else np.nan
    return of_group.where(count >= FEWEST, everybody).to_numpy()[groups]
