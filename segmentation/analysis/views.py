"""Several weight sets: the views of sales, of finance, of service, and whose sector depends on whom you ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from segmentation.customers.cooperation import with_cooperation
from segmentation.customers.customers import Customers
from segmentation.methods import METHODS
from segmentation.problems import Problem
from segmentation.segments.segmentation import Segmentation

MOST = 8


def view(customers: Customers, settings: Mapping[str, Any]) -> Segmentation:
    """The portfolio as one view sees it.

    settings   thresholds of the method `portfolio`, and, where they differ, `weights` and `columns` of cooperation
    """
    thresholds = {name: value for name, value in settings.items() if name not in ("weights", "columns")}
    if settings.get("weights") or settings.get("columns"):
        customers = with_cooperation(customers, settings.get("weights"), settings.get("columns"))
    return METHODS["portfolio"](customers, **thresholds)


def sectors_by_view(customers: Customers, views: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The sector of each customer in each view: one text column a view, indexed by customer id.

    Raises Problem for fewer than one or more than eight views, and for settings that cannot be.
    """
    if not 1 <= len(views) <= MOST:
        raise Problem(f"There are {len(views)} views; there can be 1 to {MOST}.")
    return pd.DataFrame({name: view(customers, settings).labels().astype("str") for name, settings in views.items()})


def contested(customers: Customers, by_view: pd.DataFrame) -> pd.DataFrame:
    """The customers on whom the views do not agree, most money at stake first.

    Columns: a sector per view, then `opinions` (how many different ones), profit (or revenue) and potential.
    """
    opinions = by_view.nunique(axis=1).to_numpy()
    rows = np.flatnonzero(opinions > 1)
    money = {name: customers.values(name)[rows] for name in dict.fromkeys((customers.money, "potential"))}
    stake = sum(np.abs(np.nan_to_num(values)) for values in money.values())
    found = by_view.iloc[rows].assign(opinions=opinions[rows], **money)
    return found.iloc[np.argsort(-stake, kind="stable")] if len(rows) else found


def agreement(by_view: pd.DataFrame) -> pd.DataFrame:
    """For each pair of views the share of customers in the same sector: views × views, 1 on the diagonal."""
    values = by_view.to_numpy(dtype=object)
    shares = [
        [float(np.mean(values[:, a] == values[:, b])) for b in range(values.shape[1])] for a in range(values.shape[1])
    ]
    return pd.DataFrame(shares, by_view.columns, by_view.columns)
