"""A playbook for every segment, and the truth about who is treated alike."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation import METHODS, Customers, Problem
from segmentation.analysis.action.playbook import (
    TREATMENT,
    alike,
    difference,
    due,
    entries,
    of_case,
    proposed,
    verdict,
)
from segmentation.analysis.action.plays import AIMS, CASES, FIELDS, MEASURES, PLAYS, USUAL
from segmentation.segments.segmentation import UNKNOWN
from tests import laws
from tests.small import customers


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=3)
@given(data=st.data())
def test_every_segment_of_every_method_gets_a_row(name, data):
    people = data.draw(laws.customers())
    try:
        made = METHODS[name](people)
    except Problem:
        return
    rows = proposed(METHODS[name], made)
    assert tuple(rows) == made.shown
    for row in rows.values():
        assert set(row) == set(FIELDS) and row["aim"] in AIMS
        assert all(row[field] for field in ("owner", "measure", *TREATMENT))


SPEAKS = {  # a word of a measure → the column without which nobody can work it out
    "cost to serve": "cost_to_serve",
    "profit": "profit",
    "loss avoided": "profit",
    "revenue": "revenue",
    "order": "orders",
    "buys again": "orders",
    "comes back": "recency_days",
}


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=3)
@given(data=st.data())
def test_success_is_measured_by_what_the_file_can_tell(name, data):
    whole = data.draw(laws.customers())
    lacking = data.draw(st.sets(st.sampled_from([*SPEAKS.values()])))
    people = Customers(whole.frame.drop(columns=[*lacking]), as_of=whole.as_of)
    try:
        made = METHODS[name](people)
    except Problem:
        return
    books = [proposed(METHODS[name], made), *(of_case(case.rows, made) for case in CASES.values())]
    for row in [row for book in books for row in book.values()]:
        words = [word for word in SPEAKS if word in row.get("measure", "").lower()]
        assert {SPEAKS[word] for word in words} <= {*people.frame}, row["measure"]


def test_costs_to_serve_are_the_measure_where_the_file_has_them():
    people = customers(revenue=[8.0, 1, 1], profit=[1.0, 1, 1], cost_to_serve=[1.0, 1, 1])
    rows = proposed(METHODS["abc_classes"], METHODS["abc_classes"](people))
    assert rows["C"]["measure"] == "Cost to serve per customer"
    assert set(MEASURES) == {one for usual in USUAL.values() for one in usual.measures}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_proposal_says_of_each_named_segment_what_the_method_itself_says(method):
    named = {name for name in method.segments if name != "*"}
    plays = PLAYS.get(method.name, {})
    assert named == set(plays), "each named segment has a play, and no play is of a segment there is not"
    for name, play in plays.items():
        own = method.segments[name].attention.casefold()
        whole = f"{play.consumption} {play.terms}".casefold()
        assert play.aim in AIMS
        for word in ("discount", "manager", "no more money", "silence"):
            if f"not {word}" in own or f"no {word}" in own:
                assert f"no {word}" in whole or word not in whole
        if "low cost" in own or "cheap" in own or "mass methods" in own:
            assert play.aim in ("serve cheaply", "let go")
        if "manager of their own" in own or "most of the effort" in own:
            assert play.aim == "invest"


def test_no_two_named_segments_of_a_method_are_proposed_the_same_treatment():
    for name, plays in PLAYS.items():
        attention = METHODS[name].segments
        rows = {
            one: {"decision": attention[one].attention, "consumption": play.consumption, "terms": play.terms}
            for one, play in plays.items()
        }
        same = [group for group in alike(rows) if len({attention[one].meaning for one in group}) > 1]
        assert [group for group in same if set(group) != {"Cannot Lose Them", "Can't Lose Them"}] == [], name


def test_the_aims_of_the_portfolio_are_those_of_its_own_sectors():
    plays = PLAYS["portfolio"]
    assert {name: AIMS[play.aim] for name, play in plays.items()} == {
        name: "Keep" if name == "Harvest" else name for name in plays
    }


def test_segments_nobody_knows_by_name_are_proposed_what_their_money_asks_for():
    people = customers(region=["a", "a", "b", "b", "c", "c"], revenue=[100.0, 100, 20, 20, 1, 1])
    made = METHODS["attribute"](people, column="region", others=0.0)
    rows = proposed(METHODS["attribute"], made)
    assert {name: row["aim"] for name, row in rows.items()} == {
        "a": "invest",
        "b": "serve cheaply",
        "c": "serve cheaply",
    }
    assert alike(rows) == [["b", "c"]]


def test_until_is_counted_from_the_day_that_is_looked_back_from():
    people = customers(revenue=[8.0, 1, 1], as_of=dt.date(2026, 8, 31))
    rows = proposed(METHODS["abc_classes"], METHODS["abc_classes"](people))
    assert rows["A"]["until"] == "2027-08-28" and USUAL["invest"].months == 12
    undated = METHODS["abc_classes"](customers(revenue=[8.0, 1, 1]))
    assert proposed(METHODS["abc_classes"], undated)["A"]["until"] == ""


def test_spelling_makes_no_difference_and_what_customers_never_notice_makes_none():
    same = {"decision": "Catalogue, by mail!", "owner": "Ann", "aim": "keep"}
    other = {"decision": "catalogue by MAIL", "owner": "Bob", "aim": "let go"}
    assert alike({"x": same, "y": other, UNKNOWN: same, "z": {"terms": "Credit"}}) == [["x", "y"]]
    assert difference({"x": same, "y": other}) == 0.0
    assert difference({"x": {}, "y": {"decision": "d", "consumption": "c", "terms": "t"}}) == 1.0
    assert difference({"x": same, UNKNOWN: other}) is None


def test_one_treatment_for_all_is_a_presentation_in_a_drawer():
    assert verdict({"x": {}, "y": {}, "z": {}})[0] == "A presentation in a drawer"
    rows = {"x": {"terms": "credit"}, "y": {"terms": "cash"}, "z": {"terms": "cash"}}
    words, why = verdict(rows)
    assert words == "Hardly anything differs" and why.startswith("The 3 segments get only 2 different treatments; ")
    rows["z"] = {"terms": "prepayment"}
    assert verdict(rows)[1].startswith(
        "Each of the 3 segments has a treatment of its own; between any two of them, 33%"
    )
    both = verdict({"x": {"terms": "credit"}, "y": {"terms": "cash"}})[1]
    assert both == "Both segments have a treatment of their own; 33% of how you sell, serve and charge differs."
    assert verdict({"x": {}, "y": {}})[1].startswith("Both segments are treated alike")
    apart = [{field: f"{field} {n}" for field in TREATMENT} for n in range(3)]
    assert verdict(dict(zip("xyz", apart, strict=True)))[1].endswith(
        "nothing is the same in how you sell, serve and charge."
    )
    assert verdict({"x": {}})[0] == "Nothing to differ"


def test_a_row_of_a_segment_that_new_data_does_not_have_is_kept_and_marked():
    made = METHODS["abc_classes"](customers(revenue=[8.0, 1, 1]))
    found = entries(METHODS["abc_classes"], made, {"D": {"terms": "Cash"}, "A": {"terms": "Credit"}})
    assert [(one.segment, one.there, one.kept) for one in found] == [
        ("A", True, True), ("B", True, False), ("C", True, False), ("D", False, True),
    ]  # fmt: skip
    assert found[0].row["terms"] == "Credit" and found[0].row["aim"] == "" and found[0].customers == 1


def test_a_worked_example_is_told_of_segments_its_method_has():
    for case in CASES.values():
        segments = METHODS[case.method].segments if case.method else case.rows
        assert set(case.rows) <= set(segments) and not alike(case.rows)
        assert all(set(row) <= set(FIELDS) for row in case.rows.values())


def test_a_row_is_due_on_the_very_day_and_only_where_somebody_decided_it():
    people = customers(revenue=[8.0, 1, 1], as_of=dt.date(2026, 8, 31))
    kept = {"A": {"until": "2026-08-31"}, "B": {"until": "2026-09-01"}}
    found = entries(METHODS["abc_classes"], METHODS["abc_classes"](people), kept)
    assert [one.segment for one in due(found, people.as_of)] == ["A"] and due(found, None) == []
