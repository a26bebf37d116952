"""Lifecycle stages of three shops in calendar months equal what DuckDB counted."""

import pytest

from segmentation import METHODS

SHOPS = ("cdnow_master", "northwind", "online_retail_slice")


@pytest.mark.parametrize("name", SHOPS)
def test_customers_per_stage_and_the_money_of_the_active(name, people, oracles):
    known = oracles["lifecycle"][name]
    result = METHODS["lifecycle"](people(name, as_of=known["as_of"]))
    assert result.counts.tolist() == [*known["calendar_months"].values(), 0]
    assert result.sums("revenue")[0] == pytest.approx(known["revenue_of_active_calendar"], abs=0.005)
