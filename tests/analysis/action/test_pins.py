"""Exceptions are priced, and later data say who was right."""

import numpy as np

from segmentation import Study
from segmentation.analysis.action.pins import GONE, exceptions, priced, verdict
from tests.small import customers


def held(study, people):
    made = study.segmentation(people)
    return exceptions(made, study.pins_of(study.method), study.file), made


def test_an_exception_is_priced_by_what_a_usual_customer_of_its_segment_brings():
    people = customers(revenue=[80.0, 15, 3, 2], cost_to_serve=[8.0, 4, 1, 1])
    study = Study(file="april.csv")
    study.pin(people, ["D"], "A", "signed", "2026-06-30")
    found, made = held(study, people)
    assert found.loc["D", ["segment", "rule", "money", "usual"]].tolist() == ["A", "C", 2.0, 80.0]
    said = priced(found, made, "€")
    assert "It brings €2 of revenue, €78 less than a usual customer" in said
    assert "costs €7" in said and verdict(found) == ""


def test_the_next_file_says_who_was_right():
    april = customers(revenue=[80.0, 15, 3, 2])
    study = Study(file="april.csv")
    for one, segment in {"B": "A", "C": "A", "D": "A", "A": "B"}.items():
        study.pin(april, [one], segment, "because", "2026-06-30")
    study.file = "may.csv"
    may = customers(["B", "C", "D", "E"], revenue=[80.0, 3, 15, 2])
    found, made = held(study, may)
    assert found["right"].to_dict() == {
        "B": "sales was right", "C": "the rule stands by it", "D": "the rule says B by now", "A": GONE,
    }  # fmt: skip
    assert found.loc["B", "then"] == 15 and np.isnan(found.loc["A", "money"])
    assert verdict(found) == "So far sales was right in 1 of 3 cases, the rule in 2."
    assert priced(found, made).startswith("2 customers stand where sales put them")


def test_a_segment_that_is_not_here_is_said():
    people = customers(revenue=[80.0, 15, 3, 2])
    study = Study(pins=[{"customer": "A", "method": "abc_classes", "segment": "Q", "reason": "x", "day": "2026-06-30"}])
    found, made = held(study, people)
    assert found.loc["A", "right"] == "its segment is not here: the rule counts"
    assert priced(found.iloc[:0], made) == "" == priced(found, made)
    none = customers(revenue=[80.0, 15, 3, 0])
    study = Study(pins=[{"customer": "D", "method": "abc_classes", "segment": "A", "reason": "x", "day": "2026-06-30"}])
    assert "It brings no revenue, 80 less than a usual customer" in priced(*held(study, none))


def test_without_money_exceptions_are_counted_and_not_priced():
    people = customers(recency_days=[5.0, 400.0])
    study = Study(method="lifecycle")
    study.pin(people, ["B"], "Active", "on holiday", "2026-06-30")
    found, made = held(study, people)
    assert (
        found["money"].isna().all()
        and priced(found, made) == "1 customer stands where sales put it, not where the rule does."
    )


def test_of_nobody_there_is_nothing_to_say():
    people, study = customers(revenue=[80.0, 15]), Study()
    found, made = held(study, people)
    assert (len(found), priced(found, made), verdict(found)) == (0, "", "")
