"""ABC, nested Pareto, the balance check and the whale curve equal what R computed from the same files."""

import numpy as np
import pytest

from segmentation import METHODS
from segmentation.analysis.pareto import balance, curve, whale
from segmentation.analysis.summary import summarise

FILES = ("cdnow_master", "online_retail_slice", "northwind", "wholesale", "swiss_inhabitants")
each_file = pytest.mark.parametrize("name", FILES)


@each_file
def test_the_class_of_every_customer(name, people, oracle):
    labels = METHODS["abc_classes"].segment(people(name)).astype("str")
    expected = oracle(f"abc_{name}").set_index("customer_id")["class_inclusive"]
    worthless = labels.index.difference(expected.index)
    assert (labels[worthless] == "C").all()
    different = labels[expected.index] != expected
    # customers of equal value at a cut may be parted in another order: as many there, of the same value, nothing else
    value = people(name).frame["revenue"][expected.index]
    assert value[different].nunique() <= 2
    assert labels[expected.index].value_counts().to_dict() == expected.value_counts().to_dict()


@each_file
def test_customers_and_money_of_every_class(name, people, oracles):
    known, customers = oracles["abc"][name], people(name)
    summary = summarise(METHODS["abc_classes"](customers)).set_index("segment")
    counts = known["class_inclusive"] | {"C": known["class_inclusive"]["C"] + known["n_total"] - known["n_positive"]}
    assert summary["customers"].to_dict() == counts
    assert summary["revenue"].to_dict() == pytest.approx(known["value_inclusive"], abs=0.005)
    assert customers.total("revenue") == pytest.approx(known["total"], abs=0.005)


@each_file
def test_nested_pareto(name, people, oracles):
    known = oracles["abc"][name]["nested_pareto"]
    summary = summarise(METHODS["abc_nested"](people(name))).set_index("segment")
    assert [summary["customers"][segment] for segment in "AB"] == [known[segment]["n"] for segment in "AB"]
    for segment in "ABC":
        assert summary["share_of_revenue"][segment] == pytest.approx(known[segment]["share_value"], abs=1e-12)


@each_file
def test_how_many_customers_bring_80_percent(name, people, oracles):
    known, customers = oracles["abc"][name], people(name)
    assert customers.ranked("revenue").reach(0.8) == known["customers_needed_for_80pct"]
    share = known["share_of_customers_for_80pct"] * known["n_positive"] / known["n_total"]
    assert balance(customers, "revenue").share_for_80 == pytest.approx(share)


def test_the_pareto_figures_of_the_cdnow_sample(people):
    customers = people("cdnow_sample")
    assert balance(customers, "revenue").share_for_80 == pytest.approx(0.3297, abs=5e-5)
    points = curve(customers, "revenue")
    top = np.interp(0.2, points["share_of_customers"], points["share_of_total"])
    assert top == pytest.approx(0.6746, abs=5e-4)


def test_the_whale_curve_of_profit(people, oracles):
    known, found = oracles["whale"]["smcrm_acquisitionRetention"], whale(people("smcrm"))
    assert found.at == known["peak_at_customer"]
    assert round(found.peak, 2) == known["peak_cum_profit"]
    assert round(found.total, 2) == known["total_profit"]
    assert found.peak_share * 100 == pytest.approx(known["peak_pct_of_total"])
    assert (people("smcrm").frame["profit"] < 0).sum() == known["unprofitable"]
