"""RFM by the edges of R's rfm package: every score and every named segment of every customer is the same."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.summary import summarise

CASES = {  # oracle → file, as-of date
    "cdnow_master": ("cdnow_master", {"as_of": "1998-07-01"}),
    "northwind": ("northwind", {"as_of": "1998-05-07"}),
    "online_retail_slice": ("online_retail_slice", {"as_of": "2011-04-01"}),
    "rfm_data_orders": ("rfm_data_orders", {"as_of": "2006-12-31"}),
    "rfm_data_orders_custom": ("rfm_data_orders", {"as_of": "2006-12-31"}),
    "rfm_data_customer": ("rfm_data_customer", {}),
}
each_case = pytest.mark.parametrize("case", CASES)


@pytest.fixture
def result(case, people, oracle):
    """RFM with the inner lower bounds of R's bins as own edges, and its ordered rules."""
    file, settings = CASES[case]
    bins = oracle(f"rfm_{case}_thresholds")
    cuts = {"recency": "recency", "frequency": "frequency", "money": "monetary"}
    edges = {ours: bins[f"{theirs}_lower"].tolist()[1:] for ours, theirs in cuts.items()}
    return METHODS["rfm"](people(file, **settings), segments="ordered", **edges)


@each_case
def test_every_score_and_name_of_every_customer(case, result, oracle):
    expected = oracle(f"rfm_{case}").set_index("customer_id").sort_index()
    if case == "cdnow_master":  # 15.36 + 16.99 is 32.35, an edge; R adds it up to 32.349999999999994 and stays below
        assert result.customers.frame.loc["00502", "revenue"] == 32.35
        expected.loc["00502", "monetary_score"] += 1
    detail = result.detail
    assert list(detail.index) == list(expected.index)
    for letter, score in (("r", "recency_score"), ("f", "frequency_score"), ("m", "monetary_score")):
        assert np.array_equal(detail[letter], expected[score])
    assert result.labels().tolist() == expected["segment_readme"].tolist()


@each_case
def test_customers_orders_and_revenue_of_every_segment(case, result, oracle):
    expected = oracle(f"rfm_{case}_segments_readme").set_index("segment")
    summary = summarise(result).set_index("segment").assign(orders=result.sums("orders")[: len(result.shown)])
    summary = summary[summary["customers"] > 0]
    assert sorted(summary.index) == sorted(expected.index)
    for column, tolerance in (("customers", 0), ("orders", 0), ("revenue", 0.005)):
        assert np.allclose(summary[column].sort_index(), expected[column].sort_index(), rtol=0, atol=tolerance)
