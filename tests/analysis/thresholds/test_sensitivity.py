"""The ledger says, for every method and threshold, who would change segment."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Problem
from segmentation.analysis.thresholds.sensitivity import ledger, moved
from tests import laws
from tests.laws import each_method
from tests.small import customers


@each_method
@settings(max_examples=6)
@given(data=st.data())
def test_what_the_ledger_says_is_what_the_method_does(method, data):
    people = data.draw(laws.customers())
    values = method.complete(data.draw(laws.thresholds(method, people)))
    before = np.asarray(method.segment(people, **values).astype("str"))
    stood = method(people, **values)
    for row in ledger(method, people, values).itertuples():
        again = method(people, **moved(method, values, row.threshold, row.at, row.moved_to))
        alike = len(again.names) == len(stood.names)
        renamed = alike and {*again.names} != {*stood.names}  # after the cuts between them: known by their place
        different = again.codes != stood.codes if renamed else np.asarray(again.labels().astype("str")) != before
        assert row.customers == different.sum()
        assert row.revenue == pytest.approx(np.nansum(people.values("revenue")[different]))
        assert set(row.edge) <= set(people.frame.index[different])


def test_who_stands_at_the_edge_and_how_many_share_the_cut():
    people = customers(recency_days=[30.0, 31, 31, 31, 32, 90], orders=[5] * 6, revenue=[10.0, 1, 2, 3, 50, 9])
    rows = ledger(METHODS["rfm"], people, {"by": "edges", "recency": (31,), "table": {"555": "Best"}})
    first = rows[rows["threshold"] == "recency"].set_index("moved_to")
    assert first.loc[32, ["customers", "revenue", "ties"]].tolist() == [3, 6, 3]
    assert first.loc[32, "edge"] == ("D", "C", "B")
    assert first.loc[30, ["customers", "revenue", "ties"]].tolist() == [1, 10, 3]


def test_a_share_that_moves_takes_the_customers_across_it():
    people = customers(revenue=[50.0, 29.6, 10.4, 5, 5])  # 50, 79.6, 90, 95, 100 %
    rows = ledger(METHODS["abc_classes"], people).set_index(["threshold", "moved_to"])
    assert rows.loc[("a", 0.79), "customers"] == 1
    assert rows.loc[("a", 0.79), "edge"] == ("C",)
    assert rows.loc[("a", 0.81), "customers"] == 0
    assert rows.loc[("b", 0.96), ["customers", "ties"]].tolist() == [1, 2]


def test_every_number_of_a_rule_is_a_threshold():
    people = customers(revenue=[999.0, 1000, 950], orders=[1, 2, 3])
    rows = ledger(METHODS["rules"], people, {"rules": "revenue >= 1000 and orders > 1 -> Core; else -> Rest"})
    assert rows[["at", "moved_to", "customers", "ties"]].to_numpy().tolist() == [
        [(0, 0, 0), 900, 1, 1],
        [(0, 0, 0), 1100, 1, 1],
        [(0, 1, 0), 0, 0, 1],
        [(0, 1, 0), 2, 1, 1],
    ]


def test_a_crossing_has_the_thresholds_of_both():
    people = customers(revenue=[80.0, 20], recency_days=[1.0, 100])
    rows = ledger(METHODS["cross"], people)
    assert set(rows["at"].map(lambda at: at[0])) == {"a", "b", "step"}


def test_a_step_that_would_cross_another_threshold_has_no_row():
    people = customers(revenue=[1.0, 2.0])
    rows = ledger(METHODS["abc_classes"], people, {"a": 0.8, "b": 0.8})
    assert sorted(zip(rows["threshold"], rows["moved_to"], strict=True)) == [("a", 0.79), ("b", 0.81)]


def test_thresholds_that_cannot_be_are_refused():
    with pytest.raises(Problem):
        ledger(METHODS["abc_classes"], customers(revenue=[1.0]), {"a": 7})


def test_who_stands_on_an_upper_limit_leaves_when_it_goes_down_and_is_counted_as_a_tie():
    people = customers(recency_days=[10.0, 10, 11, 25], cycle_days=[10.0] * 4)
    rows = ledger(METHODS["sleepers"], people).set_index(["threshold", "moved_to"])
    assert rows.loc[("late", 0.9), ["customers", "ties"]].tolist() == [2, 2]
    assert rows.loc[("late", 1.1), ["customers", "ties"]].tolist() == [1, 2]
