"""Recency, orders, amounts, variation and growth of real customers equal what R and DuckDB computed."""

import numpy as np
import pandas as pd
import pytest

AS_OF = {
    "cdnow_master": "1998-07-01",
    "northwind": "1998-05-07",
    "online_retail_slice": "2011-04-01",
    "rfm_data_orders": "2006-12-31",
}


@pytest.mark.parametrize("name", AS_OF)
def test_recency_orders_and_amount_of_every_customer(name, people, oracle):
    frame = people(name, as_of=AS_OF[name]).frame
    expected = oracle(f"rfm_{name}").set_index("customer_id").sort_index()
    assert list(frame.index) == list(expected.index)
    assert np.array_equal(frame["recency_days"], expected["recency_days"])
    assert np.array_equal(frame["orders"], expected["transaction_count"])
    assert np.allclose(frame["revenue"], expected["amount"], rtol=0, atol=0.005)


def test_a_table_with_one_row_a_customer_keeps_its_recency_orders_and_revenue(people, oracle):
    frame = people("rfm_data_customer").frame
    expected = oracle("rfm_rfm_data_customer").merge(
        frame.reset_index(), on="customer_id", validate="1:1", suffixes=("_r", "")
    )
    assert len(expected) == len(frame) == 39_999
    assert frame["orders"].sum() == 393_223


def test_the_totals_that_everybody_prints_of_northwind(people):
    customers = people("northwind")
    assert len(customers) == 89 and customers.frame["orders"].sum() == 830
    assert customers.total("revenue") == 1265793.0395


def test_revenue_of_cdnow_adds_up_to_the_cent(people):
    assert people("cdnow_master").total("revenue") == 2500315.63


def test_variation_per_month_of_every_northwind_customer(people, oracle):
    customers = people("northwind", as_of="1998-04-30", window=16)
    expected = oracle("xyz_northwind_1997-01_1998-04").set_index("customer_id").sort_index()
    assert list(customers.frame.index) == list(expected.index)
    assert str(customers.start) == "1997-01-01"
    assert np.allclose(customers.frame["revenue_cv_month"], expected["cv_sample"], rtol=1e-12)


def test_growth_between_the_two_halves_of_northwind(people, oracle, oracles):
    frame = people("northwind", as_of="1998-05-07").frame
    expected = oracle("growth_northwind").set_index("customer_id").sort_index()
    for ours, theirs in (("revenue_before", "prev"), ("revenue_recent", "curr"), ("growth", "growth")):
        assert np.allclose(frame[ours], expected[theirs], rtol=1e-12, equal_nan=True)
    known = oracles["growth_northwind"]
    assert (frame["growth"] > 0).sum() == known["growing"]
    assert (frame["growth"] <= 0).sum() == known["not_growing"]
    assert frame["growth"].median() == pytest.approx(known["median_growth"])
    assert (frame["growth"].isna() & (frame["revenue_recent"] > 0)).sum() == known["new"]


@pytest.mark.parametrize("name", ["cdnow_master", "northwind", "online_retail_slice"])
def test_customers_seen_on_one_day_alone(name, people, oracles):
    frame = people(name, as_of=AS_OF[name]).frame
    once = frame["first_order"] == frame["last_order"]
    assert once.sum() == oracles["lifecycle"][name]["one_time_buyers (one distinct order date)"]
    long_ago = pd.Timestamp(AS_OF[name]) - pd.DateOffset(months=2)
    assert (once & (frame["first_order"] < long_ago)).sum() == (
        oracles["lifecycle"][name]["new_customer_churn: one order date, first before as_of-2 months"]
    )
