"""What the Portfolio page shows: sectors with what its pieces ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from pages.app.words import plain, show
from segmentation import METHODS, Customers, Problem, Study, formats
from segmentation.analysis.summary import figures
from segmentation.analysis.thresholds import positions
from segmentation.segments import plane
from segmentation.segments.segmentation import Segmentation

METHOD = METHODS["portfolio"]


class Shown:
    """The portfolio as it stands.

    horizontal   the column on that axis: profit now, or what it is with cooperation counted
    at           where the lines of profit stand, and those of potential
    nine         whether there are nine sectors, by two lines an axis
    """

    def __init__(self, study: Study, customers: Customers) -> None:
        self.study, self.customers, self.method = study, customers, METHOD
        self.values = METHOD.complete(study.thresholds.get("portfolio", {}))
        self.horizontal = plane.axis_of_profit(customers, self.values["cooperation_weight"])
        self.at = lines_of(self.values, customers, self.horizontal)
        made = METHOD(customers, **study.thresholds.get("portfolio", {}))
        self.segmentation: Segmentation = positions.told(made, self.horizontal, self.at)
        self.summary = figures(self.segmentation)
        self.nine = len(self.at[0]) > 1

    def compact(self, value: float) -> str:
        return formats.compact(value, self.study.currency)

    def say(self, value: float) -> str:
        """An amount, as Markdown."""
        return plain(self.compact(value))

    def total(self, column: str, at: int = 0) -> str:
        """What a sector holds of a column, with its share where the total is above zero."""
        share = self.summary[f"share_of_{column}"][at]
        amount = self.say(self.summary[column][at])
        return f"{amount} ({formats.share(share)})" if np.isfinite(share) else amount


def lines_of(values: Mapping[str, Any], customers: Customers, horizontal: str) -> plane.Cuts:
    """Where the lines of profit and those of potential stand."""
    return plane.line_cuts(customers, horizontal, *(values[name] for name in ("lines", "profit", "potential")))


def shown(study: Study, customers: Customers) -> Shown | None:
    """The portfolio to show; None after saying why there is none."""
    if not customers.has_portfolio:
        show("There is neither profit nor revenue in this file: choose a column of money on the Data page.")
        st.page_link("pages/data.py", label="Choose the column on the Data page", icon="➡️")
        return None
    try:
        return Shown(study, customers)
    except Problem as problem:
        show(problem)
        if study.thresholds.get("portfolio", {}).get("cooperation_weight"):
            st.button("Count profit alone", on_click=lambda: study.set_of("portfolio", cooperation_weight=0.0))
        return None
