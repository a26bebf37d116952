"""Whether a segmentation is good: each answer measured, with a limit that can be moved."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from segmentation import METHODS, Problem
from segmentation.analysis.action.asked import ASKED
from segmentation.analysis.action.campaign import TOGETHER, responsive
from segmentation.analysis.action.good import judged, measured, sentence, weakest
from segmentation.analysis.action.playbook import proposed
from segmentation.segments.segmentation import Segmentation
from tests import laws
from tests.small import customers

ABC = METHODS["abc_classes"]


def asked(method, people, limits=None, rows=None, **thresholds):
    made = method(people, **thresholds)
    rows = proposed(method, made) if rows is None else rows
    return {one.name: one for one in judged(measured(method, method.complete(thresholds), made), rows, limits)}


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=2)
@given(data=st.data())
def test_every_method_is_judged_in_sentences_with_values_that_are_shares(name, data):
    people = data.draw(laws.customers())
    try:
        found = asked(METHODS[name], people)
    except Problem:
        return
    assert list(found) == list(ASKED)
    for one in found.values():
        assert one.value is None or 0 <= one.value <= 1 or one.name == "substantial"
        assert one.measure.endswith(".") and "nan" not in one.measure
    assert sentence(list(found.values()))


def test_distinct_is_the_effect_size_that_statistics_books_give():
    rng = np.random.default_rng(1)
    people = customers(region=["a", "b", "c"] * 20, revenue=np.round(rng.gamma(1, 50, 60) * ([1.0, 3, 9] * 20), -1))
    found = asked(METHODS["attribute"], people, column="region", others=0.0)["distinct"]
    revenue = people.values("revenue")
    parts = [revenue[people.frame["region"] == one] for one in "abc"]
    h = stats.kruskal(*parts).statistic
    assert found.value == pytest.approx((h - 3 + 1) / (60 - 3))
    assert found.good and "most in revenue" in found.measure


def test_a_segment_too_small_is_weak_until_the_limit_is_moved():
    people = customers(region=["a"] * 97 + ["b"] * 3, revenue=[1.0] * 100)
    found = asked(METHODS["attribute"], people, column="region", others=0.0)["substantial"]
    assert (found.word, found.value) == ("Weak", 0.03) and "b, has 3.0% of customers" in found.measure
    assert "7–10%" in found.measure
    assert asked(METHODS["attribute"], people, {"substantial": 0.02}, column="region", others=0.0)["substantial"].good


def test_a_small_segment_of_much_money_pays_for_its_own_treatment():
    people = customers(region=["a"] * 97 + ["b"] * 3, revenue=[*[1.0] * 97, *[100.0] * 3])
    assert asked(METHODS["attribute"], people, column="region", others=0.0)["substantial"].good


def test_a_line_amid_a_crowd_is_not_stable_and_is_named():
    method = METHODS["volume_bands"]
    crowd = customers(units=[*[99.0] * 30, *[1.0] * 70], revenue=[1.0] * 100)
    found = asked(method, crowd, value="units", edges=(95.0, 5000.0))["stable"]
    assert found.value == pytest.approx(0.3) and found.word == "Weak" and "30 customers change" in found.measure
    assert asked(method, crowd, value="units", edges=(50.0, 5000.0))["stable"].value == 0


def test_reachable_is_not_known_without_a_contact_and_else_that_of_the_worst_segment():
    assert asked(ABC, customers(revenue=[8.0, 1, 1]))["reachable"].word == "Not known"
    people = customers(revenue=[80.0, 15, 3, 2], Telephone=pd.array(["1", "2", None, "4"], dtype="str"))
    found = asked(ABC, people)["reachable"]
    assert found.value == 0.5 and "50% of C can be reached, by telephone" in found.measure
    known = {name: pd.array(["a"] * 4, dtype="str") for name in ("ContactName", "ContactTitle", "ShipAddress", "Phone")}
    found = asked(ABC, customers(revenue=[80.0, 15, 3, 2], **known))["reachable"]
    assert found.measure == "Everybody can be reached, by phone and shipaddress."


def test_a_playbook_of_one_treatment_is_not_responsive_and_the_weakest_point():
    people = customers(revenue=[80.0, 15, 3, 2])
    found = asked(ABC, people, rows={"A": {}, "B": {}, "C": {}})
    assert found["responsive"].value == 0
    assert weakest([found["responsive"], found["balanced"]]).name == "responsive"
    assert sentence([found["exclusive"]]).startswith("A good segmentation")
    assert "not responsive" in sentence([found["responsive"]])


def test_whoever_has_no_place_counts_against_exclusive():
    found = asked(METHODS["lifecycle"], customers(recency_days=[5.0, np.nan], revenue=[1.0, 1]))["exclusive"]
    assert found.value == 0.5 and "1 customer has no place" in found.measure


def test_clusters_are_described_by_a_rule_of_few_comparisons():
    rng = np.random.default_rng(0)
    people = customers(revenue=[*rng.normal(10, 1, 50), *rng.normal(90, 1, 50)], orders=rng.integers(1, 9, 100) * 1.0)
    found = asked(METHODS["kmeans"], people, columns=("revenue", "orders"), k=2)["describable"]
    assert found.good and "Rules in words put 100% of customers" in found.measure


def test_segments_of_nobody_are_no_answer():
    people = customers(revenue=[np.nan, np.nan])
    found = asked(ABC, people)
    assert isinstance(ABC(people), Segmentation) and found["substantial"].value is None


def test_a_campaign_that_nobody_surely_answered_makes_it_weak_whatever_the_playbook_promises():
    rows = {"A": {"terms": "credit"}, "B": {"terms": "cash"}}
    found = dict.fromkeys(ASKED, (None, ""))

    def responsive_of(result):
        return next(one for one in judged(found, rows, {}, responsive(result)) if one.name == "responsive")

    result = pd.DataFrame(
        {
            "segment": ["A", "B", TOGETHER],
            "treated": [300, 100, 400],
            "more": [0.1, 0.02, 0.08],
            "more_low": [0.05, -0.01, 0.04],
        }
    )
    one = responsive_of(result)
    assert one.value == pytest.approx(min(1 / 3, 0.75)) and one.good
    assert "In the campaign A surely responded" in one.measure
    weak = responsive_of(result.assign(more_low=-0.1))
    assert (weak.word, weak.value) == ("Weak", 0) and "no segment surely responded" in weak.measure
    assert responsive(result.assign(more=np.nan)) is None, "without a control group nothing is known"
