"""A pin moves one customer, and no cent is lost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Problem, Study
from segmentation.analysis.remarks import remarks
from segmentation.report.findings import labels
from segmentation.segments.pinning import Pinned, pinned
from tests import laws
from tests.small import customers, groups


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=2)
@given(data=st.data())
def test_whoever_is_pinned_stands_there_and_nobody_else_moves(name, data):
    people = data.draw(laws.customers())
    try:
        rule = METHODS[name](people)
    except Problem:
        return
    ids = st.sampled_from(list(people.frame.index))
    pins = data.draw(st.dictionaries(ids, st.sampled_from(rule.names), min_size=1, max_size=3))
    made = pinned(rule, {**pins, "nobody": rule.names[0]})
    laws.everybody_once(made)
    laws.sums_are_exact(made)
    where = made.labels().astype("str")
    assert {one: where[one] for one in pins} == pins
    others = ~people.frame.index.isin(list(pins))
    assert np.array_equal(made.codes[others], rule.codes[others])


def test_a_pin_without_a_customer_or_segment_here_changes_nothing():
    rule = METHODS["abc_classes"](customers(revenue=[8.0, 1, 1]))
    assert pinned(rule, {"Z": "A", "B": "Lost"}) is rule


def test_a_study_honours_its_pins_in_labels_and_says_so():
    people, study = customers(revenue=[80.0, 15, 3, 2]), Study(file="april.csv")
    study.pin(people, ["D"], "A", " signed for next year ", "2026-06-30")
    again = Study.from_json(study.to_json())
    made = again.segmentation(people)
    assert isinstance(made, Pinned) and groups(labels(made)["segment"]) == {"A": "AD", "B": "B", "C": "C"}
    assert again.pins[0]["rule"] == "C" and (again.pins[0]["money"], again.pins[0]["reason"]) == (
        2.0,
        "signed for next year",
    )
    assert "1 customer was pinned to a segment by hand" in remarks(again.chosen, again.values(), made)[0]
    again.pin(people, ["D"], "B", "no, smaller", "2026-07-01")
    assert groups(again.segmentation(people).labels()) == {"A": "A", "B": "BD", "C": "C"}
    again.unpin(["D"])
    assert again.pins == []


def test_pins_go_along_where_segments_become_one():
    people, study = customers(revenue=[80.0, 15, 3, 2]), Study()
    study.pin(people, ["A"], "C", "pays late", "2026-06-30")
    study.merge(["B", "C"])
    assert groups(study.segmentation(people).labels()) == {"B and C": "ABCD"}
    study.drop(study.method)
    assert [one["method"] for one in Study.from_json(study.to_json()).pins] == ["abc_classes"]


@pytest.mark.parametrize(
    ("who", "segment", "reason", "said"),
    [(["Z"], "A", "x", "no customer “Z”"), (["A"], "Q", "x", "no segment “Q”"), (["A"], "B", " ", "needs a reason")],
)
def test_a_pin_that_cannot_be_is_refused_and_nobody_is_pinned(who, segment, reason, said):
    study = Study()
    with pytest.raises(Problem, match=said):
        study.pin(customers(revenue=[80.0, 15, 3, 2]), who, segment, reason, "2026-06-30")
    assert study.pins == []


def test_in_the_portfolio_a_customer_is_pinned_to_another_sector_as_anywhere():
    people = customers(profit=[80.0, 15, 3, 2], potential=[90.0, 10, 5, 1])
    study = Study(method="portfolio")
    rule = study.segmentation(people)
    assert "D" not in groups(rule.labels())["Invest"]
    study.pin(people, ["D"], "Invest", "opens ten shops", "2026-06-30")
    made = Study.from_json(study.to_json()).segmentation(people)
    assert "D" in groups(made.labels())["Invest"] and made.counts.sum() == 4
    assert made.sums("profit").sum() == pytest.approx(100)
