"""Lifecycle stages of three shops in calendar months equal what DuckDB counted."""

import numpy as np
import pytest

from segmentation import METHODS

SHOPS = ("cdnow_master", "northwind", "online_retail_slice")


@pytest.mark.parametrize("name", SHOPS)
def test_customers_per_stage_and_the_money_of_the_active(name, people, oracles):
    known = oracles["lifecycle"][name]
    result = METHODS["lifecycle"](people(name, as_of=known["as_of"]))
    theirs = np.array([*known["calendar_months"].values(), 0])
    # it puts who bought on the very day so many months ago into the later stage; here they still belong
    on_limit = [result.customers.values("recency_days") == cut for cut in result.cuts]
    stay = np.array([*map(np.count_nonzero, on_limit), 0, 0])
    assert result.counts.tolist() == (theirs + stay - np.roll(stay, 1)).tolist()
    active = known["revenue_of_active_calendar"] + result.customers.values("revenue")[on_limit[0]].sum()
    assert result.sums("revenue")[0] == pytest.approx(active, abs=0.005)
